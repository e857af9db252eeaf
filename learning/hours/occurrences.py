"""The occurrences of a series as rows: made ahead, and kept in step with the series where they were left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from learning.hours import recurrence
from learning.hours.models import Series, StudySession
from learning.hours.timetable import lock_timetable

AHEAD = timedelta(weeks=26)


@dataclass(frozen=True)
class Planned:
    """What became of a series' coming hours. `moved` and `cancelled` concern people who had said yes."""

    made: int = 0
    moved: tuple[StudySession, ...] = ()
    cancelled: tuple[StudySession, ...] = ()


def days_ahead(series: Series, now: datetime) -> list[date]:
    """The days of the coming 26 weeks that the rule gives, in the series' own zone."""
    today = now.astimezone(ZoneInfo(series.time_zone)).date()
    first = max(today, series.starts_on)
    return recurrence.days(recurrence.parse(series.rule), series.starts_on, first, today + AHEAD)


def as_planned(series: Series, day: date) -> StudySession:
    """The occurrence of a day as the series has it, not saved."""
    session = StudySession(
        series=series,
        recurs_on=day,
        title=series.title,
        local_date=day,
        local_time=series.local_time,
        time_zone=series.time_zone,
        minutes=series.minutes,
        place=series.place,
        facilitator_id=series.facilitator_id,
        deputy_id=series.deputy_id,
        team_id=series.team_id,
        site_id=series.site_id,
    )
    session.set_moments()
    return session


def clashes(planned: Sequence[StudySession], series: Series) -> list[tuple[StudySession, StudySession]]:
    """Which of the series' planned hours would stand on another of the same people, and on which. One query.

    Another may be one of the series itself that was moved on its own; those that follow the series are none.
    """
    if not planned:
        return []
    others = StudySession.objects.held().for_the_same_people(planned[0])
    others = list(
        others.exclude(series_id=series.pk, is_individual=False)
        .filter(
            starts_at__lt=max(hour.ends_at for hour in planned),
            ends_at__gt=min(hour.starts_at for hour in planned),
        )
        .order_by("starts_at")
    )
    return [
        (hour, other)
        for hour in planned
        for other in others
        if (other.series_id, other.recurs_on) != (series.pk, hour.recurs_on)
        and hour.starts_at < other.ends_at
        and hour.ends_at > other.starts_at
    ]


@transaction.atomic
def make_missing(series: Series, now: datetime | None = None) -> int:
    """Rows for the days ahead that have none; safe to run twice and at once. Returns how many were made.

    A day on which the same people have another hour at that time, planned meanwhile, is left to that one.
    """
    now = now or timezone.now()
    if series.is_ended:
        return 0
    lock_timetable()
    days = days_ahead(series, now)
    there = set(series.occurrences.filter(recurs_on__in=days).values_list("recurs_on", flat=True))
    missing = [as_planned(series, day) for day in days if day not in there]
    missing = [session for session in missing if session.ends_at > now]
    taken = {hour.recurs_on for hour, _other in clashes(missing, series)}
    missing = [session for session in missing if session.recurs_on not in taken]
    StudySession.objects.bulk_create(missing, ignore_conflicts=True, batch_size=200)
    return len(missing)


def make_all_missing(now: datetime | None = None) -> int:
    """For the daily task: every running series reaches 26 weeks ahead again."""
    return sum(make_missing(series, now) for series in Series.objects.running())
