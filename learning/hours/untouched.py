"""How untouchable the hour is: of those whose day has come, how many were held, moved or cancelled."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from learning.hours.models import StudySession
from learning.hours.models.session import StudySessionQuerySet

LOOKED_BACK = timedelta(weeks=26)


@dataclass(frozen=True)
class Kept:
    """Hours of the last 26 weeks. A moved one was held, at another time than first agreed."""

    held: int
    moved: int
    cancelled: int

    @property
    def all(self) -> int:
        return self.held + self.moved + self.cancelled

    @property
    def percent_held(self) -> int:
        return round(100 * self.held / self.all) if self.all else 0


def kept_of(sessions: StudySessionQuerySet, now: datetime) -> Kept:
    """One query."""
    past = sessions.filter(agreed_at__lte=now, agreed_at__gt=now - LOOKED_BACK, ends_at__lte=now)
    planned, moved = Q(status=StudySession.Status.PLANNED), ~Q(agreed_at=F("starts_at"))
    counts = past.aggregate(
        held=Count("pk", filter=planned & ~moved),
        moved=Count("pk", filter=planned & moved),
        cancelled=Count("pk", filter=~planned),
    )
    return Kept(**counts)
