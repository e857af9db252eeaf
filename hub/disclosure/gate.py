"""The gate: which groups of people may be shown, so that no figure about fewer than k can be computed.

It never sees a value: what is hidden cannot depend on what people did. It decides once for everybody, the same
whoever looks, and on any error or doubt shows nothing.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from hub.disclosure.audit import Audit
from hub.disclosure.suppression import (
    REST,
    Cell,
    Label,
    Reason,
    Table,
    by_size,
    complement,
    rest_of,
    too_small,
)

FLOOR = 5
MINIMUM_GROUP = 10
MINIMUM_PAGE = 25

logger = logging.getLogger("hub.disclosure")


class Rule(Enum):
    """The gate's rules by name, so that a test can show what each of them holds."""

    SMALL = auto()
    PAGE = auto()
    COMPLEMENT = auto()
    AUDIT = auto()


ALL_RULES = frozenset(Rule)


@dataclass(frozen=True)
class Decision:
    """`shown` holds every group that may be published, merged ones under `(table, REST)`."""

    shown: dict[tuple[Label, Label], Cell] = field(default_factory=dict)
    hidden: dict[tuple[Label, Label], Reason] = field(default_factory=dict)


def decide(
    tables: Sequence[Table],
    *,
    given: Iterable[frozenset[int]] = (),
    k: int = MINIMUM_GROUP,
    minimum_page: int = MINIMUM_PAGE,
    is_proved: bool = False,
) -> Decision:
    """What of these tables may be shown, when the `given` groups are published already.

    `is_proved`: the given groups were shown to be safe where they were decided, if with a smaller k.
    Raises ValueError if asked for groups below the floor.
    """
    if k < FLOOR:
        raise ValueError(f"Groups of {k} are below the floor of {FLOOR}.")
    try:
        return decide_by(ALL_RULES, tables, list(given), k, max(k, minimum_page), is_proved)
    except Exception:
        logger.exception("the gate stays closed")
        return Decision(
            hidden={(table.name, cell.label): Reason.DOUBT for table in tables for cell in table.cells}
        )


def decide_by(
    rules: frozenset[Rule],
    tables: Sequence[Table],
    given: list[frozenset[int]],
    k: int,
    minimum_page: int,
    is_proved: bool = False,
) -> Decision:
    """The same with only some of the rules; for tests alone."""
    hidden: dict[tuple[Label, Label], Reason] = {}
    candidates: dict[tuple[Label, Label], Cell] = {}
    ranks: dict[Label, int] = {}
    for table in tables:
        ranks[table.name] = table.rank
        gone = _screened(rules, table, k, minimum_page)
        hidden |= {(table.name, label): reason for label, reason in gone.items()}
        candidates |= {(table.name, cell.label): cell for cell in table.cells if cell.label not in gone}
        is_page = Reason.PAGE not in gone.values()
        if is_page and (rest := rest_of(table, gone, k)):
            candidates[rest.label] = rest
    if len(candidates) + len(hidden) < sum(len(table.cells) for table in tables):
        raise ValueError("Two groups carry the same label.")
    shown = candidates
    if Rule.AUDIT in rules:
        shown = _audited(candidates, given, k, ranks, is_proved)
    hidden |= {key: Reason.AUDIT for key in candidates if key not in shown and key[1] != REST}
    return Decision(shown=shown, hidden=hidden)


def _screened(rules: frozenset[Rule], table: Table, k: int, minimum_page: int) -> dict[Label, Reason]:
    if Rule.PAGE in rules and table.people_of_page() < minimum_page:
        return dict.fromkeys((cell.label for cell in table.cells), Reason.PAGE)
    gone = too_small(table, k) if Rule.SMALL in rules else {}
    return complement(table, gone, k) if Rule.COMPLEMENT in rules else gone


def _audited(
    candidates: dict[tuple[Label, Label], Cell],
    given: list[frozenset[int]],
    k: int,
    ranks: dict[Label, int],
    is_proved: bool,
) -> dict[tuple[Label, Label], Cell]:
    """The candidates that may be published one after another: by rank, and the largest first."""
    groups = [*given, *(cell.members for cell in candidates.values())]
    atoms_of, weights = atoms(groups)
    audit = Audit(weights, k)
    for number in range(len(given)):
        if not audit.add_fact(atoms_of[number]) and not is_proved:
            raise ValueError("What is published already lets a small group be computed.")
    numbers = dict(zip(candidates, atoms_of[len(given) :], strict=True))
    order = sorted(
        candidates,
        key=lambda key: (ranks[key[0]], -candidates[key].people, *by_size(candidates[key]), repr(key)),
    )
    admitted = {key for key in order if audit.admit(numbers[key])}
    return {key: cell for key, cell in candidates.items() if key in admitted}


def atoms(groups: Sequence[Iterable[int]]) -> tuple[list[list[int]], list[int]]:
    """People who stand in the same groups are one atom. Returns the atoms of each group, and each atom's people."""
    memberships: defaultdict[int, list[int]] = defaultdict(list)
    for number, members in enumerate(groups):
        for person in members:
            memberships[person].append(number)
    weights: list[int] = []
    number_of: dict[tuple[int, ...], int] = {}
    atoms_of: list[list[int]] = [[] for _group in groups]
    for standing in memberships.values():
        key = tuple(standing)
        atom = number_of.setdefault(key, len(weights))
        if atom == len(weights):
            weights.append(0)
            for number in key:
                atoms_of[number].append(atom)
        weights[atom] += 1
    return atoms_of, weights
