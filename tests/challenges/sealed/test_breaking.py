"""A seal is broken by two people with a reason, is audited at once, and everybody who takes part is told."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from challenges.contests.models import Challenge
from challenges.sealed import breaking, fetching
from challenges.sealed.models import Look, SealBreak
from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from tests.factories import make_challenge, make_claim, make_entry


@pytest.fixture
def bet(cast: Any) -> Challenge:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    make_claim(make_entry(bet, cast.carl), method="Sehr geheim")
    make_entry(bet, cast.bertha)
    return bet


def test_two_people_open_it_for_a_day(cast: Any, sign_in: Any, bet: Challenge) -> None:
    ada, walter = sign_in(cast.ada), sign_in(cast.walter)
    url, review = f"/challenges/{bet.pk}/seal/break/", f"/challenges/{bet.pk}/review/"
    assert ada.post(url, {"reason": ""}).status_code == 422
    assert ada.post(url, {"reason": "Verdacht auf falsche Belege"}).status_code == 302
    assert ada.post(url, {"agree": "1"}).status_code == 409, "not the same person twice"
    assert ada.get(review).status_code == 403
    assert walter.post(url, {"reason": "Noch eine"}).status_code == 409
    assert walter.post(url, {"agree": "1"}).status_code == 302
    for client in (ada, walter):
        page = client.get(review)
        assert "Sehr geheim" in page.content.decode()
        assert "verify" not in page.content.decode(), "seeing is not deciding"
    assert Look.objects.count() == 2
    actions = AuditEntry.objects.filter(action__startswith="challenge.seal").values_list("action", flat=True)
    assert sorted(actions) == ["challenge.seal_break_asked", "challenge.seal_broken"]
    told = Notice.objects.filter(kind="seal_broken").values_list("user", flat=True)
    assert set(told) == {cast.carl.pk, cast.bertha.pk}
    assert (
        "Verdacht auf falsche Belege"
        in sign_in(cast.carl).get(f"/challenges/{bet.pk}/seal/").content.decode()
    )
    assert sign_in(cast.hanna).get(review).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert sign_in(cast.ada).get(review).status_code == 403


@pytest.mark.parametrize("lost", ["role", "left", "takes part"])
def test_whoever_asked_must_still_be_allowed_when_the_second_agrees(
    lost: str, cast: Any, sign_in: Any, bet: Challenge
) -> None:
    url = f"/challenges/{bet.pk}/seal/break/"
    sign_in(cast.ada).post(url, {"reason": "Verdacht"})
    if lost == "role":
        cast.ada.role_grants.all().delete()
    elif lost == "left":
        type(cast.ada).objects.filter(pk=cast.ada.pk).update(status="left")
    else:
        make_entry(bet, cast.ada)
    refused = sign_in(cast.walter).post(url, {"agree": "1"})
    assert refused.status_code == 409
    assert "darf dieses Siegel nicht mehr brechen" in refused.content.decode()
    assert SealBreak.objects.get().agreed_at is None
    assert not Notice.objects.filter(kind="seal_broken").exists()
    assert sign_in(cast.walter).get(f"/challenges/{bet.pk}/review/").status_code == 403
    assert sign_in(cast.walter).post(url, {"refuse": "1", "reason": "Rolle verloren"}).status_code == 302
    assert SealBreak.objects.exclude(refused_at=None).exists(), "the way to a new request"


def test_a_broken_seal_is_open_only_to_who_still_holds_the_role(
    cast: Any, sign_in: Any, bet: Challenge
) -> None:
    breaking.agree(seal_break=breaking.ask(challenge=bet, by=cast.ada, reason="Verdacht"), by=cast.walter)
    review = f"/challenges/{bet.pk}/review/"
    ada = sign_in(cast.ada)
    assert ada.get(review).status_code == 200
    assert fetching.opened_claims(cast.ada).exists()
    cast.ada.role_grants.all().delete()
    assert ada.get(review).status_code == 403
    with pytest.raises(PermissionDenied):
        fetching.opened_claims(type(cast.ada).objects.get(pk=cast.ada.pk))


def test_who_takes_part_breaks_nothing(cast: Any, sign_in: Any, bet: Challenge) -> None:
    cast.carl.role_grants.create(role="administrator")
    url = f"/challenges/{bet.pk}/seal/break/"
    assert sign_in(cast.carl).post(url, {"reason": "Neugier"}).status_code == 403
    sign_in(cast.ada).post(url, {"reason": "Verdacht"})
    assert sign_in(cast.carl).post(url, {"agree": "1"}).status_code == 403
    assert SealBreak.objects.get().agreed_at is None
    page = sign_in(cast.carl).get(f"/challenges/{bet.pk}/seal/").content.decode()
    assert "Verdacht" not in page


def test_whoever_broke_it_also_answers_the_next_request(cast: Any, sign_in: Any, bet: Challenge) -> None:
    url, page = f"/challenges/{bet.pk}/seal/break/", f"/challenges/{bet.pk}/seal/"
    asked = sign_in(cast.ada).get(page).content.decode()
    assert "Everybody reads this" in asked
    sign_in(cast.ada).post(url, {"reason": "Verdacht"})
    sign_in(cast.walter).post(url, {"agree": "1"})
    sign_in(cast.ruth).post(url, {"reason": "Zweiter Verdacht"})
    shown = sign_in(cast.ada).get(page).content.decode()
    assert f"/challenges/{bet.pk}/review/" in shown
    assert "Zweiter Verdacht" in shown
    assert 'name="agree"' in shown


def test_a_cancelled_bet_is_not_said_to_have_no_seal(cast: Any, sign_in: Any, bet: Challenge) -> None:
    Challenge.objects.filter(pk=bet.pk).update(status="cancelled")
    answer = sign_in(cast.ada).post(f"/challenges/{bet.pk}/seal/break/", {"reason": "Verdacht"})
    assert answer.status_code == 409
    assert "Should it go on" in answer.content.decode()


def test_a_request_can_be_called_off(cast: Any, sign_in: Any, bet: Challenge) -> None:
    url = f"/challenges/{bet.pk}/seal/break/"
    sign_in(cast.ada).post(url, {"reason": "Verdacht"})
    assert sign_in(cast.ruth).post(url, {"call_off": "1"}).status_code == 403, "not another one's"
    sign_in(cast.ada).post(url, {"call_off": "1"})
    assert not SealBreak.objects.exists()
    assert AuditEntry.objects.filter(action="challenge.seal_break_called_off").count() == 1


def test_the_second_person_refuses_with_a_reason(cast: Any, sign_in: Any, api: Any, bet: Challenge) -> None:
    url, program = f"/challenges/{bet.pk}/seal/break/", f"/api/v1/challenges/{bet.pk}/seal-break/"
    ada, ruth = sign_in(cast.ada), sign_in(cast.ruth)
    ada.post(url, {"reason": "Verdacht"})
    assert ada.post(url, {"refuse": "1", "reason": "Doch nicht"}).status_code == 409, (
        "one's own is called off"
    )
    assert ruth.post(url, {"refuse": "1", "reason": ""}).status_code == 422
    assert ruth.post(url, {"refuse": "1", "reason": "Kein Anlass"}).status_code == 302
    assert SealBreak.objects.get().refused_by == cast.ruth
    assert AuditEntry.objects.filter(action="challenge.seal_break_refused").count() == 1
    assert Notice.objects.filter(user=cast.ada, kind="seal_break_refused").count() == 1
    page = f"/challenges/{bet.pk}/seal/"
    assert "Kein Anlass" in ada.get(page).content.decode()
    assert "Kein Anlass" not in sign_in(cast.carl).get(page).content.decode()
    for late in ("agree", "refuse", "call_off"):
        answer = sign_in(cast.walter).post(url, {late: "1", "reason": "Zu spät"})
        assert answer.status_code == 409, "nothing waits"
        assert "inzwischen beantwortet" in answer.content.decode()
    assert SealBreak.objects.count() == 1, "an answer asks for nothing"
    assert api(cast.ada).post(program, {"reason": "Neuer Verdacht"}).status_code == 201
    assert api(cast.walter).delete(program).status_code == 403
    stale = {"agree": "1", "request": str(SealBreak.objects.exclude(refused_at=None).get().pk)}
    assert sign_in(cast.walter).post(url, stale).status_code == 409, "that was another request"
    asked = SealBreak.objects.get(refused_at=None)
    assert f'name="request" value="{asked.pk}"' in sign_in(cast.walter).get(page).content.decode()
    assert api(cast.walter).post(f"{program}refuse/", {"reason": "Auch nicht"}).status_code == 204
    assert api(cast.ada).get(program).status_code == 204
    assert not Look.objects.exists()
