"""How a bet is counted: pure. Net steps eliminated, and the strategies by which entries are ranked.

Eliminated 1, automated its published weight, n merged into one n - 1, moved 0, harmonised 1 (steps that the variant
followed from now on does not have; those in common count nothing), each added step -1: before minus after, never a sum
of claimed reductions (value-stream mapping counts the steps that are left).
"""

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from challenges.contests.models.claim import Change
from challenges.processes.figures import HasNumbers, executions


class Counts(Protocol):
    change: str
    added_steps: int

    @property
    def steps(self) -> Sequence[HasNumbers]: ...


def credit_of(claim: Counts, automated_weight: Decimal) -> Decimal:
    """What a claim counts; below zero where it adds more than it takes away."""
    named = len(claim.steps)
    counted = {
        Change.ELIMINATED: Decimal(named),
        Change.AUTOMATED: named * automated_weight,
        Change.MERGED: Decimal(max(named - 1, 0)),
        Change.MOVED: Decimal(0),
        Change.HARMONISED: Decimal(named),
    }
    return counted[Change(claim.change)] - claim.added_steps


def net_of(claims: Iterable[Counts], automated_weight: Decimal) -> Decimal:
    return sum((credit_of(claim, automated_weight) for claim in claims), Decimal(0))


def executed_less(claim: Counts) -> float:
    """By how many executed steps a case becomes shorter for people: of merged ones the most frequent stays."""
    times = [executions(step) for step in claim.steps]
    gone = {Change.MERGED: sum(times) - max(times, default=0), Change.MOVED: 0.0}
    return gone.get(Change(claim.change), sum(times)) - claim.added_steps


def whole_steps(net: Decimal) -> int:
    """Whole net steps, for which the ledger gives points: never less than none."""
    return max(0, math.floor(net))


def points_by_claim(claims: Sequence[Counts], automated_weight: Decimal) -> list[int]:
    """For how many whole steps each of an entry's claims gives points, in the order of the claims.

    They add up to the entry's whole net steps: halves of several claims make a whole, and what is added is taken off.
    """
    credits = [credit_of(claim, automated_weight) for claim in claims]
    due = whole_steps(sum(credits, Decimal(0)))
    points, so_far = [], Decimal(0)
    for credit in credits:
        so_far += max(credit, Decimal(0))
        points.append(min(due, math.floor(so_far)) - sum(points))
    return points


# By what entries are ranked: (net, steps of the baseline) -> the higher the better.
STRATEGIES: dict[str, Callable[[Decimal, int], Decimal]] = {
    "net": lambda net, _baseline: net,
    "share": lambda net, baseline: (net / baseline).quantize(Decimal("0.0001")) if baseline else Decimal(0),
}
