"""Into Microsoft Teams, through a webhook of Workflows: an Adaptive Card 1.4.

All words are text runs, which Teams shows as they stand: no Markdown and no macro of an author takes effect.
"""

import json

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.notices.channels.webhooks import post_json
from hub.notices.channels.words import link_to, numbered, preferences_link, shortened, stored_link
from hub.notices.destinations import address_of, one_of, tried
from hub.notices.letters import Letter, Message
from hub.notices.models import Destination
from hub.outbound import check_address
from hub.people.models import User

LARGEST_CARD = 20_000  # bytes; Teams refuses larger ones
LONGEST_TEXT = 2000
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def check(address: str) -> str:
    return check_address(address, settings.TEAMS_HOSTS)


def deliver(message: Message) -> None:
    send(one_of(message.user, "teams"), message)


def send(destination: Destination, message: Message) -> None:
    with tried(destination):
        post_json(address_of(destination), envelope(card(message.letter)), hosts=settings.TEAMS_HOSTS)


def preview(letter: Letter, reader: User) -> dict[str, object]:
    return {"card": card(letter)}


def envelope(content: dict[str, object]) -> dict[str, object]:
    """As Workflows takes it."""
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": content,
    }
    return {"type": "message", "attachments": [attachment]}


def card(letter: Letter) -> dict[str, object]:
    """The whole letter, or its beginning with the link if that would be too large."""
    whole = _card(letter, [*letter.paragraphs, *numbered(letter)])
    if len(json.dumps(envelope(whole)).encode()) < LARGEST_CARD:
        return whole
    return _card(letter, [shortened(text, 500) for text in letter.paragraphs[:1]])


def _card(letter: Letter, lines: list[str]) -> dict[str, object]:
    actions = [{"type": "Action.OpenUrl", "title": _("What is sent to me"), "url": preferences_link()}]
    actions.append({"type": "Action.OpenUrl", "title": _("What is kept of it"), "url": stored_link()})
    if letter.path:
        actions.insert(0, {"type": "Action.OpenUrl", "title": letter.link_label, "url": link_to(letter)})
    if letter.action:
        actions.insert(0, {"type": "Action.OpenUrl", "title": letter.action_label, "url": letter.action})
    return {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": letter.language or get_language(),
        "fallbackText": letter.title,
        "body": [
            _words(letter.title, weight="Bolder", size="Large"),
            *([_words(letter.note, size="Small", isSubtle=True)] if letter.note else []),
            *(_words(line) for line in lines),
            _words(letter.why, size="Small", isSubtle=True),
        ],
        "actions": actions,
    }


def _words(text: str, **how: object) -> dict[str, object]:
    run = {"type": "TextRun", "text": shortened(text, LONGEST_TEXT), **how}
    return {"type": "RichTextBlock", "inlines": [run]}
