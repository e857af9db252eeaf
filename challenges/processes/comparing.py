"""Before and after: which step of one process is which step of the other. Pure.

Proposed by the id in the drawing, then by name and lane, then by name alone, then by similar words with lane and
neighbours, then by words that another step has taken in; a person confirms. What became of a step follows from where
it went: nowhere is eliminated, where another went too is merged, another lane is moved, a system's kind is automated.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import Protocol

SIMILAR = 0.8
SAME_ID_SIMILAR = 0.5
NEAR = 0.1  # what the same lane, or a neighbour that stayed a neighbour, adds to likeness
TAKEN_IN = 0.6  # of a step's words stand in the step it went into
MOST_PAIRS = 250_000
LITTLE_WORDS = frozenset(
    word
    for words in ("und oder mit im in der die das den dem des an", "and or with the a of to from into")
    for word in words.split()
)
BY_PEOPLE = frozenset({"task", "user", "manual", "send", "receive"})
BY_SYSTEMS = frozenset({"service", "script", "rule"})
CHANGES = ("kept", "moved", "automated", "merged", "eliminated", "added")


class HasPlace(Protocol):
    pk: Hashable
    element_id: str
    name: str
    lane: str
    kind: str


@dataclass(frozen=True)
class Proposal:
    """`how` is id, name, likeness, words or nothing; `target` None where the step went nowhere."""

    target: Hashable | None
    how: str


@dataclass(frozen=True)
class Outcome:
    """What became of each step: by the pk of a step before, and the pks of the steps that are new.

    `by_systems`: which of all these a system does, and no person.
    """

    changes: Mapping[Hashable, str]
    added: tuple[Hashable, ...]
    by_systems: frozenset[Hashable] = frozenset()

    @property
    def counts(self) -> Counter[str]:
        return Counter({**Counter(self.changes.values()), "added": len(self.added)})

    @property
    def net(self) -> int:
        """Steps fewer by people: eliminated 1, automated 1, n merged into one n - 1, moved 0, added -1.

        What a system did is no step fewer by people, and what a system does is none more.
        """
        gone = [pk for pk, change in self.changes.items() if change in {"eliminated", "automated", "merged"}]
        people = [pk not in self.by_systems for pk in gone]
        return sum(people) - sum(pk not in self.by_systems for pk in self.added)


def propose(
    before: Sequence[HasPlace], after: Sequence[HasPlace], *, ids_count: bool
) -> dict[Hashable, Proposal]:
    """For each step before, where it went. `ids_count`: both come from drawings whose tool kept its ids."""
    found: dict[Hashable, Proposal] = {}
    left_before, left_after = list(before), list(after)

    def take(pairs: Iterable[tuple[HasPlace, HasPlace]], how: str) -> None:
        nonlocal left_before, left_after
        for step, target in pairs:
            if step.pk not in found and target.pk not in taken:
                found[step.pk] = Proposal(target.pk, how)
                taken.add(target.pk)
        left_before = [step for step in left_before if step.pk not in found]
        left_after = [step for step in left_after if step.pk not in taken]

    taken: set[Hashable] = set()
    if ids_count:
        pairs = _alike(left_before, left_after, lambda step: step.element_id)
        take((pair for pair in pairs if _likeness(*pair) >= SAME_ID_SIMILAR), "id")
    take(_alike(left_before, left_after, lambda step: (folded(step.name), folded(step.lane))), "name")
    take(_alike(left_before, left_after, lambda step: folded(step.name)), "name")
    take(_similar(left_before, left_after, _neighbours(before, after, found)), "likeness")
    for step in left_before:
        target = _taken_in(step, after)
        found[step.pk] = Proposal(target.pk, "words") if target else Proposal(None, "nothing")
    return found


def outcome_of(
    before: Sequence[HasPlace], after: Sequence[HasPlace], went: Mapping[Hashable, Hashable | None]
) -> Outcome:
    """`went`: by the pk of a step before, the pk of the step it is now, or None."""
    targets = {step.pk: step for step in after}
    sharing: defaultdict[Hashable, list[HasPlace]] = defaultdict(list)
    for step in before:
        if (target := went.get(step.pk)) in targets:
            sharing[target].append(step)
    changes: dict[Hashable, str] = {step.pk: "eliminated" for step in before}
    for pk, steps in sharing.items():
        # Of several in one place the likest one is that place, the others were merged into it.
        closest = max(steps, key=partial(_closeness, targets[pk]))
        for step in steps:
            changes[step.pk] = _change(step, targets[pk]) if step is closest else "merged"
    added = tuple(step.pk for step in after if step.pk not in sharing)
    return Outcome(
        changes, added, frozenset(step.pk for step in (*before, *after) if step.kind in BY_SYSTEMS)
    )


def _change(step: HasPlace, target: HasPlace) -> str:
    if step.kind in BY_PEOPLE and target.kind in BY_SYSTEMS:
        return "automated"
    return "kept" if folded(step.lane) == folded(target.lane) else "moved"


def folded(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _words(text: str) -> set[str]:
    return set(folded(text).split()) - LITTLE_WORDS


def _likeness(one: HasPlace, other: HasPlace) -> float:
    return SequenceMatcher(None, folded(one.name), folded(other.name), autojunk=False).ratio()


def _closeness(target: HasPlace, step: HasPlace) -> tuple[float, bool]:
    return _likeness(step, target), folded(step.lane) == folded(target.lane)


def _alike(
    before: Iterable[HasPlace], after: Iterable[HasPlace], key: Callable[[HasPlace], Hashable]
) -> list[tuple[HasPlace, HasPlace]]:
    """Pairs with the same key; of several with one key the first with the first, and so on."""
    places: defaultdict[Hashable, list[HasPlace]] = defaultdict(list)
    for step in after:
        places[key(step)].append(step)
    pairs = []
    for step in before:
        if places[key(step)]:
            pairs.append((step, places[key(step)].pop(0)))
    return pairs


def _neighbours(
    before: Sequence[HasPlace], after: Sequence[HasPlace], found: Mapping[Hashable, Proposal]
) -> set[tuple[Hashable, Hashable]]:
    """(step before, step after) that stand next to a pair already found, on the same side."""
    places = {step.pk: number for number, step in enumerate(after)}
    near = set()
    for number, step in enumerate(before):
        proposal = found.get(step.pk)
        if proposal is None or proposal.target is None:
            continue
        place = places[proposal.target]
        for side in (-1, 1):
            if 0 <= number + side < len(before) and 0 <= place + side < len(after):
                near.add((before[number + side].pk, after[place + side].pk))
    return near


def _similar(
    before: Sequence[HasPlace], after: Sequence[HasPlace], near: set[tuple[Hashable, Hashable]]
) -> list[tuple[HasPlace, HasPlace]]:
    """The likest pairs first; too many steps without a partner are left to the person."""
    if len(before) * len(after) > MOST_PAIRS:
        return []
    scored = []
    for n, step in enumerate(before):
        for m, target in enumerate(after):
            score = _likeness(step, target)
            score += NEAR * (folded(step.lane) == folded(target.lane)) + NEAR * ((step.pk, target.pk) in near)
            if score >= SIMILAR:
                scored.append((-score, n, m))
    return [(before[n], after[m]) for _score, n, m in sorted(scored)]


def _taken_in(step: HasPlace, after: Sequence[HasPlace]) -> HasPlace | None:
    """The step into which most of this one's words went, if it has words of its own besides."""
    words = _words(step.name)
    if len(words) < 2:
        return None
    shares = [(len(words & _words(target.name)) / len(words), target) for target in after]
    share, target = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return target if target is not None and share > TAKEN_IN and _words(target.name) - words else None
