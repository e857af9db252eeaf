"""A week is frozen once, with the groups that may be seen, and what was published of it never changes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hub.disclosure.actions import freeze_week, release
from hub.disclosure.figures import Figure, Kind, figure
from hub.disclosure.grouping import Part, Place, groups_of
from hub.disclosure.models import FrozenWeek, Release, ReleasedCell, WeekGroup, WeekMembership
from hub.disclosure.weeks import bounds, last_closed, monday_of
from hub.people.models import Team, User
from tests.factories import make_team, make_user

MONDAY = date(2026, 11, 9)
LATER = datetime(2026, 11, 17, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def fill(team: Team, size: int, **fields: Any) -> list[User]:
    return [make_user(team=team, joined_at=LONG_AGO, **fields) for _number in range(size)]


@pytest.fixture
def company(db: None) -> dict[str, list[User]]:
    """Two teams to be shown, two that are too small, in one company."""
    sizes = {"Vertrieb": 14, "Einkauf": 12, "Recht": 6, "Archiv": 5}
    return {name: fill(make_team(name), size) for name, size in sizes.items()}


def freeze(**options: Any) -> FrozenWeek:
    return freeze_week(monday=MONDAY, now=LATER, **options)[0]


def shown(week: FrozenWeek) -> dict[tuple[str, str], int]:
    return {(group.part, group.unit_name): group.people for group in week.groups.shown()}


def test_a_week_knows_who_stood_where_and_which_groups_may_be_seen(company: Any) -> None:
    week = freeze()
    assert week.people == WeekMembership.objects.count() == 37
    assert shown(week) == {
        (Part.TOTAL, ""): 37, (Part.SITE, "Ladenburg"): 37, (Part.TEAM, "Vertrieb"): 14, (Part.TEAM, "Einkauf"): 12,
        (Part.OTHER_TEAMS, ""): 11, (Part.SMALL_TEAMS, ""): 11,
    }  # fmt: skip
    assert {group.reason for group in week.groups.filter(unit_name__in=["Recht", "Archiv"])} == {"small"}


def test_freezing_again_changes_nothing(company: Any) -> None:
    first, is_new = freeze_week(monday=MONDAY, now=LATER)
    company["Vertrieb"][0].delete()
    again, is_new_again = freeze_week(monday=MONDAY, now=LATER)

    assert (is_new, is_new_again) == (True, False)
    assert (again.pk, again.people) == (first.pk, 37)


@pytest.mark.django_db(transaction=True)
def test_many_freezers_at_once_freeze_one_week() -> None:
    fill(make_team("Vertrieb"), 30)

    def run(_number: int) -> tuple[bool, bool]:
        try:
            week, is_new = freeze_week(monday=MONDAY, now=LATER)
            return is_new, release(report="attendance", week=week, kind=Kind.SHARE, numbers={})[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(run, range(12)))

    assert [sum(column) for column in zip(*results, strict=True)] == [1, 1]
    assert (FrozenWeek.objects.count(), WeekMembership.objects.count(), Release.objects.count()) == (1, 30, 1)
    assert (
        WeekGroup.objects.filter(part=Part.TOTAL).count()
        == ReleasedCell.objects.filter(group__part="total").count()
        == 1
    )


@pytest.mark.parametrize(
    ("monday", "now"),
    [
        (date(2026, 11, 10), LATER),
        (MONDAY, datetime(2026, 11, 15, 22, 59, tzinfo=UTC)),
        (date(2026, 11, 16), LATER),
    ],
)
def test_only_a_week_that_has_ended_is_frozen(monday: date, now: datetime, db: None) -> None:
    with pytest.raises(ValueError, match="a week that has ended"):
        freeze_week(monday=monday, now=now)


def test_whoever_joined_after_the_week_and_leavers_are_no_members(company: Any) -> None:
    late = make_user(team=company["Vertrieb"][0].team, joined_at=datetime(2026, 11, 16, 9, tzinfo=UTC))
    company["Einkauf"][0].status = "left"
    company["Einkauf"][0].save()
    freeze()
    keys = set(WeekMembership.objects.values_list("subject_key", flat=True))
    assert not keys & {late.subject_key, company["Einkauf"][0].subject_key}
    assert len(keys) == 36


def test_a_share_is_published_for_shown_groups_only(company: Any) -> None:
    came = [*company["Vertrieb"][:7], *company["Recht"][:3]]
    made, _is_new = release(
        report="attendance", week=freeze(), kind=Kind.SHARE, numbers={user.subject_key: 2 for user in came}
    )
    cells = {(cell.group.part, cell.group.unit_name): (cell.low, cell.high) for cell in made.cells.all()}
    assert cells == {
        (Part.TOTAL, ""): (25, 25), (Part.SITE, "Ladenburg"): (25, 25), (Part.TEAM, "Vertrieb"): (50, 50),
        (Part.TEAM, "Einkauf"): (0, 20), (Part.OTHER_TEAMS, ""): (25, 25),
    }  # fmt: skip


def test_numbers_of_people_outside_the_week_do_not_count(company: Any) -> None:
    stranger = make_user()
    made, _is_new = release(
        report="steps",
        week=freeze(),
        kind=Kind.SUM,
        numbers={stranger.subject_key: 9, company["Recht"][0].subject_key: 4},
    )
    assert made.cells.get(group__part=Part.TOTAL).low == 4


def test_a_published_figure_is_never_published_again(company: Any) -> None:
    week, everybody = freeze(), {user.subject_key: 1 for user in User.objects.all()}
    first, _is_new = release(report="attendance", week=week, kind=Kind.SHARE, numbers={})
    again, is_new = release(report="attendance", week=week, kind=Kind.SHARE, numbers=everybody)

    assert (again.pk, is_new) == (first.pk, False)
    assert set(ReleasedCell.objects.values_list("low", flat=True)) == {Decimal(0)}


def test_after_an_erasure_groups_that_are_not_the_same_get_no_figure(company: Any) -> None:
    """Published cells stay; what is published late would tell the erased person from the rest."""
    week = freeze()
    release(report="attendance", week=week, kind=Kind.SHARE, numbers={})
    before = list(ReleasedCell.objects.values())
    gone = company["Vertrieb"][0]
    WeekMembership.objects.of(gone).delete()
    gone.delete()

    late, _is_new = release(report="tips-tried", week=week, kind=Kind.SHARE, numbers={})

    assert list(ReleasedCell.objects.exclude(release=late).values()) == before
    assert {(cell.group.part, cell.group.unit_name) for cell in late.cells.all()} == {
        (Part.TEAM, "Einkauf"), (Part.OTHER_TEAMS, ""),
    }  # fmt: skip


def test_moves_and_renames_do_not_reach_back(company: Any) -> None:
    week = freeze()
    Team.objects.filter(name="Vertrieb").update(name="Sales")
    User.objects.filter(team__name="Sales").update(team=Team.objects.get(name="Archiv"))
    made, _is_new = release(report="attendance", week=week, kind=Kind.SHARE, numbers={})
    assert shown(week)[Part.TEAM, "Vertrieb"] == 14
    assert made.cells.filter(group__unit_name="Vertrieb").count() == 1


def test_the_database_itself_refuses_to_change_a_published_figure(company: Any) -> None:
    release(report="attendance", week=freeze(), kind=Kind.SHARE, numbers={})
    for table in ("releasedcell", "weekgroup", "release", "frozenweek"):
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE disclosure_{table} SET id = id + 100")


def test_a_company_of_fewer_than_25_is_not_shown_and_its_teams_stand_with_the_small_ones() -> None:
    places = [Place(1, 1, 1)] * 20 + [Place(2, 1, 1)] * 20 + [Place(3, 2, 2)] * 12 + [Place(4, 2, 2)] * 11
    groups = groups_of(places)
    assert {group.reason for group in groups if group.entity == 2} == {"page"}
    assert [(group.people, group.reason) for group in groups if group.part is Part.SMALL_TEAMS] == [(23, "")]


def test_without_people_there_is_nothing_to_group() -> None:
    assert groups_of([]) == []


@pytest.mark.parametrize(
    ("monday", "hours"), [(date(2026, 3, 23), 167), (date(2026, 10, 19), 169), (date(2026, 11, 9), 168)]
)
def test_a_week_lasts_from_monday_to_monday_through_clock_changes(monday: date, hours: int) -> None:
    start, end = (moment.astimezone(UTC) for moment in bounds(monday))
    assert end - start == timedelta(hours=hours)
    assert bounds(monday + timedelta(weeks=1))[0] == end
    assert monday_of(start) == monday
    assert monday_of(end - timedelta(seconds=1)) == monday
    assert monday_of(end) == monday + timedelta(weeks=1)


def test_the_week_closes_an_hour_after_sunday_midnight_in_the_companys_zone() -> None:
    assert last_closed(datetime(2026, 11, 15, 23, 59, tzinfo=UTC)) == date(2026, 11, 2)
    assert last_closed(datetime(2026, 11, 16, 0, 0, tzinfo=UTC)) == MONDAY


def share(people: int, counting: int) -> tuple[int, int]:
    made = figure(Kind.SHARE, people=people, counting=counting, total=counting)
    assert made.high is not None
    return int(made.low), int(made.high)


def test_shares_are_rounded_and_the_ends_are_ranges() -> None:
    assert share(20, 9) == (45, 45)
    assert share(20, 7) == (35, 35)
    assert share(18, 7) == (40, 40)
    assert share(80, 27) == (34, 34)
    assert {share(20, few) for few in (0, 1, 2)} == {(0, 10)}
    assert {share(20, many) for many in (18, 19, 20)} == {(90, 100)}
    assert share(10_000, 3) == (0, 1)
    assert share(10_000, 9_997) == (99, 100)


@pytest.mark.parametrize("people", [10, 11, 14, 27, 49, 50, 51, 99, 100, 101, 1000])
def test_the_true_share_lies_within_what_is_said(people: int) -> None:
    for counting in range(people + 1):
        low, high = share(people, counting)
        slack = 0 if low != high else 2.5 if people < 50 else 0.5
        assert low - slack <= 100 * counting / people <= high + slack
        assert 0 <= low <= high <= 100


def test_means_say_at_least_where_nearly_everybody_counts_and_nothing_where_hardly_anybody() -> None:
    def mean(counting: int) -> Figure | None:
        return figure(Kind.MEAN, people=20, counting=counting, total=10 * counting)

    assert [mean(counting) for counting in (0, 1, 2)] == [None, None, None]
    assert mean(9) == Figure(Decimal("4.5"), Decimal("4.5"))
    assert {mean(counting) for counting in (18, 19, 20)} == {Figure(Decimal(9), None)}
