"""Which groups of a week may be seen at all: companies, their sites, their teams, and the small teams together.

Decided once a week, on the frozen membership alone. Every area publishes figures about these groups and no
others, so that figures of different areas cannot be played against each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hub.disclosure.gate import MINIMUM_GROUP, decide
from hub.disclosure.suppression import REST, Cell, Label, Table


class Part(StrEnum):
    TOTAL = "total"  # a legal entity
    SITE = "site"
    TEAM = "team"
    OTHER_SITES = "other_sites"
    OTHER_TEAMS = "other_teams"
    SMALL_TEAMS = "small_teams"  # of the whole company, for the board


OTHERS = {Part.SITE: Part.OTHER_SITES, Part.TEAM: Part.OTHER_TEAMS}


@dataclass(frozen=True)
class Place:
    """Where one person stood in a week."""

    team: int
    site: int
    entity: int


@dataclass(frozen=True)
class Group:
    """`teams` are the teams it is made of, each at one site: every group is a union of these."""

    part: Part
    entity: int | None
    unit: int | None
    people: int
    teams: tuple[int, ...]
    reason: str = ""


def groups_of(places: Iterable[Place], k: int = MINIMUM_GROUP) -> list[Group]:
    """Every group of the week, shown or hidden with the reason."""
    place_of: list[Place] = list(places)
    tables = _tables(place_of)
    decision = decide(tables, k=k)
    found = []
    for table in tables:
        part, entity = table.name
        for cell in table.cells:
            reason = decision.hidden.get((table.name, cell.label), "")
            unit = None if part is Part.TOTAL else cell.label
            found.append(_group(part, entity, unit, cell, place_of, reason))
        if rest := decision.shown.get((table.name, REST)):
            found.append(_group(OTHERS[part], entity, None, rest, place_of))
    shown = [cell.members for cell in decision.shown.values()]
    hidden_teams = [group.unit for group in found if group.part is Part.TEAM and group.reason]
    return found + _small_teams(place_of, hidden_teams, shown, k)


def _tables(places: list[Place]) -> list[Table]:
    people: defaultdict[tuple[Part, int], defaultdict[Label, set[int]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for person, place in enumerate(places):
        for part, label in ((Part.TOTAL, place.entity), (Part.SITE, place.site), (Part.TEAM, place.team)):
            people[part, place.entity][label].add(person)
    return [
        Table(
            name=(part, entity),
            cells=tuple(Cell(label, frozenset(members)) for label, members in sorted(cells.items())),
            has_total=part is not Part.TOTAL,
            merges=part is not Part.TOTAL,
        )
        for (part, entity), cells in sorted(people.items())
    ]


def _small_teams(places: list[Place], teams: list[int], given: list[frozenset[int]], k: int) -> list[Group]:
    """The hidden teams of the whole company as one group. Its page is the company's board."""
    wanted = set(teams)
    members = frozenset(person for person, place in enumerate(places) if place.team in wanted)
    if not members:
        return []
    cell = Cell(Part.SMALL_TEAMS, members)
    table = Table(Part.SMALL_TEAMS, (cell,), has_total=False, page=len(places))
    decision = decide([table], given=given, k=k)
    reason = decision.hidden.get((table.name, cell.label), "")
    return [_group(Part.SMALL_TEAMS, None, None, cell, places, reason)]


def _group(
    part: Part, entity: int | None, unit: int | None, cell: Cell, places: list[Place], reason: str = ""
) -> Group:
    teams = tuple(sorted({places[person].team for person in cell.members}))
    return Group(part, entity, unit, cell.people, teams, str(reason))
