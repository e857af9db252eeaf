"""Pages do not jump, stay light, and hold words longer than their line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, Response, expect

from challenges.processes.actions import import_process
from hub.notices.actions import notify
from hub.nudges.starter import load_starter_tips
from hub.people.demo import CAST as DEMO_CAST
from hub.people.tokens import create_token
from learning.notebooks import actions, asking
from learning.notebooks.models import Notebook, Source
from learning.notebooks.reading import read_source
from tests.browser.conftest import axe_violations
from tests.factories import (
    make_challenge,
    make_claim,
    make_entry,
    make_notebook,
    make_session,
    make_source,
    make_tip,
)

MOST_SHIFT = 0.02
MOST_BYTES = 100_000
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 500);
})"""


@pytest.fixture
def paths(cast: Any) -> list[str]:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook)
    session = make_session(cast.farid, notebook=notebook)
    # Today at its fullest: with the day's tip and a bet of one's own.
    load_starter_tips()
    make_claim(make_entry(make_challenge(cast.farid), cast.emma))
    return ["/", f"/hours/{session.pk}/", f"/notebooks/{notebook.pk}/", "/notebooks/", "/hours/", "/me/"]


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps(
    width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any, paths: list[str]
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    sign_in(page, cast.emma)
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFT) < MOST_SHIFT, path


def test_the_first_view_of_today_is_light(page: Page, sign_in: Callable, cast: Any, paths: list[str]) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    sign_in(page, cast.emma)
    page.goto("/")
    page.wait_for_load_state("networkidle")

    sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}
    assert len(sizes) > 5
    # Uncompressed here, as the tests run without hashed and compressed static files: an upper bound.
    assert sum(sizes.values()) < MOST_BYTES * 1.5, sizes


