"""Tips, Advent, the board and the reports in a real browser: what people do there, and what they cannot see."""

import csv
import html
import io
import json
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from hub.drops.contents.advent import DOORS
from hub.notices.actions import set_preferences
from hub.notices.models import Preference
from hub.notices.unsubscribe import unsubscribe_path
from hub.nudges.models import Nudge
from hub.nudges.starter import load_starter_tips
from hub.people.models import User
from tests.browser.company import MARKUP, published_company
from tests.browser.conftest import axe_violations

EFFECTS = {
    "tried": "Tried it. It rests for three weeks now.",
    "later": "Put off. It comes back in three days.",
    "not_for_me": "Put aside. You will not get this tip again.",
}
REPORTS = ("attendance", "lab-tasks", "bets")


def said(text: str, language: str) -> str:
    with translation.override(language):
        return gettext(text)


# --- Tips ------------------------------------------------------------------------------------------


@pytest.fixture
def emma(site: Any, cast: Any) -> User:
    load_starter_tips()
    return cast.emma


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_tip_is_answered_in_place_put_aside_and_taken_back_in_the_library(
    language: str, page: Page, sign_in: Callable, emma: User
) -> None:
    User.objects.update(language=language)
    sign_in(page, emma)
    page.goto("/")
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    tip = page.locator("#tip-title a").get_attribute("href")
    for response, effect in EFFECTS.items():
        page.locator(f"#tip button[value={response}]").click()
        expect(page.locator("#tip-effect")).to_have_text(said(effect, language))
        if response != "not_for_me":
            page.locator("#tip button[value=none]").click()
            expect(page.locator("#tip button[value=tried]")).to_be_visible()
    assert axe_violations(page) == []
    # Nothing was reloaded.
    expect(page.locator("html")).to_have_attribute("data-same", "yes")

    page.goto("/tips/")
    page.select_option("select[name=mine]", "aside")
    page.locator("form[role=search] [type=submit]").click()
    expect(page.locator(".item")).to_have_count(1)
    page.locator(f".item a[href='{tip}']").click()
    page.locator("button[value=none]").click()
    expect(page.locator("button[value=tried]")).to_be_visible()
    page.goto("/tips/?mine=aside")
    expect(page.locator(".item")).to_have_count(0)


SECOND_CLICK = """([x, y]) => document.addEventListener("htmx:afterSwap", () => {
  document.elementFromPoint(x, y).click();
}, { once: true })"""


def test_a_double_click_answers_and_does_not_take_back(page: Page, sign_in: Callable, emma: User) -> None:
    sign_in(page, emma)
    page.goto("/")
    button = page.locator("#tip button[value=tried]")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    at = (box["x"] + 20, box["y"] + 20)
    # The second half comes at once after the card was exchanged, where the first was.
    page.evaluate(SECOND_CLICK, at)
    page.mouse.click(*at)
    page.locator("#tip button[value=none]").click(trial=True)
    assert Nudge.objects.get().response == "tried"


def test_a_tip_is_answered_and_taken_back_without_javascript(
    open_page: Callable[..., Page], sign_in: Callable, emma: User
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, emma)
    page.goto("/")
    for response, effect in EFFECTS.items():
        page.locator(f"#tip button[value={response}]").click()
        expect(page.locator("#tip-effect")).to_have_text(said(effect, "de"))
        assert Nudge.objects.get().response == response
        page.locator("#tip button[value=none]").click()
        expect(page.locator("#tip button[value=tried]")).to_be_visible()
    assert Nudge.objects.get().response == ""


def test_preferences_are_refused_with_what_was_written_and_saved(
    page: Page, sign_in: Callable, emma: User
) -> None:
    sign_in(page, emma)
    page.goto("/me/")
    page.locator("main a[href='/me/notices/']").click()
    page.check("input[name=tips_by_mail]")
    page.fill("input[name=weekly_cap]", "3")
    page.fill("input[name=quiet_from]", "08:00")
    page.fill("input[name=quiet_to]", "07:30")
    save = page.locator("form.preferences [type=submit]")
    save.click()
    expect(page.locator("[data-errors]")).to_be_focused()
    assert axe_violations(page) == []
    assert not Preference.of(emma).tips_by_mail
    expect(page.locator("input[name=weekly_cap]")).to_have_value("3")
    page.fill("input[name=quiet_from]", "17:00")
    today = datetime.now(ZoneInfo(emma.time_zone)).weekday()
    page.locator(f"input[name=working_days][value='{today}']").uncheck()
    save.click()
    expect(page.locator(".message-success")).to_be_visible()
    # Nothing comes today: the page says when the first may.
    expect(page.locator("main time")).to_be_visible()
    page.reload()
    expect(page.locator("input[name=tips_by_mail]")).to_be_checked()
    expect(page.locator("input[name=quiet_from]")).to_have_value("17:00")
    expect(page.locator("input[name=weekly_cap]")).to_have_value("3")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mails_are_ended_by_a_link_and_one_click_without_signing_in(
    scheme: str, open_page: Callable[..., Page], emma: User
) -> None:
    set_preferences(user=emma, changes={"tips_by_mail": True})
    page = open_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    link = unsubscribe_path(emma, "tips")
    page.goto(link)
    assert page.locator("html").get_attribute("lang") == "de"
    assert Preference.of(emma).tips_by_mail
    assert axe_violations(page) == []
    page.locator("main form button").click()
    expect(page.locator("main form")).to_have_count(0)
    assert not Preference.of(emma).tips_by_mail
    assert axe_violations(page) == []
    assert page.goto(f"{link[:-3]}/").status == 404
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# --- Advent ----------------------------------------------------------------------------------------


