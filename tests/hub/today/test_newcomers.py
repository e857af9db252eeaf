"""The newcomers' path: what comes next, read from one's own records; quiet, and easily set aside."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.nudges.models import Nudge, Tip
from hub.nudges.starter import load_starter_tips
from hub.people.models import User
from hub.today.newcomers import WEEKS, path_of
from hub.today.path import PathWeek, Stop, path_through
from learning.hours.models import LabDone, LabTask
from learning.hours.session_templates import LANGUAGES, template
from learning.notebooks import asking
from learning.notebooks.aid_actions import release
from learning.notebooks.models import Notebook
from learning.notebooks.reviewing import take_up
from learning.notebooks.starter import starter_id
from tests.factories import make_notebook, make_session, make_source
from tests.learning.notebooks.study import hand_made


def week(number: int, *done: bool) -> PathWeek:
    return PathWeek(number, tuple(Stop("tip", str(n), "/", is_done) for n, is_done in enumerate(done)))


def test_one_walks_the_first_week_with_something_left() -> None:
    path = path_through([week(1, True, True), week(2), week(3, True, False), week(4, False, False)])
    assert path is not None
    assert path.week.number == 3
    assert path.next_stop == Stop("tip", "1", "/", False)
    assert (path.done, path.stops, path.percent) == (3, 6, 50)


def test_a_path_without_stops_is_none_and_a_walked_one_ends() -> None:
    assert path_through([week(1), week(2)]) is None
    path = path_through([week(1, True), week(2, True)])
    assert path is not None
    assert (path.week.number, path.next_stop, path.percent) == (2, None, 100)


def test_every_course_is_made_of_what_came_with_the_hub() -> None:
    from hub.nudges.starters import STARTER_TIPS
    from learning.notebooks.starter import STARTERS

    assert len(WEEKS) == 4
    assert {course.notebook for course in WEEKS} <= {starter.slug for starter in STARTERS}
    assert {course.tip for course in WEEKS} <= {tip.key for tip in STARTER_TIPS}
    for course in WEEKS:
        assert all(template(course.lab, language).lab for language in LANGUAGES)


@pytest.fixture
def starter(cast: Any) -> Notebook:
    """The first week's notebook with cards, and all tips; of the second week the notebook alone."""
    notebook = make_notebook(cast.farid, audience="company", id=starter_id("basics"), title="KI-Grundlagen")
    make_source(notebook)
    item = {"kind": "card", "heading": "?", "body": "!", "says": "!", "data": {"answer": "!"}}
    release(aid=hand_made(notebook, "cards", [item]), by=cast.farid)
    make_notebook(cast.farid, audience="company", id=starter_id("prompts"), title="Gute Prompts")
    load_starter_tips()
    return notebook


def kinds(user: User) -> tuple[int, list[tuple[str, bool]]]:
    path = path_of(user, timezone.now())
    assert path is not None
    return path.week.number, [(stop.kind, stop.is_done) for stop in path.week.stops]


def test_each_step_is_done_by_doing_it_and_the_next_part_follows(
    starter: Notebook, cast: Any, sign_in: Any
) -> None:
    client = sign_in(cast.emma)
    todo = [("notebook", False), ("lab", False), ("tip", False), ("cards", False)]
    assert kinds(cast.emma) == (1, todo)
    assert "Deine ersten vier Wochen" in client.get("/").content.decode()

    asking.ask(notebook=starter, user=cast.emma, question="Wie hoch ist die Pauschale?")
    lab = client.get("/newcomers/lab/?week=1")
    assert template("check-an-answer", "de").lab[0].title in lab.content.decode()
    assert client.post("/newcomers/lab/", {"week": 1}).status_code == 302
    client.post("/newcomers/lab/", {"week": 1})
    tip = Tip.objects.get(key=WEEKS[0].tip)
    Nudge.objects.create(
        id="00000000-0000-4000-8000-000000000001",
        user=cast.emma,
        tip=tip,
        shown_on="2026-11-02",
        source=Nudge.Source.values[0],
        response=Nudge.Response.values[0],
        responded_at=timezone.now(),
    )
    assert kinds(cast.emma) == (1, [("notebook", True), ("lab", True), ("tip", True), ("cards", False)])

    take_up(aid=starter.aids.get(), learner=cast.emma)
    assert kinds(cast.emma) == (2, [("notebook", False), ("lab", False), ("tip", False)])
    assert kinds(cast.otto) == (1, todo), "another's steps are another's"

    assert client.post("/newcomers/lab/", {"week": 1, "back": "1"}).status_code == 200
    assert kinds(cast.emma)[0] == 1


