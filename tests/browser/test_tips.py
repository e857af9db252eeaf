"""The day's tip and the calendar in a real browser: with and without JavaScript, by keyboard, on a small phone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.drops.actions import open_advent_door
from hub.nudges.models import Nudge, Tip
from hub.nudges.starter import load_starter_tips
from tests.browser.conftest import axe_violations

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def emma(site: Any, cast: Any) -> Any:
    load_starter_tips()
    return cast.emma


@pytest.fixture
def _on_the_twelfth(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    at = datetime(2026, 12, 12, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 400  # signed in before and after the jump
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert timezone.now() == at


def test_a_tip_that_was_on_the_screen_is_noted_and_answered_in_place(
    page: Page, sign_in: Callable, emma: Any
) -> None:
    sign_in(page, emma)
    with page.expect_response(lambda answer: answer.url.endswith("/seen/")) as noted:
        page.goto("/")
        page.locator(".tip-answers").scroll_into_view_if_needed()
    assert noted.value.status == 204
    assert Nudge.objects.get().source == "today"

    page.locator("button[value=later]").press("Enter")
    undo = page.locator("#tip button[value=none]")
    expect(undo).to_be_focused()
    assert Nudge.objects.get().response == "later"
    assert axe_violations(page) == []
    undo.press("Enter")
    expect(page.locator("#tip button[value=tried]")).to_be_focused()
    assert Nudge.objects.get().response == ""


def test_without_javascript_the_answer_is_kept_too(
    open_page: Callable[..., Page], sign_in: Callable, emma: Any
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, emma)
    page.goto("/")
    assert not Nudge.objects.exists()
    page.locator("button[value=not_for_me]").click()
    page.locator("#tip button[value=none]").wait_for()
    assert Nudge.objects.get().response == "not_for_me"


@pytest.mark.usefixtures("_on_the_twelfth")
def test_a_door_is_opened_by_keyboard_and_its_words_have_the_focus(
    page: Page, sign_in: Callable, emma: Any
) -> None:
    sign_in(page, emma)
    page.goto("/advent/")
    assert axe_violations(page) == []
    page.locator(".is-today button").press("Enter")
    expect(page.locator("#door-title")).to_be_focused()
    assert axe_violations(page) == []


@pytest.mark.usefixtures("_on_the_twelfth")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_small_phone_and_have_no_faults(
    scheme: str, open_page: Callable[..., Page], sign_in: Callable, emma: Any
) -> None:
    open_advent_door(user=emma, day=3)
    tip = Tip.objects.first()
    page = open_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    sign_in(page, emma)
    for path in ("/tips/", f"/tips/{tip.pk}/", "/advent/?door=3", "/me/notices/", "/me/"):
        page.goto(path)
        assert page.evaluate(OVERFLOW) <= 0, path
        assert axe_violations(page) == [], path


def test_no_pins_fall_where_motion_is_unwanted(
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    open_page: Callable[..., Page],
    sign_in: Callable,
    emma: Any,
) -> None:
    at = datetime(2026, 12, 24, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 400
    monkeypatch.setattr(timezone, "now", lambda: at)
    open_advent_door(user=emma, day=24)
    for motion, is_shown in (("reduce", False), ("no-preference", True)):
        page = open_page(reduced_motion=motion)
        sign_in(page, emma)
        page.goto("/advent/?door=24")
        assert page.locator(".confetti").is_visible() == is_shown
