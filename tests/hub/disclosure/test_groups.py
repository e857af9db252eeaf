"""Families, families within a site, and cohorts: decided with everything else, counted by what they are made of."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from hub.disclosure.actions import freeze_week, release
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Group, Part, Place, Rules, groups_of
from hub.disclosure.models import FrozenWeek, WeekGroup, WeekMembership
from hub.disclosure.rounding import Rounding
from hub.people.models import JobFamily, LegalEntity, Site, Team, User
from tests.factories import make_team, make_user

MONDAY, LATER = date(2026, 11, 9), datetime(2026, 11, 17, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def shown(groups: list[Group], part: Part) -> dict[Any, int]:
    return {
        (group.unit, group.second) if part is Part.SITE_FAMILY else group.unit: group.people
        for group in groups
        if group.part is part and not group.reason
    }


def test_families_run_across_teams_and_sites() -> None:
    places = [Place(team, team % 2, 1, family=1 + team % 3) for team in range(6) for _person in range(20)]
    groups = groups_of(places)
    assert shown(groups, Part.FAMILY) == {1: 40, 2: 40, 3: 40}
    assert shown(groups, Part.SITE_FAMILY) == {(site, family): 20 for site in (0, 1) for family in (1, 2, 3)}


def test_a_small_family_at_a_site_stands_with_others_of_the_site() -> None:
    sizes = {1: 40, 2: 30, 3: 6, 4: 7}
    places = [Place(1, 1, 1, family) for family, size in sizes.items() for _person in range(size)]
    groups = groups_of([*places, *[Place(2, 2, 1, 1)] * 30])
    assert shown(groups, Part.SITE_FAMILY) == {(1, 1): 40, (1, 2): 30, (2, 1): 30}
    [others] = [group for group in groups if group.part is Part.OTHER_SITE_FAMILIES]
    assert (others.unit, others.units, others.people) == (1, ((1, 3), (1, 4)), 13)


def test_where_nobody_has_a_family_there_is_no_table_of_families() -> None:
    assert {group.part for group in groups_of([Place(1, 1, 1)] * 30)} == {Part.TOTAL, Part.SITE, Part.TEAM}


def test_whoever_has_no_family_is_counted_so_that_the_rest_says_nothing() -> None:
    """Four without a family: the families of all others would tell about them, so the smallest family goes, too."""
    places = [
        Place(1, 1, 1, family) for family, size in {1: 40, 2: 30, None: 4}.items() for _person in range(size)
    ]
    assert shown(groups_of(places), Part.FAMILY) == {1: 40}


def test_cohorts_are_months_and_those_who_have_not_begun() -> None:
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    places = [
        Place(1, 1, 1, cohort=cohort)
        for cohort, size in {may: 25, june: 15, None: 20}.items()
        for _person in range(size)
    ]
    assert shown(groups_of(places), Part.COHORT) == {"2026-05-01": 25, "2026-06-01": 15, "": 20}


def test_each_entity_has_its_own_smallest_group_and_the_small_teams_the_strictest() -> None:
    places = [
        Place(entity * 10 + team, entity, entity)
        for entity in (1, 2)
        for team in range(3)
        for _person in range(12)
    ]
    places += [Place(14, 1, 1)] * 6 + [Place(15, 1, 1)] * 5
    groups = groups_of(places, rules={1: Rules(10, 25), 2: Rules(20, 30)})
    assert set(shown(groups, Part.TEAM)) == {10, 11, 12}
    assert {group.reason for group in groups if group.entity == 2 and group.part is Part.TEAM} == {"small"}
    [small] = [group for group in groups if group.part is Part.SMALL_TEAMS]
    assert (small.people, small.reason) == (47, "")


def test_what_crosses_two_dimensions_is_hidden_before_what_is_of_one() -> None:
    """Team 3 is the sales people of site 1 but for four: both together would tell about these."""
    places = (
        [Place(3, 1, 1, 1)] * 40
        + [Place(4, 1, 1, 1)] * 4
        + [Place(4, 1, 1, 2)] * 40
        + [Place(5, 2, 1, 1)] * 40
    )
    groups = groups_of(places)
    assert 3 in shown(groups, Part.TEAM)
    assert (1, 1) not in shown(groups, Part.SITE_FAMILY)


@pytest.fixture
def company(db: None) -> dict[str, list[User]]:
    """Two sites and two families, crossed; ten of sixteen a cell began in May."""
    people = {}
    entity_team = {name: make_team(name) for name in ("Nord", "Süd")}
    Team.objects.filter(name="Süd").update(site=Site.objects.create(name="Ingolstadt", country="DE"))
    families = [JobFamily.objects.create(name=name) for name in ("Vertrieb", "IT")]
    for name, team in entity_team.items():
        for family in families:
            people[f"{name} {family}"] = [
                make_user(team=team, joined_at=LONG_AGO, job_family=family) for _number in range(16)
            ]
    return people


def freeze(company: dict[str, list[User]]) -> FrozenWeek:
    cohorts = {user.subject_key: date(2026, 5, 1) for found in company.values() for user in found[:10]}
    return freeze_week(monday=MONDAY, now=LATER, cohorts=cohorts)[0]


def test_a_week_keeps_families_and_cohorts_with_their_names(company: Any) -> None:
    week = freeze(company)
    names = Counter(
        (group.part, group.unit_name, group.second_unit_name)
        for group in week.groups.shown()
        if group.part != Part.TEAM
    )
    assert names == Counter(
        [
            (Part.TOTAL, "", ""), (Part.SITE, "Ladenburg", ""), (Part.SITE, "Ingolstadt", ""),
            (Part.FAMILY, "Vertrieb", ""), (Part.FAMILY, "IT", ""),
            (Part.SITE_FAMILY, "Ladenburg", "Vertrieb"), (Part.SITE_FAMILY, "Ladenburg", "IT"),
            (Part.SITE_FAMILY, "Ingolstadt", "Vertrieb"), (Part.SITE_FAMILY, "Ingolstadt", "IT"),
            (Part.COHORT, "2026-05-01", ""), (Part.COHORT, "", ""),
        ]
    )  # fmt: skip


def test_figures_of_families_count_the_people_they_are_made_of(company: Any) -> None:
    came = [*company["Nord Vertrieb"][:8], *company["Süd IT"][:4]]
    made, _is_new = release(
        report="attendance",
        week=freeze(company),
        kind=Kind.SHARE,
        numbers={user.subject_key: 1 for user in came},
    )
    cells = {
        (cell.group.part, cell.group.unit_name, cell.group.second_unit_name): (cell.low, cell.high)
        for cell in made.cells.all()
    }
    true = {
        (Part.FAMILY, "Vertrieb", ""): 25,
        (Part.FAMILY, "IT", ""): 12.5,
        (Part.SITE_FAMILY, "Ladenburg", "Vertrieb"): 50,
        (Part.SITE_FAMILY, "Ingolstadt", "IT"): 25,
        (Part.COHORT, "2026-05-01", ""): 30,
        (Part.SITE, "Ingolstadt", ""): 12.5,
    }
    for name, share in true.items():
        low, high = cells[name]
        assert low - Decimal("2.5") <= share <= high + Decimal("2.5"), name
        assert high - low <= 20, name


def test_rows_of_old_weeks_are_made_of_teams(company: Any) -> None:
    week = freeze(company)
    old = FrozenWeek.objects.create(monday=date(2026, 11, 2), people=64, minimum_group=10, frozen_at=LATER)
    columns = ("subject_key", "team_id", "site_id", "entity_id")
    for row in list(WeekMembership.objects.values(*columns)):
        WeekMembership.objects.create(monday=old.monday, **row)
    group = week.groups.get(part=Part.TEAM, unit_name="Nord")
    WeekGroup.objects.create(
        week=old, part=Part.TEAM, entity_id=group.entity_id, unit_id=group.unit_id, unit_name="Nord", people=32,
        teams=group.teams,
    )  # fmt: skip
    made, _is_new = release(
        report="attendance", week=old, kind=Kind.SHARE,
        numbers={user.subject_key: 1 for user in company["Nord IT"]},
    )  # fmt: skip
    assert made.cells.get().low == 50


def test_people_are_shown_in_fives_the_same_for_the_same_members() -> None:
    rounding = Rounding()
    drawn = {rounding.shown(12, ("team", 1, number, None), 99) for number in range(60)}
    assert drawn == {10, 15}
    assert len({rounding.shown(12, ("team", 1, 7, None), 99) for _again in range(20)}) == 1
    assert {rounding.shown(people, ("team", people), people) for people in (10, 15, 200)} == {10, 15, 200}


def test_rounding_favours_neither_side() -> None:
    rounding = Rounding()
    drawn = [rounding.shown(11, ("team", number), 5) for number in range(4000)]
    assert 10.9 < sum(drawn) / len(drawn) < 11.1


def test_a_joiner_draws_the_number_anew_and_the_same_members_keep_it(company: Any) -> None:
    week = freeze(company)
    again = freeze_week(monday=date(2026, 11, 2), now=LATER)[0]
    for group in again.groups.filter(part__in=[Part.TEAM, Part.SITE, Part.TOTAL]):
        twin = week.groups.get(part=group.part, unit_id=group.unit_id, entity_id=group.entity_id)
        assert group.people_shown == twin.people_shown
        assert group.people_shown % 5 == 0


def test_another_company_is_not_counted(company: Any) -> None:
    """Both companies work at Ladenburg; each site is its own."""
    team = make_team("Sales UK", entity="Ringer Works Ltd")
    for _number in range(30):
        make_user(team=team, joined_at=LONG_AGO)
    week = freeze(company)
    ltd = LegalEntity.objects.get(name="Ringer Works Ltd")
    sites = week.groups.filter(part=Part.SITE, unit_name="Ladenburg")
    assert {group.entity_id == ltd.pk: group.people for group in sites} == {True: 30, False: 32}
