"""Active weeks as they are asked for: who was active how often in the weeks that end with this one."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from hub.adoption.models import ActiveWeek
from hub.disclosure.weeks import WEEK, bounds, monday_of

TWELVE = 12


def first_monday(start: datetime, weeks: int) -> date:
    """The Monday of the first of so many weeks, the last of which begins at `start`."""
    return monday_of(start) - (weeks - 1) * WEEK


def window(start: datetime, weeks: int) -> tuple[datetime, datetime]:
    """[from, to) of so many weeks, the last of which begins at `start`."""
    return bounds(first_monday(start, weeks))[0], bounds(monday_of(start))[1]


def active_at_least(times: int, start: datetime, weeks: int, among: QuerySet | None = None) -> set[UUID]:
    """Keys of people active in at least so many of the weeks that end with the one beginning at `start`.

    `among`: only keys that this query gives.
    """
    rows = ActiveWeek.objects.filter(monday__gte=first_monday(start, weeks), monday__lte=monday_of(start))
    if among is not None:
        rows = rows.filter(subject_key__in=among)
    counted = rows.order_by().values("subject_key").annotate(weeks=Count("pk"))
    return set(counted.filter(weeks__gte=times).values_list("subject_key", flat=True))


def days_before(end: datetime, days: int) -> date:
    """The day so many days before the week's end."""
    return (monday_of(end - timedelta(seconds=1)) + WEEK) - timedelta(days=days)
