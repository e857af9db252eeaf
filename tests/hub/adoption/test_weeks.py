"""Closing weeks: each once, the missed ones too, and what is published stays."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from hub.adoption import snapshot
from hub.adoption.counting import MEASURES
from hub.adoption.snapshot import freeze_weeks
from hub.disclosure.models import FrozenWeek, ReleasedCell, WeekGroup, WeekMembership
from hub.people.models import Team, User
from learning.hours.models import LeaderConsent, Rsvp, StudySession
from tests.factories import make_team
from tests.hub.adoption.conftest import GMBH, MONDAYS, NOW, attend, fill, friday_of, publish
from tests.hub.adoption.figures import API, CUTS
from tests.hub.disclosure.attacker import recovered


def test_published_weeks_stay_as_they_are(api: Any, company: Any) -> None:
    """Late check-ins, corrections, moves, renames and erasure reach no published figure."""
    publish()
    urls = [f"{API}{name}/?by={by}&window={window}" for name, by, window in CUTS]
    program = api(company.hanna)
    before = [program.get(url).content for url in urls]

    attend(company.people["Produktion"], MONDAYS[2])
    Team.objects.filter(name="Vertrieb").update(name="Sales")
    User.objects.filter(team=company.teams["Recht"]).update(team=company.teams["Produktion"])
    gone = company.people["Vertrieb"][3]
    WeekMembership.objects.of(gone).delete()
    gone.delete()
    publish()

    assert [program.get(url).content for url in urls] == before


def test_an_attacker_with_every_published_cell_recovers_no_small_group(company: Any) -> None:
    publish()
    for week in FrozenWeek.objects.all():
        placed = list(WeekMembership.objects.filter(monday=week.monday).values_list("pk", "team_id"))
        published = [
            frozenset(person for person, team in placed if team in group.teams)
            for group in WeekGroup.objects.filter(week=week, cells__isnull=False).distinct()
        ]
        assert len(published) > 5
        assert recovered(published, 10) == []


def test_the_weekly_task_publishes_the_last_closed_week_once(company: Any) -> None:
    first = snapshot.close_weeks(now=NOW)
    assert [week.monday for week in first] == [MONDAYS[2]]
    count = ReleasedCell.objects.count()
    assert snapshot.close_weeks(now=NOW + timedelta(hours=1)) == first
    assert ReleasedCell.objects.count() == count


def test_missed_weeks_are_made_up_for_but_not_from_long_ago(company: Any) -> None:
    snapshot.close_weeks(now=NOW)
    after = snapshot.close_weeks(now=NOW + timedelta(weeks=2))
    assert [week.monday for week in after] == [MONDAYS[2] + timedelta(weeks=number) for number in range(3)]
    much_later = snapshot.close_weeks(now=NOW + timedelta(weeks=30))
    assert [(week.monday - MONDAYS[2]).days // 7 for week in much_later] == [27, 28, 29, 30]


def test_a_week_that_failed_half_way_is_finished_next_time(company: Any) -> None:
    from hub.disclosure.actions import freeze_week

    freeze_week(monday=MONDAYS[2], now=NOW)
    week = snapshot.close_weeks(now=NOW)[0]
    assert set(week.releases.values_list("report", flat=True)) == {*MEASURES, "points"}


def test_the_week_closes_by_the_companys_clock(company: Any) -> None:
    """On Sunday evening in UTC it is Monday in Berlin, and the hour of grace has not passed."""
    assert snapshot.close_weeks(now=datetime(2026, 11, 15, 23, 30, tzinfo=UTC))[0].monday == MONDAYS[1]
    assert snapshot.close_weeks(now=datetime(2026, 11, 16, 0, 30, tzinfo=UTC))[-1].monday == MONDAYS[2]


def test_the_task_runs_by_its_name(company: Any) -> None:
    from hub.adoption.tasks import close_weeks

    assert close_weeks() == 1


def test_from_the_week_of_the_consent_on_a_leader_makes_no_group_large_enough(
    company: SimpleNamespace,
) -> None:
    """Ten people with a leader who agrees in the second week to be shown, and announces an hour of the third."""
    team = make_team("Einkauf", entity=GMBH)
    leader = fill(team, 10)[0]
    User.objects.filter(pk=leader.pk).update(is_executive=True)
    LeaderConsent.objects.create(user=leader, shows_attendance=True, given_at=friday_of(MONDAYS[1]))
    freeze_weeks(MONDAYS[0], MONDAYS[1], now=NOW)
    LeaderConsent.objects.all().delete()
    hour = StudySession.objects.get(starts_at=friday_of(MONDAYS[2]))
    Rsvp.objects.create(session=hour, user=leader, reply="yes", is_announced=True)
    freeze_weeks(MONDAYS[2], MONDAYS[2], now=NOW)

    groups = WeekGroup.objects.filter(part="team", unit_id=team.pk).order_by("week__monday")
    assert list(groups.values_list("reason", flat=True)) == ["", "small", "small"]
