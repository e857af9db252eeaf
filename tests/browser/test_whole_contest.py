"""A whole bet with six contestants in browsers, from the baseline to the final result, in both languages.

Three of them work in German at a desk, three in English on a phone; one is a team with an assistant. The reveal is
driven by keyboard on a wall of 1920 by 1080 while a phone watches, and neither knows more than was shown.
"""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.contests.models import Challenge, Entry
from challenges.processes.models import Lane
from challenges.sealed import control, deciding, show
from challenges.sealed.models import Show
from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import a_tool, close, make_team, make_user

PHONE, DESK, WALL = (
    {"width": 390, "height": 844},
    {"width": 1280, "height": 800},
    {"width": 1920, "height": 1080},
)
# First name, language, template, how many claims are verified.
SIX = (
    ("Anna", "de", "order-to-cash", 4),
    ("Bruno", "de", "procure-to-pay", 3),
    ("Clara", "de", "lead-to-order", 2),
    ("David", "en", "hire-to-retire", 2),
    ("Eve", "en", "project-reporting", 1),
    ("Frank", "en", "customer-service", 0),
)
WORDS = {
    "de": ("Der Assistent liest den Vorgang", "Seit vier Wochen, 40 Fälle"),
    "en": ("The assistant reads the case", "Four weeks, 40 cases"),
}


def check(page: Page) -> None:
    assert axe_violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url


def submit(page: Page) -> None:
    page.locator("main form[method=post] [type=submit]").first.click()


@pytest.fixture
def them(open_page: Callable[..., Page], sign_in: Callable, cast: Any) -> SimpleNamespace:
    people, pages = {}, {}
    for name, language, _template, _n in SIX:
        people[name] = make_user(name, language=language, team=make_team(f"Bereich {name}"))
    people["Ruth"], people["Farid"], people["Emma"] = cast.ruth, cast.farid, cast.emma
    people["Conny"] = make_user("Conny", roles=("controller",))
    a_tool()
    for name, person in people.items():
        look = {"viewport": PHONE, "has_touch": True} if person.language == "en" else {"viewport": DESK}
        pages[name] = open_page(locale="de-DE" if person.language == "de" else "en-GB", **look)
        sign_in(pages[name], person)
    return SimpleNamespace(people=people, pages=pages)


def open_bet(page: Page, referee: User) -> Challenge:
    page.goto("/challenges/new/")
    page.fill("input[name=title]", "Die große Wette")
    start = timezone.now() + timedelta(days=2)
    page.fill("input[name=start_date]", start.date().isoformat())
    page.fill("input[name=local_date]", (start + timedelta(days=30)).date().isoformat())
    page.check(f"input[name=referees][value='{referee.pk}']")
    page.locator("details.fold summary").click()
    page.fill("input[name=appeal_days]", "0")
    page.select_option("select[name=automated_weight]", "0.50")
    submit(page)
    page.wait_for_url("**/challenges/*-*/")
    check(page)
    return Challenge.objects.get()


def enter(page: Page, bet: Challenge, user: User, template: str, team_name: str = "") -> None:
    page.goto("/processes/new/")
    form = page.locator(f"form[action$='/from-template/']:has(input[value='{template}'])")
    form.locator(f"button[value={user.language}]").click()
    page.wait_for_url("**/processes/*-*/")
    page.goto(f"/challenges/{bet.pk}/enter/")
    page.check(f"input[name=process][value='{user.processes.latest('created_at').pk}']")
    page.fill("input[name=team_name]", team_name)
    submit(page)
    page.wait_for_url("**/baseline/")
    page.fill("input[name=data_source]", "ERP 2026-10")
    page.check("input[name=keeps_data]")
    page.check("input[name=is_stable]")
    with page.expect_navigation():
        submit(page)
    check(page)


