"""One library: success stories, instructive failures and hatpins that were solved where the reader takes part."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hub.refusals import Refusal
from hub.stories import copies, pinning
from hub.stories.found_pins import found_pins_for
from hub.stories.models import Hatpin, Story
from hub.stories.places import places_seen_by
from learning.hours import preparing
from learning.hours.models import StudySession
from learning.hours.plans import AgendaPlan, TaskPlan, plan_of_template
from learning.hours.retelling import lab_from_story
from learning.hours.room_pins import place_of
from learning.hours.session_templates import templates
from tests.factories import make_session, make_story, make_tool

FAILURE = {
    "kind": "failure",
    "title": "Zahlen aus dem Nichts",
    "body": "Ich ließ Umsätze schätzen.",
    "went_wrong": "Die Zahlen waren erfunden.",
    "next_time": "Zahlen nur aus der Tabelle.",
    "language": "de",
    "is_named": "on",
}


def make_solved(session: StudySession, author: Any, text: str, helper: Any = None) -> Hatpin:
    pin = pinning.stick(place=place_of(session.pk), author=author, kind="stuck", text=text)
    if helper:
        pinning.pick_up(hatpin=pin, helper=helper)
        pinning.reply(hatpin=pin, author=helper, text="Erst die Datei hochladen.")
    return pinning.solve(hatpin=pin, by=author)


def test_a_failure_is_told_with_its_lesson(sign_in: Any, api: Any, cast: Any) -> None:
    emma = sign_in(cast.emma)
    form = emma.get("/stories/new/?kind=failure").content.decode()
    assert "Was schiefging" in form
    assert "minutes_saved" not in form
    assert "went_wrong" not in emma.get("/stories/new/").content.decode()
    for missing in ("went_wrong", "next_time", "body"):
        response = emma.post("/stories/new/", {**FAILURE, missing: " "})
        assert (response.status_code, list(response.context["form"].errors)) == (422, [missing])
    emma.post("/stories/new/", {**FAILURE, "publish": "1"})
    story = Story.objects.get()
    assert story.is_failure
    page = sign_in(cast.otto).get(f"/stories/{story.pk}/").content.decode()
    for words in ("Was schiefging", "Die Zahlen waren erfunden.", "Zahlen nur aus der Tabelle."):
        assert words in page
    assert "Was schiefging: Die Zahlen waren erfunden." in copies.as_markdown(story)
    # Changing it keeps what it is.
    emma.post(f"/stories/{story.pk}/edit/", {**FAILURE, "kind": "success", "went_wrong": "Alles."})
    story.refresh_from_db()
    assert (story.kind, story.went_wrong) == ("failure", "Alles.")
    assert api(cast.otto).get("/api/v1/stories/?q=alles&kind=failure").json()["count"] == 1
    assert api(cast.otto).get("/api/v1/stories/?kind=success").json()["count"] == 0


def test_programs_tell_failures_too(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    given = {name: value for name, value in FAILURE.items() if name != "is_named"}
    lacking = program.post("/api/v1/stories/", {**given, "next_time": ""})
    assert lacking.status_code == 400
    made = program.post("/api/v1/stories/", given).json()
    assert (made["kind"], made["next_time"]) == ("failure", "Zahlen nur aus der Tabelle.")
    url = f"/api/v1/stories/{made['id']}/"
    assert program.patch(url, {"kind": "success"}).status_code == 400
    assert program.patch(url, {"title": "Neu"}).json()["went_wrong"] == "Die Zahlen waren erfunden."
    plain = program.post("/api/v1/stories/", {"title": "x", "body": "y", "went_wrong": "z"}).json()
    assert (plain["kind"], plain["went_wrong"]) == ("success", "")


def test_solved_hatpins_are_found_only_where_the_reader_takes_part(sign_in: Any, api: Any, cast: Any) -> None:
    everybody, team = make_session(cast.farid), make_session(cast.farid, team=cast.farid.team)
    make_solved(everybody, cast.emma, "Wie bekomme ich die Tabelle hinein?", helper=cast.farid)
    make_solved(team, cast.farid, "Nur für das Team")
    pinning.stick(place=place_of(everybody.pk), author=cast.emma, kind="stuck", text="Noch offen")
    Hatpin.objects.create(
        place="elsewhere:1", kind="stuck", text="Niemandes Ort", author=cast.emma, solved_at=timezone.now()
    )
    page = sign_in(cast.otto).get("/stories/").content.decode()
    assert "Wie bekomme ich die Tabelle" in page
    assert "Erst die Datei hochladen." in page
    assert "Farid Nassar hat geholfen" in page
    for hidden in ("Nur für das Team", "Noch offen", "Niemandes Ort"):
        assert hidden not in page
        assert hidden not in sign_in(cast.otto).get(
            f"/stories/?kind=hatpin&q={hidden}"
        ).content.decode().replace(f'value="{hidden}"', "")
    assert "Nur für das Team" in sign_in(cast.farid).get("/stories/?kind=hatpin").content.decode()
    program = api(cast.otto)
    rows = program.get("/api/v1/solved-hatpins/").json()["results"]
    assert [row["text"] for row in rows] == ["Wie bekomme ich die Tabelle hinein?"]
    assert rows[0]["path"] == f"/hours/{everybody.pk}/"
    assert program.get("/api/v1/solved-hatpins/?q=datei HOCHLADEN").json()["count"] == 1
    assert program.get("/api/v1/solved-hatpins/?q=nirgends").json()["count"] == 0
    assert program.get("/api/v1/stories/?kind=hatpin").json()["count"] == 0


def test_whoever_stuck_it_without_a_name_stays_unnamed(sign_in: Any, cast: Any) -> None:
    session = make_session(cast.farid)
    pin = pinning.stick(
        place=place_of(session.pk), author=cast.emma, kind="stuck", text="Peinlich", is_named=False
    )
    pinning.reply(hatpin=pin, author=cast.emma, text="Hat sich erledigt")
    pinning.solve(hatpin=pin, by=cast.emma)
    page = sign_in(cast.otto).get("/stories/").content.decode()
    assert "Peinlich" in page
    assert "Lindner" not in page


def test_one_search_and_filters_over_all(sign_in: Any, cast: Any) -> None:
    make_story(cast.emma, title="Protokolle", body="mit dem Firmenchat", tool="Firmenchat")
    make_story(
        cast.emma,
        title="Reinfall",
        body="x",
        kind="failure",
        went_wrong="y",
        next_time="z",
        tool="Firmenchat",
    )
    make_solved(make_session(cast.farid), cast.emma, "Firmenchat nimmt keine Tabellen")
    otto = sign_in(cast.otto)
    titles = ("Protokolle", "Reinfall", "nimmt keine Tabellen")
    for query, expected in (
        ("", (True, True, True)),
        ("?q=firmenchat", (True, True, True)),
        ("?tool=Firmenchat", (True, True, True)),
        ("?kind=success", (True, False, False)),
        ("?kind=failure", (False, True, False)),
        ("?kind=hatpin", (False, False, True)),
        ("?q=tabellen", (False, False, True)),
        ("?kind=nonsense", (True, True, True)),
    ):
        page = otto.get(f"/stories/{query}").content.decode()
        assert tuple(title in page for title in titles) == expected, query


def test_what_became_a_story_stands_there_once(cast: Any) -> None:
    pin = make_solved(make_session(cast.farid), cast.emma, "Erst gelöst, dann erzählt")
    assert len(found_pins_for(cast.otto)) == 1
    story = pinning.story_from_hatpin(hatpin=pin, by=cast.emma)
    assert len(found_pins_for(cast.otto)) == 1  # a draft is nobody else's
    Story.objects.filter(pk=story.pk).update(state="published", published_at=timezone.now())
    assert len(found_pins_for(cast.otto)) == 0


def test_the_library_asks_as_often_for_many_pins(
    sign_in: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    otto = sign_in(cast.otto)
    for n in range(8):
        make_solved(make_session(cast.farid), cast.emma, f"Frage {n}", helper=cast.farid)
    with django_assert_max_num_queries(16):
        assert otto.get("/stories/").context["pin_count"] == 8
    with django_assert_max_num_queries(16):
        assert otto.get("/stories/?kind=hatpin").status_code == 200
    assert places_seen_by(cast.otto, ["hours:nonsense", "nobody:1", ""]) == {}


# --- Copy this --------------------------------------------------------------------------------------
def test_a_story_becomes_a_lab_task_of_the_next_open_hour(sign_in: Any, cast: Any) -> None:
    tool = make_tool("Firmenchat", data_class="internal")
    story = make_story(cast.emma, tool="firmenchat")
    farid = sign_in(cast.farid)
    refused = farid.post(f"/stories/{story.pk}/copy/", {"as": "lab"})
    assert refused.status_code == 409
    now = timezone.now()
    make_session(cast.bertha, starts_at=now + timedelta(days=1))
    session = make_session(cast.farid, starts_at=now + timedelta(days=2))
    made = farid.post(f"/stories/{story.pk}/copy/", {"as": "lab"})
    assert made["Location"] == f"/hours/{session.pk}/prepare/"
    task = session.lab.get()
    assert (task.title, task.tool, task.data_class) == (story.title, tool, "internal")
    assert story.body in task.instructions
    assert session.agenda.get().kind == "lab"
    assert story.title in farid.get(made["Location"]).content.decode()
    farid.post(f"/stories/{story.pk}/copy/", {"as": "lab"})
    assert (session.lab.count(), session.agenda.count()) == (2, 1)
    # Whoever runs no hours is not offered it, and a published hour is left alone.
    assert sign_in(cast.otto).post(f"/stories/{story.pk}/copy/", {"as": "lab"}).status_code == 422
    StudySession.objects.filter(pk=session.pk).update(published_at=now)
    assert farid.post(f"/stories/{story.pk}/copy/", {"as": "lab"}).status_code == 409


def test_a_task_made_of_a_story_stays_when_a_template_fills_the_hour_afterwards(
    sign_in: Any, api: Any, cast: Any
) -> None:
    story, farid = make_story(cast.emma), sign_in(cast.farid)
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=2))
    farid.post(f"/stories/{story.pk}/copy/", {"as": "lab"})
    # The rest is still to be chosen: the hour waits for it.
    assert f'value="{session.pk}"' in farid.get("/hours/prepare/").content.decode()
    slug = templates("de")[0].slug
    own = [task.title for task in plan_of_template(slug, user=cast.farid).lab]
    for _twice in range(2):
        farid.post("/hours/prepare/", {"session": session.pk, "source": f"template:{slug}"})
        assert [task.title for task in session.lab.all()] == [*own, story.title]
    assert preparing.waiting_for(cast.farid, timezone.now()) == []
    # Looked over and saved, it is still the story's; one that was taken out stays out.
    program, path = api(cast.farid), f"/api/v1/sessions/{session.pk}/preparation/"
    lab = program.get(path).json()["lab"]
    program.patch(path, {"lab": lab[-1:]}, format="json")
    program.patch(path, {"template": slug}, format="json")
    assert [task.title for task in session.lab.all()] == [*own, story.title]
    program.patch(path, {"lab": lab[:1]}, format="json")
    program.patch(path, {"template": slug}, format="json")
    assert [task.title for task in session.lab.all()] == own


def test_a_plan_without_a_lab_gets_one_for_a_story_and_a_full_one_is_refused(cast: Any) -> None:
    story = make_story(cast.emma)
    session = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=2))
    lab_from_story(story, cast.farid)
    plan = plan_of_template(templates("de")[0].slug, user=cast.farid)
    talk = replace(plan, agenda=(AgendaPlan("talk", "Vortrag", 20),), lab=())
    preparing.fill(session=session, plan=talk)
    assert [(item.kind, item.title) for item in session.agenda.all()] == [
        ("talk", "Vortrag"),
        ("lab", story.title),
    ]
    full = replace(plan, lab=tuple(TaskPlan(f"Aufgabe {n}") for n in range(preparing.MOST_TASKS)))
    with pytest.raises(Refusal):
        preparing.fill(session=session, plan=full)
    assert [task.title for task in session.lab.all()] == [story.title], "nothing was changed"


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_story_becomes_a_draft_of_a_tip(language: str, sign_in: Any, cast: Any) -> None:
    from hub.nudges.models import Tip

    story = make_story(cast.emma, language=language, body="Lang. " * 300)
    assert sign_in(cast.otto).post(f"/stories/{story.pk}/copy/", {"as": "tip"}).status_code == 422
    farid = sign_in(cast.farid)
    made = farid.post(f"/stories/{story.pk}/copy/", {"as": "tip"})
    tip = Tip.objects.get(author=cast.farid)
    assert made["Location"] == f"/tips/{tip.pk}/edit/"
    assert not tip.is_active
    text = tip.texts.get()
    assert (text.language, text.title, len(text.body)) == (language, story.title, 900)
    assert farid.get(made["Location"]).status_code == 200
    assert sign_in(cast.otto).get(f"/tips/{tip.pk}/").status_code == 404


def test_ones_own_solved_hatpin_is_taken_away_once_the_hour_is_over(cast: Any, sign_in: Any) -> None:
    session = make_session(cast.farid, starts_at=timezone.now() - timedelta(days=2))
    pin = make_solved(session, cast.emma, "Wie bekomme ich die Tabelle hinein?")
    assert "withdraw" not in sign_in(cast.otto).get("/stories/?kind=hatpin").content.decode()
    emma = sign_in(cast.emma)
    page = emma.get("/stories/?kind=hatpin").content.decode()
    path = f"/hours/{session.pk}/room/hatpins/{pin.pk}/"
    assert path in page
    emma.post(path, {"do": "reopen"})
    assert Hatpin.objects.get().is_solved, "the room is closed"
    sign_in(cast.otto).post(path, {"do": "withdraw"})
    assert Hatpin.objects.exists(), "only one's own"
    emma.post(path, {"do": "withdraw"})
    assert not Hatpin.objects.exists()
