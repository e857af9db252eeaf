"""Two at once: the database decides, and there is one effect."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from challenges.contests import claiming, entering
from challenges.contests.models import Challenge, Claim, Entry, PublishedStanding
from challenges.contests.own_claims import own_claims
from challenges.processes.actions import create_from_template
from challenges.processes.list_actions import rewrite_list
from challenges.processes.steps_csv import StepLine
from challenges.sealed.deciding import decide
from challenges.sealed.models import Decision, SealedStanding
from challenges.sealed.revealing import reveal
from hub.people.models import User
from hub.points.models import PointEntry
from hub.refusals import Refusal
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user

TWINS = 6


@pytest.fixture
def carl(transactional_db: None) -> User:
    return make_user("Carl")


@pytest.fixture
def ruth(transactional_db: None) -> User:
    return make_user("Ruth", roles=("referee",))


@pytest.fixture
def bet(ruth: User) -> Challenge:
    return make_challenge(make_user("Farid", roles=("facilitator",)), referees=(ruth,))


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What each of the twins got: a result or its refusal."""

    def one(_number: int) -> Any:
        try:
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(TWINS) as pool:
        return list(pool.map(one, range(TWINS)))


def test_entering_twice_at_once_is_one_entry(carl: User, bet: Challenge) -> None:
    process = make_process(carl)
    results = at_once(lambda: entering.enter(challenge=bet, user=carl, process=process))
    assert sorted(is_new for _entry, is_new in results) == [False] * (TWINS - 1) + [True]
    assert Entry.objects.count() == 1


def test_a_step_claimed_twice_at_once_is_one_claim(carl: User, bet: Challenge) -> None:
    entry = make_entry(bet, carl)
    results = at_once(lambda: make_claim(entry))
    refused = [result for result in results if isinstance(result, Refusal)]
    assert [refusal.status for refusal in refused] == [409] * (TWINS - 1)
    assert own_claims(entry).count() == 1


def test_two_referees_at_once_leave_one_count(carl: User, ruth: User, bet: Challenge) -> None:
    claim = make_claim(make_entry(bet, carl))
    at_once(lambda: decide(claim=claim, referee=ruth, is_confirmed=True))
    assert SealedStanding.objects.get().net == 1


def test_two_reveals_at_once_post_points_once(carl: User, ruth: User, bet: Challenge) -> None:
    decide(claim=make_claim(make_entry(bet, carl)), referee=ruth, is_confirmed=True)
    close(bet)
    at_once(lambda: reveal(challenge=bet, referee=ruth))
    assert PublishedStanding.objects.count() == 1
    assert PointEntry.objects.of(carl).total() == 20


def test_withdrawing_and_confirming_at_once_leave_one_of_the_two(
    carl: User, ruth: User, bet: Challenge
) -> None:
    entry = make_entry(bet, carl, make_process(carl, steps=8))
    for position in range(8):
        claim = make_claim(entry, position)
        acts = [
            lambda claim=claim: claiming.withdraw(claim=claim, entry=entry),
            lambda claim=claim: decide(claim=claim, referee=ruth, is_confirmed=True),
        ]
        turns = iter(acts * TWINS)
        at_once(lambda turns=turns: next(turns)())
        decided = Decision.objects.filter(claim_key=claim.pk).exists()
        is_confirmed = own_claims(entry).get(pk=claim.pk).state == Claim.State.VERIFIED
        assert decided == is_confirmed


@pytest.mark.django_db(transaction=True)
def test_entering_and_rewriting_the_process_at_once_leave_one_truth() -> None:
    owner = make_user("Emma")
    challenge = make_challenge(make_user("Farid", roles=("facilitator",)), referees=())
    process, _new = create_from_template(user=owner, key="travel-expenses", language="de")
    lines = [StepLine("Büro", f"Schritt {n}") for n in range(3)]

    refused: list[str] = []

    def act(number: int) -> None:
        try:
            if number:
                rewrite_list(process=process, lines=lines)
            else:
                entering.enter(challenge=challenge, user=owner, process=process)
        except Refusal as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(act, range(2)))
    assert set(refused) <= {"in_use"}
    entry = challenge.entries.get()
    process.refresh_from_db()
    assert entry.baseline_steps == process.steps.count()
    assert entry.baseline_sha256 == process.content_sha256
