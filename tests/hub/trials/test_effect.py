"""The arithmetic of trials, against published values and against what must hold for all numbers."""

from math import inf, sqrt
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.trials.arms import BUCKETS, bucket, is_held
from hub.trials.effect import (
    Count,
    Effect,
    Verdict,
    detectable,
    effect,
    effect_between,
    needed,
    verdict,
    wilson,
)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    people = draw(st.integers(1, 5000))
    return Count(people, draw(st.integers(0, people)))


def test_wilson_as_published() -> None:
    low, high = wilson(Count(12, 4))
    assert (round(low, 3), round(high, 3)) == (0.138, 0.609)


def test_newcombe_as_published() -> None:
    found = effect(Count(300, 48), Count(300, 22))
    assert round(100 * found.difference, 2) == 8.67
    assert (round(100 * found.low, 2), round(100 * found.high, 2)) == (3.55, 13.85)
    assert round(found.relative, 2) == 1.18
    assert round(found.nudges_per_user, 1) == 11.5


def test_newcombes_own_examples() -> None:
    """Newcombe 1998, table II, method 10: 56/70 - 48/80 and 10/10 - 0/10."""
    found = effect(Count(70, 56), Count(80, 48))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    found = effect(Count(10, 10), Count(10, 0))
    assert (round(found.low, 4), round(found.high, 4)) == (0.6075, 1.0)


@pytest.mark.parametrize(("uplift", "people"), [(0.05, 680), (0.03, 1768), (0.014, 7645)])
def test_power_as_published(uplift: float, people: int) -> None:
    assert needed(0.1, uplift) == people
    assert detectable(0.1, people, people) == pytest.approx(uplift, abs=0.0001)


def test_power_of_a_holdout_as_published() -> None:
    assert needed(0.1, 0.05, held_share=0.1) == 378
    assert needed(0.1, 0.03, held_share=0.1) == 982


@given(counts())
def test_wilson_lies_around_the_share(count: Count) -> None:
    low, high = wilson(count)
    assert 0 <= low <= count.share <= high <= 1
    assert low < high


@given(counts(), counts())
def test_the_interval_holds_the_difference_and_turns_with_the_groups(one: Count, other: Count) -> None:
    found, turned = effect(one, other), effect(other, one)
    assert -1 - 1e-9 <= found.low <= found.difference <= found.high <= 1 + 1e-9
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@given(counts(), st.integers(2, 50))
def test_more_people_tell_more(count: Count, times: int) -> None:
    low, high = wilson(count)
    low_of_more, high_of_more = wilson(Count(count.people * times, count.tried * times))
    assert high_of_more - low_of_more < high - low


@given(counts())
def test_two_equal_groups_never_work(count: Count) -> None:
    assert verdict(effect(count, count)) in {Verdict.NO_EFFECT, Verdict.TOO_FEW}


@given(counts(), counts())
def test_it_works_only_if_the_whole_interval_lies_above_nothing(one: Count, other: Count) -> None:
    found = effect(one, other)
    assert (verdict(found) == Verdict.WORKS) == (found.low > 0)


@given(st.integers(10, 3000), st.integers(10, 3000), st.integers(0, 2), st.integers(0, 2))
def test_what_is_kept_of_nearly_nobody_never_tells_more_than_the_truth(
    people: int, others: int, tried: int, tried_of_others: int
) -> None:
    """Two nearly empty groups of any sizes: whatever the true counts, the interval holds the true one."""
    kept = effect_between((Count(people, 0), Count(people, 2)), (Count(others, 0), Count(others, 2)))
    true = effect(Count(people, tried), Count(others, tried_of_others))
    assert kept.low <= true.low + 1e-12
    assert kept.high >= true.high - 1e-12
    assert abs(kept.difference) <= abs(true.difference) + 1e-12
    assert verdict(kept) in {Verdict.NO_EFFECT, Verdict.TOO_FEW}


@given(counts(), counts())
def test_known_exactly_it_is_the_same(one: Count, other: Count) -> None:
    exact, kept = effect(one, other), effect_between((one, one), (other, other))
    assert (kept.difference, kept.low, kept.high) == (exact.difference, exact.low, exact.high)


def test_words() -> None:
    assert verdict(effect(Count(300, 48), Count(300, 22))) == "works"
    assert verdict(effect(Count(300, 22), Count(300, 48))) == "fewer"
    assert verdict(effect(Count(30, 5), Count(30, 4))) == "too_few"
    assert verdict(effect(Count(5000, 500), Count(5000, 500))) == "no_effect"


@settings(max_examples=50)
@given(st.floats(0.01, 0.5), st.integers(20, 4000), st.integers(20, 4000))
def test_needed_and_detectable_are_each_others_inverse(base: float, people: int, others: int) -> None:
    uplift = detectable(base, people, people)
    if base + uplift < 1:
        assert abs(needed(base, uplift) - people) <= 1
    assert detectable(base, people, others) >= detectable(base, max(people, others), max(people, others))


def test_no_group_shows_nothing() -> None:
    assert detectable(0.1, 0, 10) == inf
    assert detectable(0.9, 3, 3) == inf


def test_nonsense_is_no_count() -> None:
    for people, tried in ((0, 0), (3, 4), (3, -1)):
        with pytest.raises(ValueError, match="no share"):
            Count(people, tried)
    with pytest.raises(ValueError, match="Shares"):
        needed(0.9, 0.2)
    assert Effect(0.0, -0.1, 0.1, 0.0).relative is None
    assert Effect(0.0, -0.1, 0.1, 0.0).nudges_per_user is None


@given(st.text(min_size=1, max_size=64), st.uuids())
def test_a_bucket_is_one_of_a_thousand_and_stays(salt: str, key: UUID) -> None:
    assert 0 <= bucket(salt, key) < BUCKETS
    assert bucket(salt, key) == bucket(salt, key)


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_the_groups_are_as_large_as_asked(share: float) -> None:
    people = [UUID(int=number) for number in range(20_000)]
    held = sum(is_held("salt", key, share) for key in people)
    assert abs(held - share * 20_000) < 4 * sqrt(20_000 * share * (1 - share))


def test_two_trials_divide_people_independently() -> None:
    people = [UUID(int=number) for number in range(20_000)]
    both = sum(is_held("one", key, 0.5) and is_held("other", key, 0.5) for key in people)
    assert abs(both - 5000) < 300