def approve_all(referee: Page, organiser: Page, bet: Challenge) -> None:
    """The contestants own their processes, so the organiser stands in for each of them."""
    for entry in bet.entries.all():
        for done, page in enumerate((referee, organiser), start=1):
            page.goto(f"/challenges/entries/{entry.pk}/baseline/")
            page.locator("form[action$='/approve/'] button").click()
            expect(page.locator(".state-done")).to_have_count(done)
        # In each lane two people work, so that its minutes may be told.
        lanes = set(entry.process.steps.values_list("lane", flat=True))
        Lane.objects.bulk_create(Lane(process=entry.process, name=name, performers=2) for name in lanes)
    check(referee)


def start_now(bet: Challenge) -> None:
    """Its start has come an hour ago."""
    past = timezone.localtime(timezone.now() - timedelta(hours=1), timezone.get_default_timezone())
    bet.refresh_from_db()
    bet.start_date, bet.start_time, bet.time_zone = past.date(), past.time(), str(past.tzinfo)
    bet.save()


def claim(page: Page, bet: Challenge, language: str, number: int) -> None:
    """The first open step; the last of the six says that it was automated, and how long it took."""
    page.goto(f"/challenges/{bet.pk}/claim/")
    page.locator("input[name=steps]").first.check()
    page.fill("#id_method", WORDS[language][0])
    page.fill("#id_evidence", WORDS[language][1])
    page.select_option("#id_system", index=1)
    page.fill("#id_before_minutes", "20")
    page.fill("#id_after_minutes", "2")
    page.fill("#id_freed_for", "Kunden" if language == "de" else "Customers")
    if number == 0:
        page.set_input_files("#id_files", {"name": "beleg.txt", "mimeType": "text/plain", "buffer": b"Beleg"})
        check(page)
    submit(page)
    page.wait_for_url(f"**/challenges/{bet.pk}/")
    expect(page.locator(".message-success")).to_be_visible()


def draft_as_assistant(page: Page, bet: Challenge) -> None:
    page.goto(f"/challenges/{bet.pk}/")
    expect(page.locator("[data-mark]")).to_have_count(0)
    page.locator("main a[href$='/claim/']").first.click()
    page.locator("input[name=steps]").nth(5).check()
    page.fill("#id_method", "Entwurf der Assistenz")
    page.fill("#id_evidence", "Folgt")
    submit(page)
    page.wait_for_url("**/claims/*/")
    check(page)


def decide_all(page: Page, bet: Challenge) -> None:
    page.goto(f"/challenges/{bet.pk}/review/")
    check(page)
    waiting = page.locator("article.claim button[value=confirm]:visible")
    while waiting.count():
        waiting.first.click()
        page.wait_for_url("**/review/")
        page.locator(".message-success").wait_for()


def standings_on(page: Page) -> list[tuple[str, str]]:
    return [
        (
            line.locator(".standing-who a").inner_text().split()[0],
            line.locator(".standing-count strong").inner_text(),
        )
        for line in page.locator(".standing").all()
    ]


def reveal(wall: Page, phone: Page, bet: Challenge) -> None:
    """Bottom-up, by keyboard; the phone follows."""
    wall.goto(f"/challenges/{bet.pk}/review/")
    wall.locator("form[action$='/count/'] button").click()
    expect(wall.locator(".message-success")).to_be_visible()
    wall.locator("form[action$='/screen/start/'] button").click()
    wall.wait_for_url("**/screen/")
    phone.goto(f"/challenges/{bet.pk}/screen/")
    steps = show.show_of(bet).steps
    assert [step["kind"] for step in steps if step["kind"] in {"place", "winner"}][-1] == "winner"
    for position, step in enumerate(steps[1:], start=1):
        ahead = [line["who"] for later in steps[position + 1 :] for line in later.get("lines", [])]
        wall.keyboard.press("ArrowRight")
        if position == len(steps) - 1:
            break
        for page in (wall, phone):
            for line in step.get("lines", []):
                expect(page.locator("[data-live=step]")).to_contain_text(line["who"])
            if step["kind"] == "drum":
                expect(page.locator(".show-lines")).to_have_count(0)
        for page in (wall, phone):
            content = page.content()
            assert not [who for who in ahead if who in content]
        overflow = "document.documentElement.scrollHeight - window.innerHeight"
        assert wall.evaluate(overflow) <= 0, step["kind"]
        if step["kind"] in {"winner", "freed"}:
            check(wall)
            check(phone)
    phone.wait_for_url(f"**/challenges/{bet.pk}/", timeout=20_000)


