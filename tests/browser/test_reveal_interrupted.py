"""An interrupted reveal: every screen says so and waits, and it goes on from the screen of whoever drives it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from challenges.contests.models import Challenge
from challenges.sealed import deciding, show
from tests.browser.conftest import axe_violations
from tests.factories import close, make_challenge, make_claim, make_entry, make_process, make_user

DESK = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
BREAK, GO_ON = "Kurze Pause", "Enthüllung fortsetzen"


@pytest.fixture
def bet(cast: Any) -> Challenge:
    bet = make_challenge(cast.farid, referees=(cast.ruth,), title="Winterwette")
    for name, steps in (("Anneliese", 2), ("Bartholomäus", 1)):
        user = make_user(name)
        entry = make_entry(bet, user, make_process(user, steps=6))
        for position in range(steps):
            deciding.decide(claim=make_claim(entry, position), referee=cast.ruth, is_confirmed=True)
    return close(bet)


@pytest.fixture
def driver(open_page: Callable[..., Page], sign_in: Callable, cast: Any) -> Page:
    page = open_page(viewport=DESK)
    sign_in(page, cast.ruth)
    return page


@pytest.fixture
def viewer(open_page: Callable[..., Page], sign_in: Callable, cast: Any) -> Page:
    page = open_page(viewport=PHONE)
    sign_in(page, cast.emma)
    return page


def pages_opened(page: Page) -> list[str]:
    """Grows with every page that is opened from now on."""
    opened: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            opened.append(request.url)

    page.on("request", note)
    return opened


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def test_it_stops_on_every_screen_and_goes_on_where_it_stood(
    bet: Challenge, driver: Page, viewer: Page
) -> None:
    screen = f"/challenges/{bet.pk}/screen/"
    for page in (driver, viewer):
        page.goto(screen)
        expect(page.locator(".show-step")).to_contain_text("Versiegelt")
    opened = [pages_opened(page) for page in (driver, viewer)]
    button(driver, "Enthüllung starten").click()
    expect(button(driver, "Weiter")).to_be_focused()
    driver.keyboard.press("ArrowRight")
    for page in (driver, viewer):
        expect(page.locator(".show-who")).to_contain_text("Bartholomäus")

    button(driver, "Unterbrechen").click()
    for page in (driver, viewer):
        expect(page.locator(".show-step")).to_contain_text(BREAK)
        assert "Bartholomäus" not in page.content()
        assert axe_violations(page) == []
    driver.wait_for_timeout(4000)  # longer than a page needs to be loaded again and to hear from the stream
    expect(driver.locator(".show-foot button:visible")).to_have_text([GO_ON])
    expect(button(driver, GO_ON)).to_be_focused()
    expect(viewer.locator(".show-foot button")).to_have_count(0)
    driver.keyboard.press("ArrowRight")
    assert show.show_of(bet).position == 1

    button(driver, GO_ON).click()
    for page in (driver, viewer):
        expect(page.locator(".show-who")).to_contain_text("Bartholomäus")
        assert "Anneliese" not in page.content()
    expect(button(driver, "Weiter")).to_be_focused()
    for kind in ("Und der erste Platz", "Platz 1"):
        driver.keyboard.press("ArrowRight")
        expect(driver.locator(".show-kind")).to_have_text(kind)
    expect(viewer.locator(".show-who")).to_contain_text("Anneliese")
    assert opened == [[], []], "no screen was loaded anew"


def test_a_screen_that_is_opened_meanwhile_waits_too(
    bet: Challenge, driver: Page, viewer: Page, cast: Any
) -> None:
    show.interrupt(show=show.start(challenge=bet, referee=cast.ruth), by=cast.ruth)
    screen = f"/challenges/{bet.pk}/screen/"
    driver.goto(screen)
    opened = pages_opened(driver)
    viewer.goto(screen)
    for page in (driver, viewer):
        expect(page.locator(".show-step")).to_contain_text(BREAK)
    driver.wait_for_timeout(3000)
    assert opened == []
    show.start(challenge=bet, referee=cast.ruth)
    for page in (driver, viewer):
        expect(page.locator(".show-step")).to_contain_text("Das Siegel wird gebrochen")
    expect(button(driver, "Weiter")).to_be_visible()


def test_without_scripts_it_goes_on_too(
    bet: Challenge, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    show.interrupt(show=show.start(challenge=bet, referee=cast.ruth), by=cast.ruth)
    page = open_page(java_script_enabled=False)
    sign_in(page, cast.ruth)
    page.goto(f"/challenges/{bet.pk}/screen/")
    expect(page.locator(".show-foot button:visible")).to_have_text([GO_ON])
    button(page, GO_ON).click()
    expect(button(page, "Weiter")).to_be_visible()
    assert not show.show_of(bet).is_interrupted


def test_at_the_end_who_drives_stays_and_others_are_shown_the_way(
    bet: Challenge, driver: Page, viewer: Page, cast: Any
) -> None:
    found = show.start(challenge=bet, referee=cast.ruth)
    for position in range(1, len(found.steps) - 1):
        found = show.go_to(show=found, position=position, by=cast.ruth)
    for page in (driver, viewer):
        page.goto(f"/challenges/{bet.pk}/screen/")
    driver.keyboard.press("PageDown")
    for page in (driver, viewer):
        expect(page.locator(f".show-page a[href$='/challenges/{bet.pk}/']")).to_be_visible()
        expect(page.locator(".show-foot button:visible")).to_have_count(0)
    viewer.wait_for_url(f"**/challenges/{bet.pk}/")
    assert driver.url.endswith("/screen/")


def test_a_rehearsal_that_is_ended_says_so(bet: Challenge, driver: Page, cast: Any) -> None:
    found = show.rehearse(challenge=bet, by=cast.farid)
    driver.goto(f"/challenges/rehearsals/{found.pk}/")
    button(driver, "Probe beenden").click()
    expect(driver.locator(".show-step")).to_contain_text("Die Probe ist vorbei.")
    expect(driver.locator(".show-foot button:visible")).to_have_count(0)
