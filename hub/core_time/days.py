"""On which days a person is asked, and about which: drawn with a key, so that nothing of it has to be stored.

Four days of the two weeks, at random, another four for each person, and nobody without the site's key can tell which.
Asked is about the working day before: it is over and still remembered. Working days are those the person named for
messages, without public holidays of the team's site. Pure but for the list of holidays.
"""

import hmac
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from hub.encryption import derived
from hub.people.models import Site
from learning.hours.feast_days import feast_day

DAYS_ASKED = 4
WINDOW_DAYS = 14
MOST_DAYS_BACK = 14  # further back nothing is asked about
MONDAY_TO_FRIDAY = frozenset(range(5))
PURPOSE = "core_time.days"
ONE_DAY = timedelta(days=1)


def is_working(day: date, weekdays: Collection[int], site: Site) -> bool:
    return day.weekday() in weekdays and feast_day(site.country, site.region, day, "en") is None


def next_working(day: date, site: Site) -> date:
    """The first day after it from Monday to Friday that is no public holiday of the site."""
    following = day + ONE_DAY
    while not is_working(following, MONDAY_TO_FRIDAY, site):
        following += ONE_DAY
    return following


def last_day(starts_on: date) -> date:
    return starts_on + timedelta(days=WINDOW_DAYS - 1)


def over_at(ends_on: date) -> datetime:
    """When the day has ended in every zone: noon of the next in UTC."""
    return datetime.combine(ends_on + ONE_DAY, time(12), UTC)


def days_asked(
    measurement_id: UUID,
    subject_key: UUID,
    starts_on: date,
    ends_on: date,
    weekdays: Collection[int],
    site: Site,
) -> frozenset[date]:
    """The person's days; fewer than four where there are not as many working days."""
    key = derived(settings.SECRET_KEY, PURPOSE)

    def drawn(day: date) -> bytes:
        return hmac.digest(key, f"{measurement_id}|{subject_key}|{day}".encode(), sha256)

    days = (starts_on + timedelta(days=number) for number in range((ends_on - starts_on).days + 1))
    return frozenset(sorted((day for day in days if is_working(day, weekdays, site)), key=drawn)[:DAYS_ASKED])


def day_before(day: date, weekdays: Collection[int], site: Site) -> date | None:
    """The last working day before; None where there is none within two weeks."""
    earlier = (day - timedelta(days=number) for number in range(1, MOST_DAYS_BACK + 1))
    return next((one for one in earlier if is_working(one, weekdays, site)), None)
