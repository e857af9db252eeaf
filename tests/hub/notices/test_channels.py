"""Every channel against a real server: what it sends, within which limits, and what an author cannot do with it."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone, translation
from icalendar import Calendar
from py_vapid import Vapid02
from slack_sdk.models.blocks import Block
from slack_sdk.webhook import WebhookClient

from hub.notices import channels, destinations
from hub.notices.channels import slack, teams, web_push
from hub.notices.channels.errors import DeliveryError
from hub.notices.letters import Letter, Message
from hub.notices.models import Destination
from hub.notices.vocabulary import Channel
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_session
from tests.hub.notices.chat_server import Chat
from tests.hub.notices.conftest import WEDNESDAY, Post

EVIL = (
    "<script>alert(1)</script> [link](https://evil.example) **fett** <!channel> @everyone "
    '{{DATE(2026-01-01,SHORT)}} & "x"'
)
LETTER = Letter(
    kind="tip",
    title="Protokoll in zwei Minuten",
    paragraphs=("Lass dir die Besprechung zusammenfassen.",),
    steps=("Öffne die Mitschrift.", "Frage nach Beschlüssen.", "Lies nach."),
    path="/tips/1/",
    link_label="Im Hub beantworten",
    why="Du hast darum gebeten.",
    why_path="/tips/1/#why",
)
HUGE = Letter(
    kind="tip",
    why_path="/tips/1/#why",
    title="ü" * 500,
    paragraphs=("ä" * 5000,) * 30,
    steps=("ö" * 4000,) * 40,
    path="/tips/1/",
    link_label="l" * 200,
    why="w" * 5000,
)
WICKED = Letter(
    kind="tip", title=EVIL, paragraphs=(EVIL,), steps=(EVIL,), path="/", link_label=EVIL, why=EVIL
)


def message_to(user: User, letter: Letter = LETTER) -> Message:
    return Message(id="1", user=user, topic="tips", dedupe_key="k", letter=letter)


def size(card: dict[str, object]) -> int:
    return len(json.dumps(teams.envelope(card)).encode())


def texts_of(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [value for name, value in node.items() if name == "text" and isinstance(value, str)]
        return own + [text for value in node.values() for text in texts_of(value)]
    return [text for one in node for text in texts_of(one)] if isinstance(node, list) else []


# --- Teams ------------------------------------------------------------------------------------------
def test_teams_gets_an_adaptive_card(chat: Chat, cast: Any) -> None:
    destinations.add(user=cast.emma, channel="teams", address=chat.url("/workflows?sig=1"))
    channels.deliver("teams", message_to(cast.emma))
    [got] = chat.got
    assert got.path == "/workflows?sig=1"
    assert got.headers["content-type"].startswith("application/json")
    assert got.json["type"] == "message"
    [attachment] = got.json["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert [action["url"] for action in card["actions"]] == [
        "http://127.0.0.1:8000/tips/1/",
        "http://127.0.0.1:8000/me/notices/",
        "http://127.0.0.1:8000/me/#stored",
    ]
    assert "2. Frage nach Beschlüssen." in texts_of(card)


@pytest.mark.parametrize("letter", [LETTER, HUGE, WICKED])
def test_a_card_is_small_enough_and_has_few_actions(letter: Letter) -> None:
    card = teams.card(letter)
    assert size(card) < 20_000
    assert 1 <= len(card["actions"]) <= 6
    assert all(action["url"].startswith("http://127.0.0.1:8000/") for action in card["actions"])


def test_words_of_an_author_are_never_markup_in_a_card() -> None:
    body = teams.card(WICKED)["body"]
    assert {block["type"] for block in body} == {"RichTextBlock"}
    assert {run["type"] for block in body for run in block["inlines"]} == {"TextRun"}


# --- Slack ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("letter", [LETTER, HUGE, WICKED])
def test_blocks_keep_to_the_limits_that_slacks_own_library_knows(letter: Letter) -> None:
    made = slack.blocks(letter)
    assert len(made) <= 50
    for block in made:
        parsed = Block.parse(block)
        parsed.validate_json()
        assert parsed.to_dict()["type"] == block["type"]
    assert len(made[0]["text"]["text"]) <= 150
    assert all(0 < len(one["text"]["text"]) <= 3000 for one in made if one["type"] == "section")


def test_slacks_own_library_sends_what_we_send(chat: Chat, cast: Any) -> None:
    destinations.add(user=cast.emma, channel="slack", address=chat.url("/services/T0/B0/X"))
    channels.deliver("slack", message_to(cast.emma))
    body = slack.body(LETTER)
    WebhookClient(chat.url("/services/T0/B0/X")).send(text=body["text"], blocks=body["blocks"])
    ours, theirs = (one.json for one in chat.got)
    assert ours.pop("mrkdwn") is False
    assert ours == theirs


def test_nobody_is_called_by_name_and_nothing_is_markup_in_slack() -> None:
    body = slack.body(WICKED)
    assert "<!channel>" not in body["text"]
    kinds = {one["text"]["type"] for one in body["blocks"] if "text" in one}
    assert kinds == {"plain_text"}
    assert "mrkdwn" not in json.dumps(body["blocks"])


# --- Other messengers -------------------------------------------------------------------------------
def json_address(chat: Chat, path: str = "/apprise") -> str:
    return f"json://127.0.0.1:{chat.port}{path}"


def test_another_messenger_gets_plain_text(chat: Chat, cast: Any) -> None:
    destinations.add(user=cast.emma, channel="apprise", address=json_address(chat))
    channels.deliver("apprise", message_to(cast.emma))
    [got] = chat.got
    assert got.json["title"] == LETTER.title
    assert "1. Öffne die Mitschrift." in got.json["message"]
    assert "http://127.0.0.1:8000/tips/1/" in got.json["message"]
    assert "http://127.0.0.1:8000/me/#stored" in got.json["message"]


@pytest.mark.parametrize("port", ["22", "6379"])
def test_another_messenger_at_a_listed_host_gets_no_port_of_its_own(
    port: str, settings: Any, cast: Any
) -> None:
    settings.MESSENGER_HOSTS, settings.OUTBOUND_INSIDE = ["chat.example.com"], []
    for address in (
        f"mmosts://chat.example.com:{port}/token0123456789token0123456",
        f"nctalks://name:word@chat.example.com:{port}/room",
    ):
        with pytest.raises(Refusal, match="port_not_allowed"):
            destinations.add(user=cast.emma, channel="apprise", address=address)


def test_another_messenger_is_not_posted_to_inside(chat: Chat, settings: Any, cast: Any) -> None:
    """A listed name that leads into a private network, asked for anew with each message."""
    settings.MESSENGER_HOSTS, settings.OUTBOUND_INSIDE = ["localhost"], []
    destinations.add(user=cast.emma, channel="apprise", address="json://localhost/")
    with pytest.raises(DeliveryError, match="address_not_public"):
        channels.deliver("apprise", message_to(cast.emma))
    assert chat.got == []


def test_another_messenger_follows_no_redirect_and_is_not_tried_twice(chat: Chat, cast: Any) -> None:
    chat.answer("/apprise", 302, Location=chat.url("/secret"))
    destinations.add(user=cast.emma, channel="apprise", address=json_address(chat))
    with pytest.raises(DeliveryError, match="answered_302") as failed:
        channels.deliver("apprise", message_to(cast.emma))
    assert failed.value.permanent
    assert {one.path for one in chat.got} == {"/apprise"}
    assert len(chat.got) == 1


# --- Browsers ---------------------------------------------------------------------------------------
class Browser:
    """The side of Web Push that a browser plays: a key, a secret, and reading what arrives."""

    def __init__(self, endpoint: str) -> None:
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": b64(point), "auth": b64(self.secret)}
        self.subscription = json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def read(self, body: bytes) -> Any:
        text = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return json.loads(text)


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def test_a_browser_can_read_what_the_push_service_cannot(chat: Chat, cast: Any) -> None:
    browser = Browser(chat.url("/push/1"))
    destinations.add(user=cast.emma, channel="web_push", address=browser.subscription)
    channels.deliver("web_push", message_to(cast.emma))
    [got] = chat.got
    assert LETTER.title.encode() not in got.body
    assert browser.read(got.body) == {
        "title": LETTER.title,
        "body": LETTER.paragraphs[0],
        "path": "/tips/1/",
        "actions": [{"title": "Warum sehe ich das?", "address": "/tips/1/#why"}],
    }
    assert got.headers["content-encoding"] == "aes128gcm"
    assert 0 <= int(got.headers["ttl"]) <= 24 * 3600
    assert got.headers["urgency"] == "low"
    kind, _space, fields = got.headers["authorization"].partition(" ")
    signed = dict(one.split("=", 1) for one in fields.split(","))
    assert (kind, signed["k"]) == ("vapid", web_push.public_key())
    assert Vapid02.verify(got.headers["authorization"])


def test_only_of_a_tip_something_is_kept(cast: Any) -> None:
    assert web_push.payload(replace(LETTER, kind="reminder"))["actions"] == []


def test_a_push_waits_for_no_browser_once_an_hour_begins(
    chat: Chat, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY)
    destinations.add(user=cast.emma, channel="web_push", address=Browser(chat.url("/push/1")).subscription)
    make_session(cast.farid, starts_at=WEDNESDAY + timedelta(minutes=5))
    channels.deliver("web_push", message_to(cast.emma))
    assert chat.got[0].headers["ttl"] == "300"


def test_the_key_is_the_same_in_every_process_and_follows_the_secret(settings: Any) -> None:
    key = web_push.public_key()
    point = urlsafe_b64decode(key + "=")
    assert (len(point), point[0], web_push.public_key()) == (65, 4, key)
    settings.SECRET_KEY = "another"
    assert web_push.public_key() != key


@pytest.mark.parametrize("letter", [HUGE, WICKED])
def test_a_push_fits_into_what_services_take(letter: Letter, chat: Chat, cast: Any) -> None:
    browser = Browser(chat.url("/push/1"))
    destinations.add(user=cast.emma, channel="web_push", address=browser.subscription)
    channels.deliver("web_push", message_to(cast.emma, letter))
    assert len(chat.got[0].body) <= 4096


def test_a_push_leads_to_where_one_does_it(chat: Chat, cast: Any) -> None:
    browser = Browser(chat.url("/push/1"))
    destinations.add(user=cast.emma, channel="web_push", address=browser.subscription)
    address = "https://office.example/meetings?new=1"
    channels.deliver(
        "web_push", message_to(cast.emma, replace(LETTER, action=address, action_label="Jetzt tun"))
    )
    [do_it, kept] = browser.read(chat.got[0].body)["actions"]
    assert do_it == {"title": "Jetzt tun", "address": address}
    assert kept["address"] == "/tips/1/#why"
    longest = replace(HUGE, action=f"https://office.example/{'a' * 477}", action_label="ö" * 300)
    too_long = replace(longest, action=longest.action + "a")
    for letter, count in ((longest, 2), (too_long, 1)):
        channels.deliver("web_push", message_to(cast.emma, letter))
        assert len(chat.got[-1].body) <= 4096
        assert len(browser.read(chat.got[-1].body)["actions"]) == count


def test_one_browser_that_is_gone_does_not_keep_a_tip_from_the_others(chat: Chat, cast: Any) -> None:
    chat.answer("/push/gone", 410)
    for path in ("/push/gone", "/push/here"):
        destinations.add(user=cast.emma, channel="web_push", address=Browser(chat.url(path)).subscription)
    for _twice in range(2):
        channels.deliver("web_push", message_to(cast.emma))
    assert [one.path for one in chat.got] == ["/push/gone", "/push/here", "/push/here"]
    [gone] = Destination.objects.exclude(disabled_at=None)
    assert gone.disabled_reason == "answered_410"


# --- The calendar -----------------------------------------------------------------------------------
def test_a_calendar_entry_is_short_free_and_silent(
    post_office: Post, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY)
    channels.deliver("calendar", message_to(cast.emma))
    [mail] = post_office.mails
    [attached] = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    content = attached.get_payload(decode=True)
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert (event["SUMMARY"], event["TRANSP"]) == (LETTER.title, "TRANSPARENT")
    assert event.walk("VALARM") == []
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=10)
    assert timedelta() < event.decoded("DTSTART") - timezone.now() <= timedelta(minutes=15)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


# --- All of them ------------------------------------------------------------------------------------
@pytest.mark.parametrize("channel", Channel.values)
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_channel_shows_what_it_would_send_and_sends_nothing(
    channel: str, language: str, chat: Chat, post_office: Post, cast: Any
) -> None:
    with translation.override(language):
        shown = channels.preview(channel, LETTER)
        wicked = channels.preview(channel, WICKED, cast.emma)
    assert LETTER.title in json.dumps(shown, ensure_ascii=False)
    assert json.loads(json.dumps(shown)) == shown
    assert "<script>" not in str(wicked.get("html", ""))
    assert (chat.got, post_office.mails) == ([], [])


def test_every_channel_of_the_vocabulary_is_a_module_and_the_other_way_round() -> None:
    assert set(channels.CHANNELS) == set(Channel.values)
    folder = Path(channels.__file__).parent
    assert all((folder / f"{path.rpartition('.')[2]}.py").is_file() for path in channels.CHANNELS.values())


@pytest.mark.parametrize("channel", ["teams", "slack", "apprise", "web_push", "mail", "calendar"])
def test_even_the_longest_tip_says_why_it_came_by_every_way(channel: str, cast: Any) -> None:
    letter = replace(HUGE, why="Weil du danach gefragt hast.", why_path="/tips/1/#why")
    said = json.dumps(channels.preview(channel, letter, cast.emma), ensure_ascii=False).replace("\\r\\n ", "")
    if channel == "web_push":
        assert "/tips/1/#why" in said
    else:
        assert "Weil du danach gefragt hast." in said
        assert "/me/#stored" in said
