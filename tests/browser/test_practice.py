"""Learning with a model and a voice: a conversation by keyboard and on a phone, a hint, a file that plays."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.people.models import User
from learning.notebooks import aid_actions, recordings
from learning.notebooks.models import Notebook
from tests.browser.conftest import axe_violations
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import RULES, hand_made
from tests.learning.notebooks.test_quizzes import ITEMS
from tests.models_server import ModelServer

ASKS = {
    "de": "Guten Tag, ich habe eine Dienstreise vor mir. Wie hoch ist die Pauschale für mich?",
    "en": "Hello, I have a trip in front of me. What is the allowance that you pay for it?",
}
CORRECT = (
    "Für eine Dienstreise von mehr als acht Stunden zahlt die Firma eine Verpflegungspauschale von 14 Euro."
)
GUIDING = "Was steht in der Stelle darüber, wie viele Wochen dir im Jahr zur Erholung zustehen?"
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


def reply(asked: dict[str, Any]) -> str:
    system, user = (message["content"] for message in asked["messages"])
    language = "en" if "English" in system else "de"
    if "JSON" in user:
        texts = {
            "clear": "Du hast es kurz und klar gesagt.",
            "correct": CORRECT,
            "listens": "Frag auch nach dem Anlass.",
            "next_step": "Sag, was du bis wann tust.",
        }
        numbers = [n for n, block in enumerate(user.split("<<<passage ")[1:], start=1) if "14 Euro" in block]
        return json.dumps(
            [
                {"criterion": name, "verdict": "good", "text": text, "passages": numbers[:1]}
                for name, text in texts.items()
            ]
        )
    return ASKS[language] if "You play one person" in system else GUIDING


@pytest.fixture
def server(settings: Any) -> Iterator[ModelServer]:
    with ModelServer(reply) as server:
        for kind in ("CHAT", "SPEECH"):
            setattr(settings, f"AI_{kind}_URL", server.url)
            setattr(settings, f"AI_{kind}_MODEL", "probe")
        yield server


@pytest.fixture
def notebook(site: Any, cast: Any) -> Notebook:
    made = make_notebook(cast.emma, title="Reisen", language="de")
    make_source(made, text=RULES, title="Regeln")
    return made


def is_fine(page: Page) -> None:
    assert axe_violations(page) == []
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_conversation_is_led_by_keyboard_and_its_feedback_opens_the_passage(
    width: int,
    scheme: str,
    open_page: Callable[..., Page],
    sign_in: Callable,
    cast: Any,
    notebook: Notebook,
    server: ModelServer,
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    page.get_by_role("link", name="Ein Gespräch üben").click()
    is_fine(page)
    page.get_by_label("Worum geht es?").fill("Es geht um die Verpflegungspauschale bei einer Dienstreise.")
    page.get_by_role("button", name="Anfangen").click()
    expect(page.locator(".said-partner")).to_have_count(1)
    page.wait_for_load_state()  # the page shows before its script listens
    box = page.get_by_label("Was sagst du?")
    box.focus()
    page.keyboard.type("Sie bekommen 14 Euro.")
    page.keyboard.press("Enter")
    expect(page.locator(".said-partner")).to_have_count(2)
    expect(page.get_by_label("Was sagst du?")).to_be_focused()
    expect(page.get_by_label("Was sagst du?")).to_have_value("")
    expect(page.locator("#announcer")).to_have_text(ASKS["de"])
    is_fine(page)
    page.get_by_role("button", name="Beenden und Rückmeldung holen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Rückmeldung")).to_be_focused()
    expect(page.locator(".criterion")).to_have_count(4)
    is_fine(page)
    page.locator(".criterion .cite-line").click()
    expect(page.locator("mark", has_text="14 Euro").first).to_be_attached()


def test_what_a_model_did_not_answer_stays_in_the_box(
    page: Page, sign_in: Callable, cast: Any, notebook: Notebook, server: ModelServer
) -> None:
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/role-plays/")
    page.get_by_role("button", name="Anfangen").click()
    expect(page.locator(".said-partner")).to_have_count(1)
    server.status, server.body = 500, b"oops"
    page.get_by_label("Was sagst du?").fill("Das weiß ich nicht.")
    page.get_by_role("button", name="Sagen").click()
    expect(page.locator("[data-refusal]")).to_be_focused()
    expect(page.locator("#id_text")).to_have_value("Das weiß ich nicht.")
    assert axe_violations(page) == []
    server.status, server.body = 200, None
    page.get_by_role("button", name="Noch einmal").click()
    expect(page.locator(".said-partner")).to_have_count(2)


def test_without_scripts_it_is_the_same_conversation(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, notebook: Notebook, server: ModelServer
) -> None:
    User.objects.update(language="en")
    page = open_page(java_script_enabled=False)
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/role-plays/")
    page.get_by_label("The works council asks").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".said-partner")).to_contain_text(ASKS["en"])
    page.get_by_label("What do you say?").fill("I will look it up.")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".said-partner")).to_have_count(2)


def test_a_hint_comes_without_leaving_the_question(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, notebook: Notebook, server: ModelServer
) -> None:
    aid = hand_made(notebook, "quiz", [dict(ITEMS[1])])
    page = open_page(viewport={"width": 320, "height": 800})
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/aids/{aid.pk}/")
    page.locator("form:has(input[name=guided]) button").click()
    page.locator("#id_given").fill("vierzig")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Hilf mir denken").click()
    expect(page.locator("#think")).to_contain_text(GUIDING)
    is_fine(page)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_file_takes_the_place_of_the_browsers_voices_while_the_page_is_open(
    width: int,
    scheme: str,
    open_page: Callable[..., Page],
    sign_in: Callable,
    cast: Any,
    notebook: Notebook,
    server: ModelServer,
) -> None:
    turns = [
        {"kind": "turn", "heading": who, "body": f"Das ist Satz {n} von vielen.", "says": "14 Euro"}
        for n, who in enumerate("ABAB")
    ]
    aid = hand_made(notebook, "audio", turns)
    aid_actions.release(aid=aid, by=cast.emma)
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/aids/{aid.pk}/")
    expect(page.locator("[data-audio-play]")).to_be_visible()
    page.get_by_role("button", name="Als Datei vorlesen lassen").click()
    page.wait_for_url("**/#recording")
    expect(page.get_by_text("Wird vorgelesen")).to_be_visible()
    is_fine(page)
    recordings.make_recording(recordings.recording_of(aid).pk)
    sound = page.locator("audio")
    expect(sound).to_be_visible()
    expect(page.locator("[data-audio-play]")).to_be_hidden()
    is_fine(page)
    seconds = sound.evaluate(
        """(audio) => new Promise((done) => {
          audio.addEventListener("loadedmetadata", () => done(audio.duration));
          audio.addEventListener("error", () => done(-1));
          audio.preload = "metadata"; audio.load();
        })"""
    )
    assert seconds == pytest.approx(recordings.recording_of(aid).seconds, abs=1.5)


def test_the_box_asks_back(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, notebook: Notebook
) -> None:
    page = open_page(viewport={"width": 320, "height": 800})
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    page.get_by_label("Frag mich stattdessen").check()
    page.locator("#id_question").fill("Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?")
    page.keyboard.press("Enter")
    expect(page.locator(".exchange .answer")).to_contain_text("Lies hier")
    expect(page.get_by_text("zahlt die Firma eine Verpflegungspauschale von 14 Euro")).to_be_hidden()
    is_fine(page)
