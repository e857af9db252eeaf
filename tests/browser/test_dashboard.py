"""The dashboard as HR uses it: asking by keyboard, drilling, noting, keeping a view, taking a picture and a PDF."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.adoption.annotating.actions import annotate
from hub.adoption.models.saved import SavedView
from hub.disclosure.weeks import last_closed
from hub.people.models import User
from tests.browser.company import published_company
from tests.browser.conftest import axe_violations
from tests.browser.test_calm import OVERFLOW

PNG = b"\x89PNG\r\n\x1a\n"
DRAWN = ".plot[data-drawn] svg.main-svg"


@pytest.fixture
def company(site: Any) -> SimpleNamespace:
    return published_company()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "question", "report"),
    [("en", "Which sites hold the hour?", "attendance"), ("de", "Welche Standorte nutzen KI?", "active")],
)
def test_a_question_is_asked_by_keyboard_and_the_answer_has_the_focus(
    language: str, question: str, report: str, scheme: str,
    open_page: Callable[..., Page], sign_in: Callable, company: SimpleNamespace,
) -> None:  # fmt: skip
    User.objects.update(language=language)
    page = open_page(color_scheme=scheme)
    sign_in(page, company.hanna)
    page.goto("/adoption/")
    page.locator("#question").focus()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    answer = page.locator("section.answer")
    expect(answer).to_be_focused()
    name = answer.get_attribute("aria-labelledby")
    assert page.locator(f"#{name}").inner_text()
    expect(answer.locator(f"a[href^='/adoption/{report}/?by=site']")).to_be_visible()
    expect(answer.locator(DRAWN).first).to_be_visible()
    assert axe_violations(page) == []
    page.keyboard.press("Tab")
    expect(answer.locator(":focus")).to_have_count(1)


def test_what_is_no_question_for_the_figures_is_answered_without_any(
    page: Page, sign_in: Callable, company: SimpleNamespace
) -> None:
    sign_in(page, company.hanna)
    page.goto("/adoption/ask/")
    page.fill("#question", "Who in team Recht did not attend?")
    page.press("#question", "Enter")
    expect(page.locator("section.answer")).to_be_focused()
    expect(page.locator("#answer")).not_to_be_empty()
    expect(page.locator(".plot, .report-table")).to_have_count(0)


def test_a_sites_line_leads_to_its_weeks(page: Page, sign_in: Callable, company: SimpleNamespace) -> None:
    sign_in(page, company.hanna)
    page.goto("/adoption/attendance/?by=site&window=4")
    line = page.locator(".report-table tbody th a").first
    site = line.inner_text()
    line.press("Enter")
    page.wait_for_url("**by=week&window=12&of=site-*")
    expect(page.locator("h1")).to_contain_text(site)
    expect(page.locator("#of option:checked")).to_have_text(site)
    expect(page.locator(".report-table tbody tr")).to_have_count(3)
    expect(page.locator(".plot .point")).to_have_count(3)


def test_a_note_on_a_week_is_numbered_in_the_plot_and_below(
    page: Page, sign_in: Callable, company: SimpleNamespace
) -> None:
    sign_in(page, company.hanna)
    newest: date = last_closed(timezone.now())
    entity = company.hanna.team.legal_entity_id
    annotate(company.hanna, entity_id=entity, monday=newest, text="The newest week")
    page.goto("/adoption/attendance/?by=week")
    expect(page.locator(".plot .annotation-text")).to_have_text(["1"])
    page.locator("details.fold:has(#note-text) summary").press("Enter")
    page.select_option("#note-week", index=2)
    page.fill("#note-text", "Site meeting <b>in the hour</b>")
    page.press("#note-text", "Enter")
    notes = page.locator(".week-notes li")
    expect(notes).to_have_count(2)
    expect(notes.first).to_contain_text("Site meeting <b>in the hour</b>")
    expect(page.locator(".plot .annotation-text")).to_have_text(["1", "2"])
    assert axe_violations(page) == []


def test_a_view_is_kept_and_removed(page: Page, sign_in: Callable, company: SimpleNamespace) -> None:
    sign_in(page, company.hanna)
    page.goto("/adoption/attendance/?by=team&window=4")
    page.locator("details.fold:has(#view-name) summary").press("Enter")
    page.fill("#view-name", "Teams of four weeks")
    page.press("#view-name", "Enter")
    expect(page.locator("main a", has_text="Teams of four weeks")).to_be_visible()
    assert SavedView.objects.get().user == company.hanna
    page.goto("/adoption/")
    link = page.locator("main a", has_text="Teams of four weeks")
    assert "by=team&window=4" in link.get_attribute("href")
    page.locator("form[action*='/views/'] button[type=submit]").last.click()
    expect(page.locator("main a", has_text="Teams of four weeks")).to_have_count(0)
    assert not SavedView.objects.exists()


def test_a_picture_and_a_pdf_are_named_after_report_and_cut(
    page: Page, sign_in: Callable, company: SimpleNamespace
) -> None:
    sign_in(page, company.hanna)
    page.goto("/adoption/attendance/?by=team&window=4")
    expect(page.locator(DRAWN).first).to_be_visible()
    with page.expect_download() as download:
        page.locator("[data-picture]").click()
    assert download.value.suggested_filename == "attendance-team-4.png"
    picture = Path(download.value.path()).read_bytes()
    assert picture.startswith(PNG)
    assert len(picture) > 20_000
    width, height = (int.from_bytes(picture[start : start + 4], "big") for start in (16, 20))
    assert (width, height) == (1920, 1080)

    with page.expect_download() as download:
        page.locator("main a[href*='report.pdf']").click()
    assert download.value.suggested_filename == "attendance-team-4.pdf"
    paper = Path(download.value.path()).read_bytes()
    assert paper.startswith(b"%PDF")
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"Attendance of the DEAL hour"):
        assert part in paper, part


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_stays_is_a_heat_map(
    scheme: str, open_page: Callable[..., Page], sign_in: Callable, company: SimpleNamespace
) -> None:
    page = open_page(color_scheme=scheme)
    sign_in(page, company.hanna)
    page.goto("/adoption/retention/")
    expect(page.locator(DRAWN).first).to_be_visible()
    table = page.locator(".report-table tbody td")
    shares = [text for text in table.all_inner_texts() if "%" in text]
    assert shares
    drawn = page.locator(".plot .bartext").all_inner_texts()
    assert {text.replace("\xa0", " ") for text in shares} >= {
        text.replace("\xa0", " ") for text in drawn if text
    }
    assert axe_violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/adoption/for-everybody/", "/adoption/for-everybody/attendance/?by=team"])
def test_what_hr_sees_is_readable_for_staff_on_a_phone(
    path: str, scheme: str, open_page: Callable[..., Page], sign_in: Callable, company: SimpleNamespace
) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": 390, "height": 844})
    sign_in(page, company.emma)
    assert page.goto(path).status == 200
    if "attendance" in path:
        expect(page.locator(DRAWN).first).to_be_visible()
    assert page.evaluate(OVERFLOW) <= 0
    expect(page.locator("main a[href*='table.csv'], main [data-picture]")).to_have_count(0)
    assert axe_violations(page) == []
