"""The library of tips and the pages of their authors in a real browser: keyboard, phone, no JavaScript, previews."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.nudges.models import Favourite, Tip
from hub.nudges.starter import load_starter_tips
from hub.people.models import User
from tests.browser.conftest import axe_violations
from tests.factories import make_tip, make_tool

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
MARKUP = "<script>document.title = 'gone'</script><b>fett</b>"


@pytest.fixture
def emma(site: Any, cast: Any) -> Any:
    load_starter_tips()
    return cast.emma


def test_a_favourite_is_kept_and_undone_by_keyboard_in_place(
    page: Page, sign_in: Callable, emma: Any
) -> None:
    sign_in(page, emma)
    page.goto("/tips/?q=Untertitel")
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    star = page.locator(".tip-star").first
    star.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    assert Favourite.objects.get().tip.key == "live-captions"
    assert axe_violations(page) == []
    star.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "false")
    assert not Favourite.objects.exists()
    expect(page.locator("html")).to_have_attribute("data-same", "yes")


def test_without_javascript_a_favourite_is_kept_and_found(
    open_page: Callable[..., Page], sign_in: Callable, emma: Any
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, emma)
    page.goto("/tips/?q=Untertitel")
    page.locator(".tip-star").first.click()
    expect(page.locator(".tip-star")).to_have_attribute("aria-pressed", "true")
    page.goto("/tips/")
    page.get_by_role("link", name="Meine Favoriten").click()
    expect(page.locator(".item")).to_have_count(1)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (390, "light"), (1280, "light")])
def test_a_moment_is_one_press_away_and_goes_with_the_other_filters(
    width: int, scheme: str, open_page: Callable[..., Page], sign_in: Callable, emma: Any
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, emma)
    page.goto("/tips/")
    page.locator(".tip-moments").get_by_role("link", name="wenn ein Bericht fällig ist").press("Enter")
    expect(page.locator(".tip-moments a[aria-current]")).to_have_count(1)
    page.get_by_text("Eingrenzen").click()
    page.select_option("select[name=area]", "finance")
    page.locator("form[role=search] [type=submit]").click()
    page.wait_for_url("**area=finance**")
    assert "moment=reporting" in page.url
    expect(page.locator(".item").first).to_be_visible()
    assert page.locator(".item").count() == sum(
        "reporting" in tip.moments for tip in Tip.objects.filter(area="finance")
    )
    expect(page.locator("select[name=area]")).to_be_visible()
    assert page.evaluate(OVERFLOW) <= 0
    assert axe_violations(page) == []


def test_a_page_of_the_hub_leads_to_its_tips_and_back(page: Page, sign_in: Callable, emma: Any) -> None:
    sign_in(page, emma)
    page.goto("/notebooks/")
    page.get_by_role("link", name="Tipps zu dieser Seite").click()
    expect(page.locator(".item").first).to_be_visible()
    page.get_by_role("link", name="/notebooks/").click()
    page.wait_for_url("**/notebooks/")


def test_a_tip_that_was_put_aside_is_shown_again(page: Page, sign_in: Callable, emma: Any) -> None:
    sign_in(page, emma)
    page.goto(f"/tips/{Tip.objects.get(key='premortem').pk}/")
    page.locator("button[value=later]").click()
    again = page.get_by_role("button", name="Wieder zeigen")
    again.click()
    expect(page.locator(".messages, [role=status]").first).to_contain_text("gleich wieder kommen")
    expect(again).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("de", "light", 1280), ("en", "dark", 320), ("de", "dark", 390)]
)
def test_a_tip_is_written_seen_in_every_channel_retired_and_put_back(
    language: str,
    scheme: str,
    width: int,
    open_page: Callable[..., Page],
    sign_in: Callable,
    site: Any,
    cast: Any,
) -> None:
    User.objects.update(language=language)
    make_tool("Firmenchat", link="https://chat.firma.example/", data_class="internal")
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(page, cast.farid)
    page.goto("/tips/authoring/")
    page.locator("a[href='/tips/new/']").click()
    assert axe_violations(page) == []
    page.fill("[name=title_de]", f"Erst fragen {MARKUP}")
    page.select_option("[name=tool]", "chat")
    page.fill("[name=link]", "javascript:alert(1)")
    page.locator(".tip-form [type=submit]").click()
    wrong = page.locator(".errors a")
    expect(wrong).to_have_count(2)
    assert axe_violations(page) == []
    wrong.first.press("Enter")
    assert page.evaluate("document.activeElement.name") in {"link", "body_de"}

    page.fill("[name=body_de]", f"Keine Namen. {MARKUP}")
    page.fill("[name=steps_de]", "Eins.\nZwei.")
    page.fill("[name=link]", "chat.firma.example/neu")
    page.locator(".tip-form [type=submit]").click()
    page.wait_for_url("**/preview/")
    tip = Tip.objects.get()
    assert tip.link == "https://chat.firma.example/neu"
    assert page.evaluate(OVERFLOW) <= 0
    assert axe_violations(page) == []
    mail = page.frame_locator("iframe[src*='/preview/mail/']")
    expect(mail.locator("h1")).to_have_text(f"Erst fragen {MARKUP}")
    expect(mail.locator("li")).to_have_text(["Eins.", "Zwei."])
    expect(mail.locator("b")).to_have_count(0)
    expect(page.locator("#preview-today ~ .tip-inert")).to_contain_text(MARKUP)
    expect(page.locator("#preview-in_app ~ .tip-inert")).to_contain_text("Erst fragen")
    assert not tip.nudges.exists()

    page.locator(f"form[action='/tips/{tip.pk}/retire/'] button").click()
    page.locator(f"form[action='/tips/{tip.pk}/put-back/'] button").click()
    page.locator(f"form[action='/tips/{tip.pk}/retire/'] button").wait_for()
    assert Tip.objects.get().is_active


def test_the_preview_cannot_be_pressed_and_notes_nothing(
    page: Page, sign_in: Callable, site: Any, cast: Any
) -> None:
    tip = make_tip("Vorschau")
    sign_in(page, cast.farid)
    page.goto(f"/tips/{tip.pk}/preview/")
    for _times in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.tip-inert')") is None
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url("**language=en")
    expect(page.locator("#preview-today ~ .tip-inert")).to_have_attribute("lang", "en")
    assert not tip.nudges.exists()
