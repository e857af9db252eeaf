"""The browser extension, unpacked from what the hub hands out and loaded into a real Chromium.

One thing is added to it here: it already may read from 127.0.0.1. Nobody is there to agree to the question that the
browser asks for every other host, and to press the pin, for which the browser would show it the tab in front.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from hub.embeds.packing import extension_archive
from hub.nudges.models import Tip, TipText
from hub.pagepool import PagePoolHandler
from tests.browser.conftest import CHROMIUM_ARGUMENTS, axe_violations
from tests.browser.foreign import CALM, HOSTILE, ForeignPage, foreign_page
from tests.browser.recorder import Recorder
from tests.factories import make_session, make_tip, make_user
from tests.required import chromium
from tests.serving import LiveSite

MARKUP = '<img src=x onerror="document.title=1"><b>fett</b>'


class Extension:
    """Chromium with the extension. The popup is a window of the browser's own: it is reached as a debugger does."""

    def __init__(self, browser_type: BrowserType, context: BrowserContext, profile: Path) -> None:
        self.browser_type, self.context, self.profile = browser_type, context, profile
        self.page = context.pages[0]
        self.worker = (
            context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        )
        self.url = self.worker.url.removesuffix("/background.js")
        self._seen: list[Any] = []
        self.page.wait_for_url(f"{self.url}/options.html")  # where it leads whoever has just installed it

    def options(self) -> Page:
        self.page.goto(f"{self.url}/options.html")
        return self.page

    def set_up(self, hub: str) -> Page:
        page = self.options()
        # The script is on its way when the page is there; it fills the hosts in once it listens.
        page.wait_for_function("document.getElementById('hub').dataset.ready")
        page.locator("#hub").fill(hub)
        page.locator("#hub").press("Enter")
        return page

    def press(self) -> Page:
        """What a press of the pin opens, over the page in front."""
        self.page.bring_to_front()
        self.worker.evaluate("chrome.action.openPopup()")
        port = (self.profile / "DevToolsActivePort").read_text().split()[0]
        debugger = self.browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        self._seen.append(debugger)
        return next(
            page
            for context in debugger.contexts
            for page in context.pages
            if page.url.endswith("/popup.html")
        )

    def close(self) -> None:
        for debugger in self._seen:
            debugger.close()
        self.context.close()


@pytest.fixture
def start(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Extension]]:
    """`start(language)` gives a Chromium in that language with the extension as the hub hands it out."""
    started: list[Extension] = []

    def start_one(language: str = "de", scheme: str = "light") -> Extension:
        folder, profile = tmp_path / f"extension-{len(started)}", tmp_path / f"profile-{len(started)}"
        zipfile.ZipFile(io.BytesIO(extension_archive())).extractall(folder)
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["host_permissions"] = ["http://127.0.0.1/*"]
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        context = browser.browser_type.launch_persistent_context(
            str(profile),
            executable_path=chromium(),
            color_scheme=scheme,
            ignore_default_args=["--disable-extensions", "--lang=en-US"],
            args=[
                *CHROMIUM_ARGUMENTS,
                f"--lang={language}",
                "--remote-debugging-port=0",
                f"--disable-extensions-except={folder}",
                f"--load-extension={folder}",
            ],
        )
        started.append(Extension(browser.browser_type, context, profile))
        return started[-1]

    yield start_one
    for extension in started:
        extension.close()


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Iterator[LiveSite]:
    recorder = Recorder(PagePoolHandler())
    with LiveSite(recorder) as site:
        settings.SITE_URL = site.url
        site.received = recorder.received
        yield site


@pytest.fixture
def foreign(site: Any) -> Iterator[ForeignPage]:
    """A page that knows nothing of the hub: it is on no list, and has no line of ours."""
    with foreign_page(site.url) as page:
        page.style, page.hub = CALM, ""
        yield page


@pytest.fixture
def tip(foreign: ForeignPage) -> Tip:
    return make_tip("Lies gegen", pages=[f"{foreign.url}/offers/*"], link="https://chat.example.com/")


