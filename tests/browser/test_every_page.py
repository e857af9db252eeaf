"""Every page of the site, found by its routes: calm, within its width, without a fault, reachable by hand and key.

A page that is added later joins by itself.
"""

import itertools
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from challenges.pilots.deciding import plan_rollout
from challenges.pilots.running import note_evidence
from challenges.processes.actions import create_from_template
from challenges.processes.comparisons import begin
from challenges.processes.models import Lane
from challenges.sealed.deciding import decide
from challenges.sealed.show import rehearse
from hub.notices.actions import notify
from hub.notices.unsubscribe import unsubscribe_path
from hub.nudges.starter import load_starter_tips
from hub.people.models import User
from hub.people.tokens import create_token
from learning.hours import preparing
from learning.hours.plans import plan_of_template
from tests.browser.company import published_company
from tests.browser.conftest import axe_violations
from tests.factories import (
    make_challenge,
    make_claim,
    make_destination,
    make_drop,
    make_entry,
    make_measurement,
    make_notebook,
    make_pilot,
    make_session,
    make_source,
    make_story,
    make_tip,
    make_tool,
    make_tool_request,
    make_trial,
    make_use_case,
)
from tests.learning.notebooks.study import DATES, RULES
from tests.lived import lived_hour
from tests.studied import study
from tests.test_access import OPEN, filled, routes

MOST_SHIFT = 0.02
SHIFTS = """window.shifts = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
# What a page shows more of to somebody else than the first who may open it.
ALSO_SEEN_BY = {"contests:detail": ("farid", "ruth")}


@pytest.fixture
def world(site: Any, cast: Any) -> SimpleNamespace:
    """Emma learns and takes part in a bet, with a claim; Ruth checks; there are tips and a revealed bet."""
    company = published_company()
    load_starter_tips()
    notebook = make_notebook(cast.emma, audience="company")
    source = make_source(notebook, text=RULES + DATES)
    studied = study(notebook, cast.emma, language="de", question="Wann verfällt der Resturlaub?")
    lived = lived_hour(cast.farid, notebook=notebook).fill()
    coming = make_session(cast.farid, starts_at=timezone.now() + timedelta(days=2))
    preparing.fill(session=coming, plan=plan_of_template("first-agent", user=cast.farid))
    process, _is_new = create_from_template(user=cast.emma, key="order-to-cash", language="de")
    other, _is_new = create_from_template(user=cast.emma, key="procure-to-pay", language="de")
    entry = make_entry(make_challenge(cast.farid, referees=(cast.ruth,)), cast.emma, process)
    free = make_challenge(cast.farid, referees=(cast.ruth,))
    create_token(user=cast.emma)
    pilot, scaled = make_pilot(cast.emma, state="draft"), make_pilot(cast.emma, state="scaled")
    due = make_pilot(cast.emma, days_ago=60, decides_in=-2)
    for days_ago, value in ((40, 22), (20, 14), (6, 9)):
        day = timezone.localdate() - timedelta(days=days_ago)
        note_evidence(criterion=due.criteria.get(), by=cast.emma, day=day, value=Decimal(value))
    ids = {
        **{name: make() for name, make in lived.makers().items()},
        "notebook_id": notebook.pk,
        "source_id": source.pk,
        **studied.ids,
        "process_id": process.pk,
        "lane_id": Lane.objects.create(process=other, name="Einkauf", person=cast.emma).pk,
        "comparison_id": begin(user=cast.emma, before=process, after=other).pk,
        "challenge_id": entry.challenge_id,
        "entry_id": entry.pk,
        "claim_id": make_claim(entry, 1, is_draft=True).pk,
        "show_id": rehearse(challenge=entry.challenge, by=cast.farid).pk,
        **dict.fromkeys(("file_id", "partaking_id", "published_id"), entry.pk),
        "tip_id": make_tip(author=cast.farid, review_on=timezone.localdate()).pk,
        "trial_id": make_trial().pk,
        "drop_id": make_drop(cast.farid).pk,
        "channel": "mail",
        "pilot_id": pilot.pk,
        "criterion_id": pilot.criteria.get().pk,
        "rollout_id": plan_rollout(pilot=scaled).rollout.first().pk,
        "story_id": make_story(cast.emma, tool="KI-Assistent", minutes_saved=30).pk,
        **dict.fromkeys(("use_case_id", "comment_id"), make_use_case(cast.emma).pk),
        "nudge_id": make_tip().pk,
        "destination_id": make_destination(cast.emma).public_id,
        **dict.fromkeys(
            ("origin_id", "import_id", "key_id", "view_id", "week_note_id", "pin_id"), make_tip().pk
        ),
        **dict.fromkeys(("entity_id", "proposal_id"), 1),
        **core_time_ids(cast),
        "tool": make_tool("Firmenchat", link="https://chat.firma.example/", data_class="internal").slug,
        "tool_request_id": make_tool_request(cast.farid).pk,
        "day": 1,
        "week": 1,
        "number": 1,
        "digest_start": "0" * 12,
        "token": unsubscribe_path(cast.emma, "tips").split("/")[-2],
        "secret": "0" * 43,
        "name": "attendance",
    }
    revealed = company.entry.challenge_id
    answered = make_use_case(cast.farid, answer="no", answer_text="Zu selten.", answered_at=timezone.now())
    more = [
        f"/challenges/{revealed}/", f"/challenges/{revealed}/standings/", f"/challenges/{revealed}/control/",
        f"/challenges/{revealed}/ledger/",
        f"/challenges/entries/{company.entry.pk}/",
        f"/challenges/{free.pk}/", f"/challenges/{free.pk}/enter/",
        "/adoption/bets/?by=team&window=12", "/tips/?mine=aside", "/tips/?q=nichts", "/stories/?q=nichts",
        "/use-cases/?q=nichts", f"/use-cases/{answered.pk}/",
        f"/pilots/{due.pk}/", f"/pilots/{due.pk}/decide/", f"/pilots/{due.pk}/extend/", f"/pilots/{due.pk}/evidence/",
        f"/pilots/{due.pk}/criteria/{due.criteria.get().pk}/",
        f"/pilots/{scaled.pk}/",
        "/search/?q=Auftrag", "/search/?q=Verpflegung&kind=passages", "/search/?q=Quastenflosser",
    ]  # fmt: skip
    make_claim(entry, 3, before_minutes=20, after_minutes=5, affects_jobs=True, jobs="Die halbe Ablage")
    cast.hanna.role_grants.create(role="controller")
    verified = make_claim(entry, 4, before_minutes=20, after_minutes=5)
    decide(claim=verified, referee=cast.ruth, is_confirmed=True)
    steered = [f"/hours/{coming.pk}/prepare/", f"/hours/{coming.pk}/", f"/hours/{lived.session.pk}/room/"]
    return SimpleNamespace(cast=cast, ids=ids, steered=steered, more=[*more, *studied.paths.values()])


def core_time_ids(cast: Any) -> dict[str, Any]:
    """Emma's team is measured again now; a pilot of it is behind what is expected."""
    team, today = cast.emma.team, timezone.localdate()
    over = {"published_at": timezone.now() - timedelta(weeks=20), "low": 25, "high": 25, "people": 10}
    make_measurement(team, starts_on=today - timedelta(weeks=22), **over)
    scaled = make_pilot(cast.emma, state="scaled", days_ago=60, decides_in=-2)
    scaled.criteria.update(unit="Stunden je Woche")
    scaled.criteria.get().readings.create(day=today - timedelta(days=7), value=Decimal(12))
    return {"team_id": team.pk, "measurement_id": make_measurement(team).pk}


