"""The streak: DEAL hours attended in a row, counted in weeks that had one for this person.

A week whose hour was cancelled, fell on a holiday of the person's site, or in which the person had said to be
away is neutral: it neither breaks nor adds, as a week without an hour. A missed week takes one of the two
reserve weeks of its quarter, by itself, as long as a streak is running. The running week counts once attended
and is not missed before its last hour has ended.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

RESERVES_A_QUARTER = 2
WEEKS_SHOWN = 12
NEUTRAL = ("holiday", "cancelled", "away")


@dataclass(frozen=True)
class Streak:
    """`weeks`: Monday and attended|missed|open|reserve|holiday|cancelled|away of the last twelve.

    `comebacks` are the Mondays of weeks attended right after a missed one.
    """

    current: int
    longest: int
    weeks: tuple[tuple[date, str], ...]
    reserves_left: int = RESERVES_A_QUARTER
    comebacks: tuple[date, ...] = ()

    @property
    def reasons(self) -> list[tuple[date, str]]:
        """Weeks that were no attended one, and why: the newest first."""
        return [(monday, state) for monday, state in reversed(self.weeks) if state != "attended"]


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def quarter_of(monday: date) -> tuple[int, int]:
    """Year and number of the calendar quarter in which the week begins."""
    return monday.year, (monday.month - 1) // 3


def streak(
    *,
    held: Collection[date],
    attended: Collection[date],
    neutral: Mapping[date, str] | None = None,
    open_week: date | None = None,
    this_week: date | None = None,
) -> Streak:
    """All dates are Mondays. `held` had an hour for this person; `neutral` says why a week leaves the streak alone.

    `open_week` is the week whose last hour has not ended; `this_week` says of which quarter the reserves are told.
    """
    neutral, attended_weeks = neutral or {}, set(attended)
    run = longest = 0
    is_broken = False
    used: Counter[tuple[int, int]] = Counter()
    weeks: list[tuple[date, str]] = []
    comebacks: list[date] = []
    for week in sorted(set(held) | attended_weeks | set(neutral)):
        state = _state(week, attended_weeks, neutral, open_week)
        if state == "attended":
            if is_broken:
                comebacks.append(week)
            run, is_broken = run + 1, False
            longest = max(longest, run)
        elif state == "missed" and run and used[quarter_of(week)] < RESERVES_A_QUARTER:
            used[quarter_of(week)] += 1
            state = "reserve"
        elif state == "missed":
            is_broken, run = is_broken or longest > 0, 0
        weeks.append((week, state))
    told = quarter_of(this_week or (weeks[-1][0] if weeks else date.min))
    return Streak(
        current=run,
        longest=longest,
        weeks=tuple(weeks[-WEEKS_SHOWN:]),
        reserves_left=RESERVES_A_QUARTER - used[told],
        comebacks=tuple(comebacks),
    )


def _state(week: date, attended: set[date], neutral: Mapping[date, str], open_week: date | None) -> str:
    if week in attended:
        return "attended"
    if week in neutral:
        return neutral[week]
    return "open" if week == open_week else "missed"
