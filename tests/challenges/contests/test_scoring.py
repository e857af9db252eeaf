"""What a claim counts, by the table of the rules; brackets, and what it frees."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from types import SimpleNamespace

import pytest

from challenges.contests import brackets, scoring
from challenges.contests.freed import Freed, freed_by
from challenges.contests.models.claim import Change


@dataclass
class Times:
    probability: float = 1
    loop_factor: float = 1
    touch_minutes: float | None = None
    wait_hours: float | None = None


@dataclass
class Said:
    change: str
    steps: list[Times] = field(default_factory=list)
    added_steps: int = 0


def said(change: str, steps: int, added: int = 0) -> Said:
    return Said(change, [Times() for _n in range(steps)], added)


@pytest.mark.parametrize(
    ("change", "steps", "added", "weight", "credit"),
    [
        ("eliminated", 1, 0, "1", "1"),
        ("eliminated", 4, 0, "0.5", "4"),
        ("automated", 2, 0, "1", "2"),
        ("automated", 3, 0, "0.5", "1.5"),
        ("automated", 3, 0, "0", "0"),
        ("merged", 5, 0, "1", "4"),
        ("merged", 2, 1, "1", "0"),
        ("moved", 7, 0, "1", "0"),
        ("moved", 7, 1, "1", "-1"),
        ("eliminated", 1, 2, "1", "-1"),
    ],
)
def test_each_change_counts_as_the_rules_say(
    change: str, steps: int, added: int, weight: str, credit: str
) -> None:
    assert scoring.credit_of(said(change, steps, added), Decimal(weight)) == Decimal(credit)


@pytest.mark.parametrize("weight", ["0", "0.5", "1"])
def test_no_claim_counts_more_than_it_names(weight: str) -> None:
    for change, steps, added in product(Change.values, range(1, 8), range(4)):
        claim = said(change, steps, added)
        assert scoring.credit_of(claim, Decimal(weight)) <= steps - added
        assert 0 <= scoring.points_by_claim([claim], Decimal(weight))[0] <= steps


def test_executed_steps_follow_how_often_a_step_is_done() -> None:
    rare, twice = Times(probability=0.25), Times(loop_factor=2)
    assert scoring.executed_less(Said("eliminated", [rare, twice])) == 2.25
    assert scoring.executed_less(Said("automated", [rare], added_steps=1)) == -0.75
    assert scoring.executed_less(Said("merged", [rare, twice])) == 0.25, "the most frequent one stays"
    assert scoring.executed_less(Said("moved", [twice])) == 0


def test_the_share_of_a_process_is_another_ranking() -> None:
    share = scoring.STRATEGIES["share"]
    assert share(Decimal(3), 12) == share(Decimal(5), 20) > share(Decimal(4), 20)
    assert scoring.STRATEGIES["net"](Decimal(3), 12) < scoring.STRATEGIES["net"](Decimal(4), 20)


@pytest.mark.parametrize(
    ("steps", "bracket"), [(1, "small"), (10, "small"), (11, "medium"), (25, "medium"), (26, "large")]
)
def test_brackets_by_size(steps: int, bracket: str) -> None:
    assert brackets.STRATEGIES["size"](SimpleNamespace(baseline_steps=steps)) == bracket


def test_freed_hours_are_low_mid_and_high_by_the_source_of_their_factors() -> None:
    confirmed = SimpleNamespace(most_minutes=30.0, saved_minutes=20.0)
    claimed = SimpleNamespace(most_minutes=10.0, saved_minutes=None)
    freed = freed_by([confirmed, claimed], cases_per_week=60)
    assert freed == Freed(low=20 * 44, mid=20 * 48, high=40 * 52)
    assert freed_by([confirmed], None) == freed_by([], 60) == Freed()
