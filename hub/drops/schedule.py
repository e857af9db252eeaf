"""On which days the doors of a calendar open, and which day it is where somebody works: pure but for the sites.

A person's site and its zone come from the company's directory. What a person can set (time zone, language) and
whatever a request says have no part in it, nor has any clock but the server's.
"""

from datetime import date, datetime, timedelta

from django.conf import settings

from hub.people.models import Site, User
from hub.people.zones import zone

SATURDAY = 5
A_DAY = timedelta(days=1)


def site_day(user: User, now: datetime) -> date:
    """The date where the person works; without a team, where the company is."""
    name = user.team.site.time_zone if user.team_id else settings.TIME_ZONE
    return now.astimezone(zone(name)).date()


def furthest_day(now: datetime) -> date:
    """The date at the site whose midnight comes first: what opens on it has opened for somebody."""
    names = {settings.TIME_ZONE, *Site.objects.values_list("time_zone", flat=True)}
    return max(now.astimezone(zone(name)).date() for name in names)


def is_working_day(day: date) -> bool:
    """Monday to Friday; holidays differ by site and are not asked."""
    return day.weekday() < SATURDAY


def door_days(starts_on: date, doors: int, *, working_days_only: bool) -> list[date]:
    """The day of each door, the first one's first."""
    days, day = [], starts_on
    while len(days) < doors:
        if not working_days_only or is_working_day(day):
            days.append(day)
        day += A_DAY
    return days
