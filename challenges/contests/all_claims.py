"""Every claim of a bet. Only `challenges.sealed` may import this module: an import contract holds it."""

from django.db.models import QuerySet

from challenges.contests.models import Challenge, Claim, EvidenceFile
from challenges.contests.own_claims import with_what_it_names


def all_claims(challenge: Challenge | None = None) -> "QuerySet[Claim]":
    """The claims of one bet, or of all of them; drafts are their authors' and in none."""
    claims = Claim._base_manager.exclude(state=Claim.State.DRAFT)
    claims = claims.select_related("entry__contestant__team", "entry__process", "entry__challenge")
    if challenge is not None:
        claims = claims.filter(entry__challenge=challenge)
    return with_what_it_names(claims.order_by("claimed_at", "pk"))


def all_files(challenge: Challenge) -> "QuerySet[EvidenceFile]":
    """The evidence of everything that was handed in."""
    files = EvidenceFile._base_manager.filter(claim__entry__challenge=challenge)
    return files.exclude(claim__state=Claim.State.DRAFT)
