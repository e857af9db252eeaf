"""A proposal on its way: one like it is shown while it is typed, others vote, and it is answered; in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from challenges.usecases.models import UseCase
from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import make_process, make_use_case

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
WORDS = {
    "de": {
        "send": "In den Kasten werfen",
        "anyway": "So senden",
        "vote": "Dafür stimmen",
        "voted": "Du hast dafür gestimmt.",
        "no": "Jetzt nicht, mit Begründung",
        "process": "Ein Prozess für eine Wette",
        "answer": "Antwort senden",
        "wrong": "Sag, warum nicht",
        "look": "Nach ähnlichen suchen",
    },
    "en": {
        "send": "Put it into the box",
        "anyway": "Send it as it is",
        "vote": "Vote for it",
        "voted": "You voted for it.",
        "no": "Not now, for a reason",
        "process": "A process for a bet",
        "answer": "Send the answer",
        "wrong": "Say why not",
        "look": "Look for similar ones",
    },
}


def check(page: Page) -> None:
    assert axe_violations(page) == []
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize(("language", "scheme", "width"), [("de", "light", 320), ("en", "dark", 1280)])
def test_a_proposal_is_made_voted_for_and_answered(
    language: str, scheme: str, width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    process, words = make_process(cast.bertha), WORDS[language]
    make_use_case(cast.otto, title="Rechnungen von Hand abtippen")
    view = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    emma, carl, bertha = (open_page(**view) for _each in range(3))
    for page, person in ((emma, cast.emma), (carl, cast.carl), (bertha, cast.bertha)):
        sign_in(page, person)

    emma.goto("/challenges/")
    emma.locator("#main a[href='/use-cases/']").click()
    check(emma)
    emma.locator("#main a[href='/use-cases/new/']").click()
    emma.locator("[name=title]").press_sequentially("Rechnungen abtip")
    expect(emma.locator("#similar .item-title")).to_contain_text("Rechnungen von Hand abtippen")
    check(emma)
    emma.locator("[name=title]").fill("Bestellungen aus Anhängen übertragen")
    expect(emma.locator("#similar .item-title")).to_have_count(0)
    emma.locator("[name=body]").fill("Jeden Tag vierzig Stück. Carl Brandt kennt das.")
    emma.locator("[name=process]").select_option(str(process.pk))
    emma.locator("[name=is_named]").uncheck()
    emma.get_by_role("button", name=words["send"]).click()
    expect(emma.locator("#names")).to_contain_text("Carl Brandt")
    expect(emma.locator("[name=is_named]")).not_to_be_checked()
    check(emma)
    emma.get_by_role("button", name=words["anyway"]).click()
    expect(emma.locator("h1")).to_have_text("Bestellungen aus Anhängen übertragen")
    check(emma)

    carl.goto(emma.url)
    expect(carl.get_by_text("Lindner")).to_have_count(0)
    carl.get_by_role("button", name=words["vote"]).click()
    expect(carl.get_by_text(words["voted"])).to_be_visible()
    carl.locator("[name=text]").fill("Bei uns auch <b>jeden</b> Tag.")
    carl.locator("#comments .button").last.click()
    expect(carl.locator(".comment")).to_contain_text("<b>jeden</b>")
    check(carl)

    bertha.goto("/use-cases/?state=for_me")
    check(bertha)
    bertha.locator("a.item-title").click()
    bertha.get_by_label(words["no"]).check()
    bertha.get_by_role("button", name=words["answer"]).click()
    expect(bertha.locator(".errors")).to_contain_text(words["wrong"])
    check(bertha)
    bertha.locator("#answer [name=text]").fill("Das löst die neue Schnittstelle im Mai.")
    bertha.get_by_role("button", name=words["answer"]).click()
    expect(bertha.locator(".use-case-answer")).to_contain_text("Schnittstelle")
    emma.reload()
    expect(emma.locator(".use-case-answer")).to_contain_text("Schnittstelle")
    check(emma)


def test_what_is_typed_before_the_scripts_are_there_is_looked_at(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    """A slow line: the page can be typed into long before its scripts have come."""
    make_use_case(cast.otto, title="Rechnungen von Hand abtippen")
    page = open_page()
    sign_in(page, cast.emma)
    waiting: list[Route] = []
    page.route("**/*htmx*", lambda route: waiting.append(route))
    page.goto("/use-cases/new/", wait_until="commit")
    page.locator("[name=title]").focus()
    page.keyboard.type("Rechnungen abtip")
    expect(page.locator("#similar .item-title")).to_have_count(0)
    for route in waiting:
        route.continue_()
    expect(page.locator("#similar .item-title")).to_contain_text("Rechnungen von Hand abtippen")


@pytest.mark.parametrize("language", ["de", "en"])
def test_without_scripts_it_becomes_a_process(
    language: str, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    words = WORDS[language]
    use_case = make_use_case(cast.otto, title="Rechnungen von Hand abtippen")
    page = open_page(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    sign_in(page, cast.farid)
    page.goto("/use-cases/new/")
    page.locator("[name=title]").fill("Rechnungen abtippen")
    page.get_by_role("button", name=words["look"]).click()
    expect(page.locator("#similar .item-title")).to_contain_text("Rechnungen von Hand abtippen")
    expect(page.locator("[name=title]")).to_have_value("Rechnungen abtippen")
    page.goto(f"/use-cases/{use_case.pk}/")
    page.get_by_label(words["process"]).check()
    page.get_by_role("button", name=words["answer"]).click()
    expect(page.locator("h1")).to_contain_text(use_case.title)
    use_case = UseCase.objects.get()
    assert page.url.endswith(use_case.became)
    assert use_case.became.startswith("/processes/")
