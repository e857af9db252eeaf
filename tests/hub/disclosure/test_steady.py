"""Slow figures are about steady groups: who joins or leaves alone cannot be read from two weeks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from hub.disclosure import steady
from hub.disclosure.actions import Pace, freeze_week, release
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part
from hub.disclosure.models import FrozenWeek, ReleasedCell, WeekGroup, WeekMembership
from hub.people.models import Team, User
from tests.factories import make_team, make_user

FIRST, SECOND, NEXT_QUARTER = date(2026, 11, 9), date(2026, 11, 16), date(2027, 1, 4)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def fill(team: Team, size: int) -> list[User]:
    return [make_user(team=team, joined_at=LONG_AGO) for _number in range(size)]


def freeze(monday: date) -> FrozenWeek:
    now = datetime.combine(monday + timedelta(days=8), datetime.min.time(), UTC)
    return freeze_week(monday=monday, now=now)[0]


@pytest.fixture
def teams(db: None) -> dict[str, list[User]]:
    return {name: fill(make_team(name), size) for name, size in {"Vertrieb": 40, "Einkauf": 30}.items()}


def of(week: FrozenWeek, name: str) -> WeekGroup:
    return week.groups.get(part=Part.TEAM, unit_name=name)


def leave(people: list[User]) -> None:
    User.objects.filter(pk__in=[user.pk for user in people]).update(status="left")


def erase(user: User) -> None:
    WeekMembership.objects.of(user).delete()
    user.delete()


def rolling(week: FrozenWeek, people: list[User]) -> dict[str, tuple[Any, Any]]:
    made, _is_new = release(
        report=f"habit-{week.monday}",
        week=week,
        kind=Kind.SHARE,
        numbers={user.subject_key: 1 for user in people},
        pace=Pace.ROLLING,
    )
    cells = made.cells.filter(group__part=Part.TEAM)
    return {cell.group.unit_name: (cell.low, cell.people_shown) for cell in cells}


def test_within_a_quarter_the_members_stay(teams: Any) -> None:
    first = freeze(FIRST)
    leave(teams["Vertrieb"][:20])
    second = freeze(SECOND)

    assert of(first, "Vertrieb").members_week == of(second, "Vertrieb").members_week == FIRST
    assert (of(first, "Vertrieb").people, of(second, "Vertrieb").people) == (40, 20)
    numbers = teams["Vertrieb"][:10]
    assert rolling(first, numbers) == rolling(second, numbers)
    assert rolling(first, numbers)["Vertrieb"] == (25, 40)


def test_a_weekly_figure_is_about_the_weeks_own_members(teams: Any) -> None:
    freeze(FIRST)
    leave(teams["Vertrieb"][:20])
    made, _is_new = release(
        report="attendance",
        week=freeze(SECOND),
        kind=Kind.SHARE,
        numbers={user.subject_key: 1 for user in teams["Vertrieb"][20:30]},
    )
    cell = made.cells.get(group__part=Part.TEAM, group__unit_name="Vertrieb")
    assert (cell.low, cell.people_shown) == (50, 20)


@pytest.mark.parametrize(("left", "since"), [(1, FIRST), (9, FIRST), (10, NEXT_QUARTER), (20, NEXT_QUARTER)])
def test_in_a_new_quarter_ten_must_have_joined_or_left(teams: Any, left: int, since: date) -> None:
    freeze(FIRST)
    freeze(date(2026, 12, 28))
    leave(teams["Vertrieb"][:left])
    assert of(freeze(NEXT_QUARTER), "Vertrieb").members_week == since


def test_movers_count_on_both_sides_at_once(teams: Any) -> None:
    """Five to there and five to here change each team by ten people, and the company by nobody."""
    freeze(FIRST)
    freeze(date(2026, 12, 28))
    sales, buying = teams["Vertrieb"][0].team, teams["Einkauf"][0].team
    User.objects.filter(pk__in=[user.pk for user in teams["Vertrieb"][:5]]).update(team=buying)
    User.objects.filter(pk__in=[user.pk for user in teams["Einkauf"][:5]]).update(team=sales)
    week = freeze(NEXT_QUARTER)
    assert of(week, "Vertrieb").members_week == of(week, "Einkauf").members_week == NEXT_QUARTER
    assert week.groups.get(part=Part.TOTAL).members_week == FIRST


def test_after_an_erasure_there_is_no_slow_figure_until_enough_others_changed(teams: Any) -> None:
    freeze(FIRST)
    erase(teams["Vertrieb"][0])
    week = freeze(SECOND)
    assert of(week, "Vertrieb").members_week is None
    assert of(week, "Vertrieb").reason == ""
    assert of(week, "Einkauf").members_week == FIRST
    assert set(rolling(week, [])) == {"Einkauf"}

    leave(teams["Vertrieb"][1:11])
    assert of(freeze(date(2026, 11, 23)), "Vertrieb").members_week == date(2026, 11, 23)


def test_a_new_team_is_told_of_at_once_if_its_people_come_from_nowhere(teams: Any) -> None:
    freeze(FIRST)
    fill(make_team("Labor"), 12)
    week = freeze(SECOND)
    assert of(week, "Labor").members_week == SECOND
    assert week.groups.get(part=Part.TOTAL).members_week == FIRST


def test_what_was_last_told_twelve_weeks_ago_is_forgotten(teams: Any) -> None:
    """No window reaches from there to here, so that it is another fact."""
    freeze(FIRST)
    erase(teams["Vertrieb"][0])
    week = freeze(FIRST + timedelta(weeks=13))
    assert of(week, "Vertrieb").members_week == week.monday


def test_an_error_leaves_no_slow_figures_and_every_weekly_one(
    teams: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(steady, "remembered", broken)
    week = freeze(FIRST)
    assert "no slow figures" in caplog.text
    assert not week.groups.exclude(members_week=None).exists()
    assert rolling(week, []) == {}
    assert release(report="attendance", week=week, kind=Kind.SHARE, numbers={})[0].cells.count() == 4
    assert ReleasedCell.objects.filter(release__report="habit-2026-11-09").count() == 0
