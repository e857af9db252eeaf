"""The same extension in a real Firefox, over its own remote protocol. The popup is a panel of the browser's, which that
protocol does not reach: it is opened as a press of the pin does, and its words are read from the accessible tree.
"""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hub.embeds.packing import extension_archive
from hub.pagepool import PagePoolHandler
from tests.browser.foreign import CALM, ForeignPage, foreign_page
from tests.browser.marionette import Firefox
from tests.browser.recorder import Recorder
from tests.factories import make_tip
from tests.serving import LiveSite

pytestmark = pytest.mark.needs("firefox")

OPEN_POPUP = """
const [id, done] = arguments;
(async () => {
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
  const { extension } = WebExtensionPolicy.getByID(id);
  await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
  done();
})().catch((error) => done(String(error)));
"""
# Every name in the panel, from the browser's accessible tree: what a screen reader finds there.
READ_POPUP = """
const panel = document.querySelector("browser.webextension-popup-browser");
if (!panel) return "";
const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
const names = [];
(function walk(one) {
  if (!one) return;
  names.push(one.name);
  for (let at = 0; at < one.childCount; at++) walk(one.getChildAt(at));
})(service.getAccessibleFor(panel));
return names.filter(Boolean).join(" | ");
"""


def tips_on(firefox: Firefox) -> int:
    """How many stand on the page by themselves: what is in them is closed to the page."""
    return firefox.script("return document.querySelectorAll('hatpin-tip').length")


def told_of(firefox: Firefox, hub: str, said: str) -> bool:
    """Whether this is said of the address; its script may still be on its way when the page is there."""
    firefox.fill("#hub", hub)
    firefox.press("#form button")
    time.sleep(0.5)
    return said in firefox.text("#effect")


def popup(firefox: Firefox, extension: str, part: str) -> str:
    """Press the pin; what the popup says as soon as this is in it."""
    with firefox.as_itself():
        assert firefox.promise(OPEN_POPUP, extension) is None

        def read() -> str:
            words = firefox.script(READ_POPUP)
            return words if part in words else ""

        return firefox.until(read)


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    started = Firefox(tmp_path / "profile")
    yield started
    started.close()


@pytest.fixture
def extension(firefox: Firefox, tmp_path: Path) -> str:
    folder = tmp_path / "extension"
    zipfile.ZipFile(io.BytesIO(extension_archive())).extractall(folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"] = ["http://127.0.0.1/*"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return firefox.install(folder)


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Iterator[LiveSite]:
    recorder = Recorder(PagePoolHandler())
    with LiveSite(recorder) as site:
        settings.SITE_URL = site.url
        site.received = recorder.received
        yield site


@pytest.fixture
def foreign(site: Any) -> Iterator[ForeignPage]:
    with foreign_page(site.url) as page:
        page.style, page.hub = CALM, ""
        yield page


def test_it_is_set_up_shows_by_the_pin_and_by_itself(
    firefox: Firefox, extension: str, site: Any, foreign: ForeignPage
) -> None:
    make_tip("Lies gegen", pages=[f"{foreign.url}/offers/*"], link="https://chat.example.com/")
    firefox.tab_of("/options.html")  # where it leads whoever has just installed it
    settings = firefox.command("WebDriver:GetCurrentURL")
    firefox.until(lambda: told_of(firefox, "javascript:alert(1)", "https://"))
    firefox.until(lambda: told_of(firefox, site.url, "Saved. One tip fits some page."))
    assert firefox.text("#choices") == "http://127.0.0.1"

    firefox.go(f"{foreign.url}/offers/4711-geheim")
    assert "Dann das." in popup(firefox, extension, "Lies gegen")
    assert tips_on(firefox) == 0, "where nobody chose it, nothing comes by itself"

    firefox.go(settings)
    firefox.press("#choices label")
    firefox.until(lambda: firefox.text("#chosen"))
    firefox.go(f"{foreign.url}/offers/4711-geheim")
    firefox.until(lambda: tips_on(firefox) == 1)
    firefox.go(f"{foreign.url}/start")
    assert tips_on(firefox) == 0
    asked = [one for one in site.received if one["path"].startswith("/embed/")]
    assert {(one["path"], one["query"]) for one in asked} == {("/embed/rules.json", "lang=en")}
    assert not [one for one in site.received if "4711" in str(one)]
