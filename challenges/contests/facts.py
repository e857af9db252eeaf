"""What revealed bets tell other areas. Nothing here knows a bet that is still sealed."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from challenges.contests.freed import Freed
from challenges.contests.models import (
    Partaking,
    PublishedClaim,
    PublishedElimination,
    PublishedFreed,
    PublishedStanding,
)
from challenges.contests.models.claim import Change


def eliminations_revealed_between(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> steps that bets took away and nobody brought back, of those revealed in [start, end).

    Of steps merged into one all but one are gone; a moved step is not.
    """
    by_claim = (
        _held(start, end).values("entry__contestant_id", "claim", "claim__change").annotate(n=Count("pk"))
    )
    gone: defaultdict[int, int] = defaultdict(int)
    for person, change, named in by_claim.values_list("entry__contestant_id", "claim__change", "n"):
        gone[person] += named - (change == Change.MERGED)
    return dict(gone)


def _held(start: datetime, end: datetime) -> QuerySet[PublishedElimination]:
    """Steps that bets revealed in [start, end) changed for good."""
    return PublishedElimination.objects.filter(
        entry__challenge__revealed_at__gte=start, entry__challenge__revealed_at__lt=end
    ).exclude(Q(claim__outcome=PublishedClaim.Outcome.REVERSED) | Q(claim__change=Change.MOVED))


def people_who_changed_a_process(start: datetime, end: datetime) -> set[int]:
    """User ids of contestants, and of the members of their teams, whose bet was revealed in [start, end) with a step
    gone that nobody brought back.
    """
    held = _held(start, end).order_by()
    members = Partaking.objects.filter(part=Partaking.Part.MEMBER, entry__in=held.values("entry"))
    contestants = held.values_list("entry__contestant_id", flat=True).distinct()
    return set(contestants) | set(members.values_list("user_id", flat=True))


def hours_freed_between(start: datetime, end: datetime) -> dict[int, Freed]:
    """User id of the contestant -> hours a year freed by bets revealed in [start, end).

    What was published of a process is divided among the entries that stand on it, by what each was published to
    free: a step that several of them name is gone once.
    """
    standings = PublishedStanding.objects.filter(
        challenge__revealed_at__gte=start, challenge__revealed_at__lt=end, hours_high__gt=0
    ).order_by()
    by_process: defaultdict[tuple[UUID, UUID], list[tuple[int, Freed]]] = defaultdict(list)
    for challenge, process, person, *hours in standings.values_list(
        "challenge_id", "entry__process_id", "entry__contestant_id", "hours_low", "hours_mid", "hours_high"
    ):
        by_process[challenge, process].append((person, Freed(*hours)))
    found: defaultdict[int, Freed] = defaultdict(Freed)
    for row in PublishedFreed.objects.filter(challenge__in=standings.values("challenge")):
        shares = by_process.get((row.challenge_id, row.process_id), [])
        together = sum((freed for _person, freed in shares), Freed())
        for person, freed in shares:
            found[person] += Freed(
                low=_part(row.low, freed.low, together.low),
                mid=_part(row.mid, freed.mid, together.mid),
                high=_part(row.high, freed.high, together.high),
            )
    return dict(found)


def _part(total: float, own: float, all_of_them: float) -> float:
    return total * own / all_of_them if all_of_them else 0
