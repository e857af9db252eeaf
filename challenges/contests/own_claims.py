"""The participants' one way to claims: those of one entry. The caller has checked whose entry it is."""

from dataclasses import dataclass

from django.db.models import QuerySet

from challenges.contests.models import Claim, Entry


def own_claims(entry: Entry) -> "QuerySet[Claim]":
    """The entry's claims in the order of its process' steps."""
    claims = Claim._base_manager.filter(entry=entry).select_related("step")
    return claims.order_by("step__position", "claimed_at", "pk")


@dataclass(frozen=True)
class Tally:
    """One's own count: what was confirmed, what waits, what was not accepted, of how many steps."""

    confirmed: int
    waiting: int
    refused: int
    baseline: int

    @property
    def percent(self) -> float:
        """Confirmed steps as a share of the process, 0 to 100."""
        return 100 * self.confirmed / self.baseline if self.baseline else 0


def tally_of(entry: Entry, claims: list[Claim] | None = None) -> Tally:
    """One query, or none where the entry's own claims are at hand."""
    states = [claim.state for claim in (own_claims(entry) if claims is None else claims)]
    return Tally(
        confirmed=states.count(Claim.State.CONFIRMED),
        waiting=states.count(Claim.State.SUBMITTED),
        refused=states.count(Claim.State.REFUSED),
        baseline=entry.baseline_steps,
    )
