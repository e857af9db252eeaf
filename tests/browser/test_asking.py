"""Asking in a real browser: the answer as it is written, stopping it, sources on and off, a spoken question."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from learning.notebooks.models import Exchange, Notebook
from tests.browser.conftest import axe_violations
from tests.browser.test_calm import OVERFLOW
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.faults import GOOD
from tests.models_server import ModelServer, wait_until

QUESTION = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"
SECOND = "<img src=x onerror=alert(1)> Der Mond ist aus Käse. Und dann kommt noch etwas."


def written(asked: dict[str, Any]) -> str:
    """Cites the policy, wherever it stands in the prompt."""
    blocks = asked["messages"][-1]["content"].split("<<<passage ")[1:]
    n = next(block.partition(">>>")[0] for block in blocks if "14 Euro" in block)
    return f"{GOOD.replace('[1]', f'[{n}]')} {SECOND}"


@pytest.fixture
def notebook(site: Any, cast: Any) -> Notebook:
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    make_source(notebook, text="Die Verpflegungspauschale in Wien beträgt 33 Euro am Tag.", title="Wien")
    return notebook


@pytest.fixture
def use(settings: Any) -> Any:
    def factory(server: ModelServer) -> ModelServer:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "probe"
        settings.AI_TRANSCRIPTION_URL, settings.AI_TRANSCRIPTION_MODEL = server.url, "ears"
        return server

    return factory


@pytest.mark.parametrize("width", [360, 1280])
def test_an_answer_is_shown_as_it_is_written(
    width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any, notebook: Notebook, use: Any
) -> None:
    page = open_page(viewport={"width": width, "height": 740})
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    with use(ModelServer(written, hang_after=(len(GOOD) + len(SECOND)) // 7 - 1)) as server:
        page.fill("#id_question", QUESTION)
        page.click("[data-ask-send]")
        writing = page.locator("#exchanges [aria-hidden] .answer-text")
        # The first time, the client library is loaded.
        expect(writing).to_contain_text("14 Euro", timeout=30_000)
        expect(writing.locator(".cite")).to_have_text("1")
        expect(writing).to_contain_text("<img src=x")
        assert writing.locator("img").count() == 0
        expect(page.locator("#id_question")).to_have_value("")
        assert page.evaluate(OVERFLOW) <= 0
        assert axe_violations(page) == []

        page.wait_for_timeout(700)  # sooner than that it is taken for the second half of a double click
        page.click("[data-ask-stop]")
        wait_until(lambda: server.left == 1)
    expect(page.locator("#id_question")).to_have_value(QUESTION)
    expect(page.locator("[data-ask-send]")).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(0)
    assert not Exchange.objects.exists()

    with use(ModelServer(written)):
        page.click("[data-ask-send]")
        exchange = page.locator("article.exchange")
        expect(exchange.locator("a.cite")).to_have_text("1")
    expect(exchange.locator(".unsupported").first).to_contain_text("<img src=x")
    assert exchange.locator("img").count() == 0
    assert page.evaluate(OVERFLOW) <= 0
    assert axe_violations(page) == []


def test_a_double_click_on_ask_does_not_stop_it(
    page: Page, sign_in: Callable, cast: Any, notebook: Notebook, use: Any
) -> None:
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    with use(ModelServer(written, hang_after=1)) as server:
        page.fill("#id_question", QUESTION)
        page.dblclick("[data-ask-send]")
        stop = page.locator("[data-ask-stop]")
        expect(stop).to_be_visible()
        wait_until(server.reached.is_set, seconds=30)
        expect(page.locator("#exchanges [aria-hidden]")).to_be_visible()
        page.wait_for_timeout(700)
        assert server.left == 0
        stop.click()
        wait_until(lambda: server.left == 1)
    said = page.locator("[data-ask-error]")
    expect(said).to_contain_text("Deine Frage steht noch im Feld")
    expect(said).to_be_in_viewport(ratio=1)
    expect(said.locator(".wrong")).to_have_count(0)
    expect(page.locator("#id_question")).to_have_value(QUESTION)
    assert axe_violations(page) == []


def test_whoever_leaves_while_it_is_written_finds_the_question_again(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, notebook: Notebook, use: Any
) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    sign_in(page, cast.emma)
    address = f"/notebooks/{notebook.pk}/"
    page.goto(address)
    first = "Wie hoch ist die Pauschale in Wien?"
    page.fill("#id_question", first)
    page.click("[data-ask-send]")
    cite = page.locator("article.exchange a.cite, article.exchange a.cite-line").first
    cite.wait_for()
    with use(ModelServer(written, hang_after=1)) as server:
        page.fill("#id_question", QUESTION)
        page.click("[data-ask-send]")
        wait_until(server.reached.is_set, seconds=30)
        cite.click()
        page.wait_for_url("**/sources/**")
        wait_until(lambda: server.left == 1)
    box, said = page.locator("#id_question"), page.locator("[data-ask-error]")
    page.go_back()
    expect(box).to_have_value(QUESTION)
    expect(said).to_contain_text("Deine Frage steht noch im Feld")
    expect(said).to_be_in_viewport(ratio=1)

    # Not asked yet: it is still there the next time, but for nobody else and in no other notebook.
    page.goto("/notebooks/")
    sign_in(page, cast.farid)
    other = make_notebook(cast.farid)
    page.goto(f"/notebooks/{other.pk}/")
    expect(box).to_have_value("")
    Notebook.objects.filter(pk=notebook.pk).update(audience="company")
    page.goto(address)
    expect(box).to_have_value("")
    sign_in(page, cast.emma)
    page.goto(address)
    expect(box).to_have_value(QUESTION)

    page.click("[data-ask-send]")
    expect(page.locator("article.exchange")).to_have_count(2)
    page.goto("/notebooks/")
    page.goto(address)
    expect(box).to_have_value("")
    expect(said).to_have_text("")


def test_blanks_are_no_question(page: Page, sign_in: Callable, cast: Any, notebook: Notebook) -> None:
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    page.fill("#id_question", "   ")
    page.click("[data-ask-send]")
    expect(page.locator("[data-ask-error]")).to_have_text("Stell zuerst eine Frage.")
    expect(page.locator("#id_question")).to_be_focused()
    expect(page.locator(".exchange")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1280, 576), (1280, 800), (1024, 640), (360, 740)])
def test_the_foot_switches_the_language(
    width: int, height: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any, notebook: Notebook
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    english = page.locator(".foot button[value='en']")
    if width > 1000:
        expect(english).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
        expect(page.locator(".dock-after")).to_be_in_viewport(ratio=1)
    english.click()
    expect(page.locator("[data-ask-send]")).to_have_text("Ask")
    assert page.url.endswith(f"/notebooks/{notebook.pk}/")


def test_a_follow_up_can_be_asked_by_itself(
    page: Page, sign_in: Callable, cast: Any, notebook: Notebook
) -> None:
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    for count, question in enumerate((QUESTION, "Und in Wien?"), start=1):
        page.fill("#id_question", question)
        page.keyboard.press("Enter")
        expect(page.locator("article.exchange")).to_have_count(count)
    page.locator(".follows button").click()
    expect(page.locator("article.exchange")).to_have_count(3)
    expect(page.locator(".follows")).to_have_count(1)
    expect(page.locator("#id_question")).to_have_value("")


def test_switched_off_sources_stay_off(page: Page, sign_in: Callable, cast: Any, notebook: Notebook) -> None:
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    boxes, whole = page.locator("[data-source]"), page.locator("[data-sources-all] input")
    expect(page.locator("#ask-scope")).to_have_text("")
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#ask-scope")).to_contain_text("1")
    assert whole.evaluate("box => box.indeterminate")

    page.reload()
    expect(boxes.first).not_to_be_checked()
    page.fill("#id_question", QUESTION)
    page.click("[data-ask-send]")
    expect(page.locator("article.exchange")).to_contain_text("33 Euro")
    assert {citation["title"] for citation in Exchange.objects.get().answer["citations"]} == {"Wien"}

    whole.check()
    whole.uncheck()
    expect(boxes.nth(1)).not_to_be_checked()
    page.fill("#id_question", QUESTION)
    page.click("[data-ask-send]")
    expect(page.locator("[data-ask-error] .wrong")).to_be_visible()
    expect(page.locator("#id_question")).to_have_value(QUESTION)
    assert axe_violations(page) == []


def test_without_script_the_form_asks_and_chooses(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, notebook: Notebook
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    page.locator("[data-source]").first.uncheck()
    page.fill("#id_question", QUESTION)
    page.click("[data-ask-send]")
    expect(page.locator("article.exchange")).to_contain_text("33 Euro")
    assert {citation["title"] for citation in Exchange.objects.get().answer["citations"]} == {"Wien"}


def test_a_microphone_that_is_not_allowed_is_said(
    page: Page, sign_in: Callable, cast: Any, notebook: Notebook, use: Any
) -> None:
    sign_in(page, cast.emma)
    with use(ModelServer(QUESTION)) as server:
        page.goto(f"/notebooks/{notebook.pk}/")
        page.click("[data-voice]")
        expect(page.locator("[data-voice-says]")).not_to_have_text("")
        expect(page.locator("[data-voice]")).to_have_attribute("aria-pressed", "false")
    assert not server.requests
