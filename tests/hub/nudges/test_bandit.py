"""Thompson sampling: the likelier tip is drawn more often, every tip now and then, and propensities are the truth."""

from collections import Counter
from hashlib import blake2b
from uuid import UUID, uuid5

import pytest

from hub.nudges.bandit import UNIFORM, Arm, Posterior

SPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
TIPS = [uuid5(SPACE, f"tip {n}") for n in range(6)]
FEWEST_BY_CHANCE = UNIFORM / len(TIPS)


def key(number: int) -> bytes:
    return blake2b(str(number).encode(), digest_size=32).digest()


def frequencies(
    posterior: Posterior, people: int = 6000, **days: object
) -> tuple[Counter, dict[UUID, float]]:
    counts, told = Counter(), {}
    for number in range(people):
        draw = posterior.draw(TIPS, days_since=days.get("days_since", {}), key=key(number))
        counts[draw.tip_id] += 1
        told[draw.tip_id] = draw.propensity
    return counts, told


def test_propensities_are_how_often_each_tip_is_really_drawn() -> None:
    arms = [Arm(tip_id, shown=40, tried=4 * n) for n, tip_id in enumerate(TIPS)]
    counts, told = frequencies(Posterior(arms, seed="sales:mail:2026-11-30"))
    assert sum(told.values()) == pytest.approx(1)
    for tip_id, propensity in told.items():
        assert counts[tip_id] / 6000 == pytest.approx(propensity, abs=0.02)
        assert propensity >= FEWEST_BY_CHANCE
    assert counts.most_common(1)[0][0] == TIPS[-1]


def test_what_nobody_knows_anything_about_is_drawn_evenly() -> None:
    counts, told = frequencies(Posterior([Arm(tip_id) for tip_id in TIPS], seed="day"))
    assert len(counts) == len(TIPS)
    assert all(propensity == pytest.approx(1 / 6, abs=0.06) for propensity in told.values())


def test_what_a_person_had_not_long_ago_is_drawn_less_and_recovers() -> None:
    posterior = Posterior([Arm(tip_id, 50, 20) for tip_id in TIPS], seed="day")
    rates = [
        frequencies(posterior, days_since={TIPS[0]: days})[1].get(TIPS[0], FEWEST_BY_CHANCE)
        for days in (21, 60, 300)
    ]
    assert rates == sorted(rates)
    assert rates[0] < rates[-1]


def test_the_same_person_on_the_same_day_gets_the_same_and_a_new_tip_moves_nobody_else() -> None:
    arms = [Arm(tip_id, 30, 10) for tip_id in TIPS]
    one, again = Posterior(arms, seed="day"), Posterior(arms[::-1], seed="day")
    more = Posterior([*arms, Arm(uuid5(SPACE, "new"))], seed="day")
    for number in range(300):
        draws = {posterior.draw(TIPS, key=key(number)) for posterior in (one, again, more)}
        assert len(draws) == 1


def test_only_what_is_open_to_a_person_competes() -> None:
    posterior = Posterior([Arm(TIPS[0], 100, 90), *[Arm(tip_id, 100, 1) for tip_id in TIPS[1:]]], seed="day")
    drawn = {posterior.draw(TIPS[1:3], key=key(n)).tip_id for n in range(200)}
    assert drawn == set(TIPS[1:3])
    alone = posterior.draw(TIPS[3:4], key=key(1))
    assert (alone.tip_id, alone.propensity) == (TIPS[3], 1)


def test_what_many_put_aside_comes_less_often_than_what_they_let_pass() -> None:
    """Of two that as many tried."""
    passed, aside = Arm(TIPS[0], 200, 40), Arm(TIPS[1], 200, 40, put_aside=16)
    others = [Arm(tip_id, 200, 2) for tip_id in TIPS[2:]]
    counts, _told = frequencies(Posterior([passed, aside, *others], seed="day"))
    assert counts[passed.tip_id] > 2 * counts[aside.tip_id] > 4 * counts[TIPS[2]] > 0
