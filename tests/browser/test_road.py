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
from learning.hours.models import Attendance, Rsvp, StudySession
from tests.browser.conftest import axe_violations
from tests.factories import code_of, make_notebook, make_session

PASSWORD = "Spazierfahrt-1888"
READING_MILLISECONDS = 30_000
NO_STREAK = {"de": "Sie beginnt mit deiner nächsten Stunde", "en": "It starts with your next hour"}
FIRST_WEEK = {"de": "1 Woche in Folge", "en": "1 week in a row"}


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
    check_in(emma, code, hour, road.language)
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
    page.goto(f"/hours/{hour.pk}/screen/")
    check(page)
    code = page.locator(".wall-code").inner_text()
    return "".join(character for character in code if character.isdigit())


def check_in(page: Page, code: str, hour: StudySession, language: str) -> None:
    page.goto("/")
    check(page)
    streak, points = page.locator("[data-weeks]"), page.locator("a[href$='#points']")
    expect(streak).to_have_attribute("data-weeks", "0")
    expect(streak).to_have_text(NO_STREAK[language])
    expect(points).to_have_text("0")
    expect(page.get_by_text(hour.title).first).to_be_visible()
    box = page.locator("form[action$='/check-in/'] input[name=code]")
    box.fill("12")
    box.press("Enter")
    page.wait_for_url("**/check-in/")
    check(page)
    assert len(code) == 6
    box.fill(code_of(hour))  # what the wall shows meanwhile: each counts for twenty seconds at most
    box.press("Enter")
    page.wait_for_url(f"**/hours/{hour.pk}/room/")
    check(page)
    posted = Attendance.objects.filter(session=hour, is_posted=True)
    for _tenth in range(100):  # the worker posts the points behind the answer
        if posted.exists():
            break
        page.wait_for_timeout(100)
    page.goto("/")
    expect(points).to_have_text("10")
    expect(streak).to_have_attribute("data-weeks", "1")
    expect(streak).to_have_text(FIRST_WEEK[language])
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
    ready = page.locator(f"#sources [data-state=ready] a.source-title:has-text('{document.stem[:30]}')")
    ready.wait_for(timeout=READING_MILLISECONDS, state="attached")
    ask(page, road.question, 1)
    check(page)
    answer = page.locator(".exchange").last
    expect(answer).to_contain_text(road.quoted)
    sentence = answer.locator(".quote > p").first.inner_text()
    answer.locator("a[href*='#quote']").first.click()
    mark = page.locator("#quote")
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport()
    # The cited stretch is marked, and in it more strongly the sentence that the answer quotes.
    expect(mark).to_have_class("heart")
    expect(mark).to_be_focused()
    heart, stretch = (" ".join(page.locator(marks).all_inner_texts()) for marks in ("mark.heart", "mark"))
    assert heart.split() == sentence.split()
    assert " ".join(heart.split()) in " ".join(stretch.split())
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


def test_the_first_document_opens_the_conversation(
    open_page: Callable[..., Page], sign_in: Callable, worker: None, cast: Any, data_folder: Path
) -> None:
    notebook = make_notebook(cast.emma)
    page = open_page(viewport=DESK)
    sign_in(page, cast.emma)
    page.goto(f"/notebooks/{notebook.pk}/")
    empty = page.locator("[data-empty]")
    expect(empty).to_contain_text("Füge zuerst ein Dokument hinzu")
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    page.fill("#id_question", "Wie viele Tage")
    page.set_input_files("input[type=file]", data_folder / "documents" / ROADS[0].document)
    expect(page.locator("#sources [data-state=ready]")).to_have_count(1, timeout=READING_MILLISECONDS)
    expect(empty.locator("[data-suggestion]").first).to_be_visible()
    expect(empty).not_to_contain_text("Füge zuerst")
    # Nothing was reloaded, and what was being written is still there.
    expect(page.locator("html")).to_have_attribute("data-same", "yes")
    expect(page.locator("#id_question")).to_have_value("Wie viele Tage")
    check(page)
    empty.locator("[data-suggestion]").first.click()
    expect(page.locator(".exchange:not([aria-hidden])")).to_have_count(1)
    expect(empty).to_have_count(0)


def test_a_password_is_changed(page: Page, cast: Any) -> None:
    cast.emma.set_password(PASSWORD)
    cast.emma.save()
    sign_in_by_form(page, cast.emma)
    page.goto("/me/")
    page.locator("main a[href='/me/password/']").click()
    page.wait_for_url("**/me/password/")
    # The field points to its hint.
    hint = page.locator(f"[id='{page.locator('#id_new_password1').get_attribute('aria-describedby')}']")
    expect(hint).to_contain_text("zehn Zeichen")
    check(page)
    for name, text in (("old_password", "wrong"), ("new_password1", "123"), ("new_password2", "124")):
        page.fill(f"input[name={name}]", text)
    page.locator("main form[method=post] [type=submit]").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    check(page)
    for name, text in (
        ("old_password", PASSWORD),
        ("new_password1", "Segelboot-1902"),
        ("new_password2", "Segelboot-1902"),
    ):
        page.fill(f"input[name={name}]", text)
    page.locator("main form[method=post] [type=submit]").click()
    page.wait_for_url("**/me/")
    expect(page.locator(".message-success")).to_be_visible()


def test_replies_are_told_without_zeros(page: Page, sign_in: Callable, cast: Any, hour: StudySession) -> None:
    sign_in(page, cast.farid)
    replies = page.locator("[aria-labelledby=run] > p").first
    for person, reply, told in (
        (cast.hanna, "no", "1 Absage."),
        (cast.emma, "yes", "1 Zusage, 1 Absage."),
        (cast.ada, "yes", "2 Zusagen, 1 Absage."),
    ):
        Rsvp.objects.create(session=hour, user=person, reply=reply)
        page.goto(f"/hours/{hour.pk}/")
        expect(replies).to_have_text(told)
