"""What a bet frees: hours a year as low, mid and high, with the source of each factor. Pure.

Hours a year = minutes saved a case * cases a week * weeks a year / 60. Low and mid take the minutes that a controller
confirmed, high those that were claimed and not refused. Low counts 44 weeks (52 less thirty days of leave and about ten
public holidays), mid 48, high all 52. A process without a number of cases frees nothing that could be said.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

WEEKS_LOW, WEEKS_MID, WEEKS_HIGH = 44, 48, 52


class HasMinutes(Protocol):
    pk: Hashable
    saved_minutes: float | None

    @property
    def most_minutes(self) -> float: ...


@dataclass(frozen=True)
class Freed:
    low: float = 0
    mid: float = 0
    high: float = 0

    def __add__(self, other: "Freed") -> "Freed":
        return Freed(self.low + other.low, self.mid + other.mid, self.high + other.high)


def freed_by(claims: Iterable[HasMinutes], cases_per_week: float | None) -> Freed:
    """Hours a year that verified claims of one process free."""
    if not cases_per_week:
        return Freed()
    claims = list(claims)
    confirmed = sum(claim.saved_minutes or 0 for claim in claims)
    claimed = sum(claim.most_minutes for claim in claims)
    hours = cases_per_week / 60
    return Freed(
        low=confirmed * hours * WEEKS_LOW,
        mid=confirmed * hours * WEEKS_MID,
        high=claimed * hours * WEEKS_HIGH,
    )


class NamesSteps(HasMinutes, Protocol):
    @property
    def steps(self) -> Sequence[Hashable]: ...


def without_overlaps(claims: Iterable[NamesSteps]) -> list[NamesSteps]:
    """Of claims about one process those that free something of their own: a step can vanish once.

    Of claims that name the same step the one with more confirmed minutes stays, then the one with more claimed ones.
    """
    kept: list[NamesSteps] = []
    taken: set[Hashable] = set()
    by_minutes = sorted(
        claims, key=lambda claim: (-(claim.saved_minutes or 0), -claim.most_minutes, str(claim.pk))
    )
    for claim in by_minutes:
        steps = set(claim.steps)
        if taken.isdisjoint(steps):
            kept.append(claim)
            taken |= steps
    return kept
