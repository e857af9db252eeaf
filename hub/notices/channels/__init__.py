"""The ways out, one module each with one method: `deliver(message)`, which raises DeliveryError."""

from importlib import import_module

from hub.notices.letters import Message

CHANNELS = {
    "in_app": "hub.notices.channels.in_app",
    "mail": "hub.notices.channels.mail",
}


def deliver(channel: str, message: Message) -> None:
    import_module(CHANNELS[channel]).deliver(message)
