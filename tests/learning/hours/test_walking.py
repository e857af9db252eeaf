"""Walk the talk: only leaders who agreed, by name, with the hours they attended; gone once taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hub.people.models import Site, User
from hub.points.streaks import monday_of
from learning.hours import walking
from learning.hours.models import Attendance, AwayWeek, LeaderConsent, Rsvp, StudySession
from tests.factories import make_session, make_team, make_user

URL = "/hours/leaders/"


def test_a_leaders_share_is_shown_with_their_consent_alone(sign_in: Any, cast: Any) -> None:
    now = timezone.now()
    Site.objects.update(country="XX")  # without public holidays, on whichever day this runs
    User.objects.update(joined_at=now - timedelta(weeks=20))
    past = [make_session(cast.farid, starts_at=now - timedelta(weeks=n + 1)) for n in range(4)]
    make_session(cast.farid, starts_at=now - timedelta(weeks=13))  # too long ago
    make_session(cast.farid, starts_at=now - timedelta(weeks=2), team=make_team("Weit weg"))
    twice = make_session(cast.farid, starts_at=past[1].starts_at + timedelta(days=1))
    Attendance.objects.create(session=twice, user=cast.carl)
    called_off = make_session(cast.farid, starts_at=now - timedelta(weeks=6))
    StudySession.objects.filter(pk=called_off.pk).update(status="cancelled")
    for session in past[:2]:
        for person in (cast.bertha, cast.carl, cast.emma):
            Attendance.objects.create(session=session, user=person)
    AwayWeek.objects.create(user=cast.bertha, monday=monday_of(past[3].local_date))
    LeaderConsent.objects.create(user=cast.emma, shows_attendance=True)  # no leader
    bertha, carl, emma = (sign_in(person) for person in (cast.bertha, cast.carl, cast.emma))
    assert "Noch steht hier niemand" in emma.get(URL).content.decode()

    assert emma.post(f"{URL}consent/", {"shows_attendance": "on"}).status_code == 403
    for leader in (bertha, carl):
        leader.post(f"{URL}consent/", {"shows_attendance": "on"})
    assert "Stunden besucht" not in emma.get(URL).content.decode(), (
        "hours of weeks before the consent stay out"
    )
    LeaderConsent.objects.update(given_at=now - timedelta(weeks=13))
    page = emma.get(URL).content.decode()
    assert "Emma" not in page.split("<main")[1]
    assert "2 von 4 Stunden besucht" in page  # Bertha, who was away in one week
    assert "3 von 5 Stunden besucht" in page  # Carl, to two hours of one week
    assert page.index("Carl Brandt") < page.index("Bertha Ringer")  # by last name, not by share
    assert 'name="shows_attendance"' not in page

    bertha.post(f"{URL}consent/")
    assert "Bertha Ringer" not in emma.get(URL).content.decode()
    assert not LeaderConsent.objects.filter(user=cast.bertha).exists()
    coming = make_session(cast.farid, starts_at=now + timedelta(days=1))
    Rsvp.objects.create(session=coming, user=cast.bertha, reply="yes", is_announced=True)
    assert "Bertha Ringer" in emma.get(URL).content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_many(
    count: int, cast: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Site.objects.update(country="XX")
    session = make_session(cast.farid, starts_at=timezone.now() - timedelta(weeks=1))
    for _n in range(count):
        joined_at = timezone.now() - timedelta(weeks=2)
        leader = make_user("Lea", is_executive=True, team=cast.bertha.team, joined_at=joined_at)
        LeaderConsent.objects.create(
            user=leader, shows_attendance=True, given_at=timezone.now() - timedelta(weeks=13)
        )
        Attendance.objects.create(session=session, user=leader)
    with django_assert_num_queries(4):
        assert [leader.held for leader in walking.leaders_shown(timezone.now())] == [1] * count


def test_hours_from_before_a_leader_joined_were_not_theirs(cast: Any, api: Any) -> None:
    now = timezone.now()
    Site.objects.update(country="XX")
    User.objects.update(joined_at=now - timedelta(weeks=5))
    team_since = timezone.localdate(now) - timedelta(weeks=3)
    for leader in (cast.bertha, cast.carl):
        LeaderConsent.objects.create(
            user=leader, shows_attendance=True, given_at=timezone.now() - timedelta(weeks=13)
        )
    User.objects.filter(pk=cast.bertha.pk).update(team_since=team_since)
    for week in range(1, 9):
        make_session(cast.farid, starts_at=now - timedelta(weeks=week))
    for days in (20, 22):
        make_session(cast.farid, starts_at=now - timedelta(days=days), team=cast.bertha.team)
    before = StudySession.objects.get(starts_at__lt=now - timedelta(weeks=7, days=6))
    Attendance.objects.create(session=before, user=cast.carl)  # as a guest
    rows = {row["name"]: row for row in api(cast.emma).get("/api/v1/leaders/").json()}
    # Bertha: five for everybody, and the team's since she is in it. Carl: five, both of the team, and the one attended.
    assert rows["Bertha Ringer"]["held"] == 5 + 1
    assert (rows["Carl Brandt"]["attended"], rows["Carl Brandt"]["held"]) == (1, 5 + 2 + 1)


def test_the_interface_says_hours_where_hours_are_counted(client: Any) -> None:
    leader = client.get("/api/v1/schema/?format=json").json()["components"]["schemas"]["Leader"]
    assert leader["properties"]["attended"]["description"] == "Hours; null where it is not shown."
