"""What revealed bets tell other areas. Nothing here knows a bet that is still sealed."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Count, Q

from challenges.contests.models import PublishedClaim, PublishedElimination
from challenges.contests.models.claim import Change


def eliminations_revealed_between(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> steps that bets took away and nobody brought back, of those revealed in [start, end).

    Of steps merged into one all but one are gone; a moved step is not.
    """
    rows = PublishedElimination.objects.filter(
        entry__challenge__revealed_at__gte=start, entry__challenge__revealed_at__lt=end
    ).exclude(Q(claim__outcome=PublishedClaim.Outcome.REVERSED) | Q(claim__change=Change.MOVED))
    by_claim = rows.values("entry__contestant_id", "claim", "claim__change").annotate(n=Count("pk"))
    gone: defaultdict[int, int] = defaultdict(int)
    for person, change, named in by_claim.values_list("entry__contestant_id", "claim__change", "n"):
        gone[person] += named - (change == Change.MERGED)
    return dict(gone)
