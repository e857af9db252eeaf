"""The live room while news come in: whoever works with keys, selects a text or reads from afar loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.people.models import User
from learning.hours import quiz_rounds, room_actions
from learning.hours.models import Attendance, LabDone, LabTask, LeaderConsent, QuizAnswer, StudySession
from tests.factories import make_tool, make_user
from tests.lived import Lived, lived_hour

DESK = {"width": 1280, "height": 800}


@pytest.fixture
def lived(site: Any, cast: Any) -> Lived:
    return lived_hour(cast.farid, title="Bessere Fragen").fill()


@pytest.fixture
def enter(open_page: Callable[..., Page], sign_in: Callable, lived: Lived) -> Callable[..., Page]:
    """`enter(person)` gives the person's page of the room, once news have come."""

    def one(person: User, **options: Any) -> Page:
        page = open_page(**{"viewport": DESK, **options})
        sign_in(page, person)
        page.goto(f"/hours/{lived.session.pk}/room/")
        expect(page.locator("#room")).to_have_attribute("data-phase", "during")
        return page

    return one


def answers_of_others(lived: Lived, page: Page, count: int) -> None:
    for _n in range(count):
        quiz_rounds.answer(round_=lived.round, user=make_user(), option=1)
    expect(page.locator("[data-live=quiz]")).to_contain_text(f"{lived.round.answers.count()} Antwort")


def test_news_leave_the_focus_on_the_answer_one_has_reached(
    enter: Callable[..., Page], cast: Any, lived: Lived
) -> None:
    Attendance.objects.create(session=lived.session, user=cast.emma)  # numbers are told to those who are in
    page = enter(cast.emma)
    third = page.locator(".live-option").nth(2)
    third.focus()
    answers_of_others(lived, page, 1)
    expect(third).to_be_focused()
    answers_of_others(lived, page, 2)
    page.keyboard.press("Enter")
    expect(third).to_have_attribute("aria-pressed", "true")
    assert QuizAnswer.objects.get(user=cast.emma).option == 2
    # Its button can be pressed no more: the question itself holds the focus, not another button.
    expect(page.locator("[data-round]")).to_be_focused()
    quiz_rounds.close(session=lived.session)
    expect(page.locator(".live-spread")).to_be_visible()
    expect(page.locator("[data-round]")).to_be_focused()


def test_news_leave_fold_link_and_selection_alone(
    enter: Callable[..., Page], cast: Any, lived: Lived
) -> None:
    LabTask.objects.update(tool=make_tool(link="https://chat.example/"))
    Attendance.objects.create(session=lived.session, user=cast.emma)  # numbers are told to those who are in
    page = enter(cast.emma)
    fold, link = page.locator("[data-task] summary"), page.locator("[data-task] a.button")
    fold.focus()
    page.keyboard.press("Enter")
    for held, words in ((fold, "1 Person ist fertig"), (link, "2 Personen sind fertig")):
        held.focus()
        LabDone.objects.create(task=lived.task, user=make_user())
        expect(page.locator("[data-live=lab]")).to_contain_text(words)
        expect(held).to_be_focused()
    page.locator("[data-prompt]").select_text()
    LabDone.objects.create(task=lived.task, user=make_user())
    expect(page.locator("[data-live=lab]")).to_contain_text("3 Personen sind fertig")
    assert page.evaluate("document.getSelection().toString()") == lived.task.prompt


def test_a_question_that_rises_takes_the_focus_along(
    enter: Callable[..., Page], cast: Any, lived: Lived
) -> None:
    later = room_actions.ask(session=lived.session, user=cast.emma, text="Und die Löschfrist?")
    for person in (cast.otto, cast.ada):
        room_actions.vote(question=lived.question, user=person)
    page = enter(cast.farid)
    row = page.locator(f"[data-question='{later.pk}']")
    hide = row.get_by_role("button", name="ausblenden")
    hide.focus()
    for person in (cast.otto, cast.ada, cast.bertha):
        room_actions.vote(question=later, user=person)
    expect(page.locator("[data-question]").first).to_contain_text("Löschfrist")
    expect(hide).to_be_focused()
    page.keyboard.press("Enter")
    expect(row).to_have_count(0)
    later.refresh_from_db()
    assert later.hidden_at


