"""The site in a real browser: the system's Chromium, a real ASGI server, the database in a file.

Runs in a process of its own (`pytest tests/browser`): Playwright leaves an event loop running in the main
thread, in which Django would otherwise refuse every query.
"""

import functools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from celery.contrib.testing.worker import start_worker
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from hub.celery import app
from hub.pagepool import PagePoolHandler
from hub.people.models import User
from tests.required import chromium
from tests.serving import LiveSite

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    # Nothing a page loads may come from elsewhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WAIT_MILLISECONDS = 20_000
expect.set_options(timeout=WAIT_MILLISECONDS)  # patience costs only where a test fails


PRESSES = (
    "check",
    "click",
    "fill",
    "press",
    "press_sequentially",
    "select_option",
    "set_input_files",
    "uncheck",
)


def _after_loading(act: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(act)
    def wait_and_act(locator: Locator, *arguments: Any, **options: Any) -> Any:
        locator.page.wait_for_load_state("load")
        return act(locator, *arguments, **options)

    return wait_and_act


@pytest.fixture(scope="session", autouse=True)
def _hands_are_slower_than_scripts() -> Iterator[None]:
    """Whoever has followed a link acts once the new page's scripts are there. `page.keyboard` does not wait."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PRESSES:
            patch.setattr(Locator, name, _after_loading(getattr(Locator, name)))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.needs("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Iterator[LiveSite]:
    """The site as it is served; its address is also the one in links."""
    with LiveSite(PagePoolHandler()) as site:
        settings.SITE_URL = site.url
        yield site


@pytest.fixture
def worker(site: LiveSite) -> Iterator[None]:
    """A Celery worker on the embedded broker, for pages that wait for work to be done."""
    with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False, loglevel="WARNING"):
        yield


@pytest.fixture
def open_page(browser: Browser, site: LiveSite) -> Iterator[Callable[..., Page]]:
    """`open_page(color_scheme="dark", viewport={...})` gives an empty page whose addresses are relative.

    The test fails if a page of it runs into a script error or breaks the content security policy.
    """
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # An answer of 404 or 422 is logged as an error too, and is often what a test is about.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(message.text)

    def open_one(**options: Any) -> Page:
        options = {"base_url": site.url, "locale": "de-DE", "reduced_motion": "reduce", **options}
        page = browser.new_context(**options).new_page()
        page.set_default_timeout(WAIT_MILLISECONDS)
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_one
    for context in browser.contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def sign_in(site: LiveSite) -> Callable[[Page, User], None]:
    """`sign_in(page, user)` by cookie, without the form."""

    def give_cookie(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])

    return give_cookie


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands, a line each; an empty list is what we want."""
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}: "
        + ", ".join(str(node["target"][0]) for node in violation["nodes"])
        for violation in found
    ]
