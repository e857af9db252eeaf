"""What revealed bets tell other areas. Nothing here knows a bet that is still sealed."""

from datetime import datetime

from django.db.models import Count

from challenges.contests.models import PublishedElimination


def eliminations_revealed_between(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> confirmed eliminated steps of bets revealed in [start, end)."""
    rows = PublishedElimination.objects.filter(
        entry__challenge__revealed_at__gte=start, entry__challenge__revealed_at__lt=end
    )
    return dict(
        rows.values("entry__contestant_id").annotate(n=Count("pk")).values_list("entry__contestant_id", "n")
    )
