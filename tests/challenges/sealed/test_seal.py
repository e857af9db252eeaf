"""The other side of the seal: referees look and decide, then break it."""

from typing import Any

import pytest
from django.db import connection

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, PublishedElimination, PublishedStanding
from challenges.contests.own_claims import own_claims, tally_of
from challenges.sealed import deciding, revealing
from challenges.sealed.models import Look, SealedStanding
from challenges.sealed.ranking import shared_ranks
from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from hub.points.models import PointEntry
from hub.refusals import Refusal
from tests.factories import close, make_challenge, make_claim, make_entry


@pytest.fixture
def bet(cast: Any) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth,))


def decision(claim: Claim, verdict: str = "confirm", reason: str = "") -> dict[str, str]:
    return {f"{claim.pk}-decision": verdict, f"{claim.pk}-reason": reason}


def confirm(claim: Claim, referee: Any) -> Claim:
    return deciding.decide(claim=claim, referee=referee, is_confirmed=True)


def test_the_referee_sees_the_claim_and_confirms_it(cast: Any, sign_in: Any, bet: Challenge) -> None:
    claim = make_claim(make_entry(bet, cast.carl))
    client = sign_in(cast.ruth)
    page = client.get(f"/challenges/{bet.pk}/review/").content.decode()
    assert "Carl Brandt" in page
    assert claim.evidence in page
    assert client.post(f"/challenges/claims/{claim.pk}/verify/", decision(claim)).status_code == 302
    assert tally_of(claim.entry).confirmed == 1
    assert SealedStanding.objects.get(entry=claim.entry).net == 1
    notice = Notice.objects.get(user=cast.carl)
    assert (notice.kind, notice.facts) == ("claim_verified", {"step": "Schritt 1"})


def test_a_refusal_needs_a_reason_which_the_contestant_reads(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    claim = make_claim(make_entry(bet, cast.carl))
    client, url = sign_in(cast.ruth), f"/challenges/claims/{claim.pk}/verify/"
    assert client.post(url, decision(claim, "refuse")).status_code == 422
    assert client.post(url, {}).status_code == 422
    program = api(cast.ruth)
    assert program.post(f"/api/v1/claims/{claim.pk}/verify/", {"decision": "refuse"}).status_code == 400
    body = {"decision": "refuse", "reason": "Der Schritt wird noch gemacht."}
    assert program.post(f"/api/v1/claims/{claim.pk}/verify/", body).json()["state"] == "refused"
    assert (
        "Der Schritt wird noch gemacht." in sign_in(cast.carl).get(f"/challenges/{bet.pk}/").content.decode()
    )
    assert tally_of(claim.entry).refused == 1


def test_a_decision_can_be_corrected_until_the_reveal(cast: Any, bet: Challenge) -> None:
    claim = confirm(make_claim(make_entry(bet, cast.carl)), cast.ruth)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Doch nicht.")
    assert SealedStanding.objects.get().net == 0
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Doch nicht.")
    assert Notice.objects.filter(user=cast.carl).count() == 2


def test_a_refused_claim_that_was_made_anew_stays_refused(cast: Any, bet: Challenge) -> None:
    entry = make_entry(bet, cast.carl)
    claim = make_claim(entry)
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=False, reason="Zu wenig.")
    anew = make_claim(entry, evidence="Jetzt mit Zahlen.")
    with pytest.raises(Refusal):
        confirm(claim, cast.ruth)
    confirm(anew, cast.ruth)
    assert tally_of(entry).confirmed == 1


