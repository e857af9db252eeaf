"""The browser, the server and the database work together."""

from collections.abc import Callable

from playwright.sync_api import Page

from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import make_user


def test_the_site_answers_the_browser(page: Page) -> None:
    assert page.goto("/healthz").json() == {"status": "ok"}


def test_somebody_signed_in_sees_a_page_without_axe_violations(
    page: Page, sign_in: Callable[[Page, User], None]
) -> None:
    user = make_user("Rita", language="en")
    sign_in(page, user)
    assert page.goto("/").status == 200
    assert page.locator("html").get_attribute("lang") == "en"
    assert axe_violations(page) == []
