"""The ways out, one module each with one method: `deliver(message)`, which raises DeliveryError.

A channel that needs a destination of the person's own also has `check(address)`, which gives the host or raises
Refusal, and `send(destination, message)`. `preview(letter, reader)` gives what would be sent, and sends nothing.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from hub.notices.letters import Letter, Message
from hub.people.models import User

if TYPE_CHECKING:
    from hub.notices.models import Destination

CHANNELS = {
    "mail": "hub.notices.channels.mail",
    "teams": "hub.notices.channels.teams",
    "slack": "hub.notices.channels.slack",
    "apprise": "hub.notices.channels.messenger",
    "web_push": "hub.notices.channels.web_push",
    "calendar": "hub.notices.channels.calendar_entry",
    "in_app": "hub.notices.channels.in_app",
}
# A second copy is known for one: by its Message-ID, in the calendar by its UID, in the inbox by its key.
RECOGNISING_A_COPY = {"mail", "calendar", "in_app"}


def _module(channel: str) -> ModuleType:
    return import_module(CHANNELS[channel])


def deliver(channel: str, message: Message) -> None:
    _module(channel).deliver(message)


def check(channel: str, address: str) -> str:
    """The host of a destination's address. Raises Refusal for one that the channel does not take."""
    return _module(channel).check(address)


def send(destination: "Destination", message: Message) -> None:
    """To this destination and no other, also if it was disabled."""
    _module(destination.channel).send(destination, message)


def preview(channel: str, letter: Letter, reader: User | None = None) -> dict[str, object]:
    """What the channel would send, in the language active now: `card`, `blocks`, `text`, `html`, `subject` and such."""
    reader = reader or User(first_name="Emma", language=get_language() or "de")
    return _module(channel).preview(letter, reader)
