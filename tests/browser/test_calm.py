"""Pages do not jump and stay light."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.factories import make_notebook, make_session, make_source

MOST_SHIFT = 0.02
MOST_BYTES = 100_000
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 500);
})"""


@pytest.fixture
def paths(cast: Any) -> list[str]:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook)
    session = make_session(cast.farid, notebook=notebook)
    return ["/", f"/hours/{session.pk}/", f"/notebooks/{notebook.pk}/", "/notebooks/", "/hours/", "/me/"]


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps(
    width: int, open_page: Callable[..., Page], sign_in: Callable, cast: Any, paths: list[str]
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    sign_in(page, cast.emma)
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFT) < MOST_SHIFT, path


def test_the_first_view_of_today_is_light(page: Page, sign_in: Callable, cast: Any, paths: list[str]) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    sign_in(page, cast.emma)
    page.goto("/")
    page.wait_for_load_state("networkidle")

    sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}
    assert len(sizes) > 5
    # Uncompressed here, as the tests run without hashed and compressed static files: an upper bound.
    assert sum(sizes.values()) < MOST_BYTES * 1.5, sizes


def test_no_page_scrolls_sideways_on_a_small_phone(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any, paths: list[str]
) -> None:
    page = open_page(viewport={"width": 320, "height": 600})
    sign_in(page, cast.farid)
    for path in [*paths, "/hours/new/", "/inbox/", "/api/v1/"]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
