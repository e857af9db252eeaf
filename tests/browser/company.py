"""A company with figures: three published weeks of hours, tips and a revealed bet, and names that are no names."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from challenges.contests.models import Challenge, Entry, PublishedElimination, PublishedStanding
from hub.adoption.models import Cohort
from hub.adoption.snapshot import freeze_weeks
from hub.disclosure.weeks import last_closed
from hub.nudges.models import Nudge
from hub.people.models import Team, User
from hub.points.actions import award
from learning.hours.models import Attendance
from tests.factories import make_challenge, make_entry, make_session, make_team, make_tip, make_user

MARKUP = "<b>N</b> & <img src=x>"
BERLIN = ZoneInfo("Europe/Berlin")


def published_company() -> SimpleNamespace:
    """Four teams, two of them too small. Emma works, Hanna is HR; `entry` won a bet that is revealed."""
    newest: date = last_closed(timezone.now())
    sizes = {MARKUP: 15, "=SUMME(A1)": 26, "Recht": 6, "Archiv": 5}
    people = {name: _team(name, size) for name, size in sizes.items()}
    tip = make_tip()
    for week in range(3):
        monday = newest - timedelta(weeks=week)
        friday = datetime(monday.year, monday.month, monday.day, 9, tzinfo=BERLIN) + timedelta(days=4)
        for found in people.values():
            _friday(friday, tip, found[: 9 - 2 * week], found[: 5 - week])
    # A month is told of when it is over, whatever day it is today.
    month = (newest - timedelta(days=100)).replace(day=1)
    Cohort.objects.bulk_create(
        Cohort(subject_key=one.subject_key, month=month) for one in people["=SUMME(A1)"]
    )
    entry = _revealed(people[MARKUP][0], newest)
    freeze_weeks(newest - timedelta(weeks=2), newest, joined_by_then=False)
    hanna = make_user("Hanna", team=people["=SUMME(A1)"][0].team, roles=("hr",), language="en")
    return SimpleNamespace(hanna=hanna, entry=entry, emma=people[MARKUP][1])


def _team(name: str, size: int) -> list[User]:
    team: Team = make_team(name)
    return [make_user(team=team, language="de") for _number in range(size)]


def _friday(at: datetime, tip: Any, coming: list[User], trying: list[User]) -> None:
    session = make_session(coming[0], starts_at=at)
    Attendance.objects.bulk_create(Attendance(session=session, user=user) for user in coming)
    for user in coming:
        award(user=user, rule="attended", source_key=f"attendance:{session.pk}:{user.pk}", at=at)
    given = {"tip": tip, "shown_on": at.date(), "shown_at": at, "source": "today", "response": "tried"}
    Nudge.objects.bulk_create(Nudge(id=uuid4(), user=user, responded_at=at, **given) for user in trying)


def _revealed(contestant: User, monday: date) -> Entry:
    """A bet revealed in that week, with two steps eliminated."""
    entry = make_entry(make_challenge(make_user(), referees=(make_user(roles=("referee",)),)), contestant)
    at = datetime(monday.year, monday.month, monday.day, 12, tzinfo=BERLIN)
    status = Challenge.Status.REVEALED
    Challenge.objects.filter(pk=entry.challenge_id).update(status=status, revealed_at=at)
    for step in entry.process.steps.all()[:2]:
        PublishedElimination.objects.create(entry=entry, step=step)
    PublishedStanding.objects.create(challenge=entry.challenge, entry=entry, rank=1, net=2)
    return entry
