"""The live room: steps, lab, questions and quiz; alike for everybody, and nobody's business afterwards."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from hub.ai.models import AISystem
from hub.people.models import User
from hub.refusals import Refusal
from hub.stories import pinning
from learning.hours import quiz_rounds, room, room_actions, room_pins
from learning.hours.models import (
    Attendance,
    LabDone,
    LeaderConsent,
    QuizAnswer,
    RoomQuestion,
    RoomVote,
    Rsvp,
)
from learning.notebooks.actions import remove
from tests.factories import make_team, make_tool, make_user
from tests.lived import Lived, lived_hour


@pytest.fixture
def lived(cast: Any) -> Lived:
    return lived_hour(cast.farid, title="<i>Freitag</i>").fill()


def own_of(response: Any) -> dict[str, Any]:
    return json.loads(response["HX-Trigger"])["room:own"]


def test_the_room_shows_where_the_hour_stands(sign_in: Any, cast: Any, lived: Lived) -> None:
    lived.question.text = "<script>alert(1)</script>"
    lived.question.save()
    for n, person in enumerate((cast.emma, cast.otto)):
        Attendance.objects.create(session=lived.session, user=person, is_remote=bool(n))
    page = sign_in(cast.emma).get(f"/hours/{lived.session.pk}/room/").content.decode()
    assert "&lt;i&gt;Freitag&lt;/i&gt;" in page
    assert "<script>alert" not in page
    assert "(1 von woanders)" in page
    assert 'aria-current="step"' in page
    assert "Fasse in fünf Sätzen zusammen:" in page
    assert "Diesen Punkt beginnen" not in page
    steered = sign_in(cast.farid).get(f"/hours/{lived.session.pk}/room/").content.decode()
    assert "Diesen Punkt beginnen" in steered
    news = sign_in(cast.otto).get(f"/hours/{lived.session.pk}/room/news/").json()
    assert set(news) == {*room.SECTIONS, "phase", "closed"}
    assert "Personen sind da" in news["presence"]


@pytest.mark.parametrize(
    "path", ["/", "/hours/{}/", "/hours/{}/presence/", "/hours/{}/room/", "/hours/{}/room/news/"]
)
def test_a_rooms_numbers_are_told_to_whoever_is_in_it(
    path: str, sign_in: Any, cast: Any, lived: Lived
) -> None:
    """Emma and Otto are in, Farid runs the hour; Ada administers the hub, but is elsewhere."""
    User.objects.update(language="de")
    for person in (cast.emma, cast.otto):
        Attendance.objects.create(session=lived.session, user=person)
        LabDone.objects.create(task=lived.task, user=person)
        QuizAnswer.objects.create(round=lived.round, user=person, option=0)

    def told(person: User) -> set[str]:
        page = sign_in(person).get(path.format(lived.session.pk))
        words = str(page.json()) if path.endswith("news/") else page.content.decode()
        words = re.sub(r"<[^>]*>|\\n|\s+", " ", words)
        return set(
            re.findall(
                r"\d+ +(?:Personen sind da|Personen sind fertig|Personen haben|Antworten bisher)", words
            )
        )

    assert told(cast.ada) == set()
    assert told(cast.emma) == told(cast.farid) != set()


def test_programs_are_told_a_rooms_numbers_by_whoever_is_in_it(api: Any, cast: Any, lived: Lived) -> None:
    Attendance.objects.create(session=lived.session, user=cast.emma)
    LabDone.objects.create(task=lived.task, user=cast.emma)
    QuizAnswer.objects.create(round=lived.round, user=cast.emma, option=0)
    url = f"/api/v1/sessions/{lived.session.pk}/room/"

    def numbers(person: User) -> tuple[object, ...]:
        seen = api(person).get(url).json()
        return seen["present"], seen["remote"], seen["tasks"][0]["done"], seen["round"]["answered"]

    assert numbers(cast.ada) == (None, 0, None, None)
    assert numbers(cast.emma) == numbers(cast.farid) == (1, 0, 1, 1)


def test_the_stream_of_whoever_looks_in_carries_no_numbers(cast: Any, lived: Lived) -> None:
    before = room.shared_sections(lived.session.pk, is_inside=False)
    for person in (cast.emma, cast.otto):
        Attendance.objects.create(session=lived.session, user=person, is_remote=True)
        LabDone.objects.create(task=lived.task, user=person)
        QuizAnswer.objects.create(round=lived.round, user=person, option=0)
    assert room.shared_sections(lived.session.pk, is_inside=False) == before
    assert room.shared_sections(lived.session.pk) != before


def test_a_task_is_done_once_with_its_time_and_can_be_taken_back(
    sign_in: Any, cast: Any, lived: Lived
) -> None:
    emma, url = sign_in(cast.emma), f"/hours/{lived.session.pk}/room/lab/{lived.task.pk}/"
    first = emma.post(url, headers={"HX-Request": "true"})
    assert first.status_code == 204
    at = own_of(first)["tasks"][str(lived.task.pk)]
    assert at == timezone.localtime(LabDone.objects.get().done_at, timezone.get_default_timezone()).strftime(
        "%H:%M"
    )
    emma.post(url)
    assert LabDone.objects.count() == 1
    assert room.state_of(lived.session.pk, timezone.now()).tasks[0].count == 1
    assert emma.post(url, {"undo": "1"})["Location"] == f"/hours/{lived.session.pk}/room/"
    assert not LabDone.objects.exists()


def test_a_task_without_a_tool_offers_all_that_take_its_data(cast: Any, lived: Lived) -> None:
    for name, data_class in (("Chat", "internal"), ("Netz", "public"), ("Akten", "confidential")):
        make_tool(name, data_class=data_class, link=f"https://{name.lower()}.example/")
    own = make_tool("Eigenes", data_class="internal", link="https://eigen.example/")
    make_tool("Verboten", data_class="confidential", link="https://weg.example/", is_allowed=False)
    lived.session.lab.update(data_class="internal")

    def offered() -> list[str]:
        tasks = room.state_of(lived.session.pk, timezone.now()).tasks
        return [tool.name for tool in tasks[0].launchers]

    assert offered() == ["Akten", "Chat", "Eigenes"]
    lived.session.lab.update(tool=own)
    assert offered() == ["Eigenes"]
    AISystem.objects.filter(pk=own.pk).update(is_allowed=False)
    assert offered() == ["Akten", "Chat"]


def test_pages_and_interface_offer_the_same_tools(sign_in: Any, api: Any, cast: Any, lived: Lived) -> None:
    own = make_tool("Eigenes", data_class="internal", link="https://eigen.example/")
    make_tool("Netz", data_class="public", link="https://netz.example/")
    lived.session.lab.update(data_class="public")
    emma = sign_in(cast.emma)
    both = [("Eigenes", "https://eigen.example/"), ("Netz", "https://netz.example/")]

    def row() -> dict[str, Any]:
        return api(cast.emma).get(f"/api/v1/sessions/{lived.session.pk}/room/").json()["tasks"][0]

    def offered() -> list[tuple[str, str]]:
        return [(launcher["tool"], launcher["link"]) for launcher in row()["launchers"]]

    assert (row()["tool"], row()["link"], offered()) == (None, None, both)
    lived.session.lab.update(tool=own)
    assert (row()["tool"], row()["link"], offered()) == ("Eigenes", "https://eigen.example/", both[:1])
    assert "Eigenes" in emma.get(f"/hours/{lived.session.pk}/room/").content.decode()
    AISystem.objects.filter(pk=own.pk).update(is_allowed=False)
    assert (row()["tool"], row()["link"], offered()) == (None, None, both[1:])
    page = emma.get(f"/hours/{lived.session.pk}/room/").content.decode()
    assert "Eigenes" not in page
    assert "https://netz.example/" in page


@pytest.mark.parametrize("days", [-2, 3])
def test_a_tool_no_longer_allowed_is_not_named_before_or_after_the_hour(
    days: int, sign_in: Any, cast: Any
) -> None:
    lived = lived_hour(cast.farid, starts_at=timezone.now() - timedelta(days=days))
    assert lived.task
    lived.session.lab.update(tool=make_tool("Eigenes", link="https://eigen.example/"))
    there = make_user()
    Attendance.objects.create(session=lived.session, user=there)
    pages = [sign_in(person) for person in (cast.emma, there)]
    for is_allowed in (True, False):
        AISystem.objects.update(is_allowed=is_allowed)
        for page in pages:
            assert ("Eigenes" in page.get(f"/hours/{lived.session.pk}/").content.decode()) is is_allowed


def test_ones_own_teams_progress_is_told_from_five_in_the_room(sign_in: Any, cast: Any, lived: Lived) -> None:
    url = f"/hours/{lived.session.pk}/room/lab/{lived.task.pk}/"
    team = [cast.emma, *(make_user(f"Tina{n}", team=cast.emma.team) for n in range(4))]
    LabDone.objects.create(task=lived.task, user=make_user("Nils", team=cast.emma.team))  # did not check in
    LabDone.objects.create(task=lived.task, user=make_user("Fremd", team=make_team("Weit weg")))
    for person in team[1:]:
        Attendance.objects.create(session=lived.session, user=person)
        LabDone.objects.create(task=lived.task, user=person)
    emma = sign_in(cast.emma)
    assert own_of(emma.post(url, headers={"HX-Request": "true"}))["team"] == {}
    Attendance.objects.create(session=lived.session, user=cast.emma)
    told = own_of(emma.post(url, headers={"HX-Request": "true"}))["team"]
    assert told == {str(lived.task.pk): "Euer Team: 5 von 5 sind fertig"}
    stranger = own_of(sign_in(make_user("Solo")).post(url, headers={"HX-Request": "true"}))
    assert stranger["team"] == {}


def test_questions_are_asked_with_or_without_a_name_voted_for_and_hidden(
    sign_in: Any, cast: Any, lived: Lived
) -> None:
    emma, otto, farid = (sign_in(person) for person in (cast.emma, cast.otto, cast.farid))
    here = f"/hours/{lived.session.pk}/room"
    lived.question.delete()
    assert emma.post(f"{here}/ask/", {"text": "Ohne Namen"}).status_code == 302
    emma.post(f"{here}/ask/", {"text": "Mit Namen", "is_named": "on"})
    empty = emma.post(f"{here}/ask/", {"text": "  "}, headers={"HX-Request": "true"})
    assert (empty.status_code, empty.content.decode()) == (422, "Schreib zuerst deine Frage.")
    named = RoomQuestion.objects.get(text="Mit Namen")
    for _again in range(2):
        assert (
            str(named.pk)
            in own_of(otto.post(f"{here}/questions/{named.pk}/vote/", headers={"HX-Request": "true"}))[
                "votes"
            ]
        )
    html = farid.get(f"{here}/news/").json()["questions"]
    assert html.index("Mit Namen") < html.index("Ohne Namen")  # two votes before one
    assert html.count("Emma Lindner") == 1
    otto.post(f"{here}/questions/{named.pk}/vote/", {"undo": "1"})
    assert RoomVote.objects.filter(question=named).count() == 1
    assert emma.post(f"{here}/questions/{named.pk}/", {"do": "hide"}).status_code == 403
    farid.post(f"{here}/questions/{named.pk}/", {"do": "hide"})
    assert "Mit Namen" not in otto.get(f"{here}/news/").json()["questions"]
    assert otto.post(f"{here}/questions/{named.pk}/vote/").status_code == 404
    farid.post(f"{here}/questions/{named.pk}/", {"do": "show"})
    farid.post(f"{here}/questions/{named.pk}/", {"do": "answered"})
    assert "beantwortet" in otto.get(f"{here}/news/").json()["questions"]
    for n in range(room_actions.MOST_QUESTIONS_A_PERSON):
        last = emma.post(f"{here}/ask/", {"text": f"Frage {n}"}, headers={"HX-Request": "true"})
    assert last.status_code == 429


def _answer(lived: Lived, people: list[User]) -> None:
    for n, person in enumerate(people):
        quiz_rounds.answer(round_=lived.round, user=person, option=n % 2)


def test_the_spread_shows_after_closing_and_from_five_answers_on(
    sign_in: Any, cast: Any, lived: Lived
) -> None:
    people = [cast.emma, cast.bertha, cast.carl, cast.hanna]
    Attendance.objects.create(session=lived.session, user=cast.emma)
    _answer(lived, people)
    emma, farid = sign_in(cast.emma), sign_in(cast.farid)
    here = f"/hours/{lived.session.pk}/room"
    assert 'class="is-right"' not in emma.get(f"{here}/news/").json()["quiz"]
    farid.post(f"{here}/quiz/close/")
    closed = emma.get(f"{here}/news/").json()["quiz"]
    assert 'class="is-right"' in closed
    assert "ab fünf Antworten" in closed
    assert "live-bar" not in closed
    late = emma.post(f"{here}/rounds/{lived.round.pk}/", {"option": "1"}, headers={"HX-Request": "true"})
    assert (late.status_code, late.content.decode()) == (
        409,
        "Diese Frage ist geschlossen. Die nächste kommt.",
    )
    farid.post(f"{here}/quiz/next/")
    opened = lived.session.rounds.get(closed_at=None)
    for person in [*people, cast.otto, cast.ruth]:
        sign_in(person).post(f"{here}/rounds/{opened.pk}/", {"option": "0"})
    changed = emma.post(f"{here}/rounds/{opened.pk}/", {"option": "3"}, headers={"HX-Request": "true"})
    assert own_of(changed)["answers"][str(opened.pk)] == 0  # the first answer stays
    for given in ("7", "-1", "²", ""):
        assert (
            emma.post(
                f"{here}/rounds/{opened.pk}/", {"option": given}, headers={"HX-Request": "true"}
            ).status_code
            == 422
        )
    farid.post(f"{here}/quiz/next/")
    assert quiz_rounds.spread_of(lived.session.rounds.get(pk=opened.pk)).counts == (6, 0, 0, 0)
    farid.post(f"{here}/quiz/next/")
    assert "gestellt" in farid.get(f"/hours/{lived.session.pk}/room/").content.decode()
    assert QuizAnswer.objects.filter(user=cast.emma).count() == 2


def test_a_question_whose_source_is_withdrawn_is_not_shown(cast: Any, lived: Lived) -> None:
    assert room.state_of(lived.session.pk, timezone.now()).item
    remove(source=lived.notebook.sources.get(), user=cast.farid)
    state = room.state_of(lived.session.pk, timezone.now())
    assert (state.item, state.options, quiz_rounds.askable(lived.session)) == (None, [], [])


@pytest.mark.django_db(transaction=True)
def test_many_answers_and_votes_of_one_person_at_once_are_one() -> None:
    lived, emma = lived_hour(make_user("Farid", roles=("facilitator",))).fill(), make_user("Emma")
    codes: set[str] = set()

    def press(number: int) -> None:
        try:
            quiz_rounds.answer(round_=lived.round, user=emma, option=number % 4)
            room_actions.vote(question=lived.question, user=emma)
            quiz_rounds.open_next(session=lived.session) if number == 0 else None
        except Refusal as refusal:
            codes.add(refusal.code)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(press, range(12)))
    assert codes <= {"round_closed"}
    assert QuizAnswer.objects.filter(user=emma, round=lived.round).count() <= 1
    assert RoomVote.objects.filter(user=emma).count() <= 1
    assert lived.session.rounds.filter(closed_at=None).count() == 1


def test_before_and_after_the_hour_the_room_is_closed_and_nameless(
    sign_in: Any, cast: Any, lived: Lived
) -> None:
    session, farid = lived.session, sign_in(cast.farid)
    Attendance.objects.create(session=session, user=cast.emma)
    assert "Emma Lindner" in farid.get(f"/hours/{session.pk}/room/people/").content.decode()
    ended = timezone.localtime(timezone.now() - timedelta(hours=2))
    session.local_date, session.local_time = ended.date(), ended.time()
    session.time_zone = str(timezone.get_current_timezone())
    session.save()
    names = farid.get(f"/hours/{session.pk}/room/people/").content.decode()
    assert "Emma Lindner" not in names
    emma, here = sign_in(cast.emma), f"/hours/{session.pk}/room"
    assert emma.get(f"{here}/")["Location"] == f"/hours/{session.pk}/"
    assert emma.get(f"{here}/news/").json() == {"phase": "after", "closed": "yes"}
    assert set(farid.get(f"/hours/{session.pk}/screen/news/").json()) == {"code", "phase", "closed", "shows"}
    for path in (
        f"lab/{lived.task.pk}/",
        "ask/",
        f"questions/{lived.question.pk}/vote/",
        f"rounds/{lived.round.pk}/",
        "hatpins/",
        f"hatpins/{lived.hatpin.pk}/",
        f"hatpins/{lived.hatpin.pk}/reply/",
    ):
        refused = emma.post(f"{here}/{path}", {"text": "x", "option": "0"}, headers={"HX-Request": "true"})
        assert refused.status_code == 409, path
    assert farid.post(f"{here}/step/", {"step": "0"}, headers={"HX-Request": "true"}).status_code == 409
    assert farid.get(f"/hours/{session.pk}/screen/news/").json()["phase"] == "after"
    assert "wall-code" not in farid.get(f"/hours/{session.pk}/screen/news/").json()["code"]


def test_leaders_in_the_room_are_named_only_where_they_agreed(cast: Any, lived: Lived) -> None:
    for person in (cast.bertha, cast.carl, cast.emma):
        Attendance.objects.create(session=lived.session, user=person)
    assert room.leaders_in(lived.session) == []
    Rsvp.objects.create(session=lived.session, user=cast.bertha, reply="yes", is_announced=True)
    LeaderConsent.objects.create(user=cast.carl, shows_attendance=True)
    LeaderConsent.objects.create(user=cast.emma, shows_attendance=True)  # no executive
    assert room.leaders_in(lived.session) == ["Bertha Ringer", "Carl Brandt"]


def test_a_step_keeps_its_time_and_must_be_one(cast: Any, lived: Lived) -> None:
    started = lived.session.room.step_started_at
    room_actions.go_to_step(session=lived.session, step=1, now=timezone.now() + timedelta(minutes=3))
    lived.session.room.refresh_from_db()
    assert lived.session.room.step_started_at == started
    with pytest.raises(Refusal):
        room_actions.go_to_step(session=lived.session, step=3)


def test_what_would_do_nothing_is_not_offered(sign_in: Any, cast: Any, lived: Lived) -> None:
    here, farid = f"/hours/{lived.session.pk}/room/", sign_in(cast.farid)
    page = farid.get(here).content.decode()
    assert '<option value="1" disabled>Quiz</option><option value="2" selected>' in page
    for _more in range(2):
        quiz_rounds.open_next(session=lived.session)
    quiz_rounds.close(session=lived.session)
    room_actions.go_to_step(session=lived.session, step=2)
    page = farid.get(here).content.decode()
    assert '<option value="" selected>' in page
    assert "data-next disabled" in page
    assert "data-close hidden" in page


def test_a_step_gets_five_more_minutes_once_a_press(sign_in: Any, api: Any, cast: Any, lived: Lived) -> None:
    session, url = lived.session, f"/hours/{lived.session.pk}/room/step/more/"
    farid, known = sign_in(cast.farid), {"step": "1", "extra": "0"}
    before = room.state_of(session.pk, timezone.now())
    for _twice in range(2):
        assert farid.post(url, known, headers={"HX-Request": "true"}).status_code == 204
    after = room.state_of(session.pk, timezone.now())
    assert after.step_ends_at - before.step_ends_at == timedelta(minutes=5)
    other = farid.post(url, {"step": "0", "extra": "0"}, headers={"HX-Request": "true"})
    assert (other.status_code, other.content.decode()) == (409, "Inzwischen läuft ein anderer Punkt.")
    assert sign_in(cast.emma).post(url, known).status_code == 403
    more = f"/api/v1/sessions/{session.pk}/room/step/more/"
    assert api(cast.farid).post(more, {"step": 1, "extra_minutes": 5}).status_code == 204
    assert api(cast.farid).get(f"/api/v1/sessions/{session.pk}/room/").json()["extra_minutes"] == 10
    # Where its time is up they count from now on.
    session.room.step_started_at = timezone.now() - timedelta(minutes=32, seconds=30)
    session.room.extra_minutes = 10
    session.room.save()
    room_actions.give_time(session=session, step=1, extra=10)
    left = room.state_of(session.pk, timezone.now()).step_ends_at - timezone.now()
    assert timedelta(minutes=5) <= left <= timedelta(minutes=6)
    room_actions.go_to_step(session=session, step=2)
    assert room.state_of(session.pk, timezone.now()).extra_minutes == 0


def test_an_agenda_that_outlasts_the_hour_says_so_to_whoever_runs_it(
    sign_in: Any, cast: Any, lived: Lived
) -> None:
    session, here = lived.session, f"/hours/{lived.session.pk}/room/"
    room_actions.go_to_step(session=session, step=0, now=session.starts_at)
    assert room.state_of(session.pk, timezone.now()).minutes_over == 0
    room_actions.give_time(session=session, step=0, extra=0)
    assert room.state_of(session.pk, timezone.now()).minutes_over == 5
    sentence = "So endet das Programm 5 Minuten nach der Stunde."
    assert f'data-for="runs">{sentence}' in sign_in(cast.farid).get(here).content.decode()
    assert f'data-for="runs" hidden>{sentence}' in sign_in(cast.emma).get(here).content.decode()


def test_programs_read_what_is_mine_and_what_is_right(api: Any, cast: Any, lived: Lived) -> None:
    asked = room_actions.ask(session=lived.session, user=cast.emma, text="Wie lange?")
    team = [cast.emma, *(make_user(f"Tina{n}", team=cast.emma.team) for n in range(4))]
    for person in team[1:]:
        Attendance.objects.create(session=lived.session, user=person)
        LabDone.objects.create(task=lived.task, user=person)
    url = f"/api/v1/sessions/{lived.session.pk}/room/"
    seen = api(cast.emma).get(url).json()
    assert seen["mine"]["questions"] == [str(asked.pk)]
    assert (seen["mine"]["team"], seen["round"]["right"]) == (None, None)
    Attendance.objects.create(session=lived.session, user=cast.emma)
    quiz_rounds.close(session=lived.session)
    seen = api(cast.emma).get(url).json()
    assert seen["mine"]["team"] == {"present": 5, "done": {str(lived.task.pk): 4}}
    assert seen["round"]["right"] == 0


@pytest.mark.parametrize("rows", [1, 30])
def test_the_state_costs_the_same_however_full_the_room_is(
    rows: int, cast: Any, lived: Lived, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(rows):
        person = make_user(f"P{n}", is_executive=True)
        Attendance.objects.create(session=lived.session, user=person)
        LeaderConsent.objects.create(user=person, shows_attendance=True)
        LabDone.objects.create(task=lived.task, user=person)
        room_actions.ask(session=lived.session, user=person, text=f"Frage {n}", is_named=True)
        pin = pinning.stick(
            place=room_pins.place_of(lived.session.pk), author=person, kind="stuck", text=f"Fest {n}"
        )
        pinning.reply(hatpin=pin, author=cast.emma, text="Oben rechts")
    with django_assert_num_queries(13):
        room.sections_of(room.state_of(lived.session.pk, timezone.now()))


def test_a_second_press_of_the_same_page_burns_no_question(sign_in: Any, cast: Any, lived: Lived) -> None:
    here = f"/hours/{lived.session.pk}/room"
    farid = sign_in(cast.farid)
    before = lived.session.rounds.count()
    known = {"after": str(lived.session.rounds.latest("opened_at").pk)}
    first = farid.post(f"{here}/quiz/next/", known, headers={"HX-Request": "true"})
    farid.post(f"{here}/quiz/next/", known)
    assert lived.session.rounds.count() == before + 1
    newest = lived.session.rounds.latest("opened_at")
    steering = own_of(first)
    assert (steering["after"], steering["waits"], steering["waiting"]) == (
        str(newest.pk),
        1,
        "1 Frage wartet",
    )
    emma = sign_in(cast.emma).post(f"{here}/lab/{lived.task.pk}/", headers={"HX-Request": "true"})
    assert "after" not in own_of(emma)


def test_somebody_is_said_in_the_language_of_the_stream(cast: Any, lived: Lived) -> None:
    room_pins.stick(session=lived.session, user=cast.emma, kind="stuck", text="Wo?", is_named=False)
    with translation.override("de"):
        sections = room.shared_sections(lived.session.pk)
    assert "Jemand" in sections["de"]["hatpins"]
    assert "Jemand" not in sections["en"]["hatpins"]
    assert "Somebody" in sections["en"]["hatpins"]


def test_the_wall_shows_an_open_question_in_whichever_step(cast: Any, lived: Lived) -> None:
    heading = lived.round.item.heading
    room_actions.go_to_step(session=lived.session, step=2)  # whoever runs the hour went on
    assert heading not in room.screen_sections(lived.session.pk)["de"]["quiz"]
    heading = quiz_rounds.open_next(session=lived.session).item.heading
    assert heading in room.screen_sections(lived.session.pk)["de"]["quiz"]
    quiz_rounds.close(session=lived.session)
    assert heading not in room.screen_sections(lived.session.pk)["de"]["quiz"]
    room_actions.go_to_step(session=lived.session, step=1)  # the quiz's own
    assert heading in room.screen_sections(lived.session.pk)["de"]["quiz"]


def test_the_wall_says_what_it_is_laid_out_for(sign_in: Any, cast: Any, lived: Lived) -> None:
    session, farid = lived.session, sign_in(cast.farid)

    def wall() -> dict[str, str]:
        return farid.get(f"/hours/{session.pk}/screen/news/").json()

    assert (wall()["shows"], "screen-timer" in wall()["step"]) == ("quiz", True)
    assert "live-right" not in wall()["quiz"]
    quiz_rounds.close(session=session)
    assert "richtig</strong>" in wall()["quiz"]
    room_actions.go_to_step(session=session, step=0)
    assert (wall()["shows"], "screen-code-small" in wall()["code"]) == ("questions", True)
    room_actions.settle(question=lived.question)
    assert (wall()["shows"], "screen-questions" in wall()["questions"]) == ("step", False)
    session.room.delete()
    assert (wall()["shows"], "screen-code-small" in wall()["code"]) == ("code", False)
    later = timezone.localtime(timezone.now() + timedelta(minutes=40), ZoneInfo(session.time_zone))
    session.local_date, session.local_time = later.date(), later.time()
    session.save()
    before = wall()
    assert before["shows"] == "before"
    assert f"{later:%H:%M}" in before["step"]
    assert "dann geht es los" in before["step"]
    assert "Vortrag" in before["step"]


def test_whoever_asked_takes_the_question_away(sign_in: Any, api: Any, cast: Any, lived: Lived) -> None:
    asked = room_actions.ask(session=lived.session, user=cast.emma, text="Vertippt", is_named=False)
    here, emma = f"/hours/{lived.session.pk}/room", sign_in(cast.emma)
    room_page = emma.get(f"{here}/")
    assert room_page.context["own"]["questions"] == [str(asked.pk)]
    refused = sign_in(cast.carl).post(
        f"{here}/questions/{asked.pk}/withdraw/", headers={"HX-Request": "true"}
    )
    assert (refused.status_code, refused.content.decode()) == (
        403,
        "Nur wer sie gestellt hat, kann sie wegnehmen.",
    )
    assert (
        api(cast.carl).delete(f"/api/v1/sessions/{lived.session.pk}/room/questions/{asked.pk}/").status_code
        == 403
    )
    gone = emma.post(f"{here}/questions/{asked.pk}/withdraw/", headers={"HX-Request": "true"})
    assert own_of(gone)["questions"] == []
    assert not lived.session.questions.filter(pk=asked.pk).exists()
    assert "Vertippt" not in emma.get(f"{here}/news/").json()["questions"]


def test_taking_a_question_away_is_for_the_open_hour(sign_in: Any, cast: Any, lived: Lived) -> None:
    question = lived.question
    lived.session.local_date -= timedelta(days=1)
    lived.session.save()
    answer = sign_in(cast.farid).post(
        f"/hours/{lived.session.pk}/room/questions/{question.pk}/withdraw/", headers={"HX-Request": "true"}
    )
    assert answer.status_code == 409
    assert lived.session.questions.filter(pk=question.pk).exists()
