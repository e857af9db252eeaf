"""Which groups of a week may be seen at all: companies, their sites, teams, job families, families within a site, and
those who began in the same month; and the small teams of all companies together.

Decided once a week, on the frozen membership alone. Every area publishes figures about these groups and no
others, so that figures of different areas cannot be played against each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hub.disclosure.gate import MINIMUM_GROUP, MINIMUM_PAGE, decide
from hub.disclosure.suppression import REST, Cell, Label, Table, union


class Part(StrEnum):
    """What a group is a part of its company by: one dimension, or a site and a family, and never more than two."""

    TOTAL = "total"  # a legal entity
    SITE = "site"
    TEAM = "team"
    FAMILY = "family"
    SITE_FAMILY = "site_family"  # the people of a site by job family
    COHORT = "cohort"  # by the month of their first activity
    OTHER_SITES = "other_sites"
    OTHER_TEAMS = "other_teams"
    OTHER_FAMILIES = "other_family"
    OTHER_SITE_FAMILIES = "other_pairs"  # the other families of a site together
    OTHER_COHORTS = "other_cohort"
    SMALL_TEAMS = "small_teams"  # of the whole company, for the board


OTHERS = {
    Part.SITE: Part.OTHER_SITES,
    Part.TEAM: Part.OTHER_TEAMS,
    Part.FAMILY: Part.OTHER_FAMILIES,
    Part.SITE_FAMILY: Part.OTHER_SITE_FAMILIES,
    Part.COHORT: Part.OTHER_COHORTS,
}
# The dimension by which a group's units are counted; a group of others has that of the groups it is made of.
DIMENSION = {other: part for part, other in OTHERS.items()} | {Part.SMALL_TEAMS: Part.TEAM}
# What is made of whole teams is decided first, what crosses two dimensions last.
RANKS = {Part.FAMILY: 1, Part.COHORT: 2, Part.SITE_FAMILY: 3}

Unit = int | str | tuple[int, int] | None  # a cohort is its month's first day in ISO 8601; None: not known


@dataclass(frozen=True)
class Place:
    """Where one person stood in a week. `cohort` is the month's first day; None: no family, not begun."""

    team: int
    site: int
    entity: int
    family: int | None = None
    cohort: date | None = None

    def unit(self, dimension: Part) -> Unit:
        """By what the person is counted in a dimension; a pair is of a site and a family, 0 for none."""
        if dimension is Part.SITE_FAMILY:
            return (self.site, self.family or 0)
        if dimension is Part.FAMILY:
            return self.family or 0
        if dimension is Part.COHORT:
            return self.cohort.isoformat() if self.cohort else ""
        return {Part.TOTAL: self.entity, Part.SITE: self.site, Part.TEAM: self.team}[dimension]


@dataclass(frozen=True)
class Rules:
    """What a legal entity agreed on: the smallest group, the smallest page."""

    k: int = MINIMUM_GROUP
    page: int = MINIMUM_PAGE


@dataclass(frozen=True)
class Group:
    """`units` are what it is made of in its dimension; `unit` what it is about, `second` the family within a site.

    `teams` are the teams it is made of, where it is made of whole teams.
    """

    part: Part
    entity: int | None
    unit: Unit
    people: int
    units: tuple[Unit, ...]
    second: int | None = None
    teams: tuple[int, ...] = ()
    reason: str = ""
    members: frozenset[int] = frozenset()


def groups_of(
    places: Iterable[Place],
    k: int = MINIMUM_GROUP,
    rules: Mapping[int, Rules] | None = None,
    named: Collection[int] = (),
) -> list[Group]:
    """Every group of the week, shown or hidden with the reason.

    `rules` of each legal entity, by default of groups of `k`. Entities share nobody, so each is decided by itself.
    People who are `named` beside the figures, as they agreed to be, are known: it is decided as if they were not there.
    """
    place_of: list[Place] = list(places)
    people: defaultdict[int, list[int]] = defaultdict(list)
    for person, place in enumerate(place_of):
        people[place.entity].append(person)
    known = {entity: (rules or {}).get(entity, Rules(k)) for entity in people}
    found: list[Group] = []
    for entity in sorted(people):
        found += _groups_of(entity, people[entity], place_of, known[entity], frozenset(named))
    strictest = max((rule.k for rule in known.values()), default=k)
    return found + _small_teams(place_of, found, strictest, frozenset(named))


