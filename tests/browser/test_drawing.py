"""The drawing of a process in a real browser: what it draws, how list and drawing find each other, and by keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from challenges.processes.actions import create_from_template, import_process
from challenges.processes.list_actions import write_list
from challenges.processes.models import Process
from challenges.processes.steps_csv import StepLine
from tests.browser.conftest import axe_violations
from tests.challenges.processes.drawings import definitions, diagram, shape, two_steps
from tests.factories import make_user

MARKUP = '&lt;img src=x onerror="document.title=1"&gt;'


@pytest.fixture
def owner(site: Any) -> Any:
    return make_user("Emma", language="en")


def drawn(page: Page, found: Process) -> Page:
    page.goto(f"/processes/{found.pk}/")
    expect(page.locator(".drawing.is-drawn")).to_be_visible()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_step_is_drawn_and_the_page_is_sound(
    scheme: str, width: int, open_page: Any, sign_in: Any, owner: Any
) -> None:
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    sign_in(page, owner)
    found, _is_new = create_from_template(user=owner, key="order-to-cash", language="en")
    drawn(page, found)

    ids = page.eval_on_selector_all(".djs-shape", "all => all.map(one => one.dataset.elementId)")
    assert {f"step-{number}" for number in range(1, 15)} <= set(ids)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    mark = page.locator(".bjs-powered-by")
    mark.scroll_into_view_if_needed()
    assert mark.evaluate(
        "one => { const box = one.getBoundingClientRect();"
        " return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"
    )
    assert axe_violations(page) == []


def test_list_and_drawing_find_each_other(page: Page, sign_in: Any, owner: Any) -> None:
    sign_in(page, owner)
    found, _is_new = create_from_template(user=owner, key="order-to-cash", language="en")
    drawn(page, found)
    step = page.locator('.djs-element[data-element-id="step-14"]')

    page.get_by_role("button", name="Remind of open items").focus()
    expect(step).to_have_class(re.compile(r"\bis-near\b"))
    page.keyboard.press("Enter")
    expect(page.locator('.steps [aria-current="true"]')).to_have_text("Remind of open items")
    expect(step).to_be_in_viewport()

    page.get_by_role("button", name="Show all").click()
    page.locator('.djs-element[data-element-id="step-1"] .djs-hit').hover()
    expect(page.locator('.step[data-element="step-1"]')).to_have_class(re.compile(r"\bis-near\b"))
    page.locator('.djs-element[data-element-id="step-1"] .djs-hit').click()
    expect(page.locator('.steps [aria-current="true"]')).to_have_text(
        "Copy the order from the mail into the system"
    )


def test_the_drawing_moves_and_zooms_by_keyboard_and_button(page: Page, sign_in: Any, owner: Any) -> None:
    sign_in(page, owner)
    found, _is_new = create_from_template(user=owner, key="order-to-cash", language="en")
    drawn(page, found)
    view = page.locator(".drawing .viewport")
    seen = [view.get_attribute("transform")]

    def has_changed() -> bool:
        seen.append(view.get_attribute("transform"))
        return seen[-1] != seen[-2]

    page.locator(".drawing-canvas svg").first.focus()
    for key in ("ArrowRight", "ArrowDown", "+", "-", "0"):
        page.keyboard.press(key)
        assert has_changed(), key
    for name in ("Larger", "Smaller"):
        page.get_by_role("button", name=name).click()
        assert has_changed(), name


def test_markup_in_names_is_drawn_as_text(page: Page, sign_in: Any, owner: Any) -> None:
    sign_in(page, owner)
    text = definitions(f"<process id='p'><task id='x' name='{MARKUP}'/></process>{diagram(shape('x'))}")
    found, _is_new = import_process(user=owner, file_name="a.bpmn", content=text.encode())
    drawn(page, found)
    assert page.title().startswith("a ")
    assert page.locator(".drawing img, .steps img").count() == 0
    expect(page.locator(".step-name")).to_contain_text("<img src=x")


def test_what_cannot_be_drawn_is_said_and_the_list_stays(page: Page, sign_in: Any, owner: Any) -> None:
    sign_in(page, owner)
    found, _is_new = create_from_template(user=owner, key="travel-expenses", language="en")
    Process.objects.filter(pk=found.pk).update(bpmn=two_steps())
    page.goto(f"/processes/{found.pk}/")
    expect(page.locator('[data-says="failed"]')).to_be_visible()
    expect(page.get_by_text("Scan the receipts")).to_be_visible()


def test_without_javascript_the_list_says_it_all(open_page: Any, sign_in: Any, owner: Any) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, owner)
    found, _is_new = create_from_template(user=owner, key="travel-expenses", language="en")
    page.goto(f"/processes/{found.pk}/")
    assert page.locator(".step").count() == 8
    expect(page.get_by_text("Scan the receipts")).to_be_visible()


def test_a_list_is_written_by_keyboard_drawn_and_warmed(page: Page, sign_in: Any, owner: Any) -> None:
    sign_in(page, owner)
    page.goto("/processes/write/")
    page.get_by_label("title").fill("Complaints")
    page.get_by_label("cases a week").fill("20")
    first = page.locator(".step-row").first
    first.get_by_label("lane").fill("Service")
    first.locator("[name$=-name]").fill("Read the mail")
    first.locator("summary").click()
    first.get_by_label("minutes of work").fill("6")
    first.locator("[name$=-name]").press("Enter")
    second = page.locator(".step-row").nth(1)
    expect(second.locator("[name$=-name]")).to_be_focused()
    expect(second.get_by_label("lane")).to_have_value("Service")
    page.keyboard.type("Answer the customer")
    second.locator("summary").click()
    second.get_by_label("minutes of work").fill("30")
    second.locator("[name$=-name]").press("Alt+ArrowUp")
    expect(page.locator(".step-row").first.locator("[name$=-name]")).to_have_value("Answer the customer")
    page.get_by_role("button", name="Draw it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Complaints")
    assert [step.name for step in Process.objects.get(title="Complaints").steps.all()] == [
        "Answer the customer",
        "Read the mail",
    ]
    expect(page.locator(".process-costs")).to_contain_text("624 hours")
    warm = page.get_by_role("button", name="Where the time goes")
    warm.click()
    expect(warm).to_have_attribute("aria-pressed", "true")
    assert page.locator(".djs-element.heat-4").count() == 1
    assert page.locator(".djs-element.heat-1").count() == 1
    warm.click()
    assert page.locator(".djs-element.heat-4").count() == 0


def test_before_and_after_are_drawn_side_by_side_with_their_marks(
    page: Page, sign_in: Any, owner: Any
) -> None:
    sign_in(page, owner)
    lists = (
        [StepLine("Sales", "Copy the order", "manual"), StepLine("Sales", "Mail the status", "send")],
        [StepLine("Sales", "Copy the order", "service"), StepLine("Sales", "Check the proposal", "user")],
    )
    for name, lines in zip(("Before", "Future"), lists, strict=True):
        write_list(user=owner, title=name, language="en", audience="private", lines=lines)
    page.goto(f"/processes/{Process.objects.get(title='Before').pk}/compare/")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".drawing.is-drawn")).to_have_count(2)
    for kind, count in (("automated", 2), ("eliminated", 1), ("added", 1)):
        expect(page.locator(f".djs-element.is-{kind}")).to_have_count(count)
    assert axe_violations(page) == []
    page.get_by_label("What has become of “Mail the status”").select_option(label="2 Check the proposal")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".lead")).to_have_text("You have confirmed where each step went.")
    expect(page.locator(".djs-element.is-eliminated")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_which_pools_count_is_chosen_by_keyboard(
    width: int, open_page: Any, sign_in: Any, owner: Any
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    sign_in(page, owner)
    text = definitions(
        '<collaboration id="c"><participant id="x" name="Customer" processRef="q"/>'
        '<participant id="y" name="Warehouse" processRef="p"/></collaboration>'
        '<process id="q"><task id="ask" name="Ask"/></process>'
        '<process id="p"><task id="pack" name="Pack"/><task id="send" name="Send"/></process>'
        + diagram(shape("ask"), shape("pack"), shape("send"))
    )
    found, _is_new = import_process(user=owner, file_name="a.bpmn", content=text.encode(), language="en")
    page.goto(f"/processes/{found.pk}/")
    expect(page.get_by_text("1 step of another pool is drawn and not counted.")).to_be_visible()

    page.get_by_role("link", name="Choose which pools count").press("Enter")
    expect(page.get_by_label("Warehouse: 2 steps")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe_violations(page) == []
    page.get_by_label("Customer: 1 step").press("Space")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("The steps of 2 pools are counted together.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
