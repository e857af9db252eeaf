"""No small group's share can be narrowed to less than ten points, however the figures are combined."""

import random
from collections import defaultdict

import pytest

from hub.disclosure.bounds import Atom, Told, widen_where_needed
from hub.disclosure.figures import Kind, figure, step_of
from hub.disclosure.grouping import Part, Place, Rules, groups_of
from tests.hub.disclosure.bounds import Limits, Published

NARROWEST = 10.0
RATES = (0.0, 0.02, 0.1, 0.5, 0.9, 0.98, 1.0)


def firm(rng: random.Random, k: int) -> list[Place]:
    """Some two hundred people at two sites, in teams around the smallest size, with families and their strays."""
    places = []
    for team in range(9):
        size = rng.choice((k // 2, k - 1, k, k + 1, 2 * k, 3 * k, 60))
        main = rng.randint(1, 3)
        for _person in range(size):
            family = main if rng.random() < 0.85 else rng.randint(1, 3)
            places.append(Place(team, team % 2, 1, family))
    return places


def facts(rng: random.Random, places: list[Place]) -> list[int]:
    """Teams in which nearly nobody, some, or nearly everybody counts."""
    rate = {team: rng.choice(RATES) for team in {place.team for place in places}}
    return [int(rng.random() < rate[place.team]) for place in places]


def published(places: list[Place], values: list[int], k: int, *, widens: bool = True) -> list[Published]:
    """What a report of these facts says, as it is released."""
    groups = [
        group
        for group in groups_of(places, rules={1: Rules(k, 25)})
        if not group.reason and group.part is not Part.SMALL_TEAMS
    ]
    told = []
    for group in groups:
        counting = sum(values[person] for person in group.members)
        said = figure(Kind.SHARE, people=group.people, counting=counting, total=counting, k=k)
        assert said is not None
        told.append(Told(group.people, counting, said, k))
    standing = defaultdict(list)
    for person in range(len(places)):
        standing[frozenset(n for n, group in enumerate(groups) if person in group.members)].append(person)
    atoms = [
        Atom(inside, len(people), sum(values[person] for person in people))
        for inside, people in standing.items()
    ]
    if widens:
        widen_where_needed(told, atoms)
    return [
        (group.members, one.figure, float(step_of(group.people, k)))
        for group, one in zip(groups, told, strict=True)
    ]


def narrowest(places: list[Place], values: list[int], k: int, *, widens: bool = True) -> float:
    limits = Limits(published(places, values, k, widens=widens))
    return min((limits.width(atoms) for atoms in limits.small(k)), default=100.0)


@pytest.mark.parametrize("k", [5, 10, 20, 30])
@pytest.mark.parametrize("seed", range(12))
def test_no_interval_is_narrower_than_ten_points(seed: int, k: int) -> None:
    rng = random.Random(seed)
    places = firm(rng, k)
    assert narrowest(places, facts(rng, places), k) >= NARROWEST - 1e-6


@pytest.mark.parametrize("k", [5, 10, 15, 22, 23, 30, 60])
def test_all_but_one_of_a_group_of_k_are_not_narrowed_either(k: int) -> None:
    """The worst case of one figure: the one left and the rounding have to make up ten points."""
    for people in (k, k + 1, 2 * k - 1, 2 * k, 4 * k):
        for counting in range(people + 1):
            said = figure(Kind.SHARE, people=people, counting=counting, total=counting, k=k)
            assert said is not None
            assert said.high is not None
            slack = float(step_of(people, k)) / 2 if said.low == said.high else 0.0
            low = max(0.0, (float(said.low) - slack) / 100 * people - (people - k + 1))
            high = min(k - 1.0, (float(said.high) + slack) / 100 * people)
            assert 100 * (high - low) / (k - 1) >= NARROWEST - 1e-6, (people, counting)


def test_without_widening_the_attacker_succeeds() -> None:
    """Exact enough figures of large groups around two hidden teams say more than the range about these."""
    found = []
    for seed in range(12):
        rng = random.Random(seed)
        places = firm(rng, 10)
        values = facts(rng, places)
        found.append(narrowest(places, values, 10, widens=False))
    assert min(found) < NARROWEST