@pytest.fixture
def _on_the_fifth(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    at = datetime(2026, 12, 5, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 400
    monkeypatch.setattr(timezone, "now", lambda: at)


POST = """path => fetch(path, {
  method: "POST", body: new FormData(document.querySelector(".calendar form")),
}).then(async (answer) => [answer.status, await answer.text()])"""


@pytest.mark.usefixtures("_on_the_fifth")
@pytest.mark.parametrize("language", ["de", "en"])
def test_todays_door_opens_and_what_is_behind_a_later_one_is_nowhere(
    language: str, page: Page, sign_in: Callable, emma: User
) -> None:
    User.objects.update(language=language)
    sign_in(page, emma)
    sources = []

    def look(path: str) -> None:
        page.goto(path)
        sources.append(page.content())

    look("/")
    page.locator("main a[href^='/advent/']").click()
    expect(page.locator(".calendar button")).to_have_count(5)
    page.locator(".is-today button").click()
    title, text = DOORS[5].texts[language]
    expect(page.locator("#door-title")).to_have_text(title)
    expect(page.locator(".opened-text")).to_have_text(text)
    assert axe_violations(page) == []
    sources.append(page.content())
    expect(page.locator("form[action='/advent/6/open/'], a[href*='door=6']")).to_have_count(0)
    status, answer = page.evaluate(POST, "/advent/6/open/")
    assert status == 409
    sources.append(answer)
    for path in ("/advent/?door=6", "/advent/?door=24", "/tips/", "/", "/api/v1/advent/"):
        look(path)
    everything = html.unescape("\n".join(sources))
    later = [words for day in range(6, 25) for found in DOORS[day].texts.values() for words in found]
    assert [words for words in later if words in everything] == []
    assert text in everything


# --- The board and the reports ---------------------------------------------------------------------


@pytest.fixture
def company(site: Any) -> SimpleNamespace:
    return published_company()


def numbers_drawn(page: Page) -> dict[str, float]:
    """Name -> figure, as the data of the drawing has it."""
    figure = json.loads(page.locator("script[type='application/json'][id^=figure-]").text_content())
    axis, [trace] = figure["layout"]["yaxis"], figure["data"]
    names = dict(zip(axis.get("tickvals", []), axis.get("ticktext", []), strict=True))
    if names:
        return {html.unescape(names[y]): x for x, y in zip(trace["x"], trace["y"], strict=True)}
    return dict(zip(trace["x"], trace["y"], strict=True))


def numbers_in_the_table(page: Page) -> dict[str, str]:
    """The first measure of each line: people stand before it."""
    rows = page.locator(".report-table tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").nth(1).inner_text() for row in rows}


def numbers_downloaded(page: Page) -> dict[str, dict[str, str]]:
    with page.expect_download() as download:
        page.locator("main a[href*='table.csv']").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    return {row["Name"]: row for row in reversed(rows) if row["Figure"]}


@pytest.mark.parametrize("by", ["week", "team"])
@pytest.mark.parametrize("name", REPORTS)
def test_plot_table_and_sheet_show_the_same_numbers(
    name: str, by: str, page: Page, sign_in: Callable, company: SimpleNamespace
) -> None:
    sign_in(page, company.hanna)
    page.goto(f"/adoption/{name}/?by={by}&window=4")
    table = numbers_in_the_table(page)
    assert len(table) == 3
    expect(page.locator(".plot .point")).to_have_count(3)

    drawn, sheet = numbers_drawn(page), numbers_downloaded(page)
    assert drawn.keys() == table.keys() == {line.removeprefix("'") for line in sheet}
    for line, row in sheet.items():
        shown = line.removeprefix("'")
        assert row["Figure"] == table[shown]
        assert (float(row["Low"]) + float(row["High"])) / 2 == pytest.approx(drawn[shown])
    if by == "team":
        assert {MARKUP, "=SUMME(A1)"} < table.keys()
        assert "'=SUMME(A1)" in sheet
        assert MARKUP in page.locator(".plot").text_content()
        assert page.locator("main img").count() == 0


def test_a_chart_answers_to_its_form_by_keyboard(
    page: Page, sign_in: Callable, company: SimpleNamespace
) -> None:
    sign_in(page, company.hanna)
    page.goto("/adoption/")
    expect(page.locator(".plot svg.main-svg").first).to_be_visible()
    assert page.locator(".plot").count() >= len(REPORTS)
    page.locator(".report-card h2 a").first.press("Enter")
    page.locator("#by").select_option("site")
    page.locator("form.cut[method=get] button").press("Enter")
    page.wait_for_url("**by=site**")
    expect(page.locator(".plot .barlayer .point")).to_have_count(1)
    assert axe_violations(page) == []


def test_the_reports_are_not_for_everybody(page: Page, sign_in: Callable, company: SimpleNamespace) -> None:
    sign_in(page, company.emma)
    for path in ("/adoption/", *(f"/adoption/{name}/" for name in REPORTS)):
        assert page.goto(path).status == 403
        expect(page.locator("main [data-problem]")).to_be_visible()
        assert page.locator(".plot, table").count() == 0
    assert axe_violations(page) == []
    expect(page.locator("a[href='/adoption/']")).to_have_count(0)


def test_the_board_shows_ones_team_and_names_as_text(
    page: Page, sign_in: Callable, company: SimpleNamespace
) -> None:
    sign_in(page, company.emma)
    page.goto("/leaderboard/")
    expect(page.locator(".standing.is-mine")).to_contain_text(MARKUP)
    expect(page.locator("main img")).to_have_count(0)
    # Nine of fifteen came, for ten points each.
    expect(page.locator(".standing.is-mine .standing-figure")).to_contain_text("6,0")