def pages_of(world: SimpleNamespace) -> list[tuple[str, str]]:
    """(who, path) of every route that answers with a whole page, as the first of the cast who may open it."""
    people = ("emma", "farid", "hanna", "ruth", "walter")
    clients = {name: Client() for name in people}
    for name, client in clients.items():
        client.force_login(getattr(world.cast, name))
    found = [("emma", path) for path in world.more if not path.startswith("/adoption")]
    found += [("hanna", path) for path in world.more if path.startswith("/adoption")]
    found += [("farid", path) for path in world.steered]
    found += [("emma", "/nothing-here/"), ("emma", "/adoption/")]
    for name, pattern, _entry in routes():
        if pattern.startswith("api/v1/") and pattern != "api/v1/":
            continue
        path = filled(pattern, world.ids)
        may = [who for who in people if is_page(clients[who], path)]
        also = [who for who in may[1:] if who in ALSO_SEEN_BY.get(name, ())]
        found += [(who, path) for who in (*may[:1], *also)]
    return found


def is_page(client: Client, path: str) -> bool:
    answer = client.get(path)
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == 200 and is_html and b"<html" in b"".join(answer)


@pytest.mark.parametrize(("language", "scheme", "width"), [("de", "light", 320), ("en", "dark", 1280)])
def test_every_page_is_calm_and_has_no_faults(
    language: str,
    scheme: str,
    width: int,
    open_page: Callable[..., Page],
    sign_in: Callable,
    world: SimpleNamespace,
) -> None:
    User.objects.update(language=language)
    found = pages_of(world)
    assert len(found) > 40
    faults: list[str] = []
    for who in sorted({who for who, _path in found}):
        page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
        page.add_init_script(SHIFTS)
        sign_in(page, getattr(world.cast, who))
        for path in [path for name, path in found if name == who]:
            page.goto(path)
            drawings = page.locator("[data-drawing]").count()
            expect(page.locator(".drawing.is-drawn")).to_have_count(drawings)
            for plot in page.locator(".plot").all():
                expect(plot.locator("svg.main-svg").first).to_be_visible()
            faults += [f"{who} {path}: {violation}" for violation in axe_violations(page)]
            if (over := page.evaluate(OVERFLOW)) > 0:
                faults.append(f"{who} {path}: {over} px too wide")
            if (shifts := page.evaluate("window.shifts")) >= MOST_SHIFT:
                faults.append(f"{who} {path}: shifts by {shifts:.3f}")
            if page.locator("html").get_attribute("lang") != language:
                faults.append(f"{who} {path}: not in {language}")
    assert faults == [], "\n".join(faults)


