"""The figures of a week's measures about its groups. Members are read once; a measure walks its numbers alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from hub.disclosure.bounds import Atom, Told, widen_where_needed
from hub.disclosure.counting import Standings, Sums, standings_of
from hub.disclosure.figures import Figure, Kind, figure
from hub.disclosure.models import FrozenWeek, WeekGroup
from hub.disclosure.publication import Pace, Publication
from hub.disclosure.steady import definitions


@dataclass(frozen=True)
class About:
    """A group of the week, and the group whose members its figure counts: the same, or that of an earlier week."""

    group: WeekGroup
    definition: WeekGroup
    members_week: date


@dataclass(frozen=True)
class Merged:
    """The people of a measure's groups by which of these they stand in."""

    becomes: list[int | None]  # by standing: its place here
    groups: list[frozenset[int]]
    people: list[int]

    def sums(self, standings: Standings, numbers: Mapping[UUID, int]) -> list[Sums]:
        found = [Sums(people) for people in self.people]
        standing_of = standings.number_of.get
        for subject_key, number in numbers.items():
            standing = standing_of(subject_key)
            if not number or standing is None:
                continue
            place = self.becomes[standing]
            if place is not None:
                found[place].counting += 1
                found[place].total += number
        return found

    def atoms(self, sums: list[Sums]) -> list[Atom]:
        return [Atom(groups, one.people, one.counting) for groups, one in zip(self.groups, sums, strict=True)]


class Crowd:
    """The people of the groups that may be told about at one pace.

    A group of which somebody was erased since is left out: it is no longer the same.
    """

    def __init__(self, about: Sequence[About]) -> None:
        self._standings = standings_of([(one.members_week, one.definition) for one in about])
        people = self._standings.people_of_groups()
        self._whole = [
            (number, one) for number, one in enumerate(about) if people[number] == one.definition.people
        ]
        self._merged: dict[tuple[int, ...], Merged] = {}

    def figures(self, publication: Publication, week: FrozenWeek) -> list[tuple[About, Figure]]:
        wanted = [(number, one) for number, one in self._whole if publication.is_about(one.group, week)]
        merged = self._of(tuple(number for number, _one in wanted))
        atoms = merged.sums(self._standings, publication.numbers)
        sums = [Sums() for _one in wanted]
        for groups, atom in zip(merged.groups, atoms, strict=True):
            for place in groups:
                sums[place].people += atom.people
                sums[place].counting += atom.counting
                sums[place].total += atom.total
        told = {}
        for place, (_number, one) in enumerate(wanted):
            k = week.smallest_group(one.group.entity_id)
            if value := figure(publication.kind, **vars(sums[place]), k=k):
                told[place] = Told(sums[place].people, sums[place].counting, value, k)
        if publication.kind is Kind.SHARE:  # of whatever group: each place has a figure
            widen_where_needed(list(told.values()), merged.atoms(atoms))
        return [(wanted[place][1], said.figure) for place, said in told.items()]

    def _of(self, wanted: tuple[int, ...]) -> Merged:
        """The same for measures about the same groups, which most of a week's are."""
        if wanted not in self._merged:
            places = {number: place for place, number in enumerate(wanted)}
            self._merged[wanted] = Merged(*self._standings.together(places))
        return self._merged[wanted]


class Counting:
    """A frozen week while its measures are published."""

    def __init__(self, week: FrozenWeek) -> None:
        self.week = week
        self._shown = list(week.groups.shown())

    def figures(self, publication: Publication) -> list[tuple[About, Figure]]:
        crowd = self._steady if publication.pace is Pace.ROLLING else self._weekly
        return crowd.figures(publication, self.week)

    @cached_property
    def _weekly(self) -> Crowd:
        return Crowd([About(group, group, self.week.monday) for group in self._shown])

    @cached_property
    def _steady(self) -> Crowd:
        by_week: defaultdict[date, list[WeekGroup]] = defaultdict(list)
        for group in self._shown:
            if group.members_week:
                by_week[group.members_week].append(group)
        about = []
        for monday, groups in by_week.items():
            defined = definitions(monday, [group.identity for group in groups])
            about += [
                About(group, defined[group.identity], monday) for group in groups if group.identity in defined
            ]
        return Crowd(about)
