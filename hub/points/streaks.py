"""The streak: DEAL hours attended in a row, counted in weeks that had one for this person.

A week without an hour, and a week in which the person was excused, is neutral: it neither breaks nor
adds. The running week counts once attended and is not missed before its last hour has ended.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Streak:
    current: int
    longest: int
    weeks: tuple[tuple[date, str], ...]  # the last twelve weeks with an hour: Monday and attended|missed|open


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def streak(*, held: Collection[date], attended: Collection[date], open_week: date | None = None) -> Streak:
    """`held` and `attended` are Mondays; `open_week` is the Monday of a week whose last hour has not ended."""
    attended_weeks = set(attended)
    run = longest = 0
    weeks: list[tuple[date, str]] = []
    for week in sorted(set(held) | attended_weeks):
        if week in attended_weeks:
            run += 1
            longest = max(longest, run)
            weeks.append((week, "attended"))
        elif week == open_week:
            weeks.append((week, "open"))
        else:
            run = 0
            weeks.append((week, "missed"))
    return Streak(current=run, longest=longest, weeks=tuple(weeks[-12:]))
