"""Every claim of a bet. Only `challenges.sealed` may import this module: an import contract holds it."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from challenges.contests.models import Challenge, Claim, ClaimedStep, Entry, EvidenceFile
from challenges.contests.own_claims import with_what_it_names
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import is_told, shown_lanes

WORDS = ("method", "evidence", "link", "freed_for", "jobs", "reason", "appeal", "hours_words")


def all_claims(challenge: Challenge | None = None) -> "QuerySet[Claim]":
    """The claims of one bet, or of all of them; drafts are their authors' and in none."""
    claims = Claim._base_manager.exclude(state=Claim.State.DRAFT)
    claims = claims.select_related("entry__contestant__team", "entry__process", "entry__challenge")
    if challenge is not None:
        claims = claims.filter(entry__challenge=challenge)
    return with_what_it_names(claims.order_by("claimed_at", "pk"))


def verified_by_entry(entries: Collection[Entry]) -> dict[UUID, list[Claim]]:
    """What counts of these entries, with the steps it names and without its words. Four queries, a row a step."""
    own = {entry.pk: entry for entry in entries}
    processes = {entry.process_id for entry in entries}
    steps = {step.pk: step for step in Step.objects.filter(process__in=processes)}
    told = shown_lanes(processes)
    named: dict[UUID, list[Step]] = defaultdict(list)
    rows = ClaimedStep._base_manager.filter(entry__in=own).order_by("step__position", "pk")
    for claim, step in rows.values_list("claim", "step"):
        named[claim].append(steps[step])
    found: dict[UUID, list[Claim]] = {pk: [] for pk in own}
    claims = Claim._base_manager.filter(entry__in=own, state=Claim.State.VERIFIED).defer(*WORDS)
    for claim in claims.order_by("claimed_at", "pk"):
        claim.entry, claim.read_steps = own[claim.entry_id], named[claim.pk]
        claim.is_personal = any((step.process_id, step.lane) not in told for step in claim.read_steps)
        found[claim.entry_id].append(claim)
    return found


def with_minutes(challenge: Challenge, process: Process | None = None) -> "QuerySet[Claim]":
    """The verified claims that say how many minutes they save, and nothing but that; none that are one person's own. Of
    the whole bet, or of the entries on one process.
    """
    entries = Entry.objects.filter(challenge=challenge)
    if process is not None:
        entries = entries.filter(process=process)
    claims = Claim._base_manager.filter(entry__in=entries, state=Claim.State.VERIFIED)
    claims = claims.exclude(before_minutes=None, saved_minutes=None)
    lanes = Lane.objects.filter(is_told(), process=OuterRef("step__process"), name=OuterRef("step__lane"))
    named = ClaimedStep._base_manager.filter(entry__in=entries)
    claims = claims.exclude(pk__in=named.exclude(Exists(lanes)).values("claim"))
    return claims.only("entry_id", "before_minutes", "after_minutes", "saved_minutes", "hours_state")


def all_files(challenge: Challenge) -> "QuerySet[EvidenceFile]":
    """The evidence of everything that was handed in."""
    files = EvidenceFile._base_manager.filter(claim__entry__challenge=challenge)
    return files.exclude(claim__state=Claim.State.DRAFT)
