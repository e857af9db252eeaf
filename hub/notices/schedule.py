"""When something may be sent to a person: quiet hours, quiet weekends, a pause, hours in which one learns, and the
cap of a week.

Pure calculation on wall time in the person's zone; a clock change inside quiet hours moves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub.people.moments import Hour

SATURDAY = 5
WEEK = 7
MIDNIGHT = time(0)
# A pause of a year, and two boundaries a day.
MOST_STEPS = 800


@dataclass(frozen=True)
class Rest:
    """When a person wants to be left alone. Equal times mean that no hour of the day is quiet."""

    quiet_from: time
    quiet_to: time
    weekends: bool
    paused_until: date | None
    zone: ZoneInfo

    def is_quiet(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        if self.paused_until and local.date() <= self.paused_until:
            return True
        if self.weekends and local.weekday() >= SATURDAY:
            return True
        clock = local.time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= clock < self.quiet_to
        return clock >= self.quiet_from or clock < self.quiet_to

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def at_wall(day: date, clock: time, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment after `after` at which a clock on the wall shows this, of the two an autumn night has."""
    moments = [datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)]
    return next((moment for moment in moments if moment > after), moments[1])


def next_allowed(at: datetime, rest: Rest, hours: Iterable[Hour] = ()) -> datetime:
    """`at` itself if it is not quiet and in none of these hours, else the first moment at which that is so."""
    hours = list(hours)
    if rest.paused_until and rest.local_day(at) <= rest.paused_until:
        at = at_wall(rest.paused_until + timedelta(days=1), MIDNIGHT, rest.zone, at)
    for _step in range(MOST_STEPS):
        if ends := [hour.ends_at for hour in hours if hour.starts_at <= at < hour.ends_at]:
            at = max(ends)
            continue
        if not rest.is_quiet(at):
            return at
        today = rest.local_day(at)
        ends = [
            at_wall(day, clock, rest.zone, at)
            for day in (today, today + timedelta(days=1))
            for clock in (rest.quiet_to, MIDNIGHT)
        ]
        at = min(end for end in ends if end > at)
    raise ValueError("this rest never ends")


def is_within_cap(days: Iterable[date], today: date, cap: int) -> bool:
    """Whether one more may go out today: fewer than `cap` in the seven days that end with it."""
    return sum(today - timedelta(days=WEEK) < day <= today for day in days) < cap


def next_push(*, sent: Iterable[datetime], cap: int, rest: Rest, now: datetime) -> datetime | None:
    """When the next tip would be sent, None for never: spread over the week, within cap, pause and quiet hours."""
    if cap < 1:
        return None
    days = sorted(rest.local_day(moment) for moment in sent)
    at = next_allowed(now, rest)
    while True:
        today = rest.local_day(at)
        is_spread = not days or (today - days[-1]).days >= WEEK // cap
        if is_spread and is_within_cap(days, today, cap):
            return at
        at = next_allowed(at_wall(today + timedelta(days=1), MIDNIGHT, rest.zone, at), rest)
