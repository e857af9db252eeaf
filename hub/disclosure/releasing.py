"""The figures of one report about the groups of a week, from everybody's numbers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hub.disclosure.bounds import Atom, Told, widen_where_needed
from hub.disclosure.counting import Key, Sums, key_of, keys_of, tally
from hub.disclosure.figures import Kind, figure
from hub.disclosure.models import Release, ReleasedCell, WeekGroup
from hub.disclosure.steady import definitions


@dataclass
class _About:
    """A group of the week, and the group whose members its figure counts: the same, or that of an earlier week."""

    group: WeekGroup
    definition: WeekGroup
    sums: Sums = field(default_factory=Sums)


def cells_of(
    made: Release, groups: Sequence[WeekGroup], numbers: Mapping[UUID, int], *, is_rolling: bool
) -> list[ReleasedCell]:
    """A group of which somebody was erased since gets no figure: it is no longer the same."""
    mondays, about = _about(made.week.monday, groups, is_rolling)
    stands = _counted(mondays, about, numbers)
    whole = [one for one in about if one.sums.people == one.definition.people]
    told = []
    for one in whole:
        k = made.week.smallest_group(one.group.entity_id)
        value = figure(Kind(made.kind), **vars(one.sums), k=k)
        if value:
            told.append((one, Told(one.sums.people, one.sums.counting, value, k)))
    if made.kind == Kind.SHARE:
        places = {id(one): number for number, (one, _told) in enumerate(told)}
        widen_where_needed([one for _about, one in told], _atoms(stands, places))
    return [
        ReleasedCell(
            release=made,
            group=one.group,
            low=said.figure.low,
            high=said.figure.high,
            people_shown=one.definition.people_shown,
        )
        for one, said in told
    ]


def _about(monday: date, groups: Sequence[WeekGroup], is_rolling: bool) -> tuple[list[date], list[_About]]:
    """The weeks whose members count, and each group with its definition."""
    if not is_rolling:
        return [monday], [_About(group, group) for group in groups]
    by_week: defaultdict[date, list[WeekGroup]] = defaultdict(list)
    for group in groups:
        if group.members_week:
            by_week[group.members_week].append(group)
    found = []
    for week, members in by_week.items():
        defined = definitions(week, [group.identity for group in members])
        found += [_About(group, defined[group.identity]) for group in members if group.identity in defined]
    return sorted(by_week), found


def _counted(
    mondays: list[date], about: list[_About], numbers: Mapping[UUID, int]
) -> list[tuple[list[_About], Sums]]:
    """Counts everybody into their groups; returns who stands in which, as sums."""
    week_of = {monday: number for number, monday in enumerate(mondays)}
    counted_by: defaultdict[tuple[int, Key], list[_About]] = defaultdict(list)
    for one in about:
        is_own = one.definition is one.group
        week = 0 if is_own else week_of[one.group.members_week]
        for key in keys_of(one.definition):
            counted_by[week, key].append(one)
    dimensions = sorted({key[0] for _week, key in counted_by})
    stands = []
    for standing, sums in tally(mondays, numbers).items():
        inside = [
            one
            for week, place in enumerate(standing)
            if place
            for dimension in dimensions
            for one in counted_by.get((week, key_of(place, dimension)), ())
        ]
        for one in inside:
            one.sums.include(sums)
        stands.append((inside, sums))
    return stands


def _atoms(stands: list[tuple[list[_About], Sums]], places: dict[int, int]) -> list[Atom]:
    """People who stand in the same groups that have a figure."""
    found: defaultdict[frozenset[int], Sums] = defaultdict(Sums)
    for inside, sums in stands:
        groups = frozenset(places[id(one)] for one in inside if id(one) in places)
        if groups:
            found[groups].include(sums)
    return [Atom(groups, sums.people, sums.counting) for groups, sums in found.items()]
