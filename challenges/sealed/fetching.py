"""Who may look behind the seal of which bet; the role is asked before any row."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from challenges.contests.all_claims import all_claims
from challenges.contests.deputies import confirms_hours
from challenges.contests.models import Challenge, Claim, Entry, Partaking, Refereeing
from challenges.sealed.breaking import is_open_to, opened_to
from challenges.sealed.jobs import hours_for
from hub.people import access
from hub.people.models import User


def refereed_claims(user: User) -> "QuerySet[Claim]":
    """The claims of the bets in which this person is a referee; PermissionDenied for everybody else.

    Nobody else learns from the answer whether a claim exists.
    """
    if not access.is_referee(user):
        raise PermissionDenied
    return all_claims().filter(entry__challenge__referees=user)


def get_refereed_challenge_for(user: User, challenge_id: object) -> Challenge:
    challenge = get_object_or_404(Challenge.objects.visible_to(user), pk=challenge_id)
    if not challenge.is_refereed_by(user):
        raise PermissionDenied
    return challenge


def get_opened_challenge_for(user: User, challenge_id: object) -> tuple[Challenge, bool]:
    """(bet, whether one is its referee): for referees, and for the two who broke its seal, for a day."""
    challenge = get_object_or_404(Challenge.objects.visible_to(user), pk=challenge_id)
    is_referee = challenge.is_refereed_by(user)
    if not is_referee and not is_open_to(user, challenge):
        raise PermissionDenied
    return challenge, is_referee


def opened_claims(user: User) -> "QuerySet[Claim]":
    """Claims whose evidence this person may open: a referee's, those of a broken seal, and those whose hours wait for
    a controller or were decided, as one confirms what one has seen.

    PermissionDenied for everybody without one of these parts.
    """
    broken = opened_to(user)
    is_referee, is_controller = access.is_referee(user), confirms_hours(user)
    if not (is_referee or is_controller or broken):
        raise PermissionDenied
    opens = Q(entry__challenge__in=broken)
    if is_referee:
        opens |= Q(entry__challenge__in=Refereeing.objects.filter(user=user).values("challenge"))
    if is_controller:
        opens |= Q(pk__in=hours_for(user).order_by().values("pk"))
    own = Entry.objects.of(user).values("challenge")
    helping = Partaking.with_ended.filter(user=user).values("challenge")
    claims = all_claims().filter(opens)
    return claims.exclude(Q(entry__challenge__in=own) | Q(entry__challenge__in=helping))
