"""What one number of a report is: its name, what kind of figure, over which time, and who counts it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.disclosure.actions import Pace
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part

# By user id, or by subject key where the source knows no more. Who is missing has 0.
Numbers = Mapping[int | UUID, int]


@dataclass(frozen=True)
class Measure:
    """`numbers` takes [start, end) of a week; where the pace is rolling it looks back from there by itself.

    `parts`: published for these groups alone; None: for all. `crowd`: and of so many times the smallest size.
    """

    name: str
    kind: Kind
    pace: Pace
    numbers: Callable[[datetime, datetime], Numbers]
    parts: frozenset[Part] | None = None
    crowd: int = 1


def share(name: str, numbers: Callable[[datetime, datetime], Numbers], pace: Pace = Pace.WEEKLY) -> Measure:
    return Measure(name, Kind.SHARE, pace, numbers)


def each(people: Iterable[int | UUID]) -> Numbers:
    """One for everybody of them."""
    return dict.fromkeys(people, 1)
