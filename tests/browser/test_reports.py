"""The plots of the reports are drawn under the strict policy, keep their place, and the table stands beside them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hub.adoption.snapshot import freeze_weeks
from hub.disclosure.weeks import last_closed
from hub.people.models import User
from learning.hours.models import Attendance
from tests.browser.conftest import axe_violations
from tests.factories import make_session, make_team, make_user

SHIFTS = "window.shifts = 0; new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.shifts += shift.value; }).observe({type: 'layout-shift', buffered: true});"  # noqa: E501


@pytest.fixture
def hanna(site: Any) -> User:
    """HR of a company with four teams and three published weeks."""
    newest: date = last_closed(timezone.now())
    names = ("Vertrieb & <b>mehr</b>", "Produktion", "Recht", "Archiv")
    people = {name: [make_user(team=make_team(name))] for name in names}
    for size, found in zip((14, 24, 5, 5), people.values(), strict=True):
        found += [make_user(team=found[0].team) for _number in range(size)]
    for week in range(3):
        start = timezone.now() - timedelta(days=7 * week + 7)
        session = make_session(people["Produktion"][0], starts_at=start)
        coming = [person for found in people.values() for person in found[: 9 - 2 * week]]
        Attendance.objects.bulk_create(Attendance(session=session, user=person) for person in coming)
    freeze_weeks(newest - timedelta(weeks=2), newest, joined_by_then=False)
    return make_user("Hanna", team=people["Produktion"][0].team, roles=("hr",), language="en")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/adoption/", "/adoption/attendance/?by=team&window=4", "/leaderboard/"])
def test_a_page_of_figures_is_calm_and_readable(
    path: str, width: int, scheme: str, open_page: Callable[..., Page], sign_in: Any, hanna: User
) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    sign_in(page, hanna)
    assert page.goto(path).status == 200
    page.wait_for_load_state("networkidle")
    plots = page.locator(".plot")
    for number in range(plots.count()):
        expect(
            plots.nth(number).locator("svg.main-svg").first
        ).to_be_attached()  # drawn once its data are there
        assert plots.nth(number).get_attribute("aria-label")
        assert plots.nth(number).locator("a").count() == 0
    assert (plots.count() > 0) == path.startswith("/adoption")
    assert page.evaluate("window.shifts") < 0.02
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert axe_violations(page) == []


def test_names_on_a_plot_are_text(page: Page, sign_in: Any, hanna: User) -> None:
    sign_in(page, hanna)
    page.goto("/adoption/attendance/?by=team&window=1")
    assert "Vertrieb & <b>mehr</b>" in page.locator(".plot").text_content()


def test_without_scripts_the_table_says_it_all(
    open_page: Callable[..., Page], sign_in: Any, hanna: User
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, hanna)
    page.goto("/adoption/attendance/?by=team&window=4")
    assert not page.locator(".plot").is_visible()
    assert page.get_by_role("rowheader", name="Produktion").is_visible()
    page.get_by_label("Shown by", exact=True).select_option("site")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.get_by_role("rowheader", name="Ladenburg").is_visible()


def test_arrow_keys_walk_through_a_plot_and_say_each_point(page: Page, sign_in: Any, hanna: User) -> None:
    sign_in(page, hanna)
    page.goto("/adoption/attendance/?by=team&window=4")
    plot = page.locator(".plot")
    plot.locator("svg.main-svg").first.wait_for()
    plot.focus()
    said = page.locator("[data-said-of=figure-attendance]")
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(said.text_content())
    assert seen[0] == seen[2] != seen[1]
    assert "%" in seen[0]
    assert "<b>" not in seen[0].replace("<b>mehr</b>", "")
    assert plot.locator(".hoverlayer .hovertext").count() == 1
    page.keyboard.press("Tab")
    assert plot.locator(".hoverlayer .hovertext").count() == 0
    assert axe_violations(page) == []
