"""Every claim of a bet. Only `challenges.sealed` may import this module: an import contract holds it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from challenges.contests.models import Challenge, Claim, ClaimedStep, Entry, EvidenceFile
from challenges.contests.own_claims import with_what_it_names

WORDS = ("method", "evidence", "link", "freed_for", "jobs", "reason", "appeal", "hours_words")


def all_claims(challenge: Challenge | None = None) -> "QuerySet[Claim]":
    """The claims of one bet, or of all of them; drafts are their authors' and in none."""
    claims = Claim._base_manager.exclude(state=Claim.State.DRAFT)
    claims = claims.select_related("entry__contestant__team", "entry__process", "entry__challenge")
    if challenge is not None:
        claims = claims.filter(entry__challenge=challenge)
    return with_what_it_names(claims.order_by("claimed_at", "pk"))


def verified_by_entry(entries: Collection[Entry]) -> dict[UUID, list[Claim]]:
    """What counts of these entries, with the steps it names and without its words. Two queries."""
    own = {entry.pk: entry for entry in entries}
    named = ClaimedStep._base_manager.select_related("step").order_by("step__position")
    claims = Claim._base_manager.filter(entry__in=own, state=Claim.State.VERIFIED)
    claims = (
        claims.defer(*WORDS).order_by("claimed_at", "pk").prefetch_related(Prefetch("named", queryset=named))
    )
    found: dict[UUID, list[Claim]] = {pk: [] for pk in own}
    for claim in claims:
        claim.entry = own[claim.entry_id]
        found[claim.entry_id].append(claim)
    return found


def with_minutes(challenge: Challenge) -> "QuerySet[Claim]":
    """The verified claims that say how many minutes they save, and nothing but that."""
    claims = Claim._base_manager.filter(entry__challenge=challenge, state=Claim.State.VERIFIED)
    claims = claims.exclude(before_minutes=None, saved_minutes=None)
    return claims.only("entry_id", "before_minutes", "after_minutes", "saved_minutes")


def all_files(challenge: Challenge) -> "QuerySet[EvidenceFile]":
    """The evidence of everything that was handed in."""
    files = EvidenceFile._base_manager.filter(claim__entry__challenge=challenge)
    return files.exclude(claim__state=Claim.State.DRAFT)
