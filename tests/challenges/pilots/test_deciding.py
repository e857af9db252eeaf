"""On its day a pilot is scaled, extended once, or stopped; and what a scaled one leads to."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from challenges.contests.actions import take_over_draft
from challenges.pilots import deciding, running
from challenges.pilots.models import Pilot
from hub.audit.models import AuditEntry
from hub.refusals import Refusal
from tests.challenges.pilots.refusing import refused
from tests.factories import make_pilot, make_user

EVIL = "<script>alert(1)</script>"


def test_it_is_extended_once_and_then_decided(cast: SimpleNamespace, sign_in: Any) -> None:
    pilot, today, emma = make_pilot(cast.emma), timezone.localdate(), sign_in(cast.emma)
    page = f"/pilots/{pilot.pk}/"
    soon = {"until": (today + timedelta(weeks=4)).isoformat(), "reason": "Zwei Wochen waren Ferien"}
    assert emma.post(f"{page}extend/", soon).status_code == 409
    assert emma.post(f"{page}decide/", {"outcome": "scale", "reason": "Gut"}).status_code == 409
    assert "vorzeitig" in emma.get(page).content.decode().lower()

    Pilot.objects.update(decides_on=today)
    late = {**soon, "until": (today + timedelta(weeks=12, days=1)).isoformat()}
    assert emma.post(f"{page}extend/", late).status_code == 422
    assert emma.post(f"{page}extend/", {**soon, "reason": " "}).status_code == 422
    assert emma.post(f"{page}extend/", soon).status_code == 302
    pilot.refresh_from_db()
    assert (pilot.due_on, pilot.is_due(today)) == (today + timedelta(weeks=4), False)
    Pilot.objects.update(decides_on=today - timedelta(days=9), extended_to=today - timedelta(days=2))
    assert emma.post(f"{page}extend/", soon).status_code == 409
    assert "Entscheidung steht an" in sign_in(cast.otto).get("/pilots/").content.decode()

    # Nothing was measured: scaling needs a reason that says why all the same.
    bare = emma.post(f"{page}decide/", {"outcome": "scale", "reason": ""})
    assert bare.status_code == 422
    assert "Nicht erreicht: Zeit bis zum Protokoll" in bare.content.decode()
    assert sign_in(cast.otto).post(f"{page}decide/", {"outcome": "stop", "reason": "x"}).status_code == 403
    assert (
        emma.post(f"{page}decide/", {"outcome": "scale", "reason": f"Alle wollen es {EVIL}"}).status_code
        == 302
    )
    assert emma.post(f"{page}decide/", {"outcome": "stop", "reason": "Doch nicht"}).status_code == 409
    seen = sign_in(cast.otto).get(page).content.decode()
    assert "Alle wollen es &lt;script&gt;" in seen
    assert "Zwei Wochen waren Ferien" in seen


def test_it_can_be_stopped_early_with_a_reason_only(cast: SimpleNamespace) -> None:
    pilot = make_pilot(cast.emma)
    refused("reason_needed", deciding.decide, pilot=pilot, by=cast.emma, is_scaled=False, reason="  ")
    stopped = deciding.decide(pilot=pilot, by=cast.emma, is_scaled=False, reason="Das Werkzeug rät Zahlen.")
    assert (stopped.state, stopped.decided_by) == ("stopped", cast.emma)
    for call, more in (
        (deciding.extend, {"until": timezone.localdate() + timedelta(days=7), "reason": "x"}),
        (running.undo_evidence, {"by": cast.emma}),
    ):
        refused("not_running", call, pilot=pilot, **more)
    refused("not_scaled", deciding.plan_rollout, pilot=pilot)
    refused("not_scaled", deciding.seed_challenge, pilot=pilot, by=cast.farid)


def test_the_database_keeps_the_promises(cast: SimpleNamespace) -> None:
    pilot = make_pilot(cast.emma)
    for broken in (
        {"extended_to": pilot.decides_on},
        {"state": "scaled", "decision_reason": "x"},
        {"state": "stopped", "decided_at": timezone.now()},
        {"decides_on": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Pilot.objects.filter(pk=pilot.pk).update(**broken)


def test_a_scaled_pilot_seeds_a_checklist_and_a_bet(cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    pilot = make_pilot(cast.emma, state="scaled", language="en")
    page, emma, farid = f"/pilots/{pilot.pk}/", sign_in(cast.emma), sign_in(cast.farid)
    for _twice in range(2):
        assert emma.post(f"{page}rollout/").status_code == 302
    item = pilot.rollout.first()
    assert pilot.rollout.count() == len(deciding.ROLLOUT)
    assert item.text.startswith("Agree with the works council")
    assert sign_in(cast.otto).post(f"{page}rollout/{item.pk}/").status_code == 403
    emma.post(f"{page}rollout/{item.pk}/", {"done": "yes"})
    item.refresh_from_db()
    assert (item.is_done, item.done_by) == (True, cast.emma)
    back = api(cast.emma).patch(f"/api/v1/rollout-items/{item.pk}/", {"is_done": False}, format="json")
    assert back.json()["done_by"] is None

    # Who may open no bet is told who can.
    assert "Farid Nassar" in emma.get(page).content.decode()
    answer = emma.post(f"{page}challenge/")
    assert answer.status_code == 403
    assert "Farid Nassar" in answer.content.decode()
    drafted = farid.post(f"{page}challenge/")["Location"]
    pilot.refresh_from_db()
    challenge = pilot.challenge
    assert drafted == f"/challenges/{challenge.pk}/edit/"
    assert (challenge.status, challenge.organiser, challenge.title) == ("draft", cast.farid, pilot.title)
    assert "Es spart Zeit." in challenge.description
    assert farid.post(f"{page}challenge/")["Location"] == drafted
    other = make_user("Frieda", roles=("facilitator",))
    assert sign_in(other).post(f"{page}challenge/").status_code == 409
    # A draft of somebody else's is not named; without a referee it does not open.
    assert str(challenge.pk) not in emma.get(page).content.decode()
    assert farid.post(f"/challenges/{challenge.pk}/publish/").status_code == 409
    challenge.referees.set([cast.ruth])
    assert farid.post(f"/challenges/{challenge.pk}/publish/").status_code == 302
    assert f"/challenges/{challenge.pk}/" in emma.get(page).content.decode()


def test_a_draft_that_was_left_behind_is_taken_over_by_another_facilitator(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    pilot = make_pilot(cast.emma, state="scaled")
    page = f"/pilots/{pilot.pk}/challenge/"
    challenge = deciding.seed_challenge(pilot=pilot, by=cast.farid)
    challenge.referees.set([cast.ruth])
    frieda, stands_in = (make_user(name, roles=("facilitator",)) for name in ("Frieda", "Stella"))
    challenge.deputy = stands_in
    challenge.save(update_fields=["deputy"])
    type(cast.farid).objects.filter(pk=cast.farid.pk).update(status="left")
    assert sign_in(frieda).post(page).status_code == 409, "the deputy still sees it"
    type(stands_in).objects.filter(pk=stands_in.pk).update(status="left")
    assert sign_in(cast.emma).post(page).status_code == 403, "no facilitator"
    shown = sign_in(frieda).get(f"/pilots/{pilot.pk}/").content.decode()
    assert f'action="{page}"' in shown
    taken = sign_in(frieda).post(page)
    assert taken["Location"] == f"/challenges/{challenge.pk}/edit/"
    challenge.refresh_from_db()
    assert (challenge.organiser, challenge.deputy) == (frieda, None)
    assert list(challenge.referees.all()) == [cast.ruth], "as it was left"
    assert sign_in(frieda).get(taken["Location"]).status_code == 200
    assert AuditEntry.objects.filter(action="challenge.taken_over", object_id=str(challenge.pk)).count() == 1
    again = make_user("Fritz", roles=("facilitator",))
    assert api(again).post(f"/api/v1/pilots/{pilot.pk}/challenge/").status_code == 409, "hers now"
    with pytest.raises(Refusal):
        take_over_draft(challenge=challenge, by=again)
