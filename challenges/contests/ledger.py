"""The public ledger of a revealed bet, as pages and the API show it."""

import hashlib
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from challenges.contests.models import Challenge, LedgerEntry, PublishedClaim


def digest_of(text: str, salt: str) -> str:
    """What the ledger holds of a reason."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def ledger_of(challenge: Challenge) -> "QuerySet[LedgerEntry]":
    """All entries, the newest first; none before the reveal."""
    return challenge.ledger.all() if challenge.is_revealed else challenge.ledger.none()


def with_claims(entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """The entries given, each with its `claim`, that one's steps and the `words` that its hash is of; None, and no
    words, where they are there no more. Three queries.
    """
    entries = list(entries)
    claims = PublishedClaim.objects.filter(claim_key__in=[entry.claim_key for entry in entries])
    claims = claims.select_related("entry__contestant", "entry__process", "why").prefetch_related(
        "eliminations__step"
    )
    found = {claim.claim_key: claim for claim in claims}
    for entry in entries:
        entry.claim = claim = found.get(entry.claim_key)
        why = getattr(claim, "why", None)
        entry.words = why.text if why and digest_of(why.text, why.salt) == entry.reason else ""
    return entries


def sums_of(challenge: Challenge) -> dict[str, Decimal | int]:
    """Net steps at the reveal and now; how many claims were confirmed, taken back, or are open yet. Three queries."""
    published = PublishedClaim.objects.filter(entry__challenge=challenge)
    revealed = published.aggregate(n=Sum("credit"))["n"] or Decimal(0)
    moved = ledger_of(challenge).aggregate(n=Sum("credit"))["n"] or Decimal(0)
    outcomes = dict(published.order_by().values_list("outcome").annotate(n=Count("pk")))
    counts = {outcome: outcomes.get(outcome, 0) for outcome in PublishedClaim.Outcome.values}
    return {"revealed": revealed, "now": revealed + moved, **counts}
