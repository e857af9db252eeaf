"""Two people in one notebook at the same time: one adds a document while the other asks; each sees the own
conversation alone, and both the same sources."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from hub.people.models import User
from learning.notebooks.models import Exchange
from tests.browser.test_road import READING_MILLISECONDS
from tests.factories import make_notebook, make_source

DOCUMENT = "NADOO-Wiki__docs__01-organisation__04-urlaub__README.md"
ALLOWANCE = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"
ANSWERED = ".exchange[id]"  # one that is still under way has none
ABSENCE = "Wann werden nicht genehmigte Fehltage verrechnet?"


def test_two_people_work_in_one_notebook_at_once(
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, User], None],
    worker: None,
    cast: Any,
    data_folder: Path,
) -> None:
    notebook = make_notebook(cast.farid, audience="company", is_open=True, title="Regeln")
    make_source(notebook)
    emma, farid = open_page(), open_page(viewport={"width": 390, "height": 844})
    for page, person in ((emma, cast.emma), (farid, cast.farid)):
        sign_in(page, person)
        page.goto(f"/notebooks/{notebook.pk}/")

    # Both press their button before either has an answer.
    emma.set_input_files("input[type=file]", data_folder / "documents" / DOCUMENT)
    begin(farid, ALLOWANCE)
    begin(emma, ALLOWANCE)
    expect(farid.locator(f"{ANSWERED} .quote").first).to_contain_text("14 Euro")
    expect(emma.locator(f"{ANSWERED} .quote").first).to_contain_text("14 Euro")
    emma.locator("#sources [data-state=ready]").nth(1).wait_for(
        timeout=READING_MILLISECONDS, state="attached"
    )

    farid.reload()
    begin(farid, ABSENCE)
    begin(emma, ABSENCE)
    for page in (farid, emma):
        expect(page.locator(ANSWERED)).to_have_count(2)
        expect(page.locator(ANSWERED).last.locator(".quote").first).to_contain_text("Fehltage")
    assert Exchange.objects.filter(asker=cast.emma).count() == 2
    assert Exchange.objects.filter(asker=cast.farid).count() == 2

    # What one erases the other keeps.
    emma.locator("details.forget > summary").click()
    emma.locator("details.forget button").click()
    expect(emma.locator(ANSWERED)).to_have_count(0)
    farid.reload()
    expect(farid.locator(ANSWERED)).to_have_count(2)


def begin(page: Page, question: str) -> None:
    if (tab := page.locator("a[data-tab=conversation]")).is_visible():
        tab.click()
    page.fill("#id_question", question)
    page.press("#id_question", "Enter")