def test_a_lab_done_in_an_hour_counts_in_either_language(starter: Notebook, cast: Any) -> None:
    task = LabTask.objects.create(
        session=make_session(cast.farid), position=0, title=template("check-an-answer", "en").lab[0].title
    )
    LabDone.objects.create(task=task, user=cast.emma)
    assert kinds(cast.emma)[1][1] == ("lab", True)


def test_it_is_set_aside_and_brought_back_and_ends_after_eight_weeks(
    starter: Notebook, cast: Any, sign_in: Any
) -> None:
    client = sign_in(cast.emma)
    client.post("/newcomers/set-aside/")
    client.post("/newcomers/set-aside/")
    assert client.get("/").context["path"] is None
    assert sign_in(cast.otto).get("/").context["path"] is not None
    assert "Den Einstieg wieder auf Heute zeigen" in client.get("/me/").content.decode()

    client.post("/newcomers/take-up/")
    assert client.get("/").context["path"] is not None
    assert path_of(cast.emma, timezone.now() + timedelta(weeks=9)) is None


def test_without_starter_notebooks_there_is_no_path(cast: Any, sign_in: Any) -> None:
    assert sign_in(cast.emma).get("/").context["path"] is None
    make_notebook(cast.farid, id=starter_id("basics"))
    assert sign_in(cast.emma).get("/").context["path"] is None, "nor with one that is private"


@pytest.mark.parametrize("wrong", ["0", "5", "x", "9" * 40])
def test_a_week_that_is_not_there_is_said(wrong: str, cast: Any, sign_in: Any) -> None:
    client = sign_in(cast.emma)
    assert client.get(f"/newcomers/lab/?week={wrong}").status_code == 200
    page = client.post("/newcomers/lab/", {"week": wrong})
    assert page.status_code == 422
    assert "Such dir eine der Wochen" in page.content.decode()
    assert not cast.emma.labs_tried.exists()


def test_the_queries_do_not_grow_with_what_was_done(starter: Notebook, cast: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            path_of(User.objects.get(pk=cast.emma.pk), timezone.now())
        return len(asked)

    before = queries()
    for number in range(3):
        asking.ask(notebook=starter, user=cast.emma, question=f"Wie hoch ist die Pauschale im Jahr {number}?")
        make_notebook(cast.farid, audience="company", id=starter_id(["data", "meetings", "offers"][number]))
    assert queries() == before <= 13
    cast.emma.joined_at -= timedelta(weeks=9)
    cast.emma.save()
    assert queries() == 1, "who is no newcomer costs nothing"


def test_programs_walk_the_path_too(starter: Notebook, api: Any, cast: Any) -> None:
    emma = api(cast.emma)
    path = emma.get("/api/v1/me/path/").json()
    assert (path["is_set_aside"], path["week"]) == (False, 1)
    assert {stop["kind"] for week in path["weeks"] for stop in week["stops"]} >= {"notebook", "lab"}
    done = emma.put("/api/v1/me/path/labs/1/").json()
    assert [stop["is_done"] for stop in done["weeks"][0]["stops"] if stop["kind"] == "lab"] == [True]
    assert emma.delete("/api/v1/me/path/labs/1/").status_code == 204
    assert not cast.emma.labs_tried.exists()
    assert emma.delete("/api/v1/me/path/").status_code == 204
    assert emma.get("/api/v1/me/path/").json() == {"is_set_aside": True, "week": None, "weeks": []}
    assert emma.put("/api/v1/me/path/").json()["week"] == 1
    for wrong in (0, 5, 999):
        assert emma.put(f"/api/v1/me/path/labs/{wrong}/").status_code == 404
