"""A whole bet by program: people, second looks, conflicts, a broken seal, the show, the control period."""

from types import SimpleNamespace
from typing import Any

import pytest

from challenges.contests.models import Challenge, Partaking, PublishedClaim
from challenges.sealed import deciding, sampling
from challenges.sealed.commitments import commit
from challenges.sealed.models import Conflict
from hub.people.models import User
from tests.factories import close, make_challenge, make_claim, make_entry, make_user


@pytest.fixture
def rosa(cast: SimpleNamespace) -> User:
    return make_user("Rosa", roles=("referee",))


@pytest.fixture
def bet(cast: SimpleNamespace, rosa: User) -> Challenge:
    return make_challenge(cast.farid, referees=(cast.ruth, rosa), control_weeks=0)


def at(bet: Challenge, path: str) -> str:
    return f"/api/v1/challenges/{bet.pk}/{path}/"


def test_people_beside_one(cast: SimpleNamespace, api: Any, bet: Challenge) -> None:
    make_entry(bet, cast.carl)
    carl = api(cast.carl)
    made = carl.post(at(bet, "people"), {"email": cast.emma.email.upper(), "part": "assistant"})
    assert (made.status_code, made.json()["part"]) == (201, "assistant")
    assert carl.post(at(bet, "people"), {"email": "niemand@example.com"}).status_code == 400
    assert carl.post(at(bet, "people"), {"email": cast.ruth.email}).status_code == 422
    assert [one["name"] for one in carl.get(at(bet, "people")).json()] == ["Emma Lindner"]
    carl.post(at(bet, "people"), {"email": cast.otto.email})
    assert api(cast.otto).post(at(bet, "people"), {"email": cast.hanna.email}).status_code == 403
    assert api(cast.emma).get(at(bet, "people")).status_code == 404, "an assistant sees nothing else"
    one = f"/api/v1/partakings/{Partaking.objects.get(user=cast.emma).pk}/"
    assert api(cast.otto).delete(one).status_code == 404
    assert carl.delete(one).status_code == 204
    assert not Partaking.objects.filter(user=cast.emma).exists()


def test_from_the_second_look_to_the_final_result(
    cast: SimpleNamespace, api: Any, bet: Challenge, rosa: User
) -> None:
    entry = make_entry(bet, cast.carl)
    other = make_entry(bet, cast.bertha)
    ruth, second = api(cast.ruth), api(rosa)
    claim = make_claim(entry)
    read = ruth.get(at(bet, "review")).json()["claims"][0]["based_on"]
    verify = f"/api/v1/claims/{claim.pk}/verify/"
    assert ruth.post(verify, {"decision": "confirm", "based_on": read}).status_code == 200
    late = second.post(verify, {"decision": "refuse", "reason": "Nein", "based_on": read})
    assert (late.status_code, late.json()["type"]) == (409, "urn:hatpin:problem:decided_meanwhile")
    assert second.post(f"/api/v1/entries/{other.pk}/conflict/").status_code == 204
    assert Conflict.objects.get().referee == rosa
    commit(close(bet))
    assert sampling.sample_of(bet)
    assert ruth.post(at(bet, "count")).json()["type"].endswith(":sample_waits")
    look = f"/api/v1/claims/{claim.pk}/second-look/"
    assert ruth.post(look, {"agrees": True}).status_code == 409
    assert second.post(look, {}).status_code == 400
    assert second.post(look, {"agrees": True}, format="json").json() == {"agrees": True}

    assert api(cast.emma).get(at(bet, "show")).status_code == 204
    assert api(cast.emma).post(at(bet, "show")).status_code == 403
    begun = ruth.post(at(bet, "show")).json()
    assert [step["kind"] for step in begun["shown"]] == ["opening"]
    drive = at(bet, "show/drive")
    assert ruth.post(drive, {"stop": True}, format="json").json()["is_interrupted"]
    assert not ruth.post(at(bet, "show")).json()["is_interrupted"]
    seen = api(cast.emma).get(at(bet, "show")).json()
    assert seen["shown"] == begun["shown"], "nothing further than the screen"
    assert ruth.post(drive, {"position": 5}, format="json").json()["position"] == 0, "only the next one"
    while not (now := ruth.post(drive, {}, format="json").json())["ended_at"]:
        assert len(now["shown"]) == now["position"] + 1
    bet.refresh_from_db()
    assert bet.is_revealed

    counted = api(cast.otto).get(at(bet, "published-claims")).json()["results"]
    assert [(one["outcome"], one["steps"]) for one in counted] == [("open", ["Schritt 1"])]
    settle = f"/api/v1/published-claims/{PublishedClaim.objects.get().pk}/settle/"
    assert second.post(settle, {"holds": False}, format="json").status_code == 400
    back = second.post(settle, {"holds": False, "reason": "Er ist wieder da"}, format="json").json()
    assert back["outcome"] == "reversed"
    assert ruth.post(at(bet, "final")).json()["phase"] == "final"


def test_before_the_reveal_nothing_is_published(cast: SimpleNamespace, api: Any, bet: Challenge) -> None:
    claim = make_claim(make_entry(bet, cast.carl))
    deciding.decide(claim=claim, referee=cast.ruth, is_confirmed=True)
    assert api(cast.otto).get(at(bet, "published-claims")).json()["results"] == []


def test_two_people_break_a_seal(cast: SimpleNamespace, api: Any, bet: Challenge) -> None:
    make_claim(make_entry(bet, cast.carl))
    ada, walter = api(cast.ada), api(cast.walter)
    assert ada.get(at(bet, "seal-break")).status_code == 204
    assert walter.post(at(bet, "seal-break/agree")).status_code == 204, "nobody asked"
    assert ada.post(at(bet, "seal-break"), {"reason": ""}).status_code == 400
    assert ada.post(at(bet, "seal-break"), {"reason": "Verdacht"}).status_code == 201
    assert ada.post(at(bet, "seal-break/agree")).status_code == 409
    assert walter.get(at(bet, "seal-break")).json()["reason"] == "Verdacht"
    assert ada.delete(at(bet, "seal-break")).status_code == 204
    assert ada.post(at(bet, "seal-break"), {"reason": "Doch"}).status_code == 201
    assert walter.post(at(bet, "seal-break/agree")).json()["agreed_at"]
    assert len(walter.get(at(bet, "review")).json()["claims"]) == 1
    for rival in (cast.carl, cast.otto):
        assert api(rival).get(at(bet, "seal-break")).status_code == 403


def test_a_rehearsal_by_program(cast: SimpleNamespace, api: Any, bet: Challenge) -> None:
    make_entry(bet, cast.carl)
    farid = api(cast.farid)
    made = farid.post(at(bet, "rehearsals")).json()
    assert made["is_rehearsal"]
    one = f"/api/v1/rehearsals/{made['id']}/"
    assert farid.post(one, {}, format="json").json()["position"] == 1
    assert len(farid.get(one).json()["shown"]) == 2
    assert farid.post(one, {"stop": True}, format="json").json()["ended_at"]
    assert api(cast.carl).get(one).status_code == 403
