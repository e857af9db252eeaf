"""Looks at the code on somebody else's wall: audited, and once for a wall that asks every few seconds."""

import time
from datetime import datetime
from uuid import UUID

from hub.people.models import User
from learning.hours import actions
from learning.hours.models import StudySession

ONCE_IN_SECONDS = 600.0
MOST = 1000

_noted: dict[tuple[UUID, int], float] = {}


def note(*, session: StudySession, user: User, now: datetime) -> None:
    """Before the page, its news or its stream show the code; not again by this process within ten minutes."""
    key, at = (session.pk, user.pk), time.monotonic()
    if not session.is_open(now) or at - _noted.get(key, -ONCE_IN_SECONDS) < ONCE_IN_SECONDS:
        return
    if len(_noted) > MOST:
        _noted.clear()
    _noted[key] = at
    actions.show_code(session=session, user=user, now=now)
