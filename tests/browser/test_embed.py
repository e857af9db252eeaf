"""The tip on a page of another origin, in a real browser: strict policy, hostile style, not a word about the page."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from hub.embeds.models import EmbedKey, EmbedOrigin
from hub.notices.actions import set_preferences
from hub.nudges.models import Dismissal, Nudge, Tip, TipText
from hub.pagepool import PagePoolHandler
from tests.browser.conftest import axe_violations
from tests.browser.foreign import CALM, ForeignPage, foreign_page
from tests.browser.recorder import Recorder
from tests.factories import make_session, make_tip
from tests.serving import LiveSite

MARKUP = '<img src=x onerror="document.title=1"><b>fett</b> {{ 7*7 }}'
EMBED_PATHS = ("rules.json", "may-show/", "answer/", "connect/")
SECRET = "/offers/4711-geheim?kunde=Quastenflosser#absatz"


@pytest.fixture
def foreign(site: Any) -> Iterator[ForeignPage]:
    with foreign_page(site.url) as page:
        EmbedOrigin.objects.create(origin=page.origin)
        yield page


@pytest.fixture
def tip(foreign: ForeignPage) -> Tip:
    return make_tip("Lies gegen", pages=[f"{foreign.url}/offers/*"], link="https://chat.example.com/")


@pytest.fixture
def awake(cast: Any) -> Any:
    """Emma, who has no quiet hours: the tests run at any time of the day."""
    set_preferences(
        user=cast.emma, changes={"quiet_from": "00:00", "quiet_to": "00:00", "working_days": list(range(7))}
    )
    return cast.emma


def tab(page: Page) -> Any:
    return page.locator("hatpin-tip .tab")


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Iterator[LiveSite]:
    recorder = Recorder(PagePoolHandler())
    with LiveSite(recorder) as site:
        settings.SITE_URL = site.url
        site.received = recorder.received
        yield site


def test_it_unfolds_on_a_hostile_page_is_read_and_answered_by_keyboard(
    page: Page, foreign: ForeignPage, tip: Tip
) -> None:
    page.goto(foreign.url + "/offers/1")
    expect(tab(page)).to_be_visible()
    box = tab(page).bounding_box()
    assert min(box["width"], box["height"]) >= 44
    expect(tab(page)).to_have_accessible_name("Ein Tipp für diese Seite: Lies gegen")
    page.keyboard.press("Shift+Tab")  # the last thing on the page
    expect(tab(page)).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.locator("hatpin-tip .panel")
    expect(panel.locator("h2")).to_be_focused()
    assert panel.evaluate("one => getComputedStyle(one).opacity") == "1"
    assert panel.locator("h2").evaluate("one => getComputedStyle(one).textTransform") == "none"
    assert panel.evaluate("one => getComputedStyle(one).fontSize") == "16px"
    link = panel.get_by_role("link", name="Jetzt ausprobieren")
    assert link.get_attribute("href") == "https://chat.example.com/"
    assert link.get_attribute("rel") == "noopener noreferrer"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(tab(page)).to_be_focused()
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Später").press("Enter")
    expect(panel.get_by_role("button", name="Zurücknehmen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Ausprobiert")).to_be_focused()
    panel.get_by_role("button", name="Nichts für mich").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    assert not Nudge.objects.exists()  # nobody is connected: nothing was told


def test_nothing_of_the_page_ever_reaches_the_hub_or_anybody_else(
    page: Page, foreign: ForeignPage, tip: Tip, site: Any, sign_in: Callable, awake: Any
) -> None:
    """Neither path nor query nor title, though the page's own policy tells everybody its address."""
    others: list[str] = []
    page.context.on("request", lambda request: others.append(request.url))
    sign_in(page, awake)
    page.goto(foreign.url + SECRET)
    tab(page).click()
    connect(page)
    page.reload()
    tab(page).click()
    page.locator("hatpin-tip").get_by_role("button", name="Ausprobiert").click()
    page.wait_for_load_state("networkidle")
    received = {one["path"]: one for one in site.received}
    wanted = {"/static/embed/hatpin.js", *(f"/embed/{name}" for name in EMBED_PATHS)}
    assert wanted <= received.keys()
    for one in site.received:
        said = str(one).casefold()
        for word in ("4711", "geheim", "quastenflosser", "kunde", "absatz", "offers"):
            assert word not in said, said
        assert one["headers"].get("referer", site.url).startswith(site.url), said
    for path in ("rules.json", "may-show/", "answer/"):
        assert "cookie" not in received[f"/embed/{path}"]["headers"]
    assert not [url for url in others if not url.startswith((site.url, foreign.url, "data:"))]


def connect(page: Page) -> None:
    page.locator("hatpin-tip summary").click()
    with page.expect_popup() as opened:
        page.locator("hatpin-tip").get_by_role("button", name="Mit dem Hub verbinden").click()
    popup = opened.value
    popup.get_by_role("button", name="Verbinden").click()
    expect(page.locator("hatpin-tip .why")).to_contain_text("Verbunden.")
    expect(page.locator("hatpin-tip").get_by_role("button", name="Hier trennen")).to_be_focused()
    if not popup.is_closed():
        popup.wait_for_event("close")


