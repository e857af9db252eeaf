"""The mail server of the notices' tests, for invitations."""

from tests.hub.notices.conftest import post_office

__all__ = ["post_office"]
