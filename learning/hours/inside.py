"""Who is told how many are in a room: those in it, and whoever runs the hour.

The number is exact, and so is each step of it as people come; whoever reads reports elsewhere could set it against
what the gate published of the same week.
"""

from datetime import datetime

from hub.people.models import User
from learning.hours.models import StudySession


def is_inside(session: StudySession, user: User) -> bool:
    """Whether the room's numbers are told to this person: checked in, or facilitator or deputy. One query or none."""
    return session.is_run_by(user) or session.attendances.filter(user=user).exists()


def presence_for(session: StudySession, user: User, now: datetime, *, attended: bool) -> int | None:
    """How many are here while the hour runs; None at any other time and for whoever is not here. One query or none."""
    if session.phase(now) != "during" or not (attended or session.is_run_by(user)):
        return None
    return session.attendances.count()
