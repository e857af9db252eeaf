"""What verified claims free, by process: a step of a process that several entries stand on is gone once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from challenges.contests.all_claims import verified_by_entry, with_minutes
from challenges.contests.freed import Freed, freed_by, without_overlaps
from challenges.contests.models import Challenge, Claim, Entry, PublishedClaim, PublishedFreed
from challenges.processes.models import Process
from challenges.sealed.counting import Place
from challenges.sealed.models import HoursDecision


def freed_of(entry: Entry, claims: Iterable[Claim]) -> Freed:
    """Of what may be told: minutes that are one person's own are in nobody's hours."""
    return freed_by((claim for claim in claims if not claim.is_personal), entry.process.cases_per_week)


def freed_by_process(places: Sequence[Place]) -> list[tuple[str, Freed]]:
    """(title of the process, hours), the most first; processes of one title apart."""
    found = _by_process([place.entry for place in places])
    freed_hours = ((process.title, freed_by(held, process.cases_per_week)) for process, held in found.items())
    rows = [(title, freed) for title, freed in freed_hours if freed.high]
    return sorted(rows, key=lambda row: (-row[1].mid, row[0]))


def publish_freed(challenge: Challenge, *, process: Process | None = None) -> None:
    """Write what the bet frees, or what it frees in one process, anew from the claims that hold. For one process no
    claim on another one is read.
    """
    entries = challenge.entries.select_related("process", "challenge", "contestant")
    published = PublishedFreed.objects.filter(challenge=challenge)
    if process is not None:
        entries, published = entries.filter(process=process), published.filter(process=process)
    taken_back = PublishedClaim.objects.filter(
        entry__in=entries.order_by().values("pk"), outcome=PublishedClaim.Outcome.REVERSED
    )
    without = set(taken_back.values_list("claim_key", flat=True))
    found = _by_process(list(entries), without=without, process=process)
    published.delete()
    decided = _last_decisions(challenge, None if process is None else found.values())
    rows = [_row(challenge, one, held, decided) for one, held in found.items()]
    PublishedFreed.objects.bulk_create(row for row in rows if row.high)


def _row(
    challenge: Challenge, process: Process, held: Sequence[Claim], decided: Mapping[UUID, datetime]
) -> PublishedFreed:
    """The hours with the factors that they are made of."""
    freed = freed_by(held, process.cases_per_week)
    words = [decided[claim.pk] for claim in held if claim.saved_minutes is not None and claim.pk in decided]
    return PublishedFreed(
        challenge=challenge,
        process=process,
        low=freed.low,
        mid=freed.mid,
        high=freed.high,
        cases_per_week=process.cases_per_week,
        claims=sum(claim.saved_minutes is not None for claim in held),
        confirmed_minutes=sum(claim.saved_minutes or 0 for claim in held),
        claimed_minutes=sum(claim.most_minutes for claim in held),
        confirmed_at=max(words, default=None),
    )


def _last_decisions(
    challenge: Challenge, among: Iterable[Sequence[Claim]] | None = None
) -> dict[UUID, datetime]:
    """When a controller last said something, by claim, of all or among these. One query."""
    decisions = HoursDecision.objects.filter(challenge=challenge).order_by("pk")
    if among is not None:
        decisions = decisions.filter(claim_key__in=[claim.pk for claims in among for claim in claims])
    return dict(decisions.values_list("claim_key", "decided_at"))


def _by_process(
    entries: Sequence[Entry], *, without: Collection[UUID] = (), process: Process | None = None
) -> dict[Process, list[Claim]]:
    """The claims whose minutes count, by process: none twice, and none that are one person's own. `process` where all
    entries stand on it.
    """
    if not entries:
        return {}
    sharing: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        sharing[entry.process_id].append(entry)
    # Which steps a claim names matters only where another entry may name them too.
    several = [entry for ones in sharing.values() if len(ones) > 1 for entry in ones]
    claims = _with_minutes(entries[0].challenge, process)
    claims |= verified_by_entry(several)
    found = {}
    for ones in sharing.values():
        held = [claim for entry in ones for claim in claims.get(entry.pk, ()) if claim.pk not in without]
        held = [claim for claim in held if not claim.is_personal]
        found[ones[0].process] = without_overlaps(held) if len(ones) > 1 else held
    return found


def _with_minutes(challenge: Challenge, process: Process | None) -> dict[UUID, list[Claim]]:
    found: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in with_minutes(challenge, process):
        found[claim.entry_id].append(claim)
    return found
