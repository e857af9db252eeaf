"""On which days somebody is asked: four at random, other ones for each person, none stored, none to be guessed."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from hub.core_time.days import day_before, days_asked, next_working, over_at
from hub.people.models import Site

BW = Site(name="Ladenburg", country="DE", region="BW")
NOWHERE = Site(name="Nirgends")
WEEK = range(5)
FIRST = UUID(int=1)
MONDAY = date(2026, 10, 5)
SUNDAY_AFTER = MONDAY + timedelta(days=13)


def drawn(person: UUID, weekdays: Any = WEEK, site: Site = BW, measurement: UUID = FIRST) -> frozenset[date]:
    return days_asked(measurement, person, MONDAY, SUNDAY_AFTER, weekdays, site)


def test_each_person_has_four_working_days_of_their_own_and_always_the_same() -> None:
    people = [uuid4() for _number in range(200)]
    days = [drawn(person) for person in people]
    assert {len(one) for one in days} == {4}
    assert all(day.weekday() < 5 and MONDAY <= day <= SUNDAY_AFTER for one in days for day in one)
    assert days == [drawn(person) for person in people]
    assert len(set(days)) > 100
    often = Counter(day for one in days for day in one)
    assert len(often) == 10
    assert min(often.values()) > 40, "each day is drawn about as often: eighty times"
    assert [drawn(person, measurement=UUID(int=2)) for person in people] != days


def test_whoever_does_not_know_the_key_of_the_site_cannot_tell_them(settings: Any) -> None:
    people = [uuid4() for _number in range(50)]
    before = [drawn(person) for person in people]
    settings.SECRET_KEY = "another"
    assert [drawn(person) for person in people] != before


@pytest.mark.parametrize(
    ("weekdays", "days"), [({0}, 2), ({5, 6}, 4), (set(), 0), ({0, 2, 4}, 4)]
)  # fmt: skip
def test_only_working_days_as_the_person_named_them(weekdays: set[int], days: int) -> None:
    found = drawn(uuid4(), weekdays)
    assert len(found) == days
    assert {day.weekday() for day in found} <= weekdays


def test_a_public_holiday_of_the_site_is_no_working_day() -> None:
    """The Monday after Easter 2027 is none in Baden-Württemberg; a site of no known country has no holidays."""
    easter_monday, good_friday = date(2027, 3, 29), date(2027, 3, 26)
    assert day_before(date(2027, 3, 30), WEEK, BW) == date(2027, 3, 25)
    assert day_before(date(2027, 3, 30), WEEK, NOWHERE) == easter_monday
    assert next_working(date(2027, 3, 25), BW) == date(2027, 3, 30)
    assert next_working(date(2027, 3, 25), NOWHERE) == good_friday
    asked = [
        days_asked(uuid4(), uuid4(), easter_monday, easter_monday + timedelta(days=13), WEEK, BW)
        for _number in range(50)
    ]
    assert not [one for one in asked if easter_monday in one]


def test_asked_is_about_the_working_day_before() -> None:
    assert day_before(MONDAY, WEEK, BW) == MONDAY - timedelta(days=3)
    assert day_before(MONDAY, range(7), BW) == MONDAY - timedelta(days=1)
    assert day_before(MONDAY, (), BW) is None


def test_a_day_is_over_when_it_is_over_everywhere() -> None:
    assert over_at(SUNDAY_AFTER) == datetime(2026, 10, 19, 12, tzinfo=UTC)  # midnight in UTC-12
