"""A team of thirteen in a company of thirty-one, and its answers day by day."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hub.core_time import asking
from hub.core_time.days import days_asked, over_at
from hub.core_time.models import Measurement
from hub.notices.models import Preference
from hub.people.models import RoleGrant, User
from tests.factories import make_measurement, make_team, make_user

MONDAY = date(2026, 10, 5)  # no public holiday of BW in the two weeks
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
OVER = over_at(MONDAY + timedelta(days=13))


@pytest.fixture
def company(db: None) -> SimpleNamespace:
    """Vera and twelve others sell; Hanna is HR and Walter on the works council; Olga's company is another."""
    sales, others, foreign = make_team("Vertrieb"), make_team("Lager"), make_team("Fremd", entity="Fremd AG")
    people = [make_user(f"Vera{number}", team=sales, language="en") for number in range(13)]
    rest = [make_user(f"Lara{number}", team=others, language="en") for number in range(18)]
    hanna, walter, otto = rest[:3]
    entity = sales.legal_entity
    for user, role in ((hanna, "hr"), (walter, "works_council")):
        RoleGrant.objects.create(user=user, role=role, legal_entity=entity)
    olga = make_user("Olga", team=foreign, roles=("hr",), language="en")
    return SimpleNamespace(
        sales=sales,
        others=others,
        people=people,
        vera=people[0],
        hanna=hanna,
        walter=walter,
        otto=otto,
        olga=olga,
    )


@pytest.fixture
def measurement(company: SimpleNamespace) -> Measurement:
    return make_measurement(company.sales, starts_on=MONDAY, members=13, begun_at=NOW)


def days_of(user: User, measurement: Measurement) -> list[date]:
    weekdays = Preference.of(user).working_days
    site = measurement.team.site
    asked = days_asked(
        measurement.pk, user.subject_key, measurement.starts_on, measurement.ends_on, weekdays, site
    )
    return sorted(asked)


def noon(day: date) -> datetime:
    """In Ladenburg, in summer and in winter."""
    return datetime.combine(day, time(10, 30), UTC)


def ask(user: User, day: date) -> Any:
    return asking.question_for(User.objects.get(pk=user.pk), noon(day))


def answer(user: User, measurement: Measurement, percents: Iterable[int]) -> None:
    """One after the other on the days on which this person is asked."""
    for day, percent in zip(days_of(user, measurement), percents, strict=False):
        asking.answer(user=user, about=ask(user, day).about, percent=percent, now=noon(day))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[datetime], None]:
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 400
    return lambda now: monkeypatch.setattr("django.utils.timezone.now", lambda: now)