def test_the_chosen_step_stays_chosen_and_idle_buttons_are_not_offered(
    enter: Callable[..., Page], cast: Any, lived: Lived
) -> None:
    page = enter(cast.farid)
    steps, start = page.locator("#id_step"), page.get_by_role("button", name="Diesen Punkt beginnen")
    expect(steps).to_have_value("2")
    steps.select_option(label="Vortrag")
    vote = page.locator("[data-live=questions] .button-vote")
    for is_pressed in ("true", "false"):
        vote.click()
        expect(vote).to_have_attribute("aria-pressed", is_pressed)
    expect(steps).to_have_value("0")
    close, following = page.locator("[data-close] button"), page.locator("[data-next]")
    close.click()
    expect(page.locator(".live-spread")).to_be_visible()
    expect(close).to_be_hidden()
    for _question in range(2):
        following.click()
        expect(close).to_be_visible()
        close.click()
        expect(close).to_be_hidden()
    expect(following).to_be_disabled()
    page.get_by_role("button", name="5 Minuten mehr").click()
    expect(page.locator("[data-step]")).to_have_attribute("data-extra", "5")
    expect(steps).to_have_value("0")
    steps.select_option(label="Runde")
    start.click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Runde")
    expect(steps).to_have_value("")
    expect(start).to_be_disabled()


@pytest.mark.parametrize("width", [390, 1024, 1152, 1280, 1440])
def test_what_a_button_says_stays_within_it(
    width: int, enter: Callable[..., Page], cast: Any, lived: Lived
) -> None:
    room_actions.go_to_step(session=lived.session, step=1)
    page = enter(cast.farid, viewport={"width": width, "height": 800})
    expect(page.get_by_role("button", name="5 Minuten mehr")).to_be_visible()
    spilled = page.evaluate(
        """() => [...document.querySelectorAll("#room button, #room a.button")]
          .filter((one) => one.checkVisibility())
          .filter((one) => {
            const words = document.createRange(), box = one.getBoundingClientRect();
            words.selectNodeContents(one);
            const inner = words.getBoundingClientRect();
            return inner.left < box.left || inner.right > box.right || inner.top < box.top || inner.bottom > box.bottom;
          })
          .map((one) => one.textContent.trim())"""
    )
    assert spilled == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_every_link_and_button_is_large_enough_for_a_finger(
    enter: Callable[..., Page], cast: Any, lived: Lived
) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    for person in (cast.emma, cast.farid):
        page = enter(person, **phone)
        small = page.evaluate(
            """() => [...document.querySelectorAll("#room a, #room button, #room summary")]
              .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.9)
              .map((one) => one.textContent.trim())"""
        )
        assert small == []


def test_what_is_new_is_said_once_and_an_open_question_is_one_press_away(
    enter: Callable[..., Page], cast: Any, lived: Lived
) -> None:
    page = enter(cast.emma)
    status, jump = page.get_by_role("status"), page.get_by_role("link", name="Eine Quizfrage ist offen")
    expect(status).to_have_text("")
    assert page.locator("[data-live][aria-live]").count() == 0
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(jump).to_be_in_viewport()
    jump.click()
    expect(page.locator(".live-option").first).to_be_in_viewport()
    page.locator(".live-option").first.click()
    expect(jump).to_be_hidden()
    quiz_rounds.close(session=lived.session)
    expect(status).to_contain_text("Die Frage ist geschlossen und aufgelöst: Wie viel, 0?")
    room_actions.go_to_step(session=lived.session, step=2)
    expect(status).to_have_text("Es geht weiter mit: Runde")
    quiz_rounds.open_next(session=lived.session)
    expect(status).to_have_text("Eine Quizfrage ist offen: Wie viel, 1?")
    expect(jump).to_be_visible()