def test_nobody_but_its_referees_gets_behind_the_seal(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    """A referee of another bet is as much a stranger as a contestant."""
    claim = make_claim(make_entry(bet, cast.carl))
    cast.otto.role_grants.create(role="referee")
    for person in (
        cast.emma,
        cast.farid,
        cast.bertha,
        cast.hanna,
        cast.walter,
        cast.ada,
        cast.carl,
        cast.otto,
    ):
        verify = 404 if person == cast.otto else 403
        client, program = sign_in(person), api(person)
        assert client.get(f"/challenges/{bet.pk}/review/").status_code == 403
        assert client.post(f"/challenges/claims/{claim.pk}/verify/", decision(claim)).status_code == verify
        assert client.post(f"/challenges/{bet.pk}/reveal/").status_code == 403
        assert program.get(f"/api/v1/challenges/{bet.pk}/review/").status_code == 403
        assert (
            program.post(f"/api/v1/claims/{claim.pk}/verify/", {"decision": "confirm"}).status_code == verify
        )
        assert program.post(f"/api/v1/challenges/{bet.pk}/reveal/").status_code == 403
    assert own_claims(claim.entry).get().state == Claim.State.SUBMITTED
    assert not Look.objects.exists()


def test_a_referee_who_lost_the_role_sees_nothing_more(cast: Any, sign_in: Any, bet: Challenge) -> None:
    claim = make_claim(make_entry(bet, cast.carl))
    cast.ruth.role_grants.all().delete()
    client = sign_in(cast.ruth)
    assert client.get(f"/challenges/{bet.pk}/review/").status_code == 403
    assert client.post(f"/challenges/claims/{claim.pk}/verify/", decision(claim)).status_code == 403


def test_looks_are_recorded_and_join_the_audit_at_the_reveal(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    confirm(make_claim(make_entry(bet, cast.carl)), cast.ruth)
    sign_in(cast.ruth).get(f"/challenges/{bet.pk}/review/")
    api(cast.ruth).get(f"/api/v1/challenges/{bet.pk}/review/")
    looks = list(Look.objects.values_list("actor_key", flat=True))
    assert looks == [cast.ruth.subject_key] * 2
    hidden = AuditEntry.objects.filter(action__in=["challenge.claims_seen", "claim.verified"])
    assert not hidden.exists()
    revealing.reveal(challenge=close(bet), referee=cast.ruth)
    seen = hidden.filter(action="challenge.claims_seen")
    assert [entry.at for entry in seen] == list(Look.objects.values_list("looked_at", flat=True))
    assert hidden.filter(action="claim.verified").count() == 1


@pytest.mark.parametrize(
    ("counts", "ranks"),
    [
        ({}, {}),
        ({"a": 0}, {"a": 1}),
        ({"a": 3, "b": 3, "c": 1}, {"a": 1, "b": 1, "c": 3}),
        ({"a": 1, "b": 5, "c": 1, "d": 0}, {"a": 2, "b": 1, "c": 2, "d": 4}),
    ],
)
def test_equal_counts_share_a_rank_and_the_next_is_skipped(
    counts: dict[str, int], ranks: dict[str, int]
) -> None:
    assert shared_ranks(counts) == ranks


def test_the_reveal_publishes_standings_steps_and_points(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    carl, bertha, emma = (make_entry(bet, person) for person in (cast.carl, cast.bertha, cast.emma))
    for position in (0, 2):
        confirm(make_claim(carl, position), cast.ruth)
        confirm(make_claim(bertha, position), cast.ruth)
    deciding.decide(claim=make_claim(emma), referee=cast.ruth, is_confirmed=False, reason="Nein.")
    close(bet)
    assert sign_in(cast.ruth).post(f"/challenges/{bet.pk}/reveal/").status_code == 302
    ranks = dict(PublishedStanding.objects.values_list("entry__contestant__first_name", "rank"))
    assert ranks == {"Carl": 1, "Bertha": 1, "Emma": 3}
    assert PublishedElimination.objects.count() == 4
    assert PointEntry.objects.of(cast.carl).total() == 40
    assert PointEntry.objects.of(cast.emma).total() == 0
    told = Notice.objects.filter(kind="challenge_revealed").values_list("user", flat=True)
    assert set(told) == {cast.carl.pk, cast.bertha.pk, cast.emma.pk}
    page = sign_in(cast.otto).get(f"/challenges/{bet.pk}/").content.decode()
    assert page.count("Schritt 3") == 2
    body = api(cast.otto).get(f"/api/v1/challenges/{bet.pk}/standings/").json()
    assert [row["rank"] for row in body["standings"]] == [1, 1, 3]
    assert "eliminated" in sign_in(cast.otto).get(f"/challenges/entries/{carl.pk}/").content.decode()


def test_revealing_twice_has_one_effect(cast: Any, bet: Challenge) -> None:
    confirm(make_claim(make_entry(bet, cast.carl)), cast.ruth)
    close(bet)
    for _time in range(2):
        revealing.reveal(challenge=bet, referee=cast.ruth)
    assert PointEntry.objects.of(cast.carl).total() == 20
    assert PublishedStanding.objects.count() == 1
    assert AuditEntry.objects.filter(action="challenge.revealed").count() == 1


def test_the_seal_holds_before_the_deadline_and_while_a_claim_waits(
    cast: Any, sign_in: Any, api: Any, bet: Challenge
) -> None:
    entry = make_entry(bet, cast.carl)
    claim = make_claim(entry)
    client = sign_in(cast.ruth)
    assert client.post(f"/challenges/{bet.pk}/reveal/").status_code == 409
    close(bet)
    response = api(cast.ruth).post(f"/api/v1/challenges/{bet.pk}/reveal/")
    assert response.status_code == 409
    confirm(claim, cast.ruth)
    assert api(cast.carl).get(f"/api/v1/challenges/{bet.pk}/standings/").status_code == 409
    assert PointEntry.objects.of(cast.carl).total() == 0
    assert client.post(f"/challenges/{bet.pk}/reveal/").status_code == 302


def test_after_the_reveal_claims_stay_as_they_are(cast: Any, sign_in: Any, bet: Challenge) -> None:
    claim = confirm(make_claim(make_entry(bet, cast.carl)), cast.ruth)
    revealing.reveal(challenge=close(bet), referee=cast.ruth)
    refused = sign_in(cast.ruth).post(
        f"/challenges/claims/{claim.pk}/verify/", decision(claim, "refuse", "Zu spät gemerkt.")
    )
    assert refused.status_code == 409
    assert sign_in(cast.carl).post(f"/challenges/claims/{claim.pk}/withdraw/").status_code == 409
    assert all_claims(bet).get().state == Claim.State.VERIFIED


def test_claims_have_no_list_that_could_be_asked_by_mistake(cast: Any, bet: Challenge) -> None:
    make_claim(make_entry(bet, cast.carl))
    with pytest.raises(TypeError):
        Claim.objects.count()
    for model in (
        type(bet),
        *(field.related_model for field in Claim._meta.concrete_fields if field.is_relation),
    ):
        assert not [field for field in model._meta.get_fields() if field.related_model is Claim]


@pytest.mark.parametrize("table", ["sealed_look", "sealed_decision"])
def test_looks_and_decisions_are_only_ever_added(table: str, cast: Any, sign_in: Any, bet: Challenge) -> None:
    confirm(make_claim(make_entry(bet, cast.carl)), cast.ruth)
    sign_in(cast.ruth).get(f"/challenges/{bet.pk}/review/")
    with connection.cursor() as cursor, pytest.raises(Exception, match="only ever added"):
        cursor.execute(f"UPDATE {table} SET actor_key = actor_key")


def test_a_decision_that_is_sent_back_is_a_look_too(cast: Any, sign_in: Any, bet: Challenge) -> None:
    claim = make_claim(make_entry(bet, cast.carl))
    response = sign_in(cast.ruth).post(f"/challenges/claims/{claim.pk}/verify/", decision(claim, "refuse"))
    assert (response.status_code, Look.objects.count()) == (422, 1)
