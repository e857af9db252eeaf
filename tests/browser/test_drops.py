"""A calendar in a real browser: an author fills it without the mouse and hangs it up, a reader opens its door."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.drops.models import Drop
from hub.people.models import User
from tests.browser.conftest import axe_violations

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Callable[[str], None]:
    settings.SESSION_COOKIE_AGE = 60 * 60 * 24 * 400

    def to(text: str) -> None:
        at = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))
        monkeypatch.setattr(timezone, "now", lambda: at)

    return to


def test_an_author_fills_a_calendar_by_keyboard_and_a_reader_opens_it(
    site: Any, cast: Any, open_page: Callable[..., Page], sign_in: Callable, set_clock: Callable
) -> None:
    User.objects.update(language="en")
    set_clock("2027-01-04T10:00:00")
    author = open_page(viewport={"width": 390, "height": 800})
    sign_in(author, cast.farid)
    author.goto("/drops/new/")
    author.get_by_label("Title").first.fill("Zwei Tage")
    author.get_by_label("Title").last.fill("Two days")
    author.get_by_label("Number of doors").fill("2")
    author.get_by_label("First door opens on").fill("2027-01-05")
    author.keyboard.press("Enter")
    for number in (1, 2):
        expect(author.get_by_role("heading", level=1)).to_have_text(f"Door {number} of 2")
        keys = author.keyboard
        for words in (f"Titel {number}", f"Worte {number}", f"Title {number}", f"Words {number}"):
            expect(author.locator("input[type=text]:focus, textarea:focus")).to_have_value("")
            keys.type(words)
            keys.press("Tab")
        if number == 2:
            keys.press("Alt+PageUp")
            expect(author.locator("#id_title_de")).to_have_value("Titel 1")
            keys.press("Alt+PageDown")
            expect(author.locator("#id_text_en")).to_have_value("Words 2")
            assert axe_violations(author) == []
            assert author.evaluate(OVERFLOW) <= 0
        keys.press("Control+Enter")
    author.get_by_role("button", name="Publish it").click()
    expect(author.locator(".messages, main")).to_contain_text(["It hangs"])
    assert axe_violations(author) == []
    assert Drop.objects.get().starts_on == date(2027, 1, 5)

    set_clock("2027-01-05T00:00:00")
    reader = open_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
    sign_in(reader, cast.emma)
    reader.goto("/")
    reader.get_by_role("link", name="Open door 1").click()
    reader.locator(".is-today button").press("Enter")
    expect(reader.locator("#door-title")).to_be_focused()
    expect(reader.locator(".opened-text")).to_have_text("Words 1")
    assert "Words 2" not in reader.content()
    assert axe_violations(reader) == []
    assert reader.evaluate(OVERFLOW) <= 0