LONG_TITLE = "Fünfzehn Minuten vor dem Kundengespräch: Recherche, die man belegen kann"
LONG_QUESTION = (
    "Welche Angaben aus einer Anfrage dürfen in das Werkzeug, bevor die Rechtsabteilung zugestimmt hat?"
)
LONG_OPTION = (
    "Nur das, was nach der Datenklasse des Werkzeugs hinein darf; Namen, Preise und Zeichnungen werden vorher "
    "herausgenommen oder durch etwas Erfundenes ersetzt"
)
WALLS = [(1280, 720), (1366, 768), (1920, 1080)]
BOXES = """(names) => names.map((name) => [...document.querySelectorAll(name)].map((one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return [top, bottom];
}))"""


@pytest.fixture
def full(lived: Lived, cast: Any) -> Lived:
    """A long topic, leaders in the room, long answers and four questions."""
    StudySession.objects.filter(pk=lived.session.pk).update(title=LONG_TITLE)
    item = lived.round.item
    item.heading, item.data = LONG_QUESTION, {**item.data, "options": [LONG_OPTION] * 4, "right": 3}
    item.save()
    for person in (cast.bertha, cast.carl):
        Attendance.objects.create(session=lived.session, user=person)
        LeaderConsent.objects.create(user=person, shows_attendance=True)
    for number in range(3):
        words = "Darf ich das mit Kundendaten, und wenn ja, mit welchen und in welchem Werkzeug? " * 2
        lived.session.questions.create(author=cast.emma, text=f"{number} {words}")
    return lived


@pytest.fixture
def wall(open_page: Callable[..., Page], sign_in: Callable, cast: Any, full: Lived) -> Callable[..., Page]:
    def hang(width: int, height: int) -> Page:
        page = open_page(viewport={"width": width, "height": height})
        sign_in(page, cast.farid)
        page.goto(f"/hours/{full.session.pk}/screen/")
        page.evaluate("document.fonts.ready")
        return page

    return hang


@pytest.mark.parametrize("size", WALLS)
def test_a_quiz_question_with_long_answers_fits_the_wall(
    size: tuple[int, int], wall: Callable[..., Page], full: Lived
) -> None:
    for person in (make_user() for _n in range(5)):
        quiz_rounds.answer(round_=full.round, user=person, option=1)
    page = wall(*size)
    expect(page.locator(".live-spread")).to_be_visible()
    for is_closed in (False, True):
        if is_closed:
            quiz_rounds.close(session=full.session)
            expect(page.locator(".is-right .live-right")).to_have_text("richtig")
        quiz, answers, here = page.evaluate(
            BOXES, [".screen-quiz .screen-step", ".live-spread > li", ".screen-foot"]
        )
        assert quiz[0][0] >= 0
        assert len(answers) == 4
        assert answers[-1][1] <= here[0][0]
        assert here[0][1] <= size[1]
        assert page.locator(".screen-timer").is_visible()
    expect(page.locator(".screen-foot")).to_contain_text("Bertha Ringer")


@pytest.mark.parametrize("size", WALLS)
def test_the_wall_shows_whole_questions_beside_the_step(
    size: tuple[int, int], wall: Callable[..., Page], full: Lived
) -> None:
    quiz_rounds.close(session=full.session)
    room_actions.go_to_step(session=full.session, step=0)
    page = wall(*size)
    expect(page.locator(".screen-questions li").first).to_be_visible()
    box, rows, here = page.evaluate(BOXES, [".screen-asked", ".screen-questions li", ".screen-foot"])
    (top, bottom), left = box[0], page.locator(".screen-asked").bounding_box()
    shown = [row for row, x in zip(rows, page.evaluate(
        "[...document.querySelectorAll('.screen-questions li')].map((one) => one.getBoundingClientRect().left)"
    ), strict=True) if x < left["x"] + left["width"]]  # fmt: skip
    assert shown
    assert all(top <= above and below <= bottom + 1 for above, below in shown)
    assert bottom <= here[0][0]
    assert here[0][1] <= size[1]
