"""HR brings a report in, sees what would be taken of it, takes it over, and takes it back."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.hub.adoption.test_usage_import import csv_of, row


def chosen(page: Page, content: bytes) -> None:
    page.goto("/adoption/imports/")
    file = {"name": "report.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Bericht als CSV").set_input_files(file)
    page.get_by_role("button", name="Bericht lesen").click()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_the_file_to_the_withdrawal(
    has_scripts: bool, open_page: Callable[..., Page], sign_in: Callable, cast: SimpleNamespace
) -> None:
    page = open_page(java_script_enabled=has_scripts)
    sign_in(page, cast.hanna)
    report = csv_of(
        {**row(cast.emma.email, "2026-06-12"), "Report Refresh Date": "2026-06-14"}, row("x@x.example")
    )
    chosen(page, report.replace(b"2026-11-15", b"2026-06-14"))
    waiting = page.locator("#waiting")
    expect(waiting).to_contain_text("Gelesen, noch nicht übernommen: der Bericht vom 14. Juni 2026")
    expect(waiting.locator("dd").nth(1)).to_have_text("1")
    waiting.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("1 Person wurde übernommen.")).to_be_visible()
    page.get_by_role("button", name="Zurückziehen").click()
    expect(page.get_by_text("Zurückgezogen. Davon ist")).to_be_visible()


def test_what_is_wrong_is_said_beside_the_file_and_the_next_try_works(
    page: Page, sign_in: Callable, cast: SimpleNamespace
) -> None:
    sign_in(page, cast.hanna)
    chosen(page, csv_of(row("<b>x</b>", "gestern")).replace(b"2026-11-15", b"2026-06-14"))
    state = page.locator("[data-state]")
    expect(state).to_contain_text("Zeile 2: „Last Activity Date“ ist kein Datum")
    good = csv_of(row(cast.emma.email)).replace(b"2026-11-15", b"2026-06-14")
    file = {"name": "report.csv", "mimeType": "text/csv", "buffer": good}
    page.get_by_label("Bericht als CSV").set_input_files(file)
    page.get_by_role("button", name="Bericht lesen").click()
    expect(page.locator("#waiting")).to_be_visible()
