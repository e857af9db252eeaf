"""Every claim of a bet. Only `challenges.sealed` may import this module: an import contract holds it."""

from django.db.models import QuerySet

from challenges.contests.models import Challenge, Claim


def all_claims(challenge: Challenge | None = None) -> "QuerySet[Claim]":
    """The claims of one bet, or of all of them."""
    claims = Claim._base_manager.select_related("entry__contestant", "entry__process", "step")
    if challenge is not None:
        claims = claims.filter(entry__challenge=challenge)
    return claims.order_by("claimed_at", "pk")
