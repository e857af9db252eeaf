"""When something may be sent to a person: quiet hours, days off, a pause, hours in which one learns, and the
cap of a week.

Pure calculation on wall time in the person's zone; a clock change inside quiet hours moves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hub.people.moments import Hour

WEEK = 7
MIDNIGHT = time(0)
# A pause of a year, and two boundaries a day.
MOST_STEPS = 800
MOST_DISTANT_PAST = datetime(2000, 1, 1, tzinfo=UTC)
CATCHING_UP = timedelta(days=2)
# How long ago something that still counts was queued: two weeks, and one in which a reminder may wait.
LOOK_BACK = timedelta(days=22)


@dataclass(frozen=True)
class Rest:
    """When a person wants to be left alone. Equal times mean that no hour of the day is quiet."""

    quiet_from: time
    quiet_to: time
    days_off: frozenset[int]  # as `date.weekday()` counts
    paused_until: date | None
    zone: ZoneInfo

    def is_quiet(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        if self.paused_until and local.date() <= self.paused_until:
            return True
        if local.weekday() in self.days_off:
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


def is_within_cap(
    days: Iterable[date], today: date, cap: int, *, weeks: int = 1, others: Iterable[date] = ()
) -> bool:
    """Whether one more may go out today: see `left_of_cap`."""
    return left_of_cap(days, today, cap, weeks=weeks, others=others) > 0


def left_of_cap(
    days: Iterable[date], today: date, cap: int, *, weeks: int = 1, others: Iterable[date] = ()
) -> int:
    """How many more may go out today: what `cap` leaves in the weeks that end with it.

    `others` are of another kind: they count for one week, also where this kind is halved. Days to come are of what is
    promised; weeks that hold today and end with one of them are not to overflow either.
    """
    days, others = list(days), list(others)
    span, week = timedelta(days=WEEK * weeks), timedelta(days=WEEK)
    ends = {today, *(day for day in (*days, *others) if today < day < today + span)}
    most = max(
        sum(end - span < day <= end for day in days) + sum(end - week < day <= end for day in others)
        for end in ends
    )
    return max(cap - most, 0)


def next_push(
    *,
    sent: Iterable[datetime],
    cap: int,
    rest: Rest,
    now: datetime,
    weeks: int = 1,
    others: Iterable[datetime] = (),
) -> datetime | None:
    """When the next one would be sent, None for never: spread over the weeks of the cap, in no pause or quiet hour."""
    if cap < 1:
        return None
    days, other_days = ([rest.local_day(moment) for moment in moments] for moments in (sent, others))
    at = next_allowed(now, rest)
    while True:
        today = rest.local_day(at)
        is_spread = _is_after(days, today, WEEK * weeks // cap) and _is_after(other_days, today, WEEK // cap)
        if is_spread and is_within_cap(days, today, cap, weeks=weeks, others=other_days):
            return at
        at = next_allowed(at_wall(today + timedelta(days=1), MIDNIGHT, rest.zone, at), rest)


def _is_after(days: Iterable[date], today: date, gap: int) -> bool:
    """Whether so many days lie between today and the last of those before."""
    return all((today - day).days >= gap for day in days if day <= today)


def next_digest(
    *,
    sent: Iterable[datetime],
    weekday: int,
    cap: int,
    rest: Rest,
    now: datetime,
    weeks: int = 1,
    others: Iterable[datetime] = (),
) -> tuple[datetime, date] | None:
    """When the next digest would be sent, and the day it is that of; None for never.

    On the chosen weekday as soon as something may come, up to two days later if that was missed, and not in a
    week whose cap is used up.
    """
    if cap < 1:
        return None
    days, other_days = ([rest.local_day(moment) for moment in moments] for moments in (sent, others))
    today = rest.local_day(now)
    named = today - timedelta(days=(today.weekday() - weekday) % WEEK)
    while True:
        turn = next_allowed(at_wall(named, MIDNIGHT, rest.zone, MOST_DISTANT_PAST), rest)
        at = next_allowed(max(turn, now), rest)
        day = rest.local_day(at)
        is_late = day - rest.local_day(turn) > CATCHING_UP
        if not is_late and is_within_cap(days, day, cap, weeks=weeks, others=other_days):
            return at, named
        named += timedelta(days=WEEK)


def free_of_cap(
    sent: Iterable[datetime],
    cap: int,
    rest: Rest,
    day: date,
    *,
    weeks: int = 1,
    others: Iterable[datetime] = (),
) -> int:
    """How many more may go out on this day."""
    days, other_days = ([rest.local_day(moment) for moment in moments] for moments in (sent, others))
    return left_of_cap(days, day, cap, weeks=weeks, others=other_days)


def open_until(at: datetime, rest: Rest) -> datetime:
    """Until when something sent now may still arrive: the next quiet moment, a day away at most."""
    today = rest.local_day(at)
    boundaries = [
        at_wall(today, rest.quiet_from, rest.zone, at),
        at_wall(today + timedelta(days=1), MIDNIGHT, rest.zone, at),
        at_wall(today + timedelta(days=1), rest.quiet_from, rest.zone, at),
    ]
    day_later = at + timedelta(days=1)
    return min([moment for moment in boundaries if moment > at and rest.is_quiet(moment)] + [day_later])
