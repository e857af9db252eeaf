"""Who may decide a claim: nobody of the contestant's line, with a conflict of interest, or as the judge of oneself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from challenges.contests.deputies import side_of
from challenges.contests.entering import entries_in_line, in_line, refuse_in_line
from challenges.contests.models import Claim, Entry
from challenges.sealed.models import Conflict, Decision, SecondLook
from hub.people.models import User
from hub.refusals import Refusal


def barred(claims: Sequence[Claim], referee: User) -> dict[UUID, str]:
    """Of these claims those that the referee may not decide, each with the sentence that says why.

    Five queries; six more for each claim that is appealed or was not agreed with.
    """
    found = barred_entries([claim.entry for claim in claims], referee)
    said = {claim.pk: found[claim.entry_id] for claim in claims if claim.entry_id in found}
    disagreed = SecondLook.objects.filter(claim_key__in=[claim.pk for claim in claims], agrees=False)
    contested = set(disagreed.values_list("claim_key", flat=True))
    for claim in claims:
        if claim.pk not in said and (claim.appeal or claim.pk in contested):
            try:
                refuse_partial(claim, referee)
            except Refusal as refusal:
                said[claim.pk] = str(refusal.message)
    return said


def barred_entries(entries: Sequence[Entry], referee: User) -> dict[UUID, str]:
    """Of these entries those of the referee's line or with a conflict of interest. Two queries."""
    conflicts = Conflict.objects.filter(referee=referee, entry__in=entries).values_list("entry_id", flat=True)
    said = dict.fromkeys(conflicts, _("You declared a conflict of interest. Another referee decides."))
    in_line = entries_in_line(referee, entries)
    said |= dict.fromkeys(
        in_line, _("You work in the same line as this contestant. Another referee decides.")
    )
    return {pk: str(sentence) for pk, sentence in said.items()}


def refuse_partial(claim: Claim, referee: User) -> None:
    """Raises Refusal for a referee of the contestant's line, with a conflict of interest, and, where another one may,
    for the one whose decision is appealed or was not shared by a second referee, and for that one's deputy.
    """
    refuse_close(claim.entry, referee)
    if not claim.appeal and not SecondLook.objects.filter(claim_key=claim.pk, agrees=False).exists():
        return
    if not others_who_may(claim, referee):
        return
    decisions = list(Decision.objects.filter(claim_key=claim.pk).order_by("pk"))
    own = side_keys(claim, referee)
    if claim.appeal and _appealed(decisions) in own:
        sentence = _("This claim was looked at by you before. Another referee decides the appeal.")
        raise Refusal("appealed", sentence, status=409)
    looks = SecondLook.objects.filter(claim_key=claim.pk, agrees=False)
    if any(_decided_before(decisions, look.looked_at) in own for look in looks):
        sentence = _("A second referee does not agree with your decision. Another one decides this claim.")
        raise Refusal("disagreed", sentence, status=409)


def _appealed(decisions: list[Decision]) -> UUID | None:
    """Whose decision the appeal is against: the first refusal that its author did not change."""
    for one, following in zip(decisions, [*decisions[1:], None], strict=True):
        if not one.is_confirmed and (following is None or following.actor_key != one.actor_key):
            return one.actor_key
    return None


def _decided_before(decisions: list[Decision], moment: datetime) -> UUID | None:
    """Whose decision stood at that moment."""
    return next((one.actor_key for one in reversed(decisions) if one.decided_at <= moment), None)


def refuse_close(entry: Entry, referee: User) -> None:
    """Raises Refusal for a referee of the contestant's line, and where this one declared a conflict of interest."""
    refuse_in_line(referee, entry)
    if Conflict.objects.filter(entry=entry, referee=referee).exists():
        sentence = _(
            "You declared a conflict of interest with this contestant. Another referee decides here."
        )
        raise Refusal("conflict", sentence, status=409)


def last_decision(claim: Claim) -> Decision | None:
    return Decision.objects.filter(claim_key=claim.pk).order_by("-pk").first()


def side_keys(claim: Claim, referee: User) -> set[UUID]:
    """Opaque keys of the referee and of those who are one with this referee (`deputies.side_of`). One query."""
    return set(side_of(claim.entry.challenge, referee).values_list("subject_key", flat=True))


def others_who_may(claim: Claim, referee: User) -> list[User]:
    """Acting referees beside this one and the deputy, of another line and without a conflict."""
    challenge = claim.entry.challenge
    partial = Conflict.objects.filter(entry=claim.entry).values("referee")
    others = challenge.acting_referees().exclude(pk__in=side_of(challenge, referee)).exclude(pk__in=partial)
    return [other for other in others.select_related("team") if not in_line(other, claim.entry)]
