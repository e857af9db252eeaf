"""Whoever keeps every figure of twelve weeks learns nothing about fewer than k people."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from hub.disclosure import freezing, steady
from hub.disclosure.actions import Pace, freeze_week, release
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Group, Part, Place, groups_of
from hub.disclosure.models import ReleasedCell, RulesAnswer, WeekGroup, WeekMembership
from hub.people.models import JobFamily, Site, Team, User
from tests.factories import make_rules, make_team, make_user
from tests.hub.disclosure.attacker import touched
from tests.hub.disclosure.weeks_attacker import Stood, few_told, members, stood_in

K = 5
FIRST = date(2026, 9, 7)  # the quarter changes on the way
WEEKS = 12
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BOARD = (Part.TEAM, Part.SMALL_TEAMS)


def closed(monday: date) -> datetime:
    return datetime.combine(monday + timedelta(days=8), datetime.min.time(), UTC)


class Company:
    """Six teams at two sites with three families, which people join, leave, and change every week."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.teams = [make_team(f"Team {number}") for number in range(6)]
        ingolstadt = Site.objects.create(name="Ingolstadt", country="DE")
        Team.objects.filter(pk__in=[team.pk for team in self.teams[::2]]).update(site=ingolstadt)
        self.families = [JobFamily.objects.create(name=name) for name in ("Vertrieb", "IT", "Service")]
        for team, size in zip(self.teams, (18, 16, 12, 9, 6, 3), strict=True):
            for _person in range(size):
                self.join(team)
        rules = make_rules(self.teams[0].legal_entity, minimum_group=K, minimum_page=25)
        RulesAnswer.objects.create(
            proposal=rules, answer="confirmed", side="works_council", actor_key=rules.actor_key, at=LONG_AGO
        )

    def join(self, team: Team | None = None) -> None:
        team = team or self.rng.choice(self.teams)
        make_user(team=team, job_family=self.rng.choice(self.families), joined_at=LONG_AGO)

    def change(self) -> None:
        people = list(User.objects.active().filter(team__in=self.teams).order_by("pk"))
        left, moved, changed, gone = self.rng.sample(people, 4)
        User.objects.filter(pk=left.pk).update(status="left")
        User.objects.filter(pk=moved.pk).update(team=self.rng.choice(self.teams))
        User.objects.filter(pk=changed.pk).update(job_family=self.rng.choice(self.families))
        if not self.rng.randrange(3):
            WeekMembership.objects.of(gone).delete()
            gone.delete()
        for _person in range(self.rng.randint(0, 3)):
            self.join()

    def cohorts(self) -> dict[Any, date]:
        keys = User.objects.order_by("pk").values_list("subject_key", flat=True)
        return {key: date(2026, 5 + number % 3, 1) for number, key in enumerate(keys) if number % 4}


def lived(
    seed: int, weeks: int = WEEKS, change: Callable[[Company], None] = Company.change
) -> SimpleNamespace:
    """Weeks of a company, each published with a weekly report, a slow one and the board.

    `stood` is what the attacker knows of everybody, the erased included.
    """
    company = Company(seed)
    stood: dict[date, Stood] = {}
    for number in range(weeks):
        monday = FIRST + timedelta(weeks=number)
        if number:
            change(company)
        week, _is_new = freeze_week(monday=monday, now=closed(monday), cohorts=company.cohorts())
        stood[monday] = stood_in(monday)
        release(report="attendance", week=week, kind=Kind.SHARE, numbers={})
        release(report="habit", week=week, kind=Kind.SHARE, numbers={}, pace=Pace.ROLLING)
        points = dict.fromkeys(stood[monday], 3)
        release(report="points", week=week, kind=Kind.MEAN, numbers=points, parts=BOARD, is_on_menu=False)
    everybody = {key for one in stood.values() for key in one}
    return SimpleNamespace(stood=stood, numbers={key: number for number, key in enumerate(everybody)})


def told(world: SimpleNamespace, report: str, monday: date | None = None) -> list[frozenset[int]]:
    """The people of every published figure, as they were when it was made."""
    cells = ReleasedCell.objects.filter(release__report=report).select_related("group", "release__week")
    if monday:
        cells = cells.filter(release__week__monday=monday)
    found = set()
    for cell in cells:
        group = week_of = cell.group
        monday_ = cell.release.week.monday
        if report == "habit":
            monday_ = group.members_week
            week_of = next(
                row
                for row in WeekGroup.objects.filter(week__monday=monday_)
                if row.identity == group.identity
            )
        found.add(frozenset(world.numbers[key] for key in members(week_of, world.stood[monday_])))
    return sorted(found, key=sorted)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_twelve_weeks_of_slow_figures_tell_nothing_about_few(seed: int) -> None:
    world = lived(seed)
    published = told(world, "habit")
    assert len(published) > 15
    assert len({group.members_week for group in WeekGroup.objects.exclude(members_week=None)}) > 1
    assert few_told(published, K) == []


