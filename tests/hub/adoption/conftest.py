"""A company with two legal entities, two sites and three published weeks."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from hub.adoption.snapshot import freeze_weeks
from hub.nudges.models import Nudge
from hub.people.models import LegalEntity, RoleGrant, Site, Team, User
from learning.hours.models import Attendance
from tests.factories import make_session, make_team, make_tip, make_user

MONDAYS = [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)]
NOW = datetime(2026, 11, 17, 6, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
GMBH, LTD = "Ringer Werke GmbH", "Ringer Works Ltd"


def fill(team: Team, size: int) -> list[User]:
    return [make_user(team=team, joined_at=LONG_AGO) for _number in range(size)]


def friday_of(monday: date) -> datetime:
    return datetime.combine(monday, datetime.min.time(), UTC) + timedelta(days=4, hours=8)


def attend(people: list[User], monday: date) -> None:
    session = make_session(people[0], starts_at=friday_of(monday))
    Attendance.objects.bulk_create([Attendance(session=session, user=user) for user in people])


def try_tip(people: list[User], monday: date) -> None:
    tip, at = make_tip(), friday_of(monday)
    given = {"tip": tip, "shown_on": at.date(), "shown_at": at, "source": "today", "response": "tried"}
    Nudge.objects.bulk_create(Nudge(id=uuid4(), user=user, responded_at=at, **given) for user in people)


def publish() -> None:
    freeze_weeks(MONDAYS[0], MONDAYS[-1], now=NOW)


@pytest.fixture
def company(db: None) -> SimpleNamespace:
    """Hanna is HR and Walter on the works council of the GmbH, Olivia is HR of the Ltd; two teams are too small."""
    teams = {
        name: make_team(name, entity=entity)
        for name, entity in (
            ("Vertrieb", GMBH), ("Produktion", GMBH), ("Personal", GMBH), ("Recht", GMBH), ("Sales UK", LTD)
        )
    }  # fmt: skip
    site = Site.objects.create(name="Ingolstadt", country="DE")
    Team.objects.filter(name="Produktion").update(site=site)
    people = {
        name: fill(teams[name], size)
        for name, size in (
            ("Vertrieb", 20),
            ("Produktion", 40),
            ("Personal", 7),
            ("Recht", 6),
            ("Sales UK", 30),
        )
    }
    hanna, walter = people["Personal"][:2]
    olivia, emma = people["Sales UK"][0], people["Vertrieb"][0]
    for user, role, entity in (
        (hanna, "hr", GMBH), (walter, "works_council", GMBH), (olivia, "hr", LTD),
    ):  # fmt: skip
        RoleGrant.objects.create(user=user, role=role, legal_entity=LegalEntity.objects.get(name=entity))
    User.objects.update(language="en")
    attend(people["Vertrieb"][:8] + people["Produktion"][:10] + people["Sales UK"][:15], MONDAYS[0])
    attend(people["Vertrieb"][:10] + people["Produktion"][:20] + people["Recht"][:3], MONDAYS[1])
    attend(people["Vertrieb"][:12] + people["Produktion"][:30] + people["Recht"][:4], MONDAYS[2])
    try_tip(people["Vertrieb"][:6], MONDAYS[2])
    return SimpleNamespace(teams=teams, people=people, hanna=hanna, walter=walter, olivia=olivia, emma=emma)
