"""A real mail server on loopback, and a Wednesday morning."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.hub.notices.chat_server import Chat, chat_server

# 10:00 in Berlin.
WEDNESDAY = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@dataclass
class Post:
    """What the server got; `answers` maps a recipient to what it is refused with."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    connections: int = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str, responses: list) -> list:
        session.host_name = name
        self.connections += 1
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def post_office(settings: Any) -> Iterator[Post]:
    """The site sends to a server that runs; `post.answers` lets it refuse."""
    post = Post(port=free_port())
    point_mail_to(settings, post.port)
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    yield post
    controller.stop()


def point_mail_to(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


@pytest.fixture
def chat(settings: Any) -> Iterator[Chat]:
    """A messenger inside our own network, to which every channel may post."""
    settings.OUTBOUND_INSIDE = ["127.0.0.1"]
    for name in ("TEAMS_HOSTS", "SLACK_HOSTS", "WEB_PUSH_HOSTS", "MESSENGER_HOSTS"):
        setattr(settings, name, [*getattr(settings, name), "127.0.0.1"])
    settings.MESSENGER_SCHEMAS = [*settings.MESSENGER_SCHEMAS, "json"]
    with chat_server() as chat:
        yield chat
