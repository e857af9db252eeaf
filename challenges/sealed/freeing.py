"""What verified claims free, by process: a step of a process that several entries stand on is gone once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from challenges.contests.all_claims import verified_by_entry, with_minutes
from challenges.contests.freed import Freed, freed_by, without_overlaps
from challenges.contests.models import Challenge, Claim, Entry, PublishedClaim, PublishedFreed
from challenges.processes.models import Process
from challenges.sealed.counting import Place


def freed_of(entry: Entry, claims: Iterable[Claim]) -> Freed:
    return freed_by(claims, entry.process.cases_per_week)


def freed_by_process(places: Sequence[Place]) -> list[tuple[str, Freed]]:
    """(title of the process, hours), the most first; processes of one title apart."""
    found = _by_process([place.entry for place in places])
    rows = [(process.title, freed) for process, freed in found.items() if freed.high]
    return sorted(rows, key=lambda row: (-row[1].mid, row[0]))


def publish_freed(challenge: Challenge, *, process: Process | None = None) -> None:
    """Write what the bet frees, or what it frees in one process, anew from the claims that hold."""
    entries = challenge.entries.select_related("process", "challenge", "contestant")
    published = PublishedFreed.objects.filter(challenge=challenge)
    if process is not None:
        entries, published = entries.filter(process=process), published.filter(process=process)
    taken_back = PublishedClaim.objects.filter(
        entry__challenge=challenge, outcome=PublishedClaim.Outcome.REVERSED
    )
    found = _by_process(list(entries), without=set(taken_back.values_list("claim_key", flat=True)))
    published.delete()
    PublishedFreed.objects.bulk_create(
        PublishedFreed(challenge=challenge, process=one, low=freed.low, mid=freed.mid, high=freed.high)
        for one, freed in found.items()
        if freed.high
    )


def _by_process(entries: Sequence[Entry], *, without: Collection[UUID] = ()) -> dict[Process, Freed]:
    if not entries:
        return {}
    sharing: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        sharing[entry.process_id].append(entry)
    # Which steps a claim names matters only where another entry may name them too.
    several = [entry for ones in sharing.values() if len(ones) > 1 for entry in ones]
    claims = _with_minutes(entries[0].challenge)
    claims |= verified_by_entry(several)
    found = {}
    for ones in sharing.values():
        held = [claim for entry in ones for claim in claims.get(entry.pk, ()) if claim.pk not in without]
        found[ones[0].process] = freed_of(ones[0], without_overlaps(held) if len(ones) > 1 else held)
    return found


def _with_minutes(challenge: Challenge) -> dict[UUID, list[Claim]]:
    found: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in with_minutes(challenge):
        found[claim.entry_id].append(claim)
    return found
