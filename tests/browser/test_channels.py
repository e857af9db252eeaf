"""What channels send, seen where it arrives: a card drawn by Microsoft's own library, and a message of the browser."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Page, expect

from hub.notices.channels import teams, web_push
from hub.notices.models import Destination
from tests.hub.notices.test_channels import EVIL, HUGE, LETTER, WICKED

CARDS = Path(settings.NODE_MODULES) / "adaptivecards" / "dist" / "adaptivecards.min.js"
DRAW = """(card) => {
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.version = new AdaptiveCards.Version(1, 4);
  const context = new AdaptiveCards.SerializationContext(new AdaptiveCards.Version(1, 4));
  drawn.parse(card, context);
  const found = drawn.validateProperties().validationEvents.map((event) => event.message);
  for (let at = 0; at < context.eventCount; at += 1) found.push(context.getEventAt(at).message);
  document.body.replaceChildren(drawn.render());
  return found;
}"""


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("letter", [LETTER, HUGE, WICKED], ids=["usual", "huge", "wicked"])
def test_a_card_is_drawn_without_a_complaint(
    letter: Any, language: str, browser: Any, tmp_path: Path
) -> None:
    with translation.override(language):
        card = teams.card(letter)
    page = browser.new_page(viewport={"width": 420, "height": 700})
    page.add_script_tag(path=CARDS)
    assert page.evaluate(DRAW, card) == []
    shown = page.locator("body").inner_text()
    assert letter.title[:80] in shown
    assert page.locator("button, [role=button], [role=link]").count() >= 2
    assert page.locator("script + *, body script, body a, body strong, body em").count() == 0
    if letter is WICKED:
        assert EVIL in shown
    page.close()


def test_a_browser_shows_what_was_pushed_and_opens_its_page(
    page: Page, sign_in: Callable, cast: Any, site: Any
) -> None:
    """The push service is not there; what it would hand over is handed to the real worker by the browser itself."""
    page.context.grant_permissions(["notifications"], origin=site.url)
    sign_in(page, cast.emma)
    page.goto("/me/notices/")
    expect(page.locator("#push")).to_be_visible()
    worker = page.locator("[data-push]").get_attribute("data-worker")
    tools = page.context.new_cdp_session(page)
    tools.send("ServiceWorker.enable")
    registrations: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(one["registrationId"] for one in event["registrations"]),
    )
    page.evaluate(
        "async (url) => { const one = await navigator.serviceWorker.register(url);"
        " while (!one.active) await new Promise((go) => setTimeout(go, 50)); }",
        worker,
    )
    page.wait_for_timeout(300)
    address = "https://office.example/meetings"
    data = json.dumps(web_push.payload(replace(LETTER, action=address, action_label="Jetzt tun")))
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": site.url, "registrationId": registrations[-1], "data": data},
    )
    shown = page.wait_for_function(
        "async (url) => { const one = await navigator.serviceWorker.getRegistration(url);"
        " const [first] = await one.getNotifications();"
        " return first && { title: first.title, body: first.body, path: first.data.path,"
        " buttons: first.actions.map((one) => one.title) }; }",
        arg=worker,
    ).json_value()
    buttons = shown.pop("buttons")
    assert shown == {"title": LETTER.title, "body": LETTER.paragraphs[0], "path": "/tips/1/"}
    assert buttons[0] == "Jetzt tun"
    assert len(buttons) == 2
    [running] = page.context.service_workers
    assert running.evaluate(PRESS, ["0", "1", ""]) == [
        address, f"{site.url}/tips/1/#why", f"{site.url}/tips/1/",
    ]  # fmt: skip
    wicked = {"path": "https://evil.example/", "actions": [{"title": "x", "address": "javascript:alert(1)"}]}
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": site.url, "registrationId": registrations[-1], "data": json.dumps(wicked)},
    )
    page.wait_for_timeout(300)
    assert running.evaluate(PRESS, ["0", ""]) == [], "the message leads nowhere else, a button to no script"


PRESS = """async (actions) => {
  const opened = [];
  self.clients.openWindow = async (address) => { opened.push(address); };
  const [notification] = await self.registration.getNotifications();
  for (const action of actions) {
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
  }
  return opened;
}"""
SUBSCRIPTION = {
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/x",
    "keys": {"p256dh": "B" * 87, "auth": "B" * 22},
}
SUBSCRIBE = f"PushManager.prototype.subscribe = async () => ({json.dumps(SUBSCRIPTION)});"


def test_subscribing_adds_this_browser_and_a_refusal_is_said(
    page: Page, sign_in: Callable, cast: Any, site: Any
) -> None:
    """Only the push service, which is somebody else's and far away, is played."""
    page.context.grant_permissions(["notifications"], origin=site.url)
    page.add_init_script(SUBSCRIBE)
    sign_in(page, cast.emma)
    page.goto("/me/notices/")
    key = page.locator("[data-push]").get_attribute("data-key")
    page.click("[data-push]")
    expect(page.locator(".places-item")).to_contain_text("updates.push.services.mozilla.com")
    [made] = Destination.objects.all()
    assert (made.user, made.channel) == (cast.emma, "web_push")
    assert key == web_push.public_key()
    page.context.clear_permissions()
    page.goto("/me/notices/")
    page.evaluate("Notification.requestPermission = async () => 'denied'")
    page.click("[data-push]")
    expect(page.locator("#push-state")).not_to_be_empty()


def test_a_webhook_is_added_tried_and_removed_without_script_too(
    open_page: Callable[..., Page], sign_in: Callable, cast: Any
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, cast.emma)
    page.goto("/me/notices/")
    page.locator("#places summary").click()
    page.fill("#places input[name=address]", "https://user:pass@prod-1.logic.azure.com/x")
    page.locator("#places details button").click()
    expect(page.locator(".errors")).to_be_visible()
    page.fill("#places input[name=address]", "https://prod-1.logic.azure.com/x?sig=geheim")
    page.locator("#places details button").click()
    expect(page.locator(".places-item")).to_contain_text("prod-1.logic.azure.com")
    assert "geheim" not in page.content()
    page.locator(".places-acts button").last.click()
    expect(page.locator(".places-item")).to_have_count(0)