def _groups_of(
    entity: int, people: list[int], places: list[Place], rules: Rules, named: frozenset[int]
) -> list[Group]:
    tables = _tables(people, places)
    decision = decide(
        [_without(named, table) for table in tables] if named else tables, k=rules.k, minimum_page=rules.page
    )
    found = []
    for table in tables:
        part: Part = table.name[0]
        for cell in table.cells:
            reason = decision.hidden.get((table.name, cell.label), "")
            found.append(_group(part, entity, (cell.label,), cell, places, reason))
        if rest := decision.shown.get((table.name, REST)):
            inside = [
                cell for cell in table.cells if cell.members - named and cell.members - named <= rest.members
            ]
            units = tuple(cell.label for cell in inside)
            found.append(_group(OTHERS[part], entity, units, Cell(rest.label, union(inside)), places))
    return found


def _without(named: frozenset[int], table: Table) -> Table:
    return replace(table, cells=tuple(Cell(cell.label, cell.members - named) for cell in table.cells))


def _tables(people: list[int], places: list[Place]) -> list[Table]:
    """One table a dimension, and one a site for its families. A dimension nobody has is left out."""
    cells: defaultdict[tuple[Part, int], defaultdict[Label, set[int]]] = defaultdict(lambda: defaultdict(set))
    dimensions = [Part.TOTAL, Part.SITE, Part.TEAM]
    if any(places[person].family for person in people):
        dimensions += [Part.FAMILY, Part.SITE_FAMILY]
    if any(places[person].cohort for person in people):
        dimensions.append(Part.COHORT)
    for person in people:
        place = places[person]
        for part in dimensions:
            cells[part, place.site if part is Part.SITE_FAMILY else 0][place.unit(part)].add(person)
    return [
        Table(
            name=name,
            cells=tuple(Cell(label, frozenset(members)) for label, members in sorted(found.items())),
            has_total=name[0] is not Part.TOTAL,
            merges=name[0] is not Part.TOTAL,
            rank=RANKS.get(name[0], 0),
        )
        for name, found in sorted(cells.items())
    ]


def _small_teams(places: list[Place], groups: list[Group], k: int, named: frozenset[int]) -> list[Group]:
    """The hidden teams of the whole company as one group. Its page is the company's board."""
    teams = {group.unit for group in groups if group.part is Part.TEAM and group.reason}
    members = frozenset(person for person, place in enumerate(places) if place.team in teams)
    if not members:
        return []
    cell = Cell(Part.SMALL_TEAMS, members)
    table = Table(Part.SMALL_TEAMS, (cell,), has_total=False, page=len(places))
    given = [group.members - named for group in groups if not group.reason]
    decision = decide([_without(named, table)], given=given, k=k, is_proved=True)
    reason = decision.hidden.get((table.name, cell.label), "")
    return [_group(Part.SMALL_TEAMS, None, tuple(sorted(teams)), cell, places, reason)]


def _group(
    part: Part, entity: int | None, units: tuple[Unit, ...], cell: Cell, places: list[Place], reason: str = ""
) -> Group:
    unit, second = (None, None) if part in DIMENSION or part is Part.TOTAL else (units[0], None)
    if part is Part.SITE_FAMILY:
        unit, second = units[0]
    elif part is Part.OTHER_SITE_FAMILIES:
        unit = units[0][0]
    is_of_teams = DIMENSION.get(part, part) in {Part.TOTAL, Part.SITE, Part.TEAM}
    return Group(
        part=part,
        entity=entity,
        unit=unit,
        second=second,
        people=cell.people,
        units=units,
        teams=tuple(sorted({places[person].team for person in cell.members})) if is_of_teams else (),
        reason=str(reason),
        members=cell.members,
    )
