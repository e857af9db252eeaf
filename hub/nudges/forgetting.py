"""What people said about tips that nobody can see any more, deleted as privacy.py declares."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from hub.notices.models import Notice
from hub.nudges.models import Dismissal, Favourite, Tip

# So long a tip that is put back into use is among one's favourites again. "Not for me" ends with the tip.
KEPT = timedelta(weeks=12)


def forget(now: datetime) -> int:
    """Delete dismissals of tips that are retired or expired, favourites of those that have been so for twelve weeks,
    and tips of that age in inboxes; how many.
    """
    with transaction.atomic():
        count = Notice.objects.filter(kind="tip", created_at__lt=now - KEPT).delete()[0]
        for model, limit in ((Dismissal, now), (Favourite, now - KEPT)):
            count += model.objects.filter(tip__in=_gone_before(limit).values("pk")).delete()[0]
    return count


def _gone_before(limit: datetime) -> QuerySet[Tip]:
    """A tip that expires is valid on its last day wherever one is: a day more is left."""
    touched = Tip.objects.annotate(touched_at=Coalesce("changed_at", "created_at"))
    last_day = (limit - timedelta(days=1)).date()
    return touched.filter(Q(is_active=False, touched_at__lt=limit) | Q(valid_until__lt=last_day))
