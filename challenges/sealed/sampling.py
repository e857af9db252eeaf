"""The sample: verified claims that a second referee looks at before the count."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim
from challenges.sealed.models import Commitment, Decision, SecondLook
from challenges.sealed.partiality import others_who_may

SAMPLE_SHARE = 10  # of so many verified claims one is looked at by a second referee


def sample_of(challenge: Challenge) -> list[Claim]:
    """Verified claims that a second referee looks at: every tenth, at least one, drawn by the published fingerprint.

    Drawn by SHA-256 over fingerprint and claim, the smallest first: nobody can choose them, and after the reveal
    anybody can check the draw. Empty until the bet has closed.
    """
    commitment = Commitment.objects.filter(challenge=challenge).first()
    if commitment is None:
        return []
    claims = all_claims(challenge).filter(state=Claim.State.VERIFIED)
    drawn = sorted(claims.order_by().values_list("pk", flat=True), key=lambda pk: _lot(commitment.root, pk))
    drawn = drawn[: -(-len(drawn) // SAMPLE_SHARE)]
    found = {claim.pk: claim for claim in claims.filter(pk__in=drawn)}
    return [found[pk] for pk in drawn]


def sample_waiting(challenge: Challenge) -> list[Claim]:
    """Claims of the sample that nobody has looked at again though a second referee could."""
    seen = set(SecondLook.objects.filter(challenge=challenge).values_list("claim_key", flat=True))
    sample = [claim for claim in sample_of(challenge) if claim.pk not in seen]
    decisions = Decision.objects.filter(challenge=challenge).order_by("pk")
    last = dict(decisions.values_list("claim_key", "actor_key"))  # the newest one of a claim stays
    referees = {referee.subject_key: referee for referee in challenge.referees.all()}
    could: dict[object, bool] = {}
    for claim in sample:
        who = claim.entry_id, last.get(claim.pk)
        if who not in could:
            first = referees.get(who[1])
            could[who] = first is not None and bool(others_who_may(claim, first))
    return [claim for claim in sample if could[claim.entry_id, last.get(claim.pk)]]


def decided_by(claims: Sequence[Claim]) -> dict[UUID, UUID]:
    """Whose decision stands, by claim. One query."""
    decisions = Decision.objects.filter(claim_key__in=[claim.pk for claim in claims]).order_by("pk")
    return dict(decisions.values_list("claim_key", "actor_key"))


def _lot(root: str, claim_key: UUID) -> str:
    return hashlib.sha256(f"{root}\n{claim_key}".encode()).hexdigest()