@pytest.mark.django_db
def test_every_week_tells_nothing_about_few_the_board_included() -> None:
    """All figures of a week taken for the same fact: reports, ranks of the board, and the goals teams see."""
    world = lived(7)
    for monday in world.stood:
        published = sorted({*told(world, "attendance", monday), *told(world, "points", monday)}, key=sorted)
        assert len(published) > 8
        assert few_told(published, K) == []


@pytest.mark.django_db
def test_with_every_weeks_own_members_slow_figures_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_this_week(monday: date, _keys: Any, groups: dict, _k: int, *_named: object) -> dict:
        return dict.fromkeys(groups, monday)

    monkeypatch.setattr(freezing, "members_weeks", of_this_week)
    assert few_told(told(lived(0), "habit"), K)


@pytest.mark.django_db
def test_without_the_audit_across_quarters_slow_figures_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady, "_admitted", lambda _known, candidates, _groups, _k: list(candidates))
    assert few_told(told(lived(0), "habit"), K)


def erased(company: Company) -> None:
    gone = User.objects.active().filter(team=company.teams[0]).first()
    WeekMembership.objects.of(gone).delete()
    gone.delete()


@pytest.mark.django_db
@pytest.mark.parametrize("forgets", [False, True])
def test_if_the_erased_were_forgotten_slow_figures_would_tell(
    forgets: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group without somebody erased is no other to whoever does not know that there was one."""
    audited = steady._admitted

    def forgetful(known: list[steady.Known], *given: Any) -> list:
        return audited([replace(one, people=len(one.members)) for one in known], *given)

    if forgets:
        monkeypatch.setattr(steady, "_admitted", forgetful)
    found = few_told(told(lived(0, weeks=2, change=erased), "habit"), K)
    assert bool(found) == forgets
    assert any(len(one) == 1 for one in found) == forgets


def smallest(found: list[frozenset[int]]) -> set[frozenset[int]]:
    return {one for one in found if not any(other < one for other in found)}


@pytest.mark.parametrize("seed", range(30))
def test_both_attackers_find_the_same(seed: int) -> None:
    rng = random.Random(seed)
    groups = [frozenset(rng.sample(range(14), rng.randint(4, 11))) for _group in range(5)]
    assert smallest(few_told(groups, K)) == smallest(touched(groups, K))


def test_a_rooms_number_told_elsewhere_would_tell_about_a_small_sister_company() -> None:
    """Fifty people and a sister company of six in one hour: that company is hidden, and the room's number less the
    other's attendance is its own. So the number is told to whoever is in the room (`learning/hours/inside.py`).
    """
    groups = groups_of([Place(1, 1, 1)] * 50 + [Place(2, 2, 2)] * 6)
    published = [group.members for group in groups if not group.reason]
    room = frozenset(range(56))
    assert published
    assert few_told(published, 10) == []
    assert few_told([*published, room], 10) == [frozenset(range(50, 56))]


def test_whoever_is_known_by_name_does_not_make_a_group_large_enough() -> None:
    """A leader agreed to be shown: less the leader, a team of ten is one of nine."""
    for size, is_shown in ((10, False), (11, True)):
        places = [Place(1, 1, 1)] * size + [Place(2, 1, 1)] * 30 + [Place(3, 1, 1)] * 30
        named = frozenset({0})
        plain, groups = groups_of(places), groups_of(places, named=named)
        assert _shows_team(plain, 1)
        assert bool(few_told(_rows(plain, named), 10)) is not is_shown
        assert _shows_team(groups, 1) is is_shown
        assert few_told(_rows(groups, named), 10) == []
        assert {group.people for group in groups if group.part is Part.TOTAL} == {len(places)}


def _shows_team(groups: list[Group], team: int) -> bool:
    return any(group.part is Part.TEAM and group.unit == team and not group.reason for group in groups)


def _rows(groups: list[Group], named: frozenset[int]) -> list[frozenset[int]]:
    return [group.members - named for group in groups if not group.reason]


@pytest.mark.django_db
def test_slow_figures_of_a_group_end_when_one_of_its_ten_is_known_by_name() -> None:
    """Ten people were enough until one of them agreed to stand on the leaders' list."""
    teams = [make_team(name) for name in ("Recht", "Vertrieb", "Einkauf")]
    people = [
        make_user(team=team, joined_at=LONG_AGO)
        for team, size in zip(teams, (10, 30, 30), strict=True)
        for _person in range(size)
    ]
    shown = []
    for number, named in enumerate(((), (people[0].subject_key,))):
        monday = FIRST + timedelta(weeks=number)
        freeze_week(monday=monday, now=closed(monday), named=named)
        group = WeekGroup.objects.get(week__monday=monday, part=Part.TEAM, unit_id=teams[0].pk)
        shown.append((group.reason, group.members_week))
    assert shown == [("", FIRST), ("small", None)]
