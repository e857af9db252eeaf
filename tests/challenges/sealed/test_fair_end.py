"""The end of a bet: hours, points, words of the ledger, what is looked at twice, and why something waits."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.contests import claiming
from challenges.contests.ledger import digest_of
from challenges.contests.models import (
    Challenge,
    Claim,
    Entry,
    LedgerEntry,
    PublishedClaim,
    PublishedFreed,
    PublishedStanding,
    SettledReason,
)
from challenges.contests.own_claims import own_claims
from challenges.contests.scoring import points_by_claim
from challenges.processes.models import Step
from challenges.sealed import control, deciding
from challenges.sealed.commitments import commit
from challenges.sealed.revealing import reveal
from challenges.sealed.show import go_to, start
from hub.notices.models import Notice
from hub.people.models import User
from hub.points.models import PointEntry
from hub.refusals import Refusal
from tests.factories import a_tool, close, make_challenge, make_claim, make_entry, make_process, make_user

LATER = timedelta(weeks=7)


@pytest.fixture
def bet(cast: SimpleNamespace) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,), automated_weight=Decimal("0.5"))


@pytest.fixture
def entry(cast: SimpleNamespace, bet: Challenge) -> Entry:
    return make_entry(bet, cast.carl, make_process(cast.carl, steps=12, cases_per_week=60))


def verified(entry: Entry, referee: User, position: int, **fields: Any) -> Claim:
    return deciding.decide(claim=make_claim(entry, position, **fields), referee=referee, is_confirmed=True)


def points(user: User) -> int:
    return PointEntry.objects.of(user).filter(rule="eliminated_step").total() // 20


# --- hours ----------------------------------------------------------------------------------------
def test_the_final_result_waits_for_hours_that_somebody_could_decide(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    claim = verified(entry, cast.ruth, 0, before_minutes=30, after_minutes=10)
    reveal(challenge=close(bet), referee=cast.ruth)
    assert PublishedFreed.objects.get().high == 20 * 52
    over = timezone.now() + LATER
    with pytest.raises(Refusal, match="hours_wait"):
        control.make_final(challenge=bet, referee=cast.ruth, now=over)
    Challenge.objects.update(control_weeks=0)
    page = sign_in(cast.ruth).get(f"/challenges/{bet.pk}/control/").content.decode()
    assert f'action="/challenges/{bet.pk}/final/"' not in page, "no button that is only refused"
    assert "Controlling" in page
    control.remind(timezone.now() + timedelta(days=1))
    assert Notice.objects.filter(user=cast.viktor, kind="hours_wait", path="/challenges/hours/").count() == 2

    cast.viktor.role_grants.all().delete()
    final = control.make_final(challenge=bet, referee=cast.ruth, now=over)
    assert final.phase() == "final"
    assert own_claims(entry).get(pk=claim.pk).hours_state == Claim.Hours.REFUSED
    assert not PublishedFreed.objects.exists(), "what nobody confirmed counts nothing"
    assert PublishedStanding.objects.get().hours_high == 0


def test_while_the_reveal_is_shown_no_hours_are_confirmed(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    claim = verified(entry, cast.ruth, 0, before_minutes=30, after_minutes=10)
    shown = start(challenge=close(bet), referee=cast.ruth)
    with pytest.raises(Refusal, match="reveal_shown"):
        deciding.decide_hours(claim=claim, controller=cast.viktor, saved_minutes=5)
    page = sign_in(cast.viktor).get("/challenges/hours/").content.decode()
    assert claim.steps_title in page
    assert f"/challenges/claims/{claim.pk}/hours/" not in page
    said = next(step for step in shown.steps if step["kind"] == "freed")["rows"][0]
    for position in range(len(shown.steps)):
        go_to(show=shown, position=position, by=cast.ruth)
    published = PublishedFreed.objects.get()
    assert (said["mid"], said["high"]) == (published.mid, published.high)
    deciding.decide_hours(claim=claim, controller=cast.viktor, saved_minutes=5)
    assert PublishedFreed.objects.get().mid == 5 * 48


def test_each_factor_of_freed_hours_has_its_own_source(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    Step.objects.filter(process=entry.process, position=0).update(probability=0.4, loop_factor=2)
    entry.baseline.owner_approved_by, entry.baseline.referee = cast.bertha, cast.ruth
    entry.baseline.save()
    claim = verified(entry, cast.ruth, 0, before_minutes=30, after_minutes=10)
    deciding.decide_hours(claim=claim, controller=cast.viktor, saved_minutes=15)
    verified(entry, cast.ruth, 1, before_minutes=5, after_minutes=0)
    reveal(challenge=close(bet), referee=cast.ruth)
    row = PublishedFreed.objects.get()
    assert (row.cases_per_week, row.claims, row.confirmed_minutes, row.claimed_minutes) == (60, 1, 15, 25)
    assert row.confirmed_at is not None
    page = sign_in(cast.otto).get(f"/challenges/{bet.pk}/").content.decode()
    for source in (
        "Auswertung des Monats (aufbewahrt)",
        "Bertha Ringer",
        "Ruth Vogel",
        "44 / 48 / 52",
        "0,8",
    ):
        assert source in page, source


# --- points ---------------------------------------------------------------------------------------
def test_points_are_the_whole_net_steps_of_an_entry(
    cast: SimpleNamespace, bet: Challenge, entry: Entry
) -> None:
    halves = [verified(entry, cast.ruth, n, change="automated") for n in range(3)]
    verified(entry, cast.ruth, 3)
    reveal(challenge=close(bet), referee=cast.ruth)
    assert PublishedStanding.objects.get().net == Decimal("2.5")
    assert points(cast.carl) == 2
    published = PublishedClaim.objects.get(claim_key=halves[0].pk)
    control.settle(claim=published, referee=cast.ruth, holds=False, reason="Wieder von Hand")
    assert points(cast.carl) == 2, "one and two halves are left"
    published = PublishedClaim.objects.get(claim_key=halves[1].pk)
    control.settle(claim=published, referee=cast.ruth, holds=False, reason="Auch der")
    assert points(cast.carl) == 1, "half a step alone gives none"
    assert (
        sum(PublishedClaim.objects.exclude(outcome="reversed").values_list("points_awarded", flat=True)) == 1
    )


def test_a_claim_that_had_added_steps_gives_points_back_when_it_is_taken_back(
    cast: SimpleNamespace, bet: Challenge, entry: Entry
) -> None:
    for position in (0, 1):
        verified(entry, cast.ruth, position)
    adding = verified(entry, cast.ruth, 2, change="moved", added_steps=1)
    reveal(challenge=close(bet), referee=cast.ruth)
    assert points(cast.carl) == 1
    for _twice in range(2):
        published = PublishedClaim.objects.get(claim_key=adding.pk)
        control.settle(claim=published, referee=cast.ruth, holds=False, reason="Der Schritt ist wieder weg")
        assert points(cast.carl) == 2


def test_points_of_claims_add_up_to_the_net() -> None:
    def said(change: str, steps: int, added: int = 0) -> Any:
        return SimpleNamespace(change=change, steps=[None] * steps, added_steps=added)

    half = Decimal("0.5")
    assert points_by_claim([said("automated", 1), said("automated", 1)], half) == [0, 1]
    assert points_by_claim([said("eliminated", 2), said("moved", 1, 1)], half) == [1, 0]
    assert points_by_claim([said("moved", 1, 3), said("eliminated", 1)], half) == [0, 0]


# --- words ----------------------------------------------------------------------------------------
def test_the_ledger_holds_a_hash_and_the_words_can_be_erased(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge, entry: Entry
) -> None:
    verified(entry, cast.ruth, 0)
    reveal(challenge=close(bet), referee=cast.ruth)
    control.settle(
        claim=PublishedClaim.objects.get(), referee=cast.ruth, holds=False, reason="Der Schritt ist wieder da"
    )
    entered, why = LedgerEntry.objects.get(), SettledReason.objects.get()
    assert entered.reason == digest_of("Der Schritt ist wieder da", why.salt)
    address = f"/challenges/{bet.pk}/ledger/"
    assert "Der Schritt ist wieder da" in sign_in(cast.otto).get(address).content.decode()
    program = api(cast.otto).get(f"/api/v1{address}").json()["results"][0]
    assert (program["reason"], program["reason_sha256"]) == (why.text, entered.reason)
    why.delete()
    page = sign_in(cast.otto).get(address).content.decode()
    assert "Der Schritt ist wieder da" not in page
    assert "gelöscht" in page
    assert LedgerEntry.objects.get().reason == entered.reason, "the ledger only grows"


# --- what is looked at twice, and why something waits ---------------------------------------------
def test_a_claim_without_a_comparison_is_flagged_too(
    cast: SimpleNamespace, sign_in: Any, api: Any, bet: Challenge
) -> None:
    process = make_process(cast.carl, steps=5)
    Step.objects.filter(process=process, position__in=(0, 1)).update(name="Prüfen", touch_minutes=0.5)
    Step.objects.filter(process=process, position=2).update(kind="subprocess", lane="Lager")
    entry = make_entry(bet, cast.carl, process)
    steps = list(process.steps.filter(position__in=(0, 2)))
    make_claim(entry, steps=steps)
    make_claim(entry, 4)
    claims = api(cast.ruth).get(f"/api/v1/challenges/{bet.pk}/review/").json()["claims"]
    assert [claim["flags"] for claim in claims] == [{"same_name": 1, "closed": 1, "lanes": 1, "fine": 1}, {}]
    page = sign_in(cast.ruth).get(f"/challenges/{bet.pk}/review/").content.decode()
    assert page.count('<ul class="process-notes small">') == 1


def test_no_button_is_there_that_can_only_be_refused(
    cast: SimpleNamespace, sign_in: Any, bet: Challenge, entry: Entry
) -> None:
    rosa = make_user("Rosa", roles=("referee",))
    bet.referees.add(rosa)
    sampled, appealed = make_claim(entry, 0), make_claim(entry, 1)
    deciding.decide(claim=sampled, referee=cast.ruth, is_confirmed=True)
    deciding.decide(claim=appealed, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    claiming.appeal(claim=own_claims(entry).get(pk=appealed.pk), entry=entry, words="Siehe Anhang")
    review = f"/challenges/{bet.pk}/review/"
    commit(close(bet))

    def has(client: Any, *action: str) -> list[bool]:
        page = client.get(review).content.decode()
        return [f'action="/challenges/{one}/"' in page for one in action]

    actions = (f"claims/{appealed.pk}/verify", f"claims/{sampled.pk}/second-look", f"{bet.pk}/count")
    ruth, second = sign_in(cast.ruth), sign_in(rosa)
    assert has(ruth, *actions) == [False, False, False], "her own decision, both times"
    assert has(second, *actions) == [True, True, False]
    deciding.decide(claim=appealed, referee=rosa, is_confirmed=False, reason="Bleibt dabei.")
    assert has(ruth, actions[2]) == [False], "the sample waits"
    deciding.look_again(claim=sampled, referee=rosa, agrees=True)
    assert has(ruth, actions[2]) == [True]


def test_a_claim_is_handed_in_with_its_ai_and_a_draft_may_wait_for_it(
    cast: SimpleNamespace, sign_in: Any, entry: Entry
) -> None:
    draft = make_claim(entry, 0, system=None, is_draft=True)
    page = sign_in(cast.carl).get(f"/challenges/claims/{draft.pk}/").content.decode()
    assert 'href="/may-i/"' in page
    with pytest.raises(Refusal, match="no_system"):
        claiming.hand_in(claim=draft, entry=entry)
    with pytest.raises(Refusal, match="no_system"):
        make_claim(entry, 1, system=None)
    draft.system = a_tool()
    draft.save(update_fields=["system"])
    assert claiming.hand_in(claim=draft, entry=entry).state == Claim.State.SUBMITTED
