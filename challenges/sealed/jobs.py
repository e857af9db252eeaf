"""What the works council sees of a bet at once: claims that change or end somebody's job."""

from django.db.models import Q, QuerySet

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, Entry, Partaking, PublishedClaim
from challenges.contests.models.challenge import teams_in_line
from challenges.sealed.models import Decision
from hub.people import access
from hub.people.models import User


def job_claims_for(user: User) -> "QuerySet[Claim]":
    """Of contestants in the legal entities this member is bound to; none of bets in which the member takes part."""
    entities = access.entities_of(user, access.Role.WORKS_COUNCIL)
    theirs = Q(entry__contestant__team__legal_entity__in=entities)
    if entities:
        theirs |= Q(entry__contestant__team=None)
    claims = all_claims().filter(theirs, affects_jobs=True)
    claims = _without_own(claims.exclude(state=Claim.State.WITHDRAWN), user)
    return claims.exclude(entry__challenge__status=Challenge.Status.CANCELLED).order_by("-claimed_at", "pk")


def hours_for(user: User) -> "QuerySet[Claim]":
    """Verified claims with hours that this controller may decide, as `partiality.refuse_hours` says, of bets in which
    the controller has no part; those that wait first. Claims that were taken back are not among them.
    """
    claims = all_claims().filter(state=Claim.State.VERIFIED).exclude(hours_state=Claim.Hours.NONE)
    closed = [Challenge.Status.CANCELLED, Challenge.Status.FINAL]
    claims = claims.exclude(entry__challenge__status__in=closed)
    claims = _without_own(claims, user)
    lines = teams_in_line(user)
    near = Partaking.objects.filter(part=Partaking.Part.MEMBER, user__team__in=lines).values("entry")
    claims = claims.exclude(entry__contestant__team__in=lines).exclude(entry__in=near)
    decided = Decision.objects.filter(actor_key=user.subject_key).values("claim_key")
    taken_back = PublishedClaim.objects.filter(outcome=PublishedClaim.Outcome.REVERSED).values("claim_key")
    claims = claims.exclude(pk__in=decided).exclude(pk__in=taken_back)
    return claims.order_by("-hours_state", "claimed_at", "pk")


def _without_own(claims: "QuerySet[Claim]", user: User) -> "QuerySet[Claim]":
    """Without those of bets in which somebody has or had a part."""
    own = Entry.objects.filter(contestant=user).values("challenge")
    helping = Partaking.with_ended.filter(user=user).values("challenge")
    return claims.exclude(Q(entry__challenge__in=own) | Q(entry__challenge__in=helping))
