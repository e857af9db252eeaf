"""The chart of a team: one line for each share, from nothing to its head. Drawn on the server as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 640
LEFT, RIGHT, TOP = 12, 628, 40
STEP = 76  # from one line to the next
WORDS_ABOVE = 14
FOOT = 34
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Bar:
    """In the view box's units. From `low_x` to `high_x` the share may lie; both equal `x` where it is one figure."""

    words: str
    said: str
    y: int
    x: int
    low_x: int
    high_x: int
    is_expected: bool

    @property
    def words_y(self) -> int:
        return self.y - WORDS_ABOVE

    @property
    def is_range(self) -> bool:
        return self.low_x != self.high_x


@dataclass(frozen=True)
class Tick:
    x: int
    percent: int
    anchor: str


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT

    @property
    def axis_y(self) -> int:
        return self.height - FOOT

    @property
    def foot(self) -> int:
        return self.height - 8


@dataclass(frozen=True)
class Line:
    """Percent; `words` name it, `said` is the figure in words."""

    words: str
    said: str
    low: float
    mid: float
    high: float
    is_expected: bool = False


def place(percent: float) -> int:
    return round(LEFT + percent / 100 * (RIGHT - LEFT))


def chart_of(lines: Sequence[Line]) -> Chart | None:
    """None where there is nothing to draw."""
    if not lines:
        return None
    bars = tuple(
        Bar(
            line.words,
            line.said,
            TOP + number * STEP,
            place(line.mid),
            place(line.low),
            place(line.high),
            line.is_expected,
        )
        for number, line in enumerate(lines)
    )
    anchors = {0: "start", 100: "end"}
    ticks = tuple(Tick(place(percent), percent, anchors.get(percent, "middle")) for percent in TICKS)
    return Chart(bars, ticks, TOP + len(lines) * STEP - STEP // 2 + FOOT)
