"""Figures for the reports above. They are about single people: nobody sees them before they pass the gate."""

from datetime import datetime

from django.db.models import Count

from hub.nudges.models import Nudge


def people_who_tried(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> how many different tips the person marked as tried in [start, end). Leavers are left out."""
    tried = Nudge.objects.tried_between(start, end).order_by()
    return dict(tried.values("user_id").annotate(n=Count("tip", distinct=True)).values_list("user_id", "n"))
