"""The bet in a real browser, from its opening to the standings, as each of the people in it sees it.

Claims are made by keyboard alone, a rival's claim changes nothing that others see, and axe-core finds nothing
on any page visited.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from challenges.contests.approving import approve_baseline
from challenges.contests.models import Challenge, Entry
from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import a_tool, approve, close, make_challenge, make_claim, make_entry

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
TITLES = {"de": "Wer streicht am meisten?", "en": "Who takes out most?"}
DRAWING = "one-time-examples__invoice-en__camunda-invoice-de.bpmn"
OWN_WORDS = ("Die Ablage macht der Posteingang", "40 Fälle, siehe Protokoll")
RIVALS_WORDS = ("Der Preis kommt aus der Preisliste", "Siebzig Fälle seit August")
# What differs between two looks at one page: one-time tokens, and how long it still is.
PASSING = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"|nonce="[^"]*"|<(strong|h1) data-clock.*?</\1>',
    re.DOTALL,
)


@pytest.fixture
def people(open_page: Callable[..., Page], sign_in: Callable, cast: Any) -> Callable[..., SimpleNamespace]:
    """`people("de", viewport=...)`: a browser of their own for each, signed in."""

    def open_all(language: str, **options: Any) -> SimpleNamespace:
        User.objects.update(language=language)
        a_tool()
        pages = {}
        for name in ("farid", "bertha", "carl", "ruth", "emma"):
            pages[name] = open_page(locale=f"{language}-{language.upper()}", **options)
            sign_in(pages[name], getattr(cast, name))
        return SimpleNamespace(**pages)

    return open_all


def check(page: Page) -> None:
    assert axe_violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url


def submit(page: Page) -> None:
    page.locator("main form[method=post] [type=submit]").first.click()


def open_bet(page: Page, referee: User, language: str) -> Challenge:
    page.goto("/challenges/")
    page.locator("main a[href='/challenges/new/']").first.click()
    page.fill("input[name=title]", TITLES[language])
    page.fill("input[name=local_date]", (timezone.now() + timedelta(days=20)).date().isoformat())
    page.fill("input[name=local_time]", "18:00")
    submit(page)
    # Nobody was named who checks the claims.
    expect(page.locator("[data-errors]")).to_be_focused()
    expect(page.locator("input[name=title]")).to_have_value(TITLES[language])
    page.check(f"input[name=referees][value='{referee.pk}']")
    submit(page)
    page.wait_for_url("**/challenges/*-*/")
    expect(page.locator("h1")).to_have_text(TITLES[language])
    check(page)
    return Challenge.objects.get()


def import_drawing(page: Page, file: Path) -> None:
    page.goto("/processes/new/")
    page.set_input_files("input[type=file]", file)
    submit(page)
    page.wait_for_url("**/processes/*-*/")
    expect(page.locator(".drawing.is-drawn")).to_be_visible()
    check(page)


def take_template(page: Page, key: str, language: str) -> None:
    page.goto("/processes/new/")
    form = page.locator(f"form[action$='/from-template/']:has(input[value='{key}'])")
    form.locator(f"button[value={language}]").click()
    page.wait_for_url("**/processes/*-*/")
    expect(page.locator(".drawing.is-drawn")).to_be_visible()


def enter(page: Page, bet: Challenge, user: User, referee: Page) -> None:
    """With one's newest process, which the referee approves, and the organiser in its owner's place."""
    page.goto("/challenges/")
    page.get_by_role("link", name=bet.title).click()
    page.locator("main a[href$='/enter/']").click()
    process = user.processes.latest("created_at")
    page.check(f"input[name=process][value='{process.pk}']")
    submit(page)
    page.wait_for_url("**/baseline/")
    check(page)
    page.fill("input[name=data_source]", "ERP 2026-10")
    page.check("input[name=keeps_data]")
    page.check("input[name=is_stable]")
    submit(page)
    expect(page.locator(".message-success")).to_be_visible()
    referee.goto(page.url)
    check(referee)
    referee.locator("form[action$='/approve/'] button").click()
    expect(referee.locator(".state-done")).to_have_count(1)
    approve_baseline(entry=bet.entries.get(contestant=user), by=bet.organiser)
    page.goto(f"/challenges/{bet.pk}/")
    expect(page.locator("[data-confirmed]")).to_have_attribute("data-confirmed", "0")
    expect(page.locator(".drawing.is-drawn")).to_be_visible()
    check(page)


def tab_to(page: Page, target: Locator, most: int = 90) -> None:
    for _step in range(most):
        if target.evaluate("one => one === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by keyboard: {target}")


def claim_by_keyboard(page: Page, bet: Challenge, step: str, words: tuple[str, str]) -> None:
    page.goto(f"/challenges/{bet.pk}/")
    line = page.locator(".own-steps > li").filter(has_text=step)
    tab_to(page, line.locator("a[href*='step=']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/claim/**")
    expect(page.locator("label:has(input[name=steps]:checked)")).to_contain_text(step)
    tab_to(page, page.locator("#id_method"))
    page.keyboard.type(words[0])
    tab_to(page, page.locator("#id_system"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("#id_evidence"))
    page.keyboard.type(words[1])
    tab_to(page, page.locator("main form[method=post] [type=submit]").first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/challenges/{bet.pk}/")
    expect(page.locator(".message-success")).to_be_visible()
    expect(line).to_have_attribute("data-mark", "claimed")


def claim(page: Page, bet: Challenge, words: tuple[str, str]) -> str:
    """The first step there is. Returns its name."""
    page.goto(f"/challenges/{bet.pk}/claim/")
    page.locator("input[name=steps]").first.check()
    page.select_option("#id_system", index=1)
    page.fill("#id_method", words[0])
    page.fill("#id_evidence", words[1])
    submit(page)
    page.wait_for_url(f"**/challenges/{bet.pk}/")
    return page.locator("[data-mark=claimed] .step-name").last.inner_text()


def decide(page: Page, bet: Challenge, who: User, step: str, decision: str, reason: str = "") -> None:
    page.goto(f"/challenges/{bet.pk}/")
    page.locator("main a[href$='/review/']").first.click()
    case = page.locator("article.claim").filter(has_text=step).filter(has_text=who.first_name)
    expect(case).to_have_count(1)
    if reason:
        case.locator(f"button[value={decision}]").click()
        expect(page.locator("[data-errors]")).to_be_focused()
        check(page)
        case.locator("textarea").fill(reason)
    case.locator(f"button[value={decision}]").click()
    page.wait_for_url("**/review/")
    expect(page.locator(".message-success")).to_be_visible()


def reveal(page: Page, bet: Challenge) -> None:
    page.goto(f"/challenges/{bet.pk}/review/")
    button = page.locator("form[action$='/reveal/'] button").last
    expect(page.locator("form[action$='/reveal/']")).to_have_count(0)
    close(bet)
    page.reload()
    check(page)
    expect(page.locator("section[aria-labelledby=reveal] p").first).to_contain_text(
        re.compile("Noch ist Zeit|There is still time")
    )
    Challenge.objects.filter(pk=bet.pk).update(appeal_days=0)
    page.reload()
    button.click()
    page.wait_for_url(f"**/challenges/{bet.pk}/")


def places(page: Page, bet: Challenge) -> list[tuple[int, str, int]]:
    page.goto(f"/challenges/{bet.pk}/")
    check(page)
    return [
        (
            number_in(line.locator(".standing-rank").inner_text()),
            line.locator(".standing-who a").inner_text().split()[0],
            number_in(line.locator(".standing-count strong").inner_text()),
        )
        for line in page.locator(".standing").all()
    ]


def number_in(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def seen_by(page: Page, paths: list[str]) -> dict[str, str]:
    answers = {path: page.request.get(path) for path in paths}
    assert {answer.status for answer in answers.values()} == {200}
    return {path: PASSING.sub("", answer.text()) for path, answer in answers.items()}


def test_the_bet_from_its_opening_to_the_standings(
    people: Callable[..., SimpleNamespace], cast: Any, data_folder: Path
) -> None:
    them = people("de", viewport=DESK)
    bet = open_bet(them.farid, cast.ruth, "de")

    import_drawing(them.bertha, data_folder / "bpmn" / "camunda7" / DRAWING)
    expect(them.bertha.locator(".step")).to_have_count(5)
    expect(them.bertha.locator(".steps")).to_contain_text("Freigebenden auswählen")
    enter(them.bertha, bet, cast.bertha, them.ruth)
    claim_by_keyboard(them.bertha, bet, "PDF archivieren", OWN_WORDS)
    claim_by_keyboard(them.bertha, bet, "Rechnung klären", ("Der Assistent fragt nach", "Bald"))
    drawing = them.bertha.locator(".drawing-canvas")
    expect(drawing.locator(".mark-claimed")).to_have_count(2)
    expect(them.bertha.locator("[data-confirmed]")).to_have_attribute("data-confirmed", "0")
    check(them.bertha)

    take_template(them.carl, "order-to-cash", "de")
    enter(them.carl, bet, cast.carl, them.ruth)
    entry, rival = Entry.objects.get(contestant=cast.bertha), Entry.objects.get(contestant=cast.carl)
    paths = ["/challenges/", "/", "/inbox/", "/me/", "/leaderboard/"]
    paths += [
        f"/challenges/{bet.pk}/",
        f"/challenges/entries/{entry.pk}/",
        f"/challenges/entries/{rival.pk}/",
    ]
    before = {page: seen_by(page, paths) for page in (them.bertha, them.farid, them.emma)}
    taken = claim(them.carl, bet, RIVALS_WORDS)
    for page, pages in before.items():
        assert seen_by(page, paths) == pages
    expect(them.carl.locator(".drawing-canvas .mark-claimed")).to_have_count(1)
    them.emma.goto(f"/challenges/entries/{entry.pk}/")
    expect(them.emma.locator(".drawing.is-drawn")).to_be_visible()
    expect(them.emma.locator(".mark, [data-mark]")).to_have_count(0)
    assert them.emma.goto(f"/challenges/{bet.pk}/review/").status == 403
    check(them.emma)

    decide(them.ruth, bet, cast.bertha, "PDF archivieren", "confirm")
    decide(them.ruth, bet, cast.bertha, "Rechnung klären", "refuse", "Es fehlt, seit wann.")
    decide(them.ruth, bet, cast.carl, taken, "confirm")
    them.bertha.goto(f"/challenges/{bet.pk}/")
    expect(them.bertha.locator("[data-confirmed]")).to_have_attribute("data-confirmed", "1")
    expect(drawing.locator(".mark-eliminated")).to_have_count(1)
    refused = them.bertha.locator(".own-steps > li").filter(has_text="Rechnung klären")
    said = them.bertha.locator(".own-claim").filter(has_text="Rechnung klären")
    expect(said).to_contain_text("Es fehlt, seit wann.")
    expect(refused.locator("a[href*='step=']")).to_be_visible()
    check(them.bertha)
    them.bertha.goto("/me/")
    expect(them.bertha.locator("#points .figure-number")).to_have_text("0")

    make_entry(bet, cast.walter)
    reveal(them.ruth, bet)
    assert places(them.emma, bet) == [(1, "Carl", 1), (1, "Bertha", 1), (3, "Walter", 0)]
    them.emma.locator(".standings").get_by_role("link", name=str(cast.bertha)).click()
    expect(them.emma.locator(".drawing-canvas .mark-eliminated")).to_have_count(1)
    gone = entry.process.steps.get(name="PDF archivieren").element_id
    expect(them.emma.locator(".djs-element.is-eliminated")).to_have_attribute("data-element-id", gone)
    expect(them.emma.locator(".step.is-eliminated")).to_have_text(re.compile("PDF archivieren"))
    check(them.emma)
    them.bertha.reload()
    expect(them.bertha.locator("#points .figure-number")).to_have_text("20")


def test_the_bet_in_english_on_a_phone(people: Callable[..., SimpleNamespace], cast: Any) -> None:
    them = people("en", viewport=PHONE, color_scheme="dark", has_touch=True)
    bet = open_bet(them.farid, cast.ruth, "en")
    take_template(them.bertha, "travel-expenses", "en")
    enter(them.bertha, bet, cast.bertha, them.ruth)
    taken = claim(them.bertha, bet, ("The assistant reads the receipts", "Thirty trips since May"))
    expect(them.bertha.get_by_text("1 waits for the referee")).to_be_visible()
    check(them.bertha)
    decide(them.ruth, bet, cast.bertha, taken, "confirm")
    reveal(them.ruth, bet)
    assert places(them.emma, bet) == [(1, "Bertha", 1)]
    them.bertha.goto("/inbox/")
    check(them.bertha)
    them.bertha.locator(f"main a[href='/challenges/{bet.pk}/']").first.click()
    expect(them.bertha.locator(".standing.is-mine .standing-steps")).to_contain_text(taken)


def test_a_draft_is_thrown_away_with_the_mouse(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    """The title's link covers the line, the button lies above it."""
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    entry = make_entry(bet, cast.bertha)
    make_claim(entry, is_draft=True, author=cast.bertha)
    page = open_page(viewport=DESK)
    sign_in(page, cast.bertha)
    page.goto(f"/challenges/{bet.pk}/")
    thrown = page.get_by_role("button", name="Verwerfen")
    thrown.click()
    expect(thrown).to_have_count(0)


def test_a_step_is_claimed_and_withdrawn_without_javascript(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    bet = make_challenge(cast.farid, referees=(cast.ruth,))
    page = open_page(java_script_enabled=False, viewport=PHONE)
    sign_in(page, cast.bertha)
    page.goto("/processes/new/")
    page.locator("form[action$='/from-template/'] button").first.click()
    page.goto(f"/challenges/{bet.pk}/enter/")
    page.locator("input[name=process]").first.check()
    submit(page)
    approve(bet.entries.get())
    a_tool()
    page.goto(f"/challenges/{bet.pk}/claim/")
    page.locator("input[name=steps]").nth(2).check()
    page.select_option("#id_system", index=1)
    page.fill("#id_method", "Der Assistent")
    page.fill("#id_evidence", "40 Fälle")
    submit(page)
    line = page.locator(".own-steps > li[data-mark=claimed]")
    expect(line).to_have_count(1)
    page.locator("form[action$='/withdraw/'] button").click()
    expect(line).to_have_count(0)
    expect(page.locator(".own-steps > li").first).to_be_visible()
    expect(page.locator(".own-steps > li:not(:has(a[href*='step=']))")).to_have_count(0)