def test_no_page_scrolls_sideways_on_a_small_phone(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, paths: list[str]
) -> None:
    page = open_page(viewport={"width": 320, "height": 600})
    sign_in(page, cast.farid)
    create_token(user=cast.farid)
    for path in [*paths, "/hours/new/", "/inbox/", "/api/v1/", "/me/password/"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


TOKEN = "[MitarbeiterID]_URLAUBSANTRAG_START_[YYYY]_[MM]_[DD]_ENDE_[YYYY]_[MM]_[DD]_" * 2
# Real documents that hold a word longer than a phone is wide.
WIDE = (
    "NADOO-Wiki__docs__01-organisation__01-zeiterfassung__README.md",
    "NADOO-Wiki__docs__01-organisation__04-urlaub__README.md",
    "NADOO-Wiki__docs__01-organisation__07-datenschutz__README.md",
    "markitdown__markitdown__test_files__test_blog.html",
)
# The text of each element, line by line as it is laid out.
LINES = """elements => elements.map((element) => {
  const range = document.createRange(), lines = [];
  let last = null;
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (let at = 0; at < walk.currentNode.length; at += 1) {
    range.setStart(walk.currentNode, at);
    range.setEnd(walk.currentNode, at + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    if (top !== last) lines.push("");
    lines[lines.length - 1] += range.toString();
    last = top;
  }
  return lines;
})"""
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def wide_paths(cast: Any, data_folder: Path) -> list[str]:
    """Pages on which every text of a person holds a word that is too long for its line."""
    notebook = make_notebook(cast.farid, audience="company", title=TOKEN, description=TOKEN)
    make_source(notebook, title=TOKEN, text=f"# Urlaub\n\n## {TOKEN[:58]}\n\nDer Antrag heißt {TOKEN}.\n")
    sources = [add_file(notebook, data_folder / "documents" / name) for name in WIDE]
    Source.objects.create(
        notebook=notebook, title=TOKEN, file_name=f"{TOKEN}.pdf", added_by=cast.farid, is_done=True,
        content_sha256="0" * 64, state=Source.State.FAILED, error_code="no_text",
    )  # fmt: skip
    asking.ask(notebook=notebook, user=cast.emma, question=f"Wie heißt der Antrag {TOKEN}?", language="de")
    session = make_session(cast.farid, notebook=notebook, title=TOKEN, place=TOKEN, description=TOKEN)
    notify(user=cast.emma, kind="source_failed", facts={"title": TOKEN}, dedupe_key="wide")
    here = f"/notebooks/{notebook.pk}/"
    return [
        here, "/notebooks/", "/inbox/", "/", "/hours/", f"/hours/{session.pk}/",
        *(f"{here}sources/{source.pk}/" for source in sources),
        *wide_bet(cast), f"/tips/{make_tip(TOKEN[:120]).pk}/", "/tips/?q=urlaub",
    ]  # fmt: skip


def wide_bet(cast: Any) -> list[str]:
    """A bet with a drawing, a claim and a decision, and every text as wide as can be."""
    table = f"lane;step\n{TOKEN[:100]};{TOKEN[:110]}\n{TOKEN[:100]};{TOKEN[:100]}\n".encode()
    process, _is_new = import_process(user=cast.emma, file_name=f"{TOKEN[:80]}.csv", content=table)
    challenge = make_challenge(cast.farid, referees=(cast.ruth,), title=TOKEN, description=TOKEN)
    entry = make_entry(challenge, cast.emma, process)
    make_claim(entry, entry.process.steps.first().position, method=TOKEN, evidence=TOKEN)
    here = f"/challenges/{challenge.pk}/"
    return [
        "/challenges/", here, f"{here}claim/", f"{here}enter/", f"/challenges/entries/{entry.pk}/",
        "/processes/", f"/processes/{process.pk}/", f"/processes/{process.pk}/edit/",
    ]  # fmt: skip


def add_file(notebook: Notebook, path: Path) -> Source:
    file = SimpleUploadedFile(path.name, path.read_bytes())
    source = actions.add_file(notebook=notebook, user=notebook.owner, file=file)
    read_source(source.pk)
    return source


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_long_words_are_not_cut_off(
    width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any, wide_paths: list[str]
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    sign_in(page, cast.emma)
    for path in wide_paths:
        page.goto(path)
        assert page.evaluate(OVERFLOW) <= 0, path
    page.goto(wide_paths[0])
    for tab in page.locator("[data-tab]").all():
        if tab.is_visible():
            tab.click()
            assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("width", [320, 1280])
def test_long_words_of_a_claim_are_not_cut_off_for_the_referee(
    width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    bet = wide_bet(cast)[1]
    page = open_page(viewport={"width": width, "height": 800})
    sign_in(page, cast.ruth)
    page.goto(f"{bet}review/")
    expect(page.locator("article.claim")).to_contain_text(TOKEN)
    assert page.evaluate(OVERFLOW) <= 0


def test_the_viewer_cuts_nothing_off(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, wide_paths: list[str]
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    sign_in(page, cast.emma)
    page.goto(wide_paths[0])
    for link in [*page.locator(".sources a[data-viewer]").all(), page.locator(".cite-line").first]:
        link.click()
        expect(page.locator("#viewer .source-text")).to_be_visible()
        for pane in ("#viewer", ".pane-sources", ".conversation"):
            width, room = page.locator(pane).evaluate("pane => [pane.scrollWidth, pane.clientWidth]")
            assert width <= room, (pane, link.get_attribute("href"))
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [320, 390])
def test_an_address_breaks_only_at_its_joints(width: int, open_page: Callable[..., Page], cast: Any) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto("/sign-in/")
    shown = page.locator(".demo-list code").evaluate_all(LINES)
    assert ["".join(lines) for lines in shown] == [account.email for account in DEMO_CAST]
    assert [lines for lines in shown if any(line[0] not in "@." for line in lines[1:])] == []


def test_a_refused_batch_leaves_the_sources_in_sight(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    page = open_page(viewport={"width": 1280, "height": 800})
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    files = [{"name": f"Zeichnung-{n}.dwg", "mimeType": "image/x-dwg", "buffer": b"AC10"} for n in range(10)]
    page.set_input_files("input[type=file]", files)
    # One reason for all of them, said once.
    expect(page.locator(".upload-row.is-wrong .name")).to_have_count(10)
    expect(page.locator(".upload-row .wrong")).to_have_count(1)
    expect(page.locator(".upload-count")).to_have_text("Nicht hinzugefügt: 10")
    expect(page.locator(".source").first).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-uploads]")).to_have_attribute("tabindex", "0")
    label = page.locator(".drop label")
    assert label.evaluate("label => label.scrollHeight <= label.clientHeight")
    assert axe_violations(page) == []


def test_the_button_for_documents_holds_two_lines(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    notebook = make_notebook(cast.emma)
    page = open_page(viewport={"width": 1024, "height": 800})
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    label = page.locator(".drop label")
    label.evaluate("label => { label.textContent = 'Dokumente zum Notizbuch hinzufügen' }")
    inside = label.evaluate(
        "label => { const r = document.createRange(); r.selectNodeContents(label);"
        " const [text, box] = [r.getBoundingClientRect(), label.getBoundingClientRect()];"
        " return [text.top - box.top, box.bottom - text.bottom, box.right - text.right,"
        " label.parentElement.getBoundingClientRect().right - box.right] }"
    )
    assert min(inside) >= 5, inside
