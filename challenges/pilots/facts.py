"""What pilots tell other areas: how they came out, and which of them nobody decided in time. Drafts are not told."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from challenges.pilots.models import Pilot
from hub.people.models import User

Numbers = dict[UUID, int]


def decided_between(start: datetime, end: datetime, *states: str) -> Numbers:
    """Subject key of the owner -> pilots decided in [start, end) as one of these states; all, where none is named."""
    states = states or (Pilot.State.SCALED, Pilot.State.STOPPED)
    return _by_owner(Pilot.objects.filter(state__in=states, decided_at__gte=start, decided_at__lt=end))


def overdue_at(moment: datetime) -> Numbers:
    """Subject key of the owner -> pilots that ran at the moment although their decision day was over.

    An extension counts as if it had always been agreed on. A pilot without an owner is nobody's, and not here.
    """
    today = moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    was_running = Q(decided_at=None) | Q(decided_at__gte=moment)
    return _by_owner(Pilot.objects.started().with_due().filter(was_running, due__lt=today))


def _by_owner(pilots: QuerySet[Pilot]) -> Numbers:
    owned = pilots.filter(owner__status=User.Status.ACTIVE).order_by()
    return dict(owned.values_list("owner__subject_key").annotate(n=Count("pk")))
