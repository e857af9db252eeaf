"""What people said about tips that nobody can see any more, deleted as privacy.py declares."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from hub.nudges.models import Dismissal, Favourite, Tip

# So long a tip can be put back into use and everybody's word on it with it.
KEPT = timedelta(weeks=12)


def forget(now: datetime) -> int:
    """Delete dismissals and favourites of tips that have been retired or expired for twelve weeks; how many."""
    limit = now - KEPT
    touched = Tip.objects.annotate(touched_at=Coalesce("changed_at", "created_at"))
    gone = touched.filter(Q(is_active=False, touched_at__lt=limit) | Q(valid_until__lt=limit.date()))
    count = 0
    with transaction.atomic():
        for model in (Dismissal, Favourite):
            count += model.objects.filter(tip__in=gone.values("pk")).delete()[0]
    return count
