"""The proof by bases of different people, and what the audit does where there is none."""

import random

import pytest

from hub.disclosure import audit as audit_module
from hub.disclosure.audit import Audit
from hub.disclosure.echelons import Packing
from hub.disclosure.gate import atoms
from hub.disclosure.steady import _knowing
from tests.hub.disclosure.attacker import touched

K = 3


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_admitted_in_any_order_touches_nobody_below_k(seed: int) -> None:
    rng = random.Random(seed)
    groups = [frozenset(rng.sample(range(12), rng.randint(K, 10))) for _group in range(7)]
    atoms_of, weights = atoms(groups)
    audit = Audit(weights, K)
    published = [group for group, row in zip(groups, atoms_of, strict=True) if audit.admit(row)]
    assert published
    assert touched(published, K) == []


def test_bases_of_different_people_prove_what_a_search_would_take_too_long_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forty people a row, everybody an atom of their own: no atom is large, and nothing is searched."""
    monkeypatch.setattr("hub.disclosure.search.SEARCH_ALLOWED", 0)
    rows = [range(start, start + 40) for start in range(0, 400, 40)]
    audit = Audit([1] * 400, 10)
    assert all(audit.admit(row) for row in [range(400), *rows])
    assert not audit.admit(range(5, 400))


def test_a_packing_that_fails_changes_nothing() -> None:
    packing = Packing([1] * 5, 3, 1000)
    assert packing.add(dict.fromkeys(range(4), 1))
    assert not packing.add(
        dict.fromkeys(range(1, 5), 1)
    )  # two rows would need six different people, and there are five
    assert packing.add(dict.fromkeys(range(4), 1)) is False  # it adds nothing: there is no pivot
    assert not Packing([1] * 2, 3, 1000).add({0: 1, 1: 1})


def test_facts_that_say_something_about_few_stop_only_what_says_more() -> None:
    """Two memberships that differ in two people are known; a third group apart from them is as safe as ever."""
    audit = Audit([1] * 60, 10)
    assert audit.add_fact(range(30))
    assert not audit.add_fact(range(2, 30))
    assert audit.admit(range(30, 60))
    assert not audit.admit(range(1, 30))


def test_who_was_erased_counts_for_nobody_and_is_told_apart() -> None:
    """Atom 40 stands for somebody erased from the group of forty: the same group without them would tell who."""
    audit = Audit([1] * 40 + [0], 10)
    audit.add_fact([*range(40), 40])
    assert not audit.admit(range(40))
    assert audit.admit(range(15, 40))


def test_steps_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "STEPS_ALLOWED", 9)
    audit = Audit([20] * 10, 10)
    audit.admit(range(10))
    with pytest.raises(audit_module.TooLarge):
        audit.admit(range(9))


def test_people_about_whom_nothing_can_be_proved_again_spoil_the_proof_about_themselves_alone() -> None:
    """Thirty people, and the same without two: these count as known, and the others as ever."""
    facts = [list(range(30)), list(range(2, 30))]
    audit = _knowing(facts, [1] * 60, 10)
    assert audit.weights[:3] == [0, 0, 1]
    assert not audit.admit(range(1, 30))
    assert not audit.admit([*range(2, 11), 0, 1])
    assert audit.admit(range(2, 16))
    assert audit.admit(range(30, 60))
    assert not audit.admit(range(2, 20))
