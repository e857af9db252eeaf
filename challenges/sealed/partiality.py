"""Who may decide a claim: nobody of the contestant's line, with a conflict of interest, or as the judge of oneself."""

from django.utils.translation import gettext_lazy as _

from challenges.contests.entering import in_line, refuse_in_line
from challenges.contests.models import Claim
from challenges.sealed.models import Conflict, Decision, SecondLook
from hub.people.models import User
from hub.refusals import Refusal


def refuse_partial(claim: Claim, referee: User) -> None:
    """Raises Refusal for a referee of the contestant's line, with a conflict of interest, and, where another one may,
    for the one whose decision is appealed or was not shared by a second referee.
    """
    refuse_in_line(referee, claim.entry)
    refuse_conflict(claim, referee)
    if not others_who_may(claim, referee):
        return
    last = last_decision(claim)
    if last is None or last.actor_key != referee.subject_key:
        return
    if claim.appeal and not last.is_confirmed:
        sentence = _("This claim was looked at by you before. Another referee decides the appeal.")
        raise Refusal("appealed", sentence, status=409)
    if SecondLook.objects.filter(claim_key=claim.pk, agrees=False, looked_at__gte=last.decided_at).exists():
        sentence = _("A second referee does not agree with your decision. Another one decides this claim.")
        raise Refusal("disagreed", sentence, status=409)


def refuse_conflict(claim: Claim, referee: User) -> None:
    """Raises Refusal where this referee declared one with the contestant."""
    if Conflict.objects.filter(entry=claim.entry, referee=referee).exists():
        sentence = _(
            "You declared a conflict of interest with this contestant. Another referee decides here."
        )
        raise Refusal("conflict", sentence, status=409)


def last_decision(claim: Claim) -> Decision | None:
    return Decision.objects.filter(claim_key=claim.pk).order_by("-pk").first()


def others_who_may(claim: Claim, referee: User) -> list[User]:
    """Acting referees beside this one, of another line and without a conflict."""
    partial = Conflict.objects.filter(entry=claim.entry).values("referee")
    others = claim.entry.challenge.acting_referees().exclude(pk=referee.pk).exclude(pk__in=partial)
    return [other for other in others.select_related("team") if not in_line(other, claim.entry)]
