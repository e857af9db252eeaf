"""A small chart of one criterion: where it began, where it is to get, what was measured. Drawn on the server as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 12, 628, 24, 184
AIR = Decimal("0.12")  # of the span, above and below
LABEL_GAP = 16  # two lines closer than this are labelled on both sides of themselves


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    day: date
    value: Decimal


@dataclass(frozen=True)
class Chart:
    """Heights and places in the units of the view box."""

    dots: tuple[Dot, ...]
    baseline_y: int
    threshold_y: int
    baseline_label_y: int
    threshold_label_y: int
    first: date
    last: date
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    foot: int = HEIGHT - 8

    @property
    def points(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


def chart_of(
    readings: Sequence[tuple[date, Decimal]],
    *,
    baseline: Decimal | None,
    threshold: Decimal | None,
    first: date | None,
    last: date | None,
) -> Chart | None:
    """`readings` by day; the time runs from the start to the decision day, or to what was measured beyond them.

    None where there is nothing to draw yet.
    """
    if not readings or baseline is None or threshold is None:
        return None
    days = [day for day, _value in readings]
    begin, end = min([*days, first or days[0]]), max([*days, last or days[-1]])
    values = [value for _day, value in readings] + [baseline, threshold]
    low, high = min(values), max(values)
    span = (high - low) or Decimal(1)
    low, high = low - span * AIR, high + span * AIR
    length = (end - begin).days or 1

    def height_of(value: Decimal) -> int:
        return round(BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP))

    dots = tuple(
        Dot(round(LEFT + (day - begin).days / length * (RIGHT - LEFT)), height_of(value), day, value)
        for day, value in readings
    )
    base, goal = height_of(baseline), height_of(threshold)
    base_label, goal_label = base - 6, goal - 6
    if abs(base - goal) < LABEL_GAP:
        base_label, goal_label = (
            (base - 6, goal + LABEL_GAP) if base <= goal else (base + LABEL_GAP, goal - 6)
        )
    return Chart(dots, base, goal, base_label, goal_label, begin, end)
