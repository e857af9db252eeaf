"""A pilot: agreed up front, measured in the open, decided on its day, and never a permanent one."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from challenges.pilots import actions, deciding, running
from challenges.pilots.models import Criterion, CriterionAmendment, Pilot
from challenges.pilots.starter import KEYS, all_starters, starter_of
from challenges.usecases.becoming import make_outcome, shown_path
from hub.ai.models import DataClass
from hub.notices.models import Notice
from hub.refusals import Refusal
from hub.stories.copies import copy_as
from tests.factories import make_pilot, make_story, make_tool, make_use_case, make_user

EVIL = "<script>alert(1)</script>"


def refused(code: str, call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    return str(caught.value.message)


# --- drafts ----------------------------------------------------------------------------------------
def test_the_six_templates_are_whole_in_both_languages() -> None:
    assert {(starter.slug, starter.language) for starter in all_starters()} == {
        (key, language) for key in KEYS for language in ("de", "en")
    }
    for starter in all_starters():
        assert starter.data_class in DataClass.values
        assert len(starter.title) <= 120
        assert 100 < len(starter.hypothesis) <= 1000
        assert len(starter.freed_time) <= 300
        assert len(starter.advice) == 3
        assert len(starter.criteria) == 2
        assert all(each.hint and each.threshold > 0 for each in starter.criteria)
    told = {starter.slug: starter for starter in all_starters() if starter.language == "de"}
    assert "Einwilligung" in told["dormant-customers"].notice
    assert "§ 7 UWG" in told["dormant-customers"].notice


def test_a_template_becomes_a_pilot_on_the_pages(cast: SimpleNamespace, sign_in: Any) -> None:
    emma, otto = sign_in(cast.emma), sign_in(cast.otto)
    tool = make_tool("Firmenchat", data_class="internal")
    assert "Aus Besprechungen werden Aufgaben" in emma.get("/pilots/new/").content.decode()
    assert emma.post("/pilots/new/", {"template": "nonsense"}).status_code == 422
    page = emma.post("/pilots/new/", {"template": "meeting-minutes"})["Location"]
    pilot = Pilot.objects.get()
    assert (pilot.owner, pilot.language, pilot.state) == (cast.emma, "de", "draft")
    assert otto.get(page).status_code == 404

    # What is missing is said, and it does not start.
    assert "Wähle das KI-System" in emma.get(page).content.decode()
    answer = emma.post(f"{page}start/")
    assert answer.status_code == 422
    assert "Noch nicht startklar" in answer.content.decode()

    day = (timezone.localdate() + timedelta(weeks=8)).isoformat()
    words = {
        "title": f"Protokolle {EVIL}", "hypothesis": f"Schneller {EVIL}", "system": tool.pk, "data_class": "internal",
        "affected": f"Wir {EVIL}", "affected_number": "8", "freed_time_goes_to": "In Aufgaben",
        "jobs_affected": "tasks", "jobs": "Niemand tippt mehr ab", "decides_on": day, "language": "de",
    }  # fmt: skip
    assert emma.post(f"{page}edit/", {**words, "title": " \u200b "}).status_code == 422
    assert emma.post(f"{page}edit/", words).status_code == 302
    for criterion in pilot.criteria.all():
        terms = {
            "measure": criterion.measure,
            "unit": "x",
            "direction": criterion.direction,
            "measured_by": day,
        }
        address = f"{page}criteria/{criterion.pk}/"
        assert criterion.hint in emma.get(address).content.decode()
        wrong = emma.post(address, {**terms, "baseline": "10", "threshold": "10"})
        assert wrong.status_code == 422
        assert "Schwelle muss besser sein" in wrong.content.decode()
        baseline, threshold = ("30,5", "10") if criterion.direction == "down" else ("40,5", "90")
        kept = emma.post(address, {**terms, "baseline": baseline, "threshold": threshold})
        assert kept.status_code == 302
    assert {criterion.baseline for criterion in pilot.criteria.all()} == {Decimal("30.5"), Decimal("40.5")}

    # The readiness check: an open item and a needed no hold it back, another no does not.
    check = emma.get(f"{page}readiness/").content.decode()
    assert "Frag vor jeder Aufnahme alle im Raum" in check
    answers = dict.fromkeys(actions.KNOWN, "yes") | {"costs": "no", "works_council": "no"}
    emma.post(f"{page}readiness/", answers)
    assert emma.post(f"{page}start/").status_code == 422
    emma.post(f"{page}readiness/", answers | {"works_council": ""})
    assert emma.post(f"{page}start/").status_code == 422
    emma.post(f"{page}readiness/", answers | {"works_council": "yes"})
    assert emma.post(f"{page}start/").status_code == 302

    # Everybody's now, markup as text; what was agreed stays.
    for path in (page, "/pilots/"):
        seen = otto.get(path).content.decode()
        assert "Protokolle &lt;script&gt;" in seen
        assert EVIL not in seen
    assert otto.post(f"{page}edit/", words).status_code == 403
    assert emma.post(f"{page}edit/", words).status_code == 409
    assert emma.post(f"{page}discard/").status_code == 409


def test_a_tool_that_does_not_take_the_data_is_refused_with_whom_to_ask(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    tool = make_tool("Netzrecherche", data_class="public")
    form = {"title": "Rechnungen", "system": tool.pk, "data_class": "confidential", "language": "de"}
    answer = sign_in(cast.emma).post("/pilots/write/", form)
    assert answer.status_code == 422
    assert "frag die, die das Register pflegen: Ada Miller" in answer.content.decode()
    body = {"title": "Rechnungen", "system": tool.slug, "data_class": "confidential"}
    told = api(cast.emma).post("/api/v1/pilots/", body, format="json")
    assert told.status_code == 400
    assert "Ada Miller" in str(told.json()["errors"])
    assert not Pilot.objects.exists()

    # The register changes after the draft was kept.
    pilot = make_pilot(cast.emma, state="draft")
    pilot.system.data_class = "public"
    pilot.system.save()
    assert "Ada Miller" in refused("data_class", actions.start, pilot=pilot)
    cast.ada.role_grants.all().delete()
    with translation.override("de"):
        assert "wer den Hub verwaltet" in refused("data_class", actions.start, pilot=pilot)
    pilot.system.data_class, pilot.system.is_allowed = "internal", False
    pilot.system.save()
    with translation.override("de"):
        assert "aus dem Register genommen" in refused("not_ready", actions.start, pilot=pilot)


def test_stories_and_use_cases_become_drafts_of_whoever_takes_them(
    cast: SimpleNamespace, sign_in: Any
) -> None:
    story = make_story(cast.ada, language="en", title="Minutes " * 14, body="word " * 390)
    assert "Als Pilotprojekt ausprobieren" in sign_in(cast.emma).get(f"/stories/{story.pk}/").content.decode()
    path = copy_as("pilot", story=story, user=cast.emma)
    pilot = Pilot.objects.get(owner=cast.emma)
    assert (path, pilot.state, pilot.language) == (f"/pilots/{pilot.pk}/", "draft", "en")
    assert pilot.hypothesis.startswith("What helped somebody else")
    assert len(pilot.hypothesis) <= 1000

    use_case = make_use_case(cast.emma)
    path = make_outcome("pilot", use_case=use_case, user=cast.farid)
    drafted = Pilot.objects.get(owner=cast.farid)
    assert (drafted.use_case, drafted.title, drafted.state) == (use_case, use_case.title, "draft")
    use_case.answer, use_case.became = "pilot", path
    assert shown_path(use_case, cast.farid) == path
    assert shown_path(use_case, cast.emma) == ""


# --- while it runs ---------------------------------------------------------------------------------
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


# --- the decision ----------------------------------------------------------------------------------
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


# --- pages for everybody ---------------------------------------------------------------------------
def test_the_list_puts_overdue_ones_first_and_drafts_are_their_owners(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    stopped = make_pilot(cast.emma, state="stopped")
    later = make_pilot(cast.emma, decides_in=20)
    soon = make_pilot(cast.ada, decides_in=3)
    late = make_pilot(cast.bertha, days_ago=40, decides_in=-9)
    draft = make_pilot(cast.emma, state="draft")
    rows = api(cast.otto).get("/api/v1/pilots/").json()["results"]
    assert [row["id"] for row in rows] == [str(one.pk) for one in (late, soon, later, stopped)]
    assert [row["is_overdue"] for row in rows] == [True, False, False, False]
    page = sign_in(cast.otto).get("/pilots/").content.decode()
    places = [page.index(one.title) for one in (late, soon, later, stopped)]
    assert places == sorted(places)
    assert draft.title not in page
    assert api(cast.otto).get("/api/v1/pilots/?state=draft").json()["count"] == 0
    assert api(cast.emma).get("/api/v1/pilots/?state=draft").json()["count"] == 1
    assert draft.title in sign_in(cast.emma).get("/pilots/").content.decode()


def test_pages_ask_the_database_no_more_when_there_is_more(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    emma, program = sign_in(cast.emma), api(cast.emma)
    pilot = make_pilot(cast.emma, state="running")
    paths = ((emma, "/pilots/"), (emma, f"/pilots/{pilot.pk}/"), (program, "/api/v1/pilots/"))

    def counted() -> list[int]:
        found = []
        for client, path in paths:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(path).status_code == 200
            found.append(len(queries))
        return found

    def fill(one: Pilot) -> None:
        for _each in range(3):
            criterion = Criterion.objects.create(
                pilot=one, measure="Fehler", baseline=9, threshold=1, measured_by=one.decides_on
            )
            for value in range(3):
                running.note_evidence(
                    criterion=criterion, by=one.owner, day=one.starts_on, value=Decimal(value)
                )
            running.amend(criterion=criterion, by=one.owner, reason="Zu streng", threshold=Decimal(2))

    fill(pilot)
    counted()
    before = counted()
    for owner in (cast.ada, cast.bertha, cast.farid):
        fill(make_pilot(owner))
    fill(pilot)
    assert counted() == before
    assert max(before) < 25


def test_programs_do_what_the_pages_do(cast: SimpleNamespace, api: Any) -> None:
    emma, tool = api(cast.emma), make_tool("Firmenchat", data_class="confidential")
    day = (timezone.localdate() + timedelta(weeks=6)).isoformat()
    made = emma.post(
        "/api/v1/pilots/from-template/", {"template": "offer-drafts", "language": "en"}, format="json"
    )
    assert made.status_code == 201
    address = f"/api/v1/pilots/{made.json()['id']}/"
    assert made.json()["title"] == starter_of("offer-drafts", "en").title
    assert "Wähle das KI-System aus dem Register." in made.json()["missing"]
    words = {"system": tool.slug, "affected_number": 4, "jobs_affected": "no", "decides_on": day}
    assert emma.patch(address, words, format="json").status_code == 200
    for criterion in made.json()["criteria"]:
        terms = {"baseline": "6.5" if criterion["direction"] == "down" else "1", "measured_by": day}
        assert (
            emma.patch(f"/api/v1/pilot-criteria/{criterion['id']}/", terms, format="json").status_code == 200
        )
    more = {"measure": "Fehler", "direction": "down", "baseline": "9", "threshold": "1", "measured_by": day}
    added = emma.post(f"{address}criteria/", more, format="json")
    assert added.status_code == 201
    assert emma.delete(f"/api/v1/pilot-criteria/{added.json()['id']}/").status_code == 204
    answers = dict.fromkeys(actions.KNOWN, True)
    unknown = emma.patch(f"{address}readiness/", {"answers": {"nonsense": True}}, format="json")
    assert unknown.status_code == 422
    assert emma.post(f"{address}start/").status_code == 422
    ready = emma.patch(f"{address}readiness/", {"answers": answers}, format="json")
    assert ready.json()["missing"] == []
    assert emma.post(f"{address}start/").json()["state"] == "running"
    assert emma.delete(address).status_code == 409
    given = {
        "criterion": made.json()["criteria"][0]["id"],
        "day": timezone.localdate().isoformat(),
        "value": "1.5",
    }
    assert emma.post(f"{address}evidence/", given, format="json").status_code == 201
    assert emma.delete(f"{address}evidence/").status_code == 204
    assert (
        emma.post(f"{address}decide/", {"outcome": "scale", "reason": "x"}, format="json").status_code == 409
    )
    stopped = emma.post(f"{address}decide/", {"outcome": "stop", "reason": "Zu teuer"}, format="json")
    assert stopped.json()["state"] == "stopped"
