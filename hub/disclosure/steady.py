"""Whose members slow figures are about.

A figure over a rolling window is nearly the same fact in one week and the next. If the group changed by one person in
between, the difference would be about that person. So slow figures are about steady groups: the members of a week stay
the members until the next quarter, and then become others only if the audit admits them beside all those memberships
that slow figures were about in the last twelve weeks. Who was erased cannot be asked for again: then the group is
without slow figures until enough others have joined or left.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from hub.disclosure.audit import Audit
from hub.disclosure.counting import dimension_of, groups_by_member
from hub.disclosure.gate import atoms
from hub.disclosure.grouping import RANKS, Group, Part
from hub.disclosure.models import WeekGroup
from hub.disclosure.weeks import quarter_of

ROUNDS = 3  # of taking people as known; whoever is left spoils the proofs of all they stand with
MEMORY = timedelta(weeks=12)  # the longest window of a slow figure

logger = logging.getLogger("hub.disclosure")
Identity = tuple[object, ...]


@dataclass
class Known:
    """A membership that slow figures were about. `missing` of its people were erased since."""

    identity: Identity
    monday: date
    people: int
    members: frozenset[int] = frozenset()

    @property
    def missing(self) -> int:
        return self.people - len(self.members)


class People:
    """Numbers for people of several weeks, the same person always the same."""

    def __init__(self) -> None:
        self._numbers: dict[UUID, int] = {}

    def number(self, subject_key: UUID) -> int:
        return self._numbers.setdefault(subject_key, len(self._numbers))


def members_weeks(
    monday: date,
    keys: Sequence[UUID],
    groups: dict[Identity, Group],
    k: int,
    named: Collection[UUID] = (),
) -> dict[Identity, date]:
    """The week whose members each shown group's slow figures are about; who is left out has none.

    `keys` are this week's people as the groups number them, `k` the strictest of all companies: people move between
    them. Who is `named` beside the figures is known, and counts for nobody. On any error there are no slow figures.
    """
    try:
        return _members_weeks(monday, keys, groups, k, named)
    except Exception:
        logger.exception("no slow figures this week")
        return {}


def _members_weeks(
    monday: date, keys: Sequence[UUID], groups: dict[Identity, Group], k: int, named: Collection[UUID]
) -> dict[Identity, date]:
    people = People()
    by_name = frozenset(people.number(key) for key in named)
    known, newest_week = remembered(monday, people)
    latest = {one.identity: one for one in sorted(known, key=lambda one: one.monday)}
    is_new_quarter = newest_week is None or quarter_of(newest_week) != quarter_of(monday)
    numbers = [people.number(key) for key in keys]
    found: dict[Identity, date] = {}
    candidates: dict[Identity, frozenset[int]] = {}
    for name, group in groups.items():
        if group.reason or group.part is Part.SMALL_TEAMS:
            continue
        before = latest.get(name)
        can_stay = before is not None and not before.missing and len(before.members - by_name) >= k
        if before and can_stay:
            found[name] = before.monday
        if not can_stay or is_new_quarter:
            members = frozenset(numbers[person] for person in group.members)
            if before is None or not can_stay or members != before.members:
                candidates[name] = members
    for name in _admitted(known, candidates, k, by_name):
        found[name] = monday
    return found


def _admitted(
    known: list[Known], candidates: dict[Identity, frozenset[int]], k: int, named: frozenset[int]
) -> list[Identity]:
    """Those whose members of now may be told beside all that is known, the largest first."""
    if not candidates:
        return []
    facts = sorted(known, key=lambda one: (_rank(one.identity), -one.people, one.monday, repr(one.identity)))
    order = sorted(candidates, key=lambda name: (_rank(name), -len(candidates[name]), repr(name)))
    rows = [*(fact.members for fact in facts), *(candidates[name] for name in order)]
    atoms_of, weights = atoms([row - named for row in rows])
    for number, fact in enumerate(facts):
        if fact.missing:  # nobody knows who: a person of weight nothing, in this membership alone
            atoms_of[number].append(len(weights))
            weights.append(0)
    audit = _knowing(atoms_of[: len(facts)], weights, k)
    return [name for name, row in zip(order, atoms_of[len(facts) :], strict=True) if audit.admit(row)]


def _knowing(facts: list[list[int]], weights: list[int], k: int) -> Audit:
    """An audit of what is known. Whom it cannot prove anything about at once is taken as known by name: such people
    count for nobody in what is asked from then on, so that they spoil the proof about themselves alone.
    """
    weights = list(weights)
    for _round in range(ROUNDS):
        audit = Audit(weights, k)
        unproved = {atom for row in facts for atom in audit.add_proved(row)}
        if not unproved:
            break
        for atom in unproved:
            weights[atom] = 0
    return audit


def _rank(name: Identity) -> int:
    return RANKS.get(dimension_of(str(name[0])), 0)


def remembered(monday: date, people: People) -> tuple[list[Known], date | None]:
    """The memberships that slow figures of the last twelve weeks were about, and the newest week before."""
    told = WeekGroup.objects.filter(
        week__monday__gte=monday - MEMORY, week__monday__lt=monday, members_week__isnull=False
    )
    columns = ("part", "entity_id", "unit_id", "unit_name", "second_unit_id", "members_week")
    wanted = defaultdict(set)
    for *fields, week in told.values_list(*columns).distinct().order_by():
        wanted[week].add(WeekGroup(**dict(zip(columns, fields, strict=False))).identity)
    known = [one for week in sorted(wanted) for one in _known(week, wanted[week], people)]
    newest = told.order_by("-week__monday").values_list("week__monday", flat=True).first()
    return known, newest


def definitions(monday: date, wanted: Iterable[Identity]) -> dict[Identity, WeekGroup]:
    """The groups as they were defined in the week whose members they have."""
    names = set(wanted)
    rows = WeekGroup.objects.filter(week__monday=monday, members_week=monday)
    return {row.identity: row for row in rows if row.identity in names}


def _known(monday: date, names: set[Identity], people: People) -> list[Known]:
    defined = definitions(monday, names)
    members: defaultdict[int, set[int]] = defaultdict(set)
    for subject_key, inside in groups_by_member(monday, enumerate(defined.values())):
        number = people.number(subject_key)
        for group in inside:
            members[group].add(number)
    return [
        Known(name, monday, row.people, frozenset(members[group]))
        for group, (name, row) in enumerate(defined.items())
    ]
