"""The commitment: published at the close, opened at the reveal, and broken by any change in between."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from challenges.contests.claiming import withdraw
from challenges.contests.models import Challenge, Claim, ClaimedStep
from challenges.sealed import deciding, revealing
from challenges.sealed.commitments import commit, commit_closed, root_of, verify
from challenges.sealed.models import Commitment, CommittedClaim
from tests.factories import make_challenge, make_claim, make_entry


@pytest.fixture
def bet(cast: Any) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


@pytest.fixture
def claims(bet: Challenge, cast: Any) -> list[Claim]:
    """Two of Carl, one of Bertha."""
    carl, bertha = make_entry(bet, cast.carl), make_entry(bet, cast.bertha)
    return [make_claim(carl, 0), make_claim(carl, 1), make_claim(bertha, 0)]


@pytest.fixture
def closed(bet: Challenge, claims: list[Claim]) -> Any:
    with time_machine.travel(bet.closes_at + timedelta(minutes=1), tick=False):
        yield bet


def reveal(bet: Challenge, claims: list[Claim], referee: Any) -> None:
    for number, claim in enumerate(claims):
        deciding.decide(claim=claim, referee=referee, is_confirmed=number != 1, reason="Gesehen.")
    revealing.reveal(challenge=bet, referee=referee)


def tamper(claim: Claim, **fields: str) -> None:
    """As somebody with the database in their hands."""
    Claim._base_manager.filter(pk=claim.pk).update(**fields)


def test_it_is_published_once_when_the_bet_has_closed_and_never_before(
    bet: Challenge, claims: list[Claim], sign_in: Any, cast: Any
) -> None:
    assert commit_closed() == 0
    assert (
        "erscheint, wenn sie schließt"
        in sign_in(cast.emma).get(f"/challenges/{bet.pk}/seal/").content.decode()
    )
    with time_machine.travel(bet.closes_at + timedelta(minutes=1), tick=False):
        assert (commit_closed(), commit_closed()) == (1, 0)
        root = Commitment.objects.get().root
        page = sign_in(cast.emma).get(f"/challenges/{bet.pk}/seal/").content.decode()
    assert root in page
    for leaf in CommittedClaim.objects.all():
        assert leaf.digest not in page
        assert leaf.salt not in page


def test_a_contestant_sees_ones_own_leaves_alone(
    closed: Challenge, claims: list[Claim], sign_in: Any, cast: Any
) -> None:
    commit(closed)
    page = sign_in(cast.bertha).get(f"/challenges/{closed.pk}/seal/").content.decode()
    own = CommittedClaim.objects.get(claim_key=claims[2].pk)
    assert own.digest in page
    assert own.words_salt in page
    for leaf in CommittedClaim.objects.exclude(pk=own.pk):
        assert leaf.digest not in page


def test_after_the_reveal_anybody_recomputes_it_by_hand(
    closed: Challenge, claims: list[Claim], api: Any, sign_in: Any, cast: Any
) -> None:
    url = f"/api/v1/challenges/{closed.pk}/commitment/"
    assert api(cast.emma).get(url).status_code == 404
    commit(closed)
    before = api(cast.emma).get(url).json()
    assert (before["leaves"], before["count"]) == ([], None)
    reveal(closed, claims, cast.ruth)
    body = api(cast.emma).get(url).json()
    assert body["root"] == before["root"]
    digests = sorted(leaf["digest"] for leaf in body["leaves"])
    assert hashlib.sha256("\n".join(digests).encode()).hexdigest() == body["root"]
    opened = [leaf for leaf in body["leaves"] if leaf["line"]]
    assert len(opened) == 2, "what was not confirmed stays closed"
    for leaf in opened:
        assert hashlib.sha256(f"{leaf['salt']}\n{leaf['line']}".encode()).hexdigest() == leaf["digest"]
        assert claims[0].evidence not in leaf["line"]
    page = sign_in(cast.emma).get(f"/challenges/{closed.pk}/seal/").content.decode()
    assert "Gerade nachgerechnet: 3 Meldungen" in page


@pytest.mark.parametrize("change", ["words", "added", "reassigned", "leaves"])
def test_any_change_after_the_close_is_found(
    change: str, closed: Challenge, claims: list[Claim], sign_in: Any, cast: Any, capsys: Any
) -> None:
    commitment = commit(closed)
    if change == "words":
        tamper(claims[0], evidence="Doch ganz anders")
    elif change == "added":
        claims[2].pk = None
        extra = Claim(entry=claims[2].entry, method="x", evidence="y")
        Claim._base_manager.bulk_create([extra])
    elif change == "reassigned":
        other = claims[0].entry.process.steps.get(position=2)
        ClaimedStep._base_manager.filter(claim=claims[0].pk).update(step=other)
    else:
        if connection.vendor == "sqlite":
            trigger = "DROP TRIGGER IF EXISTS sealed_committedclaim_only_added"
        else:
            trigger = "SET LOCAL session_replication_role = replica"
        with connection.cursor() as cursor:
            cursor.execute(trigger)
            cursor.execute("UPDATE sealed_committedclaim SET digest = salt WHERE claim_key = claim_key")
    verdict = verify(commitment)
    assert not verdict.is_intact
    with pytest.raises(CommandError, match="Not intact"):
        call_command("verify_reveal", str(closed.pk))
    assert not json.loads(capsys.readouterr().out or '{"intact": false}')["intact"]


def test_a_late_worker_is_no_way_around_it(
    closed: Challenge, claims: list[Claim], cast: Any, capsys: Any
) -> None:
    """Nobody committed before the reveal: it does so itself, before it publishes anything."""
    reveal(closed, claims, cast.ruth)
    assert verify(Commitment.objects.get()).matching == 3
    call_command("verify_reveal", str(closed.pk), "--json")
    assert json.loads(capsys.readouterr().out)["intact"] is True
    for nothing in ("0" * 32, "winterwette"):
        with pytest.raises(CommandError, match="no such bet"):
            call_command("verify_reveal", nothing)


def test_salts_make_equal_claims_differ(cast: Any) -> None:
    roots = set()
    for _twice in range(2):
        bet = make_challenge(cast.farid, referees=(cast.ruth,))
        make_claim(make_entry(bet, cast.carl), 0)
        with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
            roots.add(commit(bet).root)
    assert len(roots) == 2
    assert root_of([]) == hashlib.sha256(b"").hexdigest()


def test_a_claim_withdrawn_after_the_close_is_still_compared(
    closed: Challenge, claims: list[Claim], cast: Any
) -> None:
    commitment = commit(closed)
    withdraw(claim=claims[0], entry=claims[0].entry)
    verdict = verify(commitment)
    assert (verdict.is_intact, verdict.matching, verdict.gone) == (True, 3, 0)
    tamper(claims[0], evidence="Doch ganz anders")
    assert not verify(commitment).is_intact
