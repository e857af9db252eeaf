"""Counting the members of weeks once for every group that is made of them, whatever is counted then."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hub.disclosure.grouping import DIMENSION, Part, Place, Unit
from hub.disclosure.models import WeekGroup, WeekMembership

Key = tuple[Part, int | None, Unit]
Numbered = tuple[int, ...]  # groups by their numbers
PLACE = ("team_id", "site_id", "entity_id", "family_id", "cohort")


@dataclass
class Sums:
    """How many people; how many of them with a number other than 0; the sum of the numbers."""

    people: int = 0
    counting: int = 0
    total: int = 0


def dimension_of(part: str) -> Part:
    return DIMENSION.get(Part(part), Part(part))


def keys_of(group: WeekGroup) -> list[Key]:
    """What the group is counted by. A team belongs to one company, so that it needs no other name."""
    if group.units is None:
        return [(Part.TEAM, None, team) for team in group.teams]
    dimension = dimension_of(group.part)
    entity = None if dimension is Part.TEAM else group.entity_id
    return [(dimension, entity, tuple(unit) if isinstance(unit, list) else unit) for unit in group.units]


def key_of(place: Place, dimension: Part) -> Key:
    return dimension, None if dimension is Part.TEAM else place.entity, place.unit(dimension)


def groups_by_member(
    monday: date, groups: Iterable[tuple[int, WeekGroup]]
) -> Iterable[tuple[UUID, Numbered]]:
    """The week's members, each with the numbers of the given groups they stand in. One statement."""
    counted_by: defaultdict[Key, list[int]] = defaultdict(list)
    for number, group in groups:
        for key in keys_of(group):
            counted_by[key].append(number)
    dimensions = sorted({key[0] for key in counted_by})
    known: dict[tuple[object, ...], Numbered] = {}  # by place: there are far fewer places than people
    rows = WeekMembership.objects.filter(monday=monday).order_by("pk").values_list("subject_key", *PLACE)
    for subject_key, *columns in rows.iterator(chunk_size=10_000):
        where = tuple(columns)
        inside = known.get(where)
        if inside is None:
            place = Place(*where)
            keys = (key_of(place, dimension) for dimension in dimensions)
            inside = known[where] = tuple(number for key in keys for number in counted_by.get(key, ()))
        yield subject_key, inside


@dataclass
class Standings:
    """People by the groups they stand in: everybody has the number of a standing, and each standing its groups."""

    number_of: dict[UUID, int] = field(default_factory=dict)
    groups: list[Numbered] = field(default_factory=list)
    people: list[int] = field(default_factory=list)

    def people_of_groups(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for groups, people in zip(self.groups, self.people, strict=True):
            for group in groups:
                found[group] += people
        return found

    def together(self, wanted: Mapping[int, int]) -> tuple[list[int | None], list[frozenset[int]], list[int]]:
        """Standings that are one where only the wanted groups, numbered anew, are looked at.

        Returns for each standing which one it becomes (None: it is in no wanted group), their groups, their people.
        """
        place_of: dict[frozenset[int], int] = {}
        becomes: list[int | None] = []
        people: list[int] = []
        for groups, there in zip(self.groups, self.people, strict=True):
            left = frozenset([wanted[group] for group in groups if group in wanted])
            if not left:
                becomes.append(None)
                continue
            place = place_of.setdefault(left, len(people))
            if place == len(people):
                people.append(0)
            people[place] += there
            becomes.append(place)
        return becomes, list(place_of), people


def standings_of(groups: Sequence[tuple[date, WeekGroup]]) -> Standings:
    """Each group with the week whose members it has. One statement a week."""
    of_week: defaultdict[date, list[tuple[int, WeekGroup]]] = defaultdict(list)
    for number, (monday, group) in enumerate(groups):
        of_week[monday].append((number, group))
    inside: dict[UUID, Numbered] = {}
    for monday in sorted(of_week):
        for subject_key, more in groups_by_member(monday, of_week[monday]):
            before = inside.get(subject_key)
            inside[subject_key] = before + more if before else more
    found = Standings()
    number_of: dict[Numbered, int] = {}
    for subject_key, standing in inside.items():
        number = number_of.setdefault(standing, len(found.groups))
        if number == len(found.groups):
            found.groups.append(standing)
            found.people.append(0)
        found.people[number] += 1
        found.number_of[subject_key] = number
    return found
