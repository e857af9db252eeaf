"""An attacker who kept everything that was published for weeks, and takes slow figures for the same facts throughout.

It shares no code with the gate. People are columns; whatever is orthogonal to all published rows says what cannot be
known; a set of people whose columns depend on each other there is one about whom something follows. Arithmetic is
modulo a large prime, and columns are mixed down to as many random numbers as the sets have atoms, which keeps
dependence and, but for a chance of one in billions, independence.
"""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from hub.disclosure.models import WeekGroup, WeekMembership

PRIME = 2**61 - 1

Groups = list[frozenset[int]]
Stood = dict[Any, tuple[int, int, int, int, str]]  # subject key -> team, site, entity, family, cohort

# What a group's units name, in the attacker's own reading.
READ_BY = {
    "total": lambda one: one[2], "site": lambda one: one[1], "other_sites": lambda one: one[1],
    "team": lambda one: one[0], "other_teams": lambda one: one[0], "small_teams": lambda one: one[0],
    "family": lambda one: one[3], "other_family": lambda one: one[3], "cohort": lambda one: one[4],
    "other_cohort": lambda one: one[4], "site_family": lambda one: [one[1], one[3]],
    "other_pairs": lambda one: [one[1], one[3]],
}  # fmt: skip


def stood_in(monday: date) -> Stood:
    """Where everybody stood in a week, as the attacker may know it of all."""
    columns = ("subject_key", "team_id", "site_id", "entity_id", "family_id", "cohort")
    rows = WeekMembership.objects.filter(monday=monday).values_list(*columns)
    return {
        key: (team, site, entity, family or 0, cohort.isoformat() if cohort else "")
        for key, team, site, entity, family, cohort in rows
    }


def members(group: WeekGroup, stood: Stood) -> Iterator[Any]:
    """The subject keys of the people whom a group is made of."""
    read = READ_BY[group.part]
    return (
        key for key, one in stood.items() if group.entity_id in (None, one[2]) and read(one) in group.units
    )


def few_told(published: Groups, k: int, largest: int = 4) -> list[frozenset[int]]:
    """Sets of fewer than k people, of at most `largest` atoms, about whom alone something follows."""
    people, columns = _unknown(published, largest)
    small = [number for number, found in enumerate(people) if len(found) < k]
    told: list[frozenset[int]] = []

    def extend(start: int, chosen: list[int], weight: int, basis: list[tuple[int, list[int]]]) -> None:
        for position in range(start, len(small)):
            atom = small[position]
            together = weight + len(people[atom])
            if together >= k:
                continue
            rest = _reduced(columns[atom], basis)
            lead = next((place for place, value in enumerate(rest) if value), None)
            if lead is None:
                told.append(frozenset(one for number in [*chosen, atom] for one in people[number]))
            elif len(chosen) + 1 < largest:
                extend(position + 1, [*chosen, atom], together, [*basis, (lead, _scaled(rest, lead))])

    extend(0, [], 0, [])
    return told


def _unknown(published: Groups, mixes: int) -> tuple[list[list[int]], list[list[int]]]:
    """The people of each atom, and its column of the mixed basis of all that the rows do not tell."""
    standing: dict[tuple[int, ...], list[int]] = {}
    for person in sorted(frozenset().union(*published)):
        standing.setdefault(tuple(n for n, group in enumerate(published) if person in group), []).append(
            person
        )
    width = len(standing)
    rows = [[0] * width for _group in published]
    for atom, numbers in enumerate(standing):
        for number in numbers:
            rows[number][atom] = 1
    pivots: dict[int, list[int]] = {}
    for row in rows:
        for place, other in pivots.items():
            if row[place]:
                factor = row[place]
                row = [(a - factor * b) % PRIME for a, b in zip(row, other, strict=True)]
        lead = next((place for place, value in enumerate(row) if value), None)
        if lead is None:
            continue
        row = _scaled(row, lead)
        for place, other in pivots.items():
            if other[lead]:
                factor = other[lead]
                pivots[place] = [(a - factor * b) % PRIME for a, b in zip(other, row, strict=True)]
        pivots[lead] = row
    rng = random.Random(1888)
    free = [place for place in range(width) if place not in pivots]
    mixed = {place: [rng.randrange(PRIME) for _number in range(mixes)] for place in free}
    for lead, row in pivots.items():
        mixed[lead] = [
            -sum(row[place] * mixed[place][number] for place in free if row[place]) % PRIME
            for number in range(mixes)
        ]
    return list(standing.values()), [mixed[place] for place in range(width)]


def _reduced(column: list[int], basis: list[tuple[int, list[int]]]) -> list[int]:
    for lead, other in basis:
        if column[lead]:
            factor = column[lead]
            column = [(a - factor * b) % PRIME for a, b in zip(column, other, strict=True)]
    return column


def _scaled(row: list[int], lead: int) -> list[int]:
    inverse = pow(row[lead], -1, PRIME)
    return [value * inverse % PRIME for value in row]