def test_it_begins_by_asking_for_the_hub(start: Callable[..., Extension], site: LiveSite, tip: Tip) -> None:
    extension = start()
    page = extension.page
    expect(page.locator("h1")).to_have_text("Wo ist dein Hub?")
    assert page.locator("html").get_attribute("lang") == "de"
    for wrong in ("", "   ", "http://hub.example.com", "javascript:alert(1)", "https://"):
        extension.set_up(wrong)
        expect(page.locator("#effect")).to_have_text("Gib eine Adresse an, die mit https:// beginnt.")
        expect(page.locator("#hub")).to_be_focused()
    assert axe_violations(page) == []
    extension.set_up(f"{site.url}/tips/?q=1")
    expect(page.locator("#effect")).to_have_text("Gespeichert. Ein Tipp passt zu einer Seite.")
    expect(page.locator("#hub")).to_have_value(site.url)
    assert axe_violations(page) == []
    page.reload()
    expect(page.locator("#hub")).to_have_value(site.url)


def test_what_is_no_hub_is_not_taken(
    start: Callable[..., Extension], site: LiveSite, foreign: ForeignPage, tip: Tip
) -> None:
    extension = start()
    page = extension.set_up(site.url)
    expect(page.locator("#effect")).to_contain_text("Gespeichert")
    for wrong in ("http://127.0.0.1:9", foreign.url):
        extension.set_up(wrong)
        expect(page.locator("#effect")).to_contain_text(f"Unter {wrong} ist kein Hub zu erreichen.")
    page.reload()
    expect(page.locator("#hub")).to_have_value(site.url)


def test_the_pin_shows_what_fits_and_says_nothing_of_the_page(
    start: Callable[..., Extension], site: LiveSite, foreign: ForeignPage, tip: Tip
) -> None:
    extension = start()
    expect(extension.set_up(site.url).locator("#effect")).to_contain_text("Gespeichert")
    extension.page.goto(f"{foreign.url}/offers/4711-geheim?kunde=Quastenflosser")
    popup = extension.press()
    expect(popup.locator("h2")).to_have_text("Lies gegen")
    expect(popup.locator("li")).to_have_text(["Erst dies.", "Dann das."])
    now = popup.get_by_role("link", name="Jetzt ausprobieren")
    assert now.get_attribute("href") == "https://chat.example.com/"
    assert popup.locator("#library").get_attribute("href") == f"{site.url}/tips/"
    assert axe_violations(popup) == []
    extension.page.goto(f"{foreign.url}/start?next=/offers/1")
    expect(extension.press().locator("#tip")).to_contain_text("Zu dieser Seite passt kein Tipp.")
    asked = [one for one in site.received if one["path"].startswith("/embed/")]
    assert len(asked) == 1  # every few hours, not once a page
    assert (asked[0]["path"], asked[0]["query"]) == ("/embed/rules.json", "lang=de")
    for one in site.received:
        said = str(one).casefold()
        assert not [
            word for word in ("4711", "quastenflosser", "offers", str(foreign.url)) if word in said
        ], said
        assert "cookie" not in one["headers"]


def test_some_hours_later_the_rules_are_fetched_anew(
    start: Callable[..., Extension], site: LiveSite, foreign: ForeignPage, tip: Tip
) -> None:
    extension = start()
    expect(extension.set_up(site.url).locator("#effect")).to_contain_text("Gespeichert")
    make_tip("Der nächste", pages=[f"{foreign.url}/*"])
    extension.page.goto(f"{foreign.url}/other")
    expect(extension.press().locator("#tip")).to_contain_text("Zu dieser Seite passt kein Tipp.")
    extension.worker.evaluate("chrome.storage.local.set({ fetchedAt: Date.now() - 4 * 60 * 60 * 1000 })")
    extension.page.goto(f"{foreign.url}/other/2")
    expect(extension.press().locator("h2")).to_have_text("Der nächste")


