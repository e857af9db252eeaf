"""The newcomers' path as plain values: four weeks with up to four stops each, and which comes next."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """`kind` is notebook, lab, tip or cards."""

    kind: str
    title: str
    url: str
    is_done: bool
    language: str = ""


@dataclass(frozen=True)
class PathWeek:
    number: int
    stops: tuple[Stop, ...]

    @property
    def is_done(self) -> bool:
        return all(stop.is_done for stop in self.stops)


@dataclass(frozen=True)
class Path:
    """`week` is the one being walked: the first with something left, at everybody's own pace."""

    week: PathWeek
    weeks: tuple[PathWeek, ...]

    @property
    def next_stop(self) -> Stop | None:
        return next((stop for stop in self.week.stops if not stop.is_done), None)

    @property
    def stops(self) -> int:
        return sum(len(week.stops) for week in self.weeks)

    @property
    def done(self) -> int:
        return sum(stop.is_done for week in self.weeks for stop in week.stops)

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.stops)


def path_through(weeks: Iterable[PathWeek]) -> Path | None:
    """None without any stop. Once everything is done the last week stays."""
    found = tuple(week for week in weeks if week.stops)
    if not found:
        return None
    return Path(week=next((week for week in found if not week.is_done), found[-1]), weeks=found)
