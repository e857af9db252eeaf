"""The count: the standing is fixed, a hash over it published, and the reveal opens it."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, PublishedClaim, PublishedStanding
from challenges.sealed import control, counting, deciding
from challenges.sealed.commitments import commit, verify
from challenges.sealed.models import Commitment, StandingCommitment
from challenges.sealed.revealing import reveal
from hub.notices.models import Notice
from hub.points.models import PointEntry
from hub.refusals import Refusal
from hub.stories.actions import publish
from hub.stories.models import Story
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user


@pytest.fixture
def bet(cast: Any) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


def verified(bet: Challenge, user: Any, cast: Any, steps: int, *, size: int = 8, **fields: Any) -> None:
    entry = make_entry(bet, user, make_process(user, steps=size))
    for position in range(steps):
        deciding.decide(claim=make_claim(entry, position, **fields), referee=cast.ruth, is_confirmed=True)


def test_the_standing_is_committed_to_at_the_count_and_opened_at_the_reveal(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    verified(bet, cast.bertha, cast, 3)
    verified(bet, cast.carl, cast, 1)
    url = f"/challenges/{bet.pk}/count/"
    assert sign_in(cast.ruth).post(url).status_code == 409, "before the deadline"
    assert sign_in(cast.farid).post(url).status_code == 403
    close(bet)
    for _time in range(2):
        assert sign_in(cast.ruth).post(url).status_code == 302
    bet.refresh_from_db()
    assert bet.phase() == "counted"
    made = StandingCommitment.objects.get()
    page = sign_in(cast.emma).get(f"/challenges/{bet.pk}/seal/").content.decode()
    assert made.digest in page
    assert made.salt not in page
    body = api(cast.emma).get(f"/api/v1/challenges/{bet.pk}/commitment/").json()["standing"]
    assert (body["digest"], body["salt"], body["text"]) == (made.digest, "", "")
    assert Notice.objects.filter(kind="challenge_counted").count() == 2
    assert not PublishedStanding.objects.exists()

    reveal(challenge=bet, referee=cast.ruth)
    opened = api(cast.emma).get(f"/api/v1/challenges/{bet.pk}/commitment/").json()["standing"]
    assert hashlib.sha256(f"{opened['salt']}\n{opened['text']}".encode()).hexdigest() == made.digest
    rows = {(rank, entry, net) for _bracket, rank, entry, net in json.loads(opened["text"])}
    assert rows == {
        (row.rank, str(row.entry_id), f"{row.net:.2f}") for row in PublishedStanding.objects.all()
    }
    assert verify(Commitment.objects.get()).is_intact
    call_command("verify_reveal", str(bet.pk))


def test_a_standing_changed_after_the_count_is_found(cast: Any, bet: Challenge) -> None:
    verified(bet, cast.bertha, cast, 2)
    reveal(challenge=close(bet), referee=cast.ruth)
    PublishedStanding.objects.update(net=3)
    assert not verify(Commitment.objects.get()).is_intact
    with pytest.raises(CommandError, match="standing"):
        call_command("verify_reveal", str(bet.pk))


def test_after_the_count_nothing_is_decided_claimed_or_changed(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    verified(bet, cast.bertha, cast, 2)
    counting.count(challenge=close(bet), referee=cast.ruth)
    claim = all_claims(bet).first()
    with pytest.raises(Refusal, match="not_open"):
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Doch nicht")
    bertha = sign_in(cast.bertha)
    for path in ("claim/", "leave/"):
        assert bertha.post(f"/challenges/{bet.pk}/{path}", {"steps": "1"}).status_code in {409, 422}
    assert sign_in(cast.farid).post(f"/challenges/{bet.pk}/cancel/").status_code == 409
    assert sign_in(cast.bertha).get("/").status_code == 200


@pytest.mark.parametrize("rule", ["decide", "drop"])
def test_what_is_undecided_follows_the_rule_that_was_published(rule: str, cast: Any, sign_in: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), pending_rule=rule)
    entry = make_entry(bet, cast.carl)
    make_claim(entry)
    close(bet)
    answer = sign_in(cast.ruth).post(f"/challenges/{bet.pk}/count/")
    assert answer.status_code == (409 if rule == "decide" else 302)
    bet.refresh_from_db()
    assert bet.phase() == ("closed" if rule == "decide" else "counted")
    assert all_claims(bet).get().state == (Claim.State.SUBMITTED if rule == "decide" else Claim.State.REFUSED)


# --- time for an appeal ---------------------------------------------------------------------------
@pytest.mark.parametrize("rule", ["decide", "drop"])
def test_the_count_waits_until_whoever_was_refused_has_had_time_to_appeal(
    rule: str, cast: Any, sign_in: Any
) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), appeal_days=2, pending_rule=rule)
    entry = make_entry(bet, cast.carl)
    claim = make_claim(entry)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    bet = close(bet)
    ruth, carl = sign_in(cast.ruth), sign_in(cast.carl)
    assert "Noch ist Zeit" in ruth.get(f"/challenges/{bet.pk}/review/").content.decode()
    assert "wartet bis" in carl.get(f"/challenges/{bet.pk}/").content.decode()
    with pytest.raises(Refusal, match="appeals_open"):
        counting.count(challenge=bet, referee=cast.ruth)
    assert carl.post(f"/challenges/claims/{claim.pk}/appeal/", {"words": "Siehe Anhang"}).status_code == 302
    later = timezone.now() + timedelta(days=3)
    with pytest.raises(Refusal, match="appeals_wait"):
        counting.count(challenge=bet, referee=cast.ruth, now=later)
    other = make_user(roles=("referee",))
    bet.referees.add(other)
    deciding.decide(claim=claim, referee=other, is_confirmed=False, reason="Auch nicht.")
    with pytest.raises(Refusal, match="appeals_open"):
        counting.count(challenge=bet, referee=cast.ruth)
    counted = counting.count(challenge=bet, referee=cast.ruth, now=later)
    assert counted.phase() == "counted", "an appeal is heard once"


def test_the_count_comes_no_sooner_where_nothing_was_refused(cast: Any) -> None:
    """Else an early count would tell the others that nobody was refused."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,), appeal_days=2)
    deciding.decide(claim=make_claim(make_entry(bet, cast.carl)), referee=cast.ruth, is_confirmed=True)
    bet = close(bet)
    with pytest.raises(Refusal, match="appeals_open"):
        counting.count(challenge=bet, referee=cast.ruth)
    after = bet.closes_at + timedelta(days=2, minutes=1)
    assert counting.count(challenge=bet, referee=cast.ruth, now=after).phase() == "counted"


