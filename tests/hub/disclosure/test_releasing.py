"""All measures of a week in one pass say what counting each group's members one by one would say."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from hub.disclosure.actions import ADOPTION_PARTS, Pace, Publication, freeze_week, release, release_all
from hub.disclosure.figures import Kind, figure, step_of
from hub.disclosure.grouping import DIMENSION, Part
from hub.disclosure.models import (
    FrozenWeek,
    Release,
    ReleasedCell,
    ReleasedCellQuerySet,
    WeekGroup,
    WeekMembership,
)
from hub.people.models import JobFamily, LegalEntity, Site, Team, User
from tests.factories import make_user

FIRST, SECOND = date(2026, 9, 21), date(2026, 10, 5)
LATER = datetime(2026, 11, 17, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PEOPLE = 260


@pytest.fixture
def weeks(db: None) -> list[FrozenWeek]:
    """Two companies with small and large teams. Between the weeks a quarter ends, some leave, some move, and a team of
    new people comes; then one person is erased.
    """
    random = Random(1888)
    entities = [LegalEntity.objects.create(name=name) for name in ("GmbH", "Ltd")]
    sites = [Site.objects.create(name=name) for name in ("Nord", "Süd", "West")]
    families = [JobFamily.objects.create(name=name) for name in ("IT", "Vertrieb")]
    teams = [
        Team.objects.create(
            name=f"Team {number}", site=random.choice(sites), legal_entity=entities[number % 2]
        )
        for number in range(12)
    ]
    people = [
        make_user(
            team=teams[min(int(random.expovariate(0.25)), 11)],
            joined_at=LONG_AGO,
            job_family=random.choice([*families, None]),
        )
        for _number in range(PEOPLE)
    ]
    cohorts = {
        user.subject_key: date(2026, random.randint(3, 6), 1) for user in people if random.random() < 0.8
    }
    found = [freeze_week(monday=FIRST, now=LATER, cohorts=cohorts)[0]]
    User.objects.filter(pk__in=[user.pk for user in people[:25]]).update(status="left")
    User.objects.filter(pk__in=[user.pk for user in people[25:40]]).update(team=teams[0])
    new = Team.objects.create(name="New", site=sites[0], legal_entity=entities[1])
    for _number in range(15):
        make_user(team=new, joined_at=LONG_AGO)
    found.append(freeze_week(monday=SECOND, now=LATER, cohorts=cohorts)[0])
    WeekMembership.objects.of(people[-1]).delete()
    return found


def members(definition: WeekGroup) -> list[Any]:
    """Person by person, by what the group says it is of."""
    dimension = DIMENSION.get(Part(definition.part), Part(definition.part))
    unit = {
        Part.TOTAL: lambda row: row.entity_id,
        Part.SITE: lambda row: row.site_id,
        Part.TEAM: lambda row: row.team_id,
        Part.FAMILY: lambda row: row.family_id or 0,
        Part.SITE_FAMILY: lambda row: [row.site_id, row.family_id or 0],
        Part.COHORT: lambda row: row.cohort.isoformat() if row.cohort else "",
    }[dimension]
    return [
        row.subject_key
        for row in WeekMembership.objects.filter(monday=definition.week.monday)
        if definition.entity_id in (None, row.entity_id) and unit(row) in definition.units
    ]


def expected(week: FrozenWeek, pace: Pace, parts: Iterable[Part]) -> dict[int, list[Any]]:
    """Group -> the keys of those its figure is about, where nobody of them is missing."""
    found = {}
    for group in week.groups.shown().filter(part__in=list(parts)):
        definition = group
        if pace is Pace.ROLLING:
            twins = WeekGroup.objects.filter(week__monday=group.members_week, members_week=group.members_week)
            definition = next((twin for twin in twins if twin.identity == group.identity), None)
        if definition and len(keys := members(definition)) == definition.people:
            found[group.pk] = keys
    return found


def publications(numbers: dict[Any, int], name: str = "") -> list[Publication]:
    return [
        Publication(report=f"{name}{kind}-{pace}", kind=kind, numbers=numbers, pace=pace, parts=parts)
        for kind in Kind
        for pace, parts in ((Pace.WEEKLY, set(Part)), (Pace.ROLLING, ADOPTION_PARTS))
    ]


def numbers_of(chance: float) -> dict[Any, int]:
    random = Random(7)
    keys = WeekMembership.objects.order_by("pk").values_list("subject_key", flat=True)
    return {key: random.randint(0, 3) for key in keys if random.random() < chance}


@pytest.mark.parametrize("chance", [0.03, 0.5, 1])
def test_every_figure_is_about_the_people_of_its_group(weeks: list[FrozenWeek], chance: float) -> None:
    numbers = numbers_of(chance)
    for week in weeks:
        for made, publication in zip(
            release_all(week, publications(numbers)), publications(numbers), strict=True
        ):
            about = expected(week, publication.pace, publication.parts)
            cells = {cell.group_id: cell for cell in made.cells.all()}
            assert len(about) > 10
            assert publication.kind is Kind.MEAN or cells.keys() == about.keys()
            for group, keys in about.items():
                check(publication.kind, keys, numbers, cells.get(group))


def check(kind: Kind, keys: list[Any], numbers: dict[Any, int], cell: ReleasedCell | None) -> None:
    counting = sum(numbers.get(key, 0) > 0 for key in keys)
    total = sum(numbers.get(key, 0) for key in keys)
    said = figure(kind, people=len(keys), counting=counting, total=total)
    if kind is not Kind.SHARE:
        assert (cell and (cell.low, cell.high)) == (said and (said.low, said.high))
        return
    assert cell is not None
    assert cell.low <= said.low <= said.high <= cell.high  # a share may have become a range
    slack = step_of(len(keys)) / 2 if cell.low == cell.high else 0
    assert cell.low - slack <= Decimal(100 * counting) / len(keys) <= cell.high + slack


def test_one_measure_alone_says_the_same_as_all_together(weeks: list[FrozenWeek]) -> None:
    def said(made: Release) -> set[tuple[Any, ...]]:
        return set(made.cells.values_list("group", "low", "high", "people_shown"))

    numbers = numbers_of(0.9)
    together = release_all(weeks[1], publications(numbers))
    for made, publication in zip(together, publications(numbers, "alone-"), strict=True):
        alone, is_new = release(week=weeks[1], **vars(publication))
        assert is_new
        assert said(alone) == said(made) != set()


def test_the_members_are_read_once_however_many_measures(weeks: list[FrozenWeek]) -> None:
    numbers = numbers_of(0.5)
    with CaptureQueriesContext(connection) as queries:
        release_all(weeks[1], [*publications(numbers), *publications(numbers, "more-")])
    read = [query for query in queries.captured_queries if WeekMembership._meta.db_table in query["sql"]]
    steady = set(weeks[1].groups.shown().values_list("members_week", flat=True)) - {None}
    assert steady == {FIRST, SECOND}
    assert len(read) == 1 + len(steady)


def test_what_fails_is_not_published_at_all_and_takes_nothing_with_it(
    weeks: list[FrozenWeek], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = ReleasedCellQuerySet.bulk_create

    def half(queryset: Any, cells: list[ReleasedCell], **options: Any) -> list[ReleasedCell]:
        if cells[0].release.report != "broken":
            return plain(queryset, cells, **options)
        assert len(plain(queryset, cells[:5], **options)) == 5
        raise DatabaseError("the connection is gone")

    monkeypatch.setattr(ReleasedCellQuerySet, "bulk_create", half)
    good, broken, never = (
        Publication(report=name, kind=Kind.SHARE, numbers={}) for name in ("good", "broken", "never")
    )
    with pytest.raises(DatabaseError):
        release_all(weeks[1], [good, broken, never])
    assert list(Release.objects.values_list("report", flat=True)) == ["good"]
    assert not ReleasedCell.objects.exclude(release__report="good").exists()
    assert [made.report for made in release_all(weeks[1], [good, never])] == ["never"]
