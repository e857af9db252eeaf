"""The search by hand and by key: "/" leads to it, its field works at every width, a passage opens marked."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import make_notebook, make_session, make_source


@pytest.fixture
def something_to_find(site: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma, audience="company", title="Reisen")
    make_source(notebook)
    make_session(cast.farid, title="Reisekosten ohne Zettel")


@pytest.mark.usefixtures("something_to_find")
@pytest.mark.parametrize(("language", "scheme"), [("de", "dark"), ("en", "light")])
def test_from_anywhere_to_the_marked_passage_by_keyboard(
    language: str, scheme: str, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    page = open_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    sign_in(page, cast.otto)
    page.goto("/tips/")
    page.keyboard.press("/")
    expect(page.locator("#bar-search")).to_be_focused()
    page.keyboard.type("Verpflegungspauschale")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Verpflegungspauschale")
    found = page.locator(".found mark").first
    expect(found).to_have_text("Verpflegungspauschale")
    assert axe_violations(page) == []
    page.locator(".found a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/**")
    expect(page.locator("#quote")).to_contain_text("Verpflegungspauschale von 14 Euro")


@pytest.mark.usefixtures("something_to_find")
@pytest.mark.parametrize("width", [320, 900])
def test_where_the_bar_has_no_room_the_key_and_the_sign_lead_to_the_page(
    width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    sign_in(page, cast.otto)
    page.goto("/tips/")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.locator("#search-field")).to_be_focused()
    page.goto("/hours/")
    page.locator(".bar-quick a[href='/search/']").click()
    page.wait_for_url("**/search/")
    page.locator("#search-field").fill("Reisekosten")
    page.get_by_role("search").get_by_role("button").click()
    expect(page.locator(".found").first).to_contain_text("Reisekosten ohne Zettel")


def test_the_key_writes_where_somebody_writes_and_can_be_switched_off(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    sign_in(page, cast.emma)
    page.goto("/search/")
    field = page.locator("#search-field")
    field.press("/")
    expect(field).to_have_value("/")
    page.locator("[data-slash-toggle]").click()
    page.goto("/hours/")
    page.keyboard.press("/")
    expect(page.locator("#bar-search")).not_to_be_focused()
    page.goto("/search/")
    page.locator("[data-slash-toggle]").click()
    page.goto("/hours/")
    page.keyboard.press("/")
    expect(page.locator("#bar-search")).to_be_focused()
