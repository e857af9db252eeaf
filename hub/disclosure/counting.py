"""Counting a week's members once for every group that is made of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from hub.disclosure.grouping import DIMENSION, Part, Place, Unit
from hub.disclosure.models import WeekGroup, WeekMembership

Key = tuple[Part, int | None, Unit]


@dataclass
class Count:
    """How many people; how many of them with a number other than 0; the sum of the numbers."""

    people: Counter[Key] = field(default_factory=Counter)
    counting: Counter[Key] = field(default_factory=Counter)
    totals: Counter[Key] = field(default_factory=Counter)


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


def count(monday: date, numbers: Mapping[UUID, int], dimensions: Iterable[Part]) -> Count:
    """One pass over the week's members; who is missing in `numbers` has 0."""
    found, wanted = Count(), sorted(set(dimensions))
    for subject_key, place in members_of(monday):
        number = numbers.get(subject_key, 0)
        for dimension in wanted:
            key = key_of(place, dimension)
            found.people[key] += 1
            if number:
                found.counting[key] += 1
                found.totals[key] += number
    return found
