"""While a pilot runs: evidence, amendments that nobody makes unseen, and somebody who looks after it."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from challenges.pilots import actions, running
from challenges.pilots.models import CriterionAmendment, Pilot, Reading
from hub.notices.models import Notice
from hub.people.models import User
from hub.refusals import Refusal
from tests.challenges.pilots.refusing import refused
from tests.factories import make_pilot, make_user

EVIL = "<script>alert(1)</script>"


def test_a_criterion_is_never_changed_silently(cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    pilot = make_pilot(cast.emma)
    criterion = pilot.criteria.get()
    refused("started", actions.set_criterion, pilot=pilot, criterion=criterion)
    refused("started", actions.remove_criterion, criterion=criterion)
    page = f"/pilots/{pilot.pk}/"
    terms = {
        "measure": f"Zeit {EVIL}", "unit": "Minuten", "direction": "down", "baseline": "30", "threshold": "20",
        "measured_by": pilot.decides_on.isoformat(),
    }  # fmt: skip
    emma = sign_in(cast.emma)
    assert emma.post(f"{page}criteria/{criterion.pk}/", terms).status_code == 422
    assert sign_in(cast.otto).post(f"{page}criteria/{criterion.pk}/", terms).status_code == 403
    criterion.refresh_from_db()
    assert criterion.threshold == 10
    said = {**terms, "reason": f"Der Raum hat kein Netz {EVIL}"}
    assert emma.post(f"{page}criteria/{criterion.pk}/", said).status_code == 302
    assert emma.post(f"{page}criteria/{criterion.pk}/", said).status_code == 409
    criterion.refresh_from_db()
    assert criterion.threshold == 20

    seen = sign_in(cast.otto).get(page).content.decode()
    assert "Zeit bis zum Protokoll" in seen
    assert "höchstens 10" in seen
    assert "höchstens 20" in seen
    assert "Emma Lindner" in seen
    assert "Der Raum hat kein Netz &lt;script&gt;" in seen
    assert EVIL not in seen
    told = api(cast.otto).get(f"/api/v1/pilots/{pilot.pk}/").json()["criteria"][0]
    assert (told["threshold"], told["amendments"][0]["threshold"]) == ("20.00", "10.00")
    assert told["amendments"][0]["by"] == "Emma Lindner"

    # By the API too only with a reason, and what was kept stays as it is.
    bare = api(cast.emma).patch(f"/api/v1/pilot-criteria/{criterion.pk}/", {"threshold": "25"}, format="json")
    assert bare.status_code == 400
    kept = CriterionAmendment.objects.get()
    kept.reason = "anders"
    with pytest.raises(TypeError):
        kept.save()
    last = {"threshold": "25", "reason": "Noch einmal"}
    answer = api(cast.emma).patch(f"/api/v1/pilot-criteria/{criterion.pk}/", last, format="json")
    assert answer.status_code == 200
    assert [one["threshold"] for one in answer.json()["amendments"]] == ["10.00", "20.00"]


def test_evidence_is_noted_drawn_and_taken_back(cast: SimpleNamespace, sign_in: Any) -> None:
    pilot = make_pilot(cast.emma)
    criterion, today, emma = pilot.criteria.get(), timezone.localdate(), sign_in(cast.emma)
    page = f"/pilots/{pilot.pk}/"
    note = {"criterion": criterion.pk, "note": EVIL}
    for days_ago, value in ((10, "24,5"), (3, "9")):
        form = {**note, "day": (today - timedelta(days=days_ago)).isoformat(), "value": value}
        assert emma.post(f"{page}evidence/", form).status_code == 302
    for day in (today + timedelta(days=1), pilot.starts_on - timedelta(days=1)):
        assert (
            emma.post(f"{page}evidence/", {**note, "day": day.isoformat(), "value": "1"}).status_code == 422
        )
    assert emma.post(f"{page}evidence/", {**note, "day": today, "value": "viel"}).status_code == 422
    foreign = make_pilot(cast.bertha).criteria.get()
    wrong = {**note, "criterion": foreign.pk, "day": today, "value": "1"}
    assert emma.post(f"{page}evidence/", wrong).status_code == 422
    assert (
        sign_in(cast.otto).post(f"{page}evidence/", {**note, "day": today, "value": "1"}).status_code == 403
    )

    seen = sign_in(cast.otto).get(page).content.decode()
    assert seen.count("evidence-dot") == 2
    assert "evidence-goal" in seen
    assert "style=" not in seen
    assert "24,5" in seen
    assert "erreicht" in seen
    assert EVIL not in seen
    assert emma.post(f"{page}evidence/undo/").status_code == 302
    assert [reading.value for reading in criterion.readings.all()] == [Decimal("24.5")]
    emma.post(f"{page}evidence/undo/")
    assert emma.post(f"{page}evidence/undo/").status_code == 409


def test_a_pilot_without_an_owner_is_shown_and_taken_over(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    colleague = make_user("Nils", team=cast.emma.team)
    pilot = make_pilot(cast.emma)
    page = f"/pilots/{pilot.pk}/"
    refused("has_owner", running.take_over, pilot=pilot, by=cast.farid, owner=cast.farid)
    cast.emma.status = "left"
    cast.emma.save()
    for path in ("/pilots/", page):
        seen = sign_in(cast.otto).get(path).content.decode()
        assert "gerade niemand zuständig" in seen
        assert "Emma Lindner" not in seen
    assert api(cast.otto).get(f"/api/v1/pilots/{pilot.pk}/").json()["owner"] is None
    assert sign_in(cast.otto).post(f"{page}take-over/").status_code == 403
    # A colleague volunteers, and names nobody else.
    nils = sign_in(colleague)
    assert "Ich übernehme es" in nils.get(page).content.decode()
    assert nils.post(f"{page}take-over/", {"email": cast.otto.email}).status_code == 422
    assert nils.post(f"{page}take-over/").status_code == 302
    pilot.refresh_from_db()
    assert pilot.owner == colleague

    colleague.status = "left"
    colleague.save()
    farid = sign_in(cast.farid)
    assert farid.post(f"{page}take-over/", {"email": "nobody@hatpin.example"}).status_code == 422
    assert farid.post(f"{page}take-over/", {"email": cast.otto.email}).status_code == 302
    assert farid.post(f"{page}take-over/").status_code == 409
    pilot.refresh_from_db()
    assert pilot.owner == cast.otto
    assert Notice.objects.filter(user=cast.otto, kind="pilot_yours").count() == 1
    # An erased owner, on a day when an executive takes it.
    Pilot.objects.update(owner=None)
    assert sign_in(cast.carl).post(f"{page}take-over/").status_code == 302


def test_works_councils_hear_of_one_that_affects_jobs(cast: SimpleNamespace) -> None:
    make_pilot(cast.emma, jobs_affected="tasks", jobs="Ablage entfällt")
    assert not Notice.objects.filter(kind="pilot_jobs").exists()
    pilot = make_pilot(cast.emma, jobs_affected="yes", jobs="Eine halbe Stelle wechselt die Aufgabe")
    actions.start(pilot=pilot)
    assert [notice.user for notice in Notice.objects.filter(kind="pilot_jobs")] == [cast.walter]


def test_what_was_noted_stands_after_a_day(cast: SimpleNamespace) -> None:
    pilot = make_pilot(cast.emma)
    noted = running.note_evidence(
        criterion=pilot.criteria.get(), by=cast.emma, day=timezone.localdate(), value=Decimal(40)
    )
    Reading.objects.filter(pk=noted.pk).update(created_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(Refusal):
        running.undo_evidence(pilot=pilot, by=cast.emma)
    assert Reading.objects.filter(pk=noted.pk).exists()


def test_a_scaled_one_is_taken_over_on_its_page_too(cast: SimpleNamespace, sign_in: Any) -> None:
    pilot = make_pilot(cast.emma, state="scaled")
    User.objects.filter(pk=cast.emma.pk).update(status=User.Status.LEFT)
    farid, path = sign_in(cast.farid), f"/pilots/{pilot.pk}/"
    assert f"{path}take-over/" in farid.get(path).content.decode()
    assert farid.post(f"{path}take-over/", {"names": "1", "email": ""}).status_code == 422
    assert farid.post(f"{path}take-over/", {"names": "1", "email": cast.otto.email}).status_code == 302
    taken = Pilot.objects.get()
    assert (taken.owner, taken.team) == (cast.otto, cast.emma.team)  # what it freed was freed there
