"""A citation opens its passage, marked, in every format: beside the answer, on the phone, and by keyboard."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from hub.people.models import User
from learning.notebooks import actions, asking, page_images, reading
from learning.notebooks.models import Source
from learning.rag.readers.render import WIDTH
from tests.browser.conftest import axe_violations
from tests.factories import POLICY, make_notebook

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SUBTITLES = """WEBVTT

00:01.000 --> 00:04.000
<v Bertha>Die Ligroinfahrt beginnt am Freitag um neun Uhr.

00:05.000 --> 00:09.000
Jede Werkstatt bringt einen eigenen Vorschlag mit.
"""
PDF = "pypdf__resources__Seige_of_Vicksburg_Sample_OCR.pdf"
FORMATS = {
    "md": "NADOO-Wiki__docs__01-organisation__04-urlaub__README.md",
    "docx": "markitdown__markitdown__test_files__test.docx",
    "pptx": "markitdown__markitdown__test_files__test.pptx",
    "xlsx": "markitdown__markitdown__test_files__test.xlsx",
    "html": "docling__data__html__sources__wiki_duck.html",
    "csv": "markitdown__markitdown__test_files__test_mskanji.csv",
    "epub": "markitdown__markitdown__test_files__test.epub",
    "pdf": PDF,
    "vtt": "",
    "pasted": "",
}


def make_source_of(kind: str, owner: User, folder: Path) -> Source:
    notebook = make_notebook(owner, title=f"Quellen {kind}")
    if kind == "pasted":
        source = actions.add_text(notebook=notebook, user=owner, title="Reiserichtlinie", text=POLICY)
    else:
        content = (folder / "documents" / FORMATS[kind]).read_bytes() if FORMATS[kind] else SUBTITLES.encode()
        file = SimpleUploadedFile(FORMATS[kind] or "fahrt.vtt", content)
        source = actions.add_file(notebook=notebook, user=owner, file=file)
    reading.read_source(source.pk)
    source.refresh_from_db()
    assert source.state == "ready", source.error_code
    return source


def ask_about(source: Source, owner: User) -> None:
    """A question whose answer cites the source: the words of one of its last passages."""
    passage = list(source.passages.order_by("pk"))[-1]
    words = source.text[passage.start : passage.end].split()
    question = " ".join(words[:25])[:300]
    exchange = asking.ask(notebook=source.notebook, user=owner, question=question, language="de")
    assert not exchange.answer["refused"]


def is_in_view(page: Page, within: str = "") -> bool:
    """Whether the first line of the quote lies in the window, and within that element."""
    return page.evaluate(
        """(within) => {
            const line = document.getElementById("quote").getClientRects()[0];
            const frame = document.querySelector(within || "html").getBoundingClientRect();
            return line.top >= Math.max(frame.top, 0) && line.bottom <= Math.min(frame.bottom, innerHeight);
        }""",
        within,
    )


def overflows(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_citation_opens_its_passage(
    kind: str, open_page: Callable[..., Page], sign_in: Any, cast: Any, data_folder: Path
) -> None:
    source = make_source_of(kind, cast.emma, data_folder)
    ask_about(source, cast.emma)

    desk = open_page(viewport=DESK)
    sign_in(desk, cast.emma)
    desk.goto(f"/notebooks/{source.notebook_id}/")
    cite = desk.locator("a.cite, a.cite-line").first
    cite.focus()
    desk.keyboard.press("Enter")
    quote = desk.locator("#viewer #quote")
    expect(quote).to_be_focused()
    assert is_in_view(desk, "#viewer")
    assert quote.inner_text().strip() in source.text
    desk.keyboard.press("Escape")
    expect(cite).to_be_focused()
    expect(desk.locator("#viewer #quote")).to_have_count(0)

    phone = open_page(viewport=PHONE, color_scheme="dark")
    sign_in(phone, cast.emma)
    phone.goto(f"/notebooks/{source.notebook_id}/")
    phone.locator("a.cite, a.cite-line").first.click()
    phone.wait_for_url("**/sources/**")
    expect(phone.locator("#quote")).to_be_focused()
    assert is_in_view(phone)
    assert not overflows(phone)
    assert axe_violations(phone) == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_of_a_pdf_is_shown_and_turned(
    viewport: dict[str, int], open_page: Callable[..., Page], sign_in: Any, cast: Any, data_folder: Path
) -> None:
    source = make_source_of("pdf", cast.emma, data_folder)
    ask_about(source, cast.emma)
    page = open_page(viewport=viewport, locale="en-GB")
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{source.notebook_id}/")
    page.locator("a.cite, a.cite-line").first.click()
    expect(page.locator("#quote")).to_be_focused()
    picture = page.locator("[data-picture]")
    image = picture.locator("img")
    # Not fetched until it is asked for.
    assert image.evaluate("image => image.naturalWidth") == 0
    picture.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(image).to_have_js_property("naturalWidth", WIDTH)
    last = source.pages[-1][0]
    number = int(picture.get_attribute("data-number") or 0)
    assert image.get_attribute("alt").split()[1] == str(number)
    assert not overflows(page)
    assert axe_violations(page) == []

    step, expected = (-1, number - 1) if number == last else (1, number + 1)
    picture.locator(f"[data-turn='{step}']").focus()
    page.keyboard.press("Enter")
    expect(image).to_have_attribute("src", re.compile(rf"/pages/{expected}\.png"))
    expect(image).not_to_have_class("is-loading")
    expect(image).to_have_js_property("naturalWidth", WIDTH)
    expect(picture.locator("[data-label]")).to_contain_text(str(expected))

    # Remembered by the browser.
    page.wait_for_load_state("networkidle")
    page.goto(f"/notebooks/{source.notebook_id}/sources/{source.pk}/")
    expect(page.locator("[data-picture]")).to_have_attribute("open", "")


def test_a_page_that_cannot_be_drawn_says_so(
    open_page: Callable[..., Page], sign_in: Any, cast: Any, data_folder: Path
) -> None:
    source = make_source_of("pdf", cast.emma, data_folder)
    page_images.forget(source)
    Path(source.file.path).write_bytes(b"%PDF-1.7 broken since")
    page = open_page(viewport=PHONE)
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{source.notebook_id}/sources/{source.pk}/?part=1")
    for shot in page.locator("[data-picture]").all():
        shot.locator("summary").click()
    expect(page.locator(".picture-failed")).to_be_visible()
    expect(page.locator("[data-large]")).to_be_hidden()
    assert axe_violations(page) == []


def test_a_page_that_has_to_wait_says_so(
    open_page: Callable[..., Page],
    sign_in: Any,
    cast: Any,
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = make_source_of("pdf", cast.emma, data_folder)
    page_images.forget(source)
    monkeypatch.setattr(page_images, "PATIENCE", 0.05)
    page = open_page(viewport=PHONE)
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{source.notebook_id}/sources/{source.pk}/?part=1")
    with page_images._drawing, page_images._drawing:
        page.locator("[data-picture] summary").click()
        expect(page.locator(".picture-failed")).to_contain_text("in einer Minute noch einmal")
    page.reload()
    expect(page.locator("[data-picture] img")).to_have_js_property("naturalWidth", WIDTH)
