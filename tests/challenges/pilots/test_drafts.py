"""What is agreed before a pilot starts: from a template, a story or a use case, with a tool that takes the data."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone, translation

from challenges.pilots import actions
from challenges.pilots.models import Pilot
from challenges.pilots.starter import KEYS, all_starters
from challenges.usecases.answering import answer
from challenges.usecases.becoming import make_outcome, shown_paths
from challenges.usecases.models import UseCase
from hub.ai.models import DataClass
from hub.ai.permission import may_i
from hub.core_time.expecting import is_hours_a_week
from hub.notices.models import Notice
from hub.stories.copies import copy_as
from tests.challenges.pilots.refusing import refused
from tests.factories import make_pilot, make_story, make_tool, make_use_case

EVIL = "<script>alert(1)</script>"


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
        assert len(starter.criteria) == 3
        assert sum(is_hours_a_week(each.unit) for each in starter.criteria) == 1  # what core time counts
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
    assert may_i(tool, "confidential").who_to_ask == "Ada Miller"
    assert "Ada Miller" in answer.content.decode(), "the same answer as that of May I?"
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
        assert "die Administration des Hubs" in refused("data_class", actions.start, pilot=pilot)
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
    assert shown_paths([use_case], cast.farid) == {path}
    assert shown_paths([use_case], cast.emma) == set()


def test_a_draft_thrown_away_gives_its_proposal_back(cast: SimpleNamespace) -> None:
    for leaves in (False, True):
        use_case = answer(use_case=make_use_case(cast.emma), user=cast.farid, answer="pilot")
        pilot = Pilot.objects.get(use_case=use_case)
        if leaves:
            actions.give_proposals_back_of([cast.farid])
            assert Pilot.objects.get(pk=pilot.pk).use_case is None, "the draft stays its owner's"
        else:
            actions.discard(pilot=pilot)
        use_case.refresh_from_db()
        assert (use_case.is_waiting, use_case.became, use_case.is_overdue) == (True, "", False)
        again = answer(use_case=use_case, user=cast.farid, answer="no", text="Doch nicht")
        assert again.answer == "no"
        told = Notice.objects.filter(user=cast.emma, path=f"/use-cases/{use_case.pk}/")
        assert sorted(told.values_list("kind", flat=True)) == [
            "use_case_no",
            "use_case_pilot",
            "use_case_waits_again",
        ], "of both answers, and of the time between"


def test_a_proposal_that_waits_again_is_told_at_once_to_whoever_answers(cast: SimpleNamespace) -> None:
    def told(person: Any, kind: str) -> int:
        return Notice.objects.filter(user=person, kind=kind).count()

    use_case = make_use_case(cast.emma)
    for times in (1, 2):
        answer(use_case=use_case, user=cast.farid, answer="pilot")
        actions.discard(pilot=Pilot.objects.get(use_case=use_case))
        # Nobody in particular: those who moderate, each time.
        assert [told(one, "use_case_reopened") for one in (cast.farid, cast.ada)] == [times, times]
        assert told(cast.emma, "use_case_waits_again") == times
    owned = make_use_case(cast.emma, answerer=cast.bertha)
    answer(use_case=owned, user=cast.bertha, answer="pilot")
    UseCase.objects.filter(pk=owned.pk).update(hidden_at=timezone.now(), hidden_reason="Ein Name")
    actions.discard(pilot=Pilot.objects.get(use_case=owned))
    assert told(cast.bertha, "use_case_reopened") == 0, "what is hidden waits for nobody"
    UseCase.objects.filter(pk=owned.pk).update(hidden_at=None, hidden_reason="")
    answer(use_case=owned, user=cast.bertha, answer="pilot")
    cast.bertha.status = "left"
    cast.bertha.save()
    actions.give_proposals_back_of([cast.bertha])
    assert told(cast.bertha, "use_case_reopened") == 0
    assert told(cast.farid, "use_case_reopened") == 3, "whoever was to answer has left"


def test_a_failure_is_tried_otherwise_with_what_went_wrong(cast: SimpleNamespace) -> None:
    told = {
        "kind": "failure",
        "went_wrong": "Zu viele Fehler",
        "next_time": "Kleiner beginnen",
        "language": "de",
    }
    story = make_story(cast.otto, **told)
    with translation.override("en"):
        copy_as("pilot", story=story, user=cast.emma)
    hypothesis = Pilot.objects.get().hypothesis
    assert all(
        word in hypothesis
        for word in ("nicht geklappt", "Was schiefging: Zu viele Fehler", "Kleiner beginnen")
    )