def test_after_the_days_of_the_rules_the_count_goes_ahead(cast: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), appeal_days=2)
    claim = make_claim(make_entry(bet, cast.carl))
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    bet = close(bet)
    almost, after = (timezone.now() + timedelta(days=2, minutes=minutes) for minutes in (-5, 5))
    with pytest.raises(Refusal, match="appeals_open"):
        counting.count(challenge=bet, referee=cast.ruth, now=almost)
    assert counting.count(challenge=bet, referee=cast.ruth, now=after).phase() == "counted"


def test_a_bet_may_do_without_days_to_appeal(cast: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), appeal_days=0)
    claim = make_claim(make_entry(bet, cast.carl))
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu kurz.")
    assert counting.count(challenge=close(bet), referee=cast.ruth).phase() == "counted"


def test_places_are_given_apart_by_bracket_and_by_the_chosen_ranking(cast: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), brackets="size", ranking="share")
    for user, steps, size in (
        (cast.bertha, 2, 4),
        (cast.carl, 3, 8),
        (cast.walter, 4, 20),
        (cast.hanna, 1, 4),
    ):
        verified(bet, user, cast, steps, size=size)
    places = [(p.bracket, p.rank, p.entry.contestant.first_name) for p in counting.standing_of(bet)]
    assert places == [
        ("medium", 1, "Walter"),
        ("small", 1, "Bertha"),
        ("small", 2, "Carl"),
        ("small", 3, "Hanna"),
    ]


def test_automated_steps_count_by_their_published_weight(cast: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), automated_weight=Decimal("0.5"))
    verified(bet, cast.bertha, cast, 3, change="automated")
    reveal(challenge=close(bet), referee=cast.ruth)
    assert PublishedStanding.objects.get().net == Decimal("1.5")
    assert PointEntry.objects.of(cast.bertha).total() == 20, (
        "three halves are one whole step, each in a claim"
    )