def test_the_walk_finds_the_pages_that_are_open_too(world: SimpleNamespace) -> None:
    paths = {path for _who, path in pages_of(world)}
    for pattern in ("challenges/", "tips/", "advent/", "leaderboard/", "me/notices/", "processes/new/"):
        assert f"/{pattern}" in paths
    assert [path for path in paths if path.startswith("/unsubscribe/")]
    assert "notices:unsubscribe" in OPEN


# --- Getting about ---------------------------------------------------------------------------------

FOCUSED_IN_THE_BAR = """() => {
  const one = document.activeElement;
  if (!one.closest("header") || !one.offsetParent) return "elsewhere";
  return one.getAttribute("href") || one.closest("[role=search]")?.getAttribute("action") || "out";
}"""
EVERYBODYS = [
    "/", "/hours/", "/notebooks/", "/challenges/", "/tips/", "/leaderboard/", "/search/", "/inbox/", "/me/",
]  # fmt: skip


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("who", ["emma", "hanna"])
def test_the_navigation_is_reached_by_keyboard(
    who: str, language: str, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    page = open_page(viewport={"width": 1280, "height": 800})
    sign_in(page, getattr(cast, who))
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    reached: list[str] = []
    while "out" not in reached and len(reached) < 20:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED_IN_THE_BAR))
    wanted = [*EVERYBODYS[:6], *(["/adoption/"] if who == "hanna" else []), *EVERYBODYS[6:]]
    assert reached == ["/", *wanted, "out"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_bar_has_room_at_every_width(
    language: str, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    """For who has most in it: a role, and more unread than are counted."""
    User.objects.update(language=language)
    tell(cast.hanna, 100)
    page = open_page()
    sign_in(page, cast.hanna)
    page.goto("/challenges/")
    for width in (320, 390, 767, 768, 900, 1024, 1119, 1120, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate(OVERFLOW) <= 0, width
        assert page.locator(".brand svg").bounding_box()["width"] >= 20, width
        field = page.locator(".bar-search input")
        assert not field.is_visible() or field.bounding_box()["width"] >= 96, width
        for row in (".nav a, .nav .bar-search", ".bar-quick a"):
            boxes = [box for _path, box in shown(page, row)]
            for left, right in itertools.pairwise(boxes):
                assert left["x"] + left["width"] <= right["x"] + 1, (width, left, right)
        count, sign = page.locator(".bar-quick .count"), page.locator(".bar-quick a[href='/me/'] svg")
        if count.is_visible():
            beside = count.bounding_box()
            assert beside["x"] + beside["width"] <= sign.bounding_box()["x"] + 1, width
        reached = {path for path, _box in shown(page, "header a, header .bar-search, .foot a")}
        assert reached >= {*EVERYBODYS, "/adoption/"}, width
        assert page.locator("form[action='/sign-out/'] button:visible").count() == 1, width


def tell(user: User, times: int) -> None:
    for number in range(times):
        notify(user=user, kind="source_failed", facts={"title": "Scan"}, dedupe_key=f"told{number}")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_has_five_tabs_inbox_and_oneself_above_and_the_rest_in_the_foot(
    width: int, language: str, open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    User.objects.update(language=language)
    page = open_page(viewport={"width": width, "height": 700}, has_touch=True)
    sign_in(page, cast.hanna)
    tell(cast.hanna, 12)
    page.goto("/challenges/")
    count = page.locator(".bar-quick .count").bounding_box()
    assert count["height"] < 24, count  # "12" on one line
    tabs = shown(page, ".nav a")
    assert [path for path, _box in tabs] == EVERYBODYS[:5]
    assert [path for path, _box in shown(page, ".bar-quick a")] == ["/search/", "/inbox/", "/me/"]
    assert [path for path, _box in shown(page, ".foot-narrow a")] == ["/leaderboard/", "/adoption/"]
    expect(page.locator(".foot-out button")).to_be_visible()
    for path, box in (*tabs, *shown(page, ".bar-quick a")):
        assert min(box["width"], box["height"]) >= 44, (path, box)
    for label in page.locator(".nav .nav-link").all()[:5]:
        cut = label.evaluate("one => one.scrollWidth - one.clientWidth")
        assert cut <= 0, (label.inner_text(), cut)
    # The tabs never cover what is tapped last on a page.
    button = page.locator(".foot-out button")
    button.scroll_into_view_if_needed()
    button.tap(trial=True)
    for path in ("/tips/", "/me/", "/adoption/"):
        page.locator(f"a[href='{path}']:visible").first.tap()
        page.wait_for_url(f"**{path}")


def shown(page: Page, selector: str) -> list[tuple[str, dict[str, float]]]:
    links = [link for link in page.locator(selector).all() if link.is_visible()]
    return [
        (link.get_attribute("href") or link.get_attribute("action"), link.bounding_box()) for link in links
    ]