def test_connected_the_answers_count_and_disconnected_no_more(
    page: Page, foreign: ForeignPage, tip: Tip, sign_in: Callable, awake: Any
) -> None:
    sign_in(page, awake)
    page.goto(foreign.url + "/offers/1")
    tab(page).click()
    connect(page)
    with page.expect_response("**/embed/answer/"):
        page.locator("hatpin-tip").get_by_role("button", name="Nichts für mich").click()
    page.wait_for_load_state("networkidle")
    assert Nudge.objects.get().source == "embed"
    assert Dismissal.objects.get().user == awake
    with page.expect_response("**/embed/answer/"):
        page.locator("hatpin-tip").get_by_role("button", name="Zurücknehmen").click()
    page.wait_for_load_state("networkidle")
    assert not Dismissal.objects.exists()
    assert EmbedKey.objects.get().user == awake
    EmbedKey.objects.all().delete()  # as disconnecting in the hub does
    with page.expect_response("**/embed/answer/") as refused:
        page.locator("hatpin-tip").get_by_role("button", name="Später").click()
    assert refused.value.status == 401
    expect(page.locator("hatpin-tip .effect")).to_contain_text("gilt in diesem Browser")
    assert Nudge.objects.get().response == ""


def test_nothing_is_shown_in_ones_learning_hour(
    page: Page, foreign: ForeignPage, tip: Tip, sign_in: Callable, cast: Any, awake: Any
) -> None:
    sign_in(page, awake)
    page.goto(foreign.url + "/offers/1")
    tab(page).click()
    connect(page)
    hour = make_session(cast.farid, starts_at=timezone.now())
    with page.expect_response("**/embed/may-show/"):
        page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    hour.delete()
    page.reload()
    expect(tab(page)).to_be_visible()


def test_a_pass_that_has_ended_opens_no_door_into_the_hour(
    page: Page, foreign: ForeignPage, tip: Tip, sign_in: Callable, cast: Any, awake: Any
) -> None:
    """And a tip that waits at the edge goes when the hub does not answer, or when quiet hours have begun."""
    sign_in(page, awake)
    # The hub's clock stays before it, the browser's will be in it.
    make_session(cast.farid, starts_at=timezone.now() + timedelta(minutes=5), minutes=60)
    page.clock.install(time=timezone.now())
    page.goto(foreign.url + "/offers/1")
    tab(page).click()
    connect(page)
    page.keyboard.press("Escape")
    expect(tab(page)).to_be_visible()
    set_preferences(user=awake, changes={"working_days": []})
    page.clock.fast_forward("06:00")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    set_preferences(user=awake, changes={"working_days": list(range(7))})
    page.reload()
    expect(tab(page)).to_be_visible()
    page.route("**/embed/may-show/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.fast_forward("06:00")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    page.unroute("**/embed/may-show/")
    EmbedKey.objects.all().delete()
    with page.expect_response("**/embed/may-show/") as refused:
        page.reload()
    assert refused.value.status == 401
    page.wait_for_function("sessionStorage.getItem('hatpin-pass') === null")
    expect(page.locator("hatpin-tip")).to_have_count(0)


def test_without_a_connection_every_hour_counts_as_ones_own(
    page: Page, foreign: ForeignPage, tip: Tip, cast: Any
) -> None:
    """A tip that waits at the edge goes when the hour begins and is back when it is over."""
    morning = (timezone.now() + timedelta(days=1)).replace(hour=9)
    make_session(cast.farid, starts_at=morning + timedelta(minutes=10), minutes=60)
    page.clock.install(time=morning)
    page.goto(foreign.url + "/offers/1")
    expect(tab(page)).to_be_visible()
    page.clock.fast_forward("12:00")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    page.clock.fast_forward("01:00:00")
    expect(tab(page)).to_be_visible()


def test_signing_in_on_the_way_says_to_press_once_more(
    page: Page, foreign: ForeignPage, tip: Tip, sign_in: Callable, awake: Any
) -> None:
    sign_in(page, awake)
    page.goto(f"/embed/connect/?origin={foreign.origin}")
    expect(page.locator("#lost")).to_be_visible()
    expect(page.locator("#connect form")).to_be_hidden()
    assert axe_violations(page) == []


def test_a_page_that_is_not_on_the_list_stays_as_it_is(
    browser: Browser, foreign: ForeignPage, tip: Tip
) -> None:
    """In a tab that may complain: the browser says on its console why the answer was kept from the page."""
    EmbedOrigin.objects.all().delete()
    page = browser.new_page()
    with page.expect_event("requestfailed", lambda request: "/embed/rules.json" in request.url):
        page.goto(foreign.url + "/offers/1")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    page.context.close()


def test_only_pages_that_fit_show_one_also_when_the_address_changes_alone(
    page: Page, foreign: ForeignPage, tip: Tip
) -> None:
    page.goto(foreign.url + "/start?next=/offers/1")
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    page.evaluate("history.pushState({}, '', '/offers/2')")
    expect(tab(page)).to_be_visible()
    page.evaluate("history.pushState({}, '', '/start')")
    expect(page.locator("hatpin-tip")).to_have_count(0)


def test_two_a_week_without_a_pass(page: Page, foreign: ForeignPage) -> None:
    for number in range(3):
        make_tip(f"Tipp {number}", pages=[f"{foreign.url}/page{number}"])
    for number, is_shown in enumerate((True, True, False)):
        page.goto(f"{foreign.url}/page{number}")
        page.wait_for_load_state("networkidle")
        expect(page.locator("hatpin-tip")).to_have_count(int(is_shown))
    page.goto(f"{foreign.url}/page1")  # today's stays where it was
    expect(tab(page)).to_be_visible()


def test_without_a_pass_one_pauses_in_this_browser_and_takes_it_back(
    page: Page, foreign: ForeignPage, tip: Tip
) -> None:
    panel = page.locator("hatpin-tip .panel")

    def unfold() -> None:
        page.goto(foreign.url + "/offers/1")
        tab(page).click()
        panel.locator("summary").click()

    unfold()
    panel.get_by_role("button", name="Vier Wochen Pause").click()
    expect(panel.get_by_text("wieder etwas von selbst")).to_be_visible()
    expect(panel.get_by_role("button", name="Zurücknehmen")).to_be_focused()
    panel.get_by_role("button", name="Zurücknehmen").click()
    unfold()
    panel.get_by_role("button", name="Vier Wochen Pause").click()
    kept = json.loads(page.evaluate("localStorage.hatpin"))["pause"]
    assert kept == (timezone.localdate() + timedelta(days=28)).isoformat()
    panel.get_by_role("button", name="Schließen").click()
    for _visit in range(2):
        page.goto(foreign.url + "/offers/1")
        page.wait_for_load_state("networkidle")
        expect(page.locator("hatpin-tip")).to_have_count(0)
    page.evaluate(
        "localStorage.hatpin = JSON.stringify({ ...JSON.parse(localStorage.hatpin), pause: '2020-01-01' })"
    )
    page.goto(foreign.url + "/offers/1")
    expect(tab(page)).to_be_visible()  # it ends by itself


def test_connected_the_pause_and_the_cap_are_the_hubs(
    page: Page, foreign: ForeignPage, tip: Tip, sign_in: Callable, awake: Any
) -> None:
    sign_in(page, awake)
    page.goto(foreign.url + "/offers/1")
    tab(page).click()
    connect(page)
    expect(page.get_by_role("button", name="Vier Wochen Pause")).to_have_count(0)
    set_preferences(user=awake, changes={"paused_until": timezone.localdate() + timedelta(days=3)})
    page.goto(foreign.url + "/offers/1")
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)
    set_preferences(user=awake, changes={"paused_until": None, "weekly_cap": 0})
    page.goto(foreign.url + "/offers/2")
    page.wait_for_load_state("networkidle")
    expect(page.locator("hatpin-tip")).to_have_count(0)


