"""The live room while news come in: whoever works with keys, selects a text or reads from afar loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.people.models import User
from learning.hours import quiz_rounds, room_actions
from learning.hours.models import LabDone, LabTask, QuizAnswer
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
