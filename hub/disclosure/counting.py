"""Counting the members of weeks once for every group that is made of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.disclosure.grouping import DIMENSION, Part, Place, Unit
from hub.disclosure.models import WeekGroup, WeekMembership

Key = tuple[Part, int | None, Unit]


Standing = tuple[Place | None, ...]


@dataclass
class Sums:
    """How many people; how many of them with a number other than 0; the sum of the numbers."""

    people: int = 0
    counting: int = 0
    total: int = 0

    def add(self, number: int) -> None:
        self.people += 1
        self.counting += number != 0
        self.total += number

    def include(self, other: "Sums") -> None:
        self.people += other.people
        self.counting += other.counting
        self.total += other.total


def members_of(monday: date) -> Iterable[tuple[UUID, Place]]:
    rows = WeekMembership.objects.filter(monday=monday).order_by("pk")
    columns = rows.values_list("subject_key", "team_id", "site_id", "entity_id", "family_id", "cohort")
    for key, *place in columns.iterator(chunk_size=10_000):
        yield key, Place(*place)


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


def tally(mondays: Sequence[date], numbers: Mapping[UUID, int]) -> dict[Standing, Sums]:
    """People by where they stood in each of these weeks, None where they were no members.

    Whoever is missing in `numbers` has 0.
    """
    standing: dict[UUID, list[Place | None]] = {}
    found: defaultdict[Standing, Sums] = defaultdict(Sums)
    if len(mondays) == 1:
        for subject_key, place in members_of(mondays[0]):
            found[(place,)].add(numbers.get(subject_key, 0))
        return found
    for number, monday in enumerate(mondays):
        for subject_key, place in members_of(monday):
            standing.setdefault(subject_key, [None] * len(mondays))[number] = place
    for subject_key, places in standing.items():
        found[tuple(places)].add(numbers.get(subject_key, 0))
    return found
