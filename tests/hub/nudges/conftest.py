"""Real servers of mail and messengers on loopback, as for the outbox."""

from tests.hub.notices.conftest import chat, post_office

__all__ = ["chat", "post_office"]