def test_six_contestants_from_the_baseline_to_the_final_result(
    them: SimpleNamespace, open_page: Callable[..., Page], sign_in: Callable
) -> None:
    people, pages = them.people, them.pages
    bet = open_bet(pages["Farid"], people["Ruth"])
    for name, _language, template, _n in SIX:
        enter(pages[name], bet, people[name], template, "Die Kürzer" if name == "Bruno" else "")
    pages["Bruno"].goto(f"/challenges/{bet.pk}/people/")
    pages["Bruno"].fill("input[name=email]", people["Emma"].email)
    pages["Bruno"].select_option("select[name=part]", "assistant")
    pages["Bruno"].locator("main .form [type=submit]").last.click()
    expect(pages["Bruno"].get_by_text("Emma Lindner").first).to_be_visible()
    approve_all(pages["Ruth"], pages["Farid"], bet)
    start_now(bet)

    for name, language, _template, n in SIX:
        for number in range(n):
            claim(pages[name], bet, language, number)
    draft_as_assistant(pages["Emma"], bet)
    pages["Bruno"].goto(f"/challenges/{bet.pk}/")
    expect(pages["Bruno"].get_by_text("Entwurf").first).to_be_visible()
    check(pages["Bruno"])
    for name in ("Anna", "David"):
        pages[name].goto(f"/challenges/{bet.pk}/")
        others = [people[other].first_name for other, *_rest in SIX if other != name]
        tally = pages[name].locator(".tally").inner_text()
        assert not [other for other in others if other in tally]
        check(pages[name])

    decide_all(pages["Ruth"], bet)
    pages["Conny"].goto("/challenges/hours/")
    check(pages["Conny"])
    pages["Conny"].locator("button[value=confirm]:visible").first.click()
    expect(pages["Conny"].locator(".message-success")).to_be_visible()
    bet.refresh_from_db()
    close(bet)

    wall = open_page(locale="de-DE", viewport=WALL)
    sign_in(wall, people["Ruth"])
    reveal(wall, pages["Eve"], bet)
    bet.refresh_from_db()
    assert (bet.phase(), Show.objects.get().ended_at is not None) == ("revealed", True)
    expected = [("Anna", "4"), ("Die", "3"), ("Clara", "2"), ("David", "2"), ("Eve", "1"), ("Frank", "0")]
    for name in ("Emma", "Eve"):
        pages[name].goto(f"/challenges/{bet.pk}/")
        assert standings_on(pages[name]) == expected
        check(pages[name])
    call_command("verify_reveal", str(bet.pk))
    pages["David"].goto(f"/challenges/{bet.pk}/seal/")
    check(pages["David"])

    for waiting in control.hours_waiting(bet):
        deciding.decide_hours(claim=waiting, controller=people["Conny"], saved_minutes=9)
    with time_machine.travel(timezone.now() + timedelta(weeks=7)):
        sign_in(pages["Ruth"], people["Ruth"])
        pages["Ruth"].goto(f"/challenges/{bet.pk}/control/")
        first = pages["Ruth"].locator("article.claim").filter(has_text="Anna").first
        first.locator("summary").click()
        first.locator("textarea").fill("Wird wieder von Hand gemacht")
        first.locator("button[name=back]").click()
        expect(pages["Ruth"].locator(".message-success")).to_be_visible()
        check(pages["Ruth"])
        pages["Ruth"].locator("form[action$='/final/'] button").click()
        pages["Ruth"].wait_for_url(f"**/challenges/{bet.pk}/")
    bet.refresh_from_db()
    assert bet.phase() == "final"
    pages["Emma"].goto(f"/challenges/{bet.pk}/")
    assert standings_on(pages["Emma"])[0] in {("Anna", "3"), ("Die", "3")}
    assert Entry.objects.get(contestant=people["Anna"]).standing.final_net == 3