@pytest.mark.parametrize("others", [2, 30])
def test_counting_again_after_one_claim_costs_the_same_for_many_contestants(
    others: int, cast: Any, bet: Challenge, django_assert_num_queries: Any
) -> None:
    for number in range(others):
        make_entry(bet, make_user(f"Viele{number}"))
    claim = make_claim(make_entry(bet, cast.carl))
    with django_assert_num_queries(32):
        deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)


def test_hours_are_published_with_the_source_of_each_factor(cast: Any, sign_in: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl, make_process(cast.carl, steps=4, cases_per_week=60))
    claim = make_claim(entry, before_minutes=30, after_minutes=10)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    reveal(challenge=close(bet), referee=cast.ruth)
    row = PublishedStanding.objects.get()
    assert (row.hours_low, row.hours_mid, row.hours_high) == (0, 0, 20 * 52)
    assert (row.executed_before, row.executed_after) == (4, 3)
    controller = make_user("Conny", roles=("controller",))
    deciding.decide_hours(claim=claim, controller=controller, saved_minutes=15)
    row.refresh_from_db()
    assert (row.hours_low, row.hours_mid, row.hours_high) == (15 * 44, 15 * 48, 20 * 52)
    page = sign_in(cast.emma).get(f"/challenges/{bet.pk}/").content.decode()
    assert "720" in page


def test_commit_comes_before_the_count(cast: Any, bet: Challenge) -> None:
    verified(bet, cast.carl, cast, 1)
    counting.count(challenge=close(bet), referee=cast.ruth, now=timezone.now() + timedelta(minutes=1))
    assert commit(bet).committed_at <= StandingCommitment.objects.get().committed_at


def test_a_kept_page_of_the_standings_follows_what_is_published(cast: Any, sign_in: Any, api: Any) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), control_weeks=0)
    verified(bet, cast.bertha, cast, 2)
    page, program = f"/challenges/{bet.pk}/standings/", f"/api/v1/challenges/{bet.pk}/standings/"
    assert "Bertha" not in sign_in(cast.emma).get(page).content.decode()
    assert api(cast.emma).get(program).status_code == 409
    reveal(challenge=close(bet), referee=cast.ruth)
    for _time in range(2):
        assert "Bertha Ringer" in sign_in(cast.emma).get(page).content.decode()
        assert "is-mine" not in sign_in(cast.emma).get(page).content.decode()
        assert api(cast.emma).get(program).json()["standings"][0]["net"] == 2
    own = sign_in(cast.bertha).get(page).content.decode()
    assert own.count("is-mine") == 0
    assert "Dein Platz" in own
    claim = PublishedClaim.objects.first()
    control.settle(claim=claim, referee=cast.ruth, holds=False, reason="Zurück")
    control.make_final(challenge=bet, referee=cast.ruth)
    assert api(cast.emma).get(program).json()["standings"][0]["final_net"] == 1
    assert sign_in(cast.emma).get(f"{page}?page=x").status_code == 200


def test_whoever_took_part_tells_how_after_the_reveal(cast: Any, sign_in: Any, bet: Challenge) -> None:
    verified(bet, cast.bertha, cast, 2, method="Der Posteingang legt selbst ab")
    entry, bertha = bet.entries.get(), sign_in(cast.bertha)
    url = f"/challenges/entries/{entry.pk}/tell/"
    assert bertha.post(url).status_code == 409
    reveal(challenge=close(bet), referee=cast.ruth)
    assert sign_in(cast.emma).post(url).status_code == 404
    for _time in range(2):
        assert bertha.post(url).status_code == 302
    story = Story.objects.get(author=cast.bertha)
    assert "Der Posteingang legt selbst ab" in story.body
    page = f"/challenges/{bet.pk}/"
    assert f"/stories/{story.pk}/" not in sign_in(cast.emma).get(page).content.decode()
    publish(story=story)
    seen = sign_in(cast.emma).get(page).content.decode()
    assert f"/stories/{story.pk}/" in seen
    assert "40 Punkte" in seen
