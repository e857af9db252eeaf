"""What looks like fewer steps and may only be another drawing: names drawn twice, coarser steps, less scope. Pure."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from challenges.processes import granularity
from challenges.processes.comparing import HasPlace, Outcome, folded
from challenges.processes.figures import HasNumbers


class HasKind(HasPlace, HasNumbers, Protocol):
    """A step with place, kind and numbers."""


CLOSED = frozenset({"subprocess", "call"})


def flags_of(
    before: Sequence[HasPlace],
    after: Sequence[HasPlace],
    outcome: Outcome,
    executed: tuple[float, float],
) -> dict[str, int]:
    """By kind how many; empty where nothing looks like it.

    same_name: steps before whose name occurs more than once, as one of them may only be drawn once less;
    closed: more steps afterwards that stand for many (closed sub-processes, called processes);
    lanes: lanes of before that no longer occur, with all their steps gone;
    executed: 1 if steps are fewer and those executed in a case are not.
    """
    names = Counter(folded(step.name) for step in before)
    gone = {pk for pk, change in outcome.changes.items() if change == "eliminated"}
    lanes: dict[str, list[bool]] = {}
    for step in before:
        lanes.setdefault(folded(step.lane), []).append(step.pk in gone)
    left = {folded(step.lane) for step in after}
    found = {
        "same_name": sum(1 for step in before if step.pk in gone and names[folded(step.name)] > 1),
        "closed": max(0, _closed(after) - _closed(before)),
        "lanes": sum(lane not in left and all(is_gone) for lane, is_gone in lanes.items()),
        "executed": int(outcome.net > 0 and executed[1] >= executed[0]),
    }
    return {kind: count for kind, count in found.items() if count}


def claimed_flags(steps: Sequence[HasKind], claimed: Sequence[HasKind]) -> dict[str, int]:
    """Of a claim that no comparison goes with: by kind how many of its steps should be looked at twice. `steps` are all
    steps of the process.

    same_name: claimed steps whose name occurs more than once; closed: those that stand for many; lanes: lanes of
    which every step is claimed; fine: steps that take less than a minute, where times may be told.
    """
    names = Counter(folded(step.name) for step in steps)
    own = {step.pk for step in claimed}
    lanes: dict[str, list[bool]] = {}
    for step in steps:
        lanes.setdefault(folded(step.lane), []).append(step.pk in own)
    found = {
        "same_name": sum(names[folded(step.name)] > 1 for step in claimed),
        "closed": _closed(claimed),
        "lanes": sum(all(are_claimed) for are_claimed in lanes.values()) if len(lanes) > 1 else 0,
        "fine": granularity.flags_of(claimed).get("fine", 0),
    }
    return {kind: count for kind, count in found.items() if count}


def _closed(steps: Sequence[HasPlace]) -> int:
    return sum(step.kind in CLOSED for step in steps)
