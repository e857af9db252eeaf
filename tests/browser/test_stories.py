"""A story told on a phone, found helpful by somebody else, withdrawn and put back, with no faults in between."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.people.models import User
from tests.browser.conftest import axe_violations

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_a_story_is_told_thanked_for_and_withdrawn(
    scheme: str, width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language="de")
    view = {"color_scheme": scheme, "viewport": {"width": width, "height": 700}}
    emma, ada = open_page(**view), open_page(**view)
    sign_in(emma, cast.emma)
    sign_in(ada, cast.ada)

    def check(page: Page) -> None:
        assert axe_violations(page) == []
        assert page.evaluate(OVERFLOW) <= 0

    emma.goto("/tips/")
    check(emma)
    emma.locator("#main").get_by_role("link", name="Geschichten").click()
    check(emma)
    emma.get_by_role("link", name="Die erste erzählen").click()
    check(emma)
    emma.locator("[name=title]").fill("Donaudampfschifffahrtsgesellschaftsprotokollzusammenfassung " * 2)
    emma.locator("[name=body]").fill("Erst lesen.\n\nDann kürzen.")
    emma.locator("[name=tool]").fill("KI-Assistent")
    emma.locator("[name=minutes_saved]").fill("30")
    emma.get_by_role("button", name="Veröffentlichen").click()
    expect(emma.locator("h1")).to_contain_text("Donaudampfschifffahrt")
    emma.locator("summary").click()
    expect(emma.locator("#story-text")).to_contain_text("- Werkzeug: KI-Assistent")
    check(emma)

    ada.goto("/stories/?order=kudos")
    check(ada)
    ada.locator(".item-title").click()
    ada.get_by_role("button", name="Das hilft mir").click()
    expect(ada.locator("#kudos")).to_contain_text("Ada Miller")
    check(ada)

    emma.get_by_role("button", name="Zurückziehen").click()
    expect(emma.get_by_text("Jetzt siehst nur du sie.")).to_be_visible()
    check(emma)
    ada.goto("/stories/")
    expect(ada.locator(".item-title")).to_have_count(0)
    emma.get_by_role("button", name="Rückgängig").click()
    ada.reload()
    expect(ada.locator(".item-title")).to_have_count(1)