def test_markup_in_a_tip_stays_text(page: Page, foreign: ForeignPage, tip: Tip) -> None:
    TipText.objects.update(title=MARKUP[:120], body=MARKUP, steps=[MARKUP])
    Tip.objects.update(link="https://chat.example.com/?q=%22onclick")
    page.goto(foreign.url + "/offers/1")
    tab(page).click()
    for part in ("h2", ".words p", "li"):
        expect(page.locator(f"hatpin-tip {part}").first).to_have_text(MARKUP)
    expect(page.locator("hatpin-tip img, hatpin-tip b")).to_have_count(0)
    assert page.title() == "Angebot 4711 an Geheimkunde"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_unfolded_tip_has_no_faults_and_fits(
    scheme: str, width: int, open_page: Callable[..., Page], foreign: ForeignPage, tip: Tip
) -> None:
    foreign.style, foreign.lang = CALM, "en"
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 640})
    page.goto(foreign.url + "/offers/1")
    before = page.evaluate("document.documentElement.scrollWidth")
    assert axe_violations(page) == []
    tab(page).click()
    page.locator("hatpin-tip summary").click()
    assert axe_violations(page) == []
    page.locator("hatpin-tip").get_by_role("button", name="Tried it").click()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == before
    box = page.locator("hatpin-tip .panel").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0


def test_the_address_stays_and_is_asked_again_by_its_tag(page: Page, site: Any) -> None:
    for path in ("/static/embed/hatpin.js", "/embed/rules.json"):
        answer = page.request.get(path)
        assert answer.status == 200
        assert "max-age" in answer.headers["cache-control"]
        again = page.request.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status == 304


def test_the_page_for_administrators_shows_it(page: Page, sign_in: Callable, cast: Any, tip: Tip) -> None:
    sign_in(page, cast.ada)
    page.goto("/embed/")
    expect(page.locator("#snippet")).to_contain_text("/static/embed/hatpin.js")
    page.locator("hatpin-tip .tab").click()
    expect(page.locator("hatpin-tip h2")).to_have_text("Lies gegen")
    page.locator("hatpin-tip .answers button").first.click()
    assert axe_violations(page) == []
    assert not Nudge.objects.exists()
