"""The company's weeks: from Monday to Sunday in the company's own time zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

WEEK = timedelta(weeks=1)
# An hour that ends at midnight still takes check-ins for a quarter of an hour.
SETTLING = timedelta(hours=1)


def monday_of(now: datetime) -> date:
    day = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return day - timedelta(days=day.weekday())


def bounds(monday: date) -> tuple[datetime, datetime]:
    """From the week's first moment up to the next week's. A week with a clock change has 167 or 169 hours."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(monday, time(), zone), datetime.combine(monday + WEEK, time(), zone)


def last_closed(now: datetime) -> date:
    """The Monday of the newest week that has ended and settled."""
    return monday_of(now - SETTLING) - WEEK


def quarter_of(monday: date) -> tuple[int, int]:
    """The quarter in which the week begins."""
    return monday.year, (monday.month - 1) // 3
