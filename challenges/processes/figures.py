"""What a process costs, from its steps' numbers: pure, with the formulas of value-stream mapping.

For steps with probability p, executions a case l, minutes of work t and hours of waiting w, and c cases a week:
expected executed steps a case S = sum of p*l; hours of work a year = sum of p*l*t * c * 52 / 60; lead time of a case =
sum of p*l*(t/60 + w), waiting included; flow efficiency = hours of work a case / lead time
(M. Rother and J. Shook, Learning to See, 1999). Loops are counted by l, branches by p; parallel work stands in a row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

WEEKS_A_YEAR = 52


class HasNumbers(Protocol):
    touch_minutes: float | None
    wait_hours: float | None
    probability: float
    loop_factor: float


@dataclass(frozen=True)
class Figures:
    """`timed` steps have minutes of work; what the others take is not in any of the sums."""

    drawn: int
    timed: int
    executed: float
    minutes_a_case: float
    waiting_hours: float
    lead_hours: float
    hours_a_year: float | None  # None while nobody said how many cases there are

    @property
    def is_complete(self) -> bool:
        return self.timed == self.drawn

    @property
    def flow_efficiency(self) -> float | None:
        """The share of the lead time in which somebody works on the case; None without any time."""
        if not self.lead_hours:
            return None
        return self.minutes_a_case / 60 / self.lead_hours


def executions(step: HasNumbers) -> float:
    return step.probability * step.loop_factor


def minutes_of(step: HasNumbers) -> float:
    """Expected minutes of work a case; 0 where nobody has said."""
    return executions(step) * (step.touch_minutes or 0)


def figures_of(steps: Iterable[HasNumbers], cases_per_week: float | None) -> Figures:
    found = list(steps)
    minutes = sum(map(minutes_of, found))
    waiting = sum(executions(step) * (step.wait_hours or 0) for step in found)
    return Figures(
        drawn=len(found),
        timed=sum(step.touch_minutes is not None for step in found),
        executed=sum(map(executions, found)),
        minutes_a_case=minutes,
        waiting_hours=waiting,
        lead_hours=minutes / 60 + waiting,
        hours_a_year=None if cases_per_week is None else minutes * cases_per_week * WEEKS_A_YEAR / 60,
    )


def heat_of(steps: Sequence[HasNumbers]) -> list[int]:
    """For each step 0 to 4: none, or in which quarter of the largest expected minutes of work it lies."""
    minutes = [minutes_of(step) for step in steps]
    most = max(minutes, default=0)
    return [min(4, 1 + int(4 * value / most)) if value and most else 0 for value in minutes]
