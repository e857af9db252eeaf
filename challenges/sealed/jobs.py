"""What the works council sees of a bet at once: claims that change or end somebody's job."""

from django.db.models import Q, QuerySet

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, Entry
from hub.people import access
from hub.people.models import User


def job_claims_for(user: User) -> "QuerySet[Claim]":
    """Of contestants in the legal entities this member is bound to; none of bets in which the member takes part."""
    entities = access.entities_of(user, access.Role.WORKS_COUNCIL)
    own = Entry.objects.of(user).values("challenge")
    helping = user.partakings.values("challenge")
    theirs = Q(entry__contestant__team__legal_entity__in=entities)
    if entities:
        theirs |= Q(entry__contestant__team=None)
    claims = all_claims().filter(theirs, affects_jobs=True)
    claims = claims.exclude(state=Claim.State.WITHDRAWN).exclude(
        Q(entry__challenge__in=own) | Q(entry__challenge__in=helping)
    )
    return claims.exclude(entry__challenge__status=Challenge.Status.CANCELLED).order_by("-claimed_at", "pk")


def hours_for(user: User) -> "QuerySet[Claim]":
    """Verified claims with hours, of bets in which this controller takes no part; those that wait first."""
    own = Entry.objects.of(user).values("challenge")
    helping = user.partakings.values("challenge")
    claims = all_claims().filter(state=Claim.State.VERIFIED).exclude(hours_state=Claim.Hours.NONE)
    closed = [Challenge.Status.CANCELLED, Challenge.Status.FINAL]
    claims = claims.exclude(entry__challenge__status__in=closed)
    claims = claims.exclude(Q(entry__challenge__in=own) | Q(entry__challenge__in=helping))
    return claims.order_by("-hours_state", "claimed_at", "pk")
