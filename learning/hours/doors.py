"""The door of an hour: what checking in asks about it, read once a second at most however many press at once.

What this process changes itself shows at once; what another changed, such as a cancelled hour, after a second.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from hub.people.models import User
from learning.hours.models import CodeAttempt, StudySession

LASTS_SECONDS = 1.0
MOST = 200


@dataclass(frozen=True)
class Door:
    """`locked` holds the ids of those who guessed too often and have to wait. Shared by threads: only read it."""

    session: StudySession
    locked: frozenset[int]
    read_at: float


_doors: dict[UUID, Door] = {}


def door_for(user: User, session_id: UUID, now: datetime) -> Door:
    """Raises Http404 where `visible_to` would not find the hour."""
    door = _doors.get(session_id)
    if door is None or time.monotonic() - door.read_at > LASTS_SECONDS:
        door = _read(session_id, now)
    if not door.session.is_for(user):
        raise Http404
    return door


def _read(session_id: UUID, now: datetime) -> Door:
    read_at = time.monotonic()
    session = StudySession.objects.filter(pk=session_id).first()
    if session is None:
        raise Http404
    locked = CodeAttempt.objects.locked(now).filter(session=session).values_list("user_id", flat=True)
    if len(_doors) > MOST:
        _doors.clear()
    door = _doors[session_id] = Door(session, frozenset(locked), read_at)
    return door


def forget(instance: StudySession | CodeAttempt, **_signal: Any) -> None:
    _doors.pop(instance.pk if isinstance(instance, StudySession) else instance.session_id, None)
