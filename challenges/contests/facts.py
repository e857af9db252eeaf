"""What revealed bets tell other areas. Nothing here knows a bet that is still sealed."""

from datetime import datetime

from django.db.models import Count, Q

from challenges.contests.models import PublishedClaim, PublishedElimination
from challenges.contests.models.claim import Change


def eliminations_revealed_between(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> steps that bets changed and nobody took back, of those revealed in [start, end)."""
    rows = PublishedElimination.objects.filter(
        entry__challenge__revealed_at__gte=start, entry__challenge__revealed_at__lt=end
    ).exclude(Q(claim__outcome=PublishedClaim.Outcome.REVERSED) | Q(claim__change=Change.MOVED))
    return dict(
        rows.values("entry__contestant_id").annotate(n=Count("pk")).values_list("entry__contestant_id", "n")
    )
