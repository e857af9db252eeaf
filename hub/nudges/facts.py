"""Figures for the reports above. They are about single people: nobody sees them before they pass the gate."""

from datetime import datetime

from django.db.models import Count, QuerySet

from hub.nudges.models import Nudge
from hub.people.models import User


def people_who_tried(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> how many different tips the person marked as tried in [start, end). Leavers are left out."""
    return _by_tip(Nudge.objects.tried_between(start, end))


def people_who_were_shown_tips(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> different tips that came to the person in [start, end). One pulled from the library did not come."""
    shown = Nudge.objects.filter(shown_at__gte=start, shown_at__lt=end, user__status=User.Status.ACTIVE)
    return _by_tip(shown.exclude(source=Nudge.Source.LIBRARY))


def people_who_kept_tips(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> different tips of which the person said in [start, end), when asked, that they still use them."""
    kept = Nudge.objects.filter(kept_at__gte=start, kept_at__lt=end, user__status=User.Status.ACTIVE)
    return _by_tip(kept.filter(kept=Nudge.Kept.YES))


def _by_tip(rows: QuerySet[Nudge]) -> dict[int, int]:
    counted = rows.order_by().values("user_id").annotate(n=Count("tip", distinct=True))
    return dict(counted.values_list("user_id", "n"))
