"""Into Slack, through an incoming webhook: Block Kit.

All words are plain text objects, in which no markup of an author takes effect and nobody can be called by name.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from hub.notices.channels.webhooks import post_json
from hub.notices.channels.words import link_to, numbered, preferences_link, shortened, stored_link
from hub.notices.destinations import address_of, one_of, tried
from hub.notices.letters import Letter, Message
from hub.notices.models import Destination
from hub.outbound import check_address
from hub.people.models import User

# Slack's own limits, in characters and blocks.
LONGEST_HEADER, LONGEST_SECTION, LONGEST_LABEL, LONGEST_CONTEXT = 150, 3000, 75, 2000
MOST_PARAGRAPHS = 20


def check(address: str) -> str:
    return check_address(address, settings.SLACK_HOSTS)


def deliver(message: Message) -> None:
    send(one_of(message.user, "slack"), message)


def send(destination: Destination, message: Message) -> None:
    with tried(destination):
        post_json(address_of(destination), body(message.letter), hosts=settings.SLACK_HOSTS)


def preview(letter: Letter, reader: User) -> dict[str, object]:
    return body(letter)


def body(letter: Letter) -> dict[str, object]:
    """`text` is what a notification and a screen reader say; in it three characters are Slack's own."""
    spoken = letter.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": spoken, "mrkdwn": False, "blocks": blocks(letter)}


def blocks(letter: Letter) -> list[dict[str, object]]:
    texts = [letter.note, *letter.paragraphs[:MOST_PARAGRAPHS], "\n".join(numbered(letter))]
    buttons = [
        _button(_("What is sent to me"), preferences_link()),
        _button(_("What is kept of it"), stored_link()),
    ]
    if letter.path:
        buttons.insert(0, {**_button(letter.link_label, link_to(letter)), "style": "primary"})
    if letter.action:
        buttons.insert(0, _button(letter.action_label, letter.action))
    return [
        {"type": "header", "text": _plain(letter.title, LONGEST_HEADER)},
        *({"type": "section", "text": _plain(text, LONGEST_SECTION)} for text in texts if text),
        {"type": "actions", "elements": buttons},
        {"type": "context", "elements": [_plain(letter.why, LONGEST_CONTEXT)]},
    ]


def _plain(text: str, most: int) -> dict[str, object]:
    return {"type": "plain_text", "text": shortened(text, most), "emoji": False}


def _button(label: str, url: str) -> dict[str, object]:
    return {"type": "button", "text": _plain(label, LONGEST_LABEL), "url": url}
