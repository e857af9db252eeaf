"""The team ahead of its leader: with the leader's consent, from the gate's figures, only where it is certain."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from hub.adoption.snapshot import close_weeks
from hub.disclosure.weeks import bounds, last_closed
from hub.people.models import User
from learning.hours.comparing import Comparison, comparisons
from learning.hours.facts import people_who_did_lab_tasks
from learning.hours.models import AwayWeek, LabDone, LabTask, LeaderConsent
from learning.hours.shares import Share
from tests.factories import make_session, make_team, make_user

URL = "/hours/leaders/"


@pytest.mark.parametrize(
    ("low", "high", "did", "weeks", "ahead"),
    [
        (70, 70, 1, 2, "team"),
        (30, 30, 1, 2, "leader"),
        (50, 50, 1, 2, ""),
        (40, 60, 1, 2, ""),
        (0, 20, 0, 3, ""),
    ],
)
def test_ahead_is_said_only_where_it_is_certain(
    low: int, high: int, did: int, weeks: int, ahead: str
) -> None:
    assert Comparison(Share(Decimal(low), Decimal(high)), did, weeks).ahead == ahead


@pytest.fixture
def week(cast: Any) -> SimpleNamespace:
    """Last week's hour had a task: 9 of Bertha's team of 20 did it and she did not; Carl leads a team of four."""
    start, _end = bounds(last_closed(timezone.now()))
    long_ago = timezone.now() - timedelta(weeks=20)
    large, small, rest = make_team("Groß"), make_team("Klein"), make_team("Werk")
    User.objects.filter(pk=cast.bertha.pk).update(team=large)
    User.objects.filter(pk=cast.carl.pk).update(team=small)
    members = [make_user(team=large) for _number in range(19)]
    few = [make_user(team=small) for _number in range(3)]
    for _number in range(30):
        make_user(team=rest)
    User.objects.update(joined_at=long_ago)
    session = make_session(cast.farid, starts_at=start + timedelta(days=4, hours=9))
    task = LabTask.objects.create(session=session, position=0, title="Ein Protokoll")
    for person in (*members[:9], *few):
        LabDone.objects.create(task=task, user=person, done_at=session.starts_at + timedelta(minutes=30))
    return SimpleNamespace(session=session, task=task, members=members, start=start)


def test_the_report_counts_who_did_a_task_in_the_hours_own_week(cast: Any, week: SimpleNamespace) -> None:
    late = {"task": week.task, "user": week.members[10]}
    LabDone.objects.create(**late, done_at=week.start + timedelta(days=8))  # while catching up
    found = people_who_did_lab_tasks(*bounds(last_closed(timezone.now())))
    assert len(found) == 12
    assert set(found.values()) == {1}


def test_the_team_is_compared_with_its_leader_who_agreed(
    cast: Any, sign_in: Any, week: SimpleNamespace
) -> None:
    close_weeks()
    bertha, emma = sign_in(cast.bertha), sign_in(cast.emma)
    bertha.post(f"{URL}consent/", {"shows_attendance": "on"})
    assert "Labor" not in emma.get(URL).content.decode()

    bertha.post(f"{URL}consent/", {"compares_tasks": "on"})
    assert "noch nichts zu vergleichen" in emma.get(URL).content.decode(), "weeks before the consent stay out"
    LeaderConsent.objects.update(given_at=week.start)
    page = emma.get(URL).content.decode()
    assert "Bei den Laboraufgaben liegt das Team vorn." in page
    assert "Das Team: 45\xa0%" in page
    assert "Stunden besucht" not in page, "the share of hours is another consent"

    cast.bertha.refresh_from_db()
    LabDone.objects.create(task=week.task, user=cast.bertha, done_at=week.session.starts_at)
    assert comparisons([cast.bertha], timezone.now())[cast.bertha.pk].ahead == "leader"
    AwayWeek.objects.create(user=cast.bertha, monday=last_closed(timezone.now()))
    assert comparisons([cast.bertha], timezone.now()) == {}

    bertha.post(f"{URL}consent/")
    assert not LeaderConsent.objects.exists()
    assert "Bertha" not in emma.get(URL).content.decode().split("<main")[1]


def test_a_team_that_the_gate_hides_is_not_compared(cast: Any, sign_in: Any, week: SimpleNamespace) -> None:
    close_weeks()
    sign_in(cast.carl).post(f"{URL}consent/", {"compares_tasks": "on"})
    page = sign_in(cast.emma).get(URL).content.decode()
    assert "Carl Brandt" in page
    assert "noch nichts zu vergleichen" in page


def test_many_leaders_cost_as_many_queries_as_one(
    cast: Any, week: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    close_weeks()
    leaders = [make_user(is_executive=True, team=cast.bertha.team) for _number in range(9)]
    leaders.append(User.objects.select_related("team").get(pk=cast.bertha.pk))
    with django_assert_num_queries(4):
        comparisons(leaders, timezone.now())


def test_weeks_from_before_a_leader_joined_are_not_compared(cast: Any, week: SimpleNamespace) -> None:
    close_weeks()
    cast.bertha.refresh_from_db()
    assert comparisons([cast.bertha], timezone.now())
    cast.bertha.joined_at = timezone.now()
    assert comparisons([cast.bertha], timezone.now()) == {}
