"""The whole road in a real browser: the hour, the code, points; a real document, a question, its passage.

In both languages and both colour schemes, with axe-core finding nothing on any page visited.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.people.models import User
from learning.hours.models import StudySession
from tests.browser.conftest import axe_violations
from tests.factories import make_notebook, make_session

PASSWORD = "Spazierfahrt-1888"
READING_MILLISECONDS = 30_000


@dataclass(frozen=True)
class Road:
    language: str
    scheme: str
    viewport: dict[str, int]
    document: str
    question: str
    quoted: str
    unanswerable: str


PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
ROADS = [
    Road(
        "de", "light", DESK, "NADOO-Wiki__docs__01-organisation__04-urlaub__README.md",
        "Wann werden nicht genehmigte Fehltage verrechnet?", "Fehltage", "Wer gewann 1990 den Eurovision Song Contest?",
    ),
    Road(
        "de", "dark", PHONE, "NADOO-Wiki__docs__01-organisation__07-datenschutz__README.md",
        "Wer ist für den Datenschutz verantwortlich?", "atenschutz", "Wie heißt die Hauptstadt von Australien?",
    ),
    Road(
        "en", "light", PHONE, "pypdf__resources__crazyones.pdf",
        "Who are the people crazy enough to think they can change the world?", "change the world",
        "How many calories does a banana have?",
    ),
    Road(
        "en", "dark", DESK, "docling__data__html__sources__wiki_duck.html",
        "What do ducks eat?", "eat", "When was the Eiffel Tower painted green?",
    ),
]  # fmt: skip


def check(page: Page) -> None:
    assert axe_violations(page) == [], page.url


@pytest.fixture
def hour(cast: Any) -> StudySession:
    for person in (cast.emma, cast.farid):
        person.set_password(PASSWORD)
        person.save()
    notebook = make_notebook(cast.farid, audience="company", title="Friday", is_open=True, language="en")
    return make_session(cast.farid, notebook=notebook, title="Bessere Fragen · Better questions")


@pytest.mark.parametrize("road", ROADS, ids=lambda road: f"{road.language}-{road.scheme}")
def test_the_road(
    road: Road, open_page: Callable[..., Page], worker: None, cast: Any, hour: StudySession, data_folder: Path
) -> None:
    User.objects.update(language=road.language)
    options = {
        "color_scheme": road.scheme,
        "viewport": road.viewport,
        "locale": f"{road.language}-{road.language.upper()}",
    }
    emma, farid = open_page(**options), open_page(**options)
    sign_in_by_form(emma, cast.emma)
    sign_in_by_form(farid, cast.farid)
    code = read_code(farid, hour)
    check_in(emma, code, hour)
    plan_an_hour(farid)
    learn(emma, road, hour, data_folder / "documents" / road.document)
    for path in ("/me/", "/inbox/", "/notebooks/new/", "/api/v1/", "/hours/", "/nothing-here/"):
        emma.goto(path)
        check(emma)


def sign_in_by_form(page: Page, user: User) -> None:
    page.goto("/hours/")
    check(page)
    page.fill("input[name=username]", user.email)
    page.fill("input[name=password]", "wrong")
    page.press("input[name=password]", "Enter")
    expect(page.locator("#id_username, input[name=username]").first).to_be_visible()
    check(page)
    page.fill("input[name=username]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/hours/")
    check(page)


def read_code(page: Page, hour: StudySession) -> str:
    page.goto(f"/hours/{hour.pk}/code/")
    check(page)
    code = page.locator(".wall-code").inner_text()
    return "".join(character for character in code if character.isdigit())


def check_in(page: Page, code: str, hour: StudySession) -> None:
    page.goto("/")
    check(page)
    expect(page.get_by_text(hour.title).first).to_be_visible()
    box = page.locator("form[action$='/check-in/'] input[name=code]")
    box.fill("12")
    box.press("Enter")
    page.wait_for_url("**/check-in/")
    check(page)
    box.fill(code)
    box.press("Enter")
    page.wait_for_url(f"**/hours/{hour.pk}/")
    check(page)
    page.goto("/")
    expect(page.locator("a[href$='#points']")).to_have_text("10")
    expect(page.locator("[aria-labelledby=streak-title]")).to_contain_text("1")
    check(page)


def plan_an_hour(page: Page) -> None:
    page.goto("/hours/new/")
    check(page)
    page.fill("input[name=title]", "Protokolle")
    page.fill("input[name=local_date]", "2031-03-14")
    page.fill("input[name=local_time]", "09:00")
    page.select_option("select[name=notebook]", label="Friday")
    page.locator("main form[method=post] [type=submit]").first.click()
    page.wait_for_url("**/hours/*-*/")
    check(page)
    expect(page.get_by_role("link", name="Friday").first).to_be_visible()


def learn(page: Page, road: Road, hour: StudySession, document: Path) -> None:
    page.goto(f"/hours/{hour.pk}/")
    page.get_by_role("link", name="Friday").first.click()
    page.wait_for_url("**/notebooks/*/")
    notebook = page.url
    check(page)
    page.set_input_files("input[type=file]", document)
    ready = page.locator(f"#sources [data-state=ready] a:has-text('{document.stem[:30]}')")
    ready.wait_for(timeout=READING_MILLISECONDS, state="attached")
    ask(page, road.question, 1)
    check(page)
    answer = page.locator(".exchange").last
    expect(answer).to_contain_text(road.quoted)
    answer.locator("a[href*='#quote']").first.click()
    mark = page.locator("#quote")
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport()
    check(page)
    page.goto(notebook)
    ask(page, road.unanswerable, 2)
    expect(page.locator(".exchange").last.locator(".refusal")).to_be_visible()
    check(page)


def ask(page: Page, question: str, count: int) -> None:
    if (tab := page.locator("a[data-tab=conversation]")).is_visible():
        tab.click()
    page.fill("#id_question", question)
    page.press("#id_question", "Enter")
    expect(page.locator(".exchange")).to_have_count(count)
