"""The id of a tip for a person on a day: the same however often it is asked for, before any row is written."""

from datetime import date
from uuid import UUID

from django.utils.crypto import salted_hmac


def nudge_id(subject_key: UUID, tip_id: UUID, day: date) -> UUID:
    """Keyed, so that nobody can work out another person's."""
    digest = salted_hmac("hub.nudges.ids", f"{subject_key}:{tip_id}:{day}", algorithm="sha256").digest()
    return UUID(bytes=digest[:16], version=4)