def test_markup_stays_text_and_several_take_turns(
    start: Callable[..., Extension], site: LiveSite, foreign: ForeignPage, tip: Tip
) -> None:
    TipText.objects.update(title=MARKUP, body=MARKUP, steps=[MARKUP])
    make_tip("The second", pages=[f"{foreign.url}/*"])
    extension = start("en", "dark")
    expect(extension.set_up(site.url).locator("#effect")).to_have_text("Saved. 2 tips fit some page.")
    extension.page.goto(f"{foreign.url}/offers/1")
    popup = extension.press()
    expect(popup.locator("h2")).to_have_text(MARKUP)
    expect(popup.locator("img, b")).to_have_count(0)
    popup.get_by_role("button", name="Next tip (1 of 2)").press("Enter")
    expect(popup.locator("h2")).to_have_text("The second")
    expect(popup.get_by_role("button", name="Next tip (2 of 2)")).to_be_focused()
    assert axe_violations(popup) == []


def wait_for(is_so: Callable[[], bool], page: Page) -> None:
    for _time in range(100):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("the hub was not asked")


def test_on_chosen_hosts_it_comes_by_itself(
    start: Callable[..., Extension], site: LiveSite, foreign: ForeignPage, tip: Tip
) -> None:
    make_tip("Anderswo", pages=["https://crm.example.com/*", "https://*.example.org/offers/*"])
    extension = start()
    page = extension.set_up(site.url)
    boxes = page.locator("#choices label")
    expect(boxes).to_have_text(["http://127.0.0.1", "https://*.example.org", "https://crm.example.com"])
    page.goto(f"{foreign.url}/offers/1")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    extension.options()
    boxes.first.click()
    expect(page.locator("#chosen")).to_contain_text("kommt der Tipp dort von selbst")
    assert axe_violations(page) == []
    hour = make_session(make_user("Fred"), starts_at=timezone.now())
    long_ago = "chrome.storage.local.set({ fetchedAt: Date.now() - 6 * 60 * 1000 })"
    extension.worker.evaluate(long_ago)
    foreign.style = HOSTILE
    before = len(site.received)
    page.goto(f"{foreign.url}/offers/1")
    wait_for(lambda: len(site.received) > before, page)
    expect(page.locator("hatpin-tip")).to_have_count(0)  # planned since the rules were fetched
    hour.delete()
    extension.worker.evaluate(long_ago)
    page.goto(f"{foreign.url}/offers/1")
    page.locator("hatpin-tip .tab").click()
    expect(page.locator("hatpin-tip h2")).to_have_text("Lies gegen")
    expect(page.locator("hatpin-tip").get_by_role("button", name="Mit dem Hub verbinden")).to_have_count(0)
    page.locator("hatpin-tip summary").click()
    page.locator("hatpin-tip").get_by_role("button", name="Vier Wochen Pause").click()
    expect(page.locator("hatpin-tip").get_by_text("wieder etwas von selbst")).to_be_visible()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    extension.options()
    ends = timezone.localdate() + timedelta(days=28)
    expect(page.locator("#paused")).to_contain_text(f"erst ab dem {ends.day}. ")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Pause zurücknehmen").click()
    expect(page.locator("#unpaused")).to_have_text("Die Pause ist vorbei.")
    expect(page.locator("#pause")).to_be_hidden()
    page.goto(f"{foreign.url}/offers/1")
    expect(page.locator("hatpin-tip")).to_have_count(1)  # taken back, it comes by itself again
    page.locator("hatpin-tip .tab").click()
    page.locator("hatpin-tip").get_by_role("button", name="Nichts für mich").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    extension.options()
    expect(page.locator("#choices input").first).to_be_checked()
    boxes.first.click()
    expect(page.locator("#chosen")).to_contain_text("klickst du wieder selbst")
    assert extension.worker.evaluate("chrome.scripting.getRegisteredContentScripts()") == []
    asked = [one["path"] for one in site.received if one["path"].startswith("/embed/")]
    assert asked == 3 * ["/embed/rules.json"]  # at first, and before a tip comes where it is some minutes old
