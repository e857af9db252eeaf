"""Who may decide a claim: nobody of the contestant's line, with a conflict of interest, or as the judge of oneself."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import people_with_a_part
from challenges.contests.all_claims import all_claims
from challenges.contests.deputies import side_of
from challenges.contests.entering import entries_in_line, in_line, refuse_in_line
from challenges.contests.models import Claim, Entry, Partaking
from challenges.sealed.models import Conflict, Decision, SecondLook
from hub.people.models import User
from hub.refusals import Refusal

WROTE_IN_IT = _("You have or had a part in this entry. Another referee decides.")


def barred(claims: Sequence[Claim], referee: User) -> dict[UUID, str]:
    """Of these claims those that the referee may not decide, each with the sentence that says why.

    Seven queries; eight more for each claim that is appealed or was not agreed with.
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
    """Of these entries those that the referee is too close to, as `refuse_close` says. Four queries."""
    conflicts = Conflict.objects.filter(referee=referee, entry__in=entries).values_list("entry_id", flat=True)
    said = dict.fromkeys(conflicts, _("You declared a conflict of interest. Another referee decides."))
    in_line = entries_in_line(referee, entries)
    said |= dict.fromkeys(
        in_line, _("You work in the same line as this contestant. Another referee decides.")
    )
    said |= dict.fromkeys(entries_written_in(entries, referee), WROTE_IN_IT)
    return {pk: str(sentence) for pk, sentence in said.items()}


def entries_written_in(entries: Sequence[Entry], referee: User) -> set[UUID]:
    """Of these entries those in which the referee has or had a part, or wrote a claim. Two queries."""
    had = Partaking.with_ended.filter(entry__in=entries, user=referee).values_list("entry_id", flat=True)
    wrote = all_claims().filter(entry__in=entries, author=referee).order_by()
    return {*had, *wrote.values_list("entry_id", flat=True)}


def refuse_partial(claim: Claim, referee: User) -> None:
    """Raises Refusal for a referee of the contestant's line, with a conflict of interest, and, where another one may,
    for the one whose decision is appealed or was not shared by a second referee, and for that one's deputy.
    """
    refuse_close(claim.entry, referee)
    looks = list(SecondLook.objects.filter(claim_key=claim.pk, agrees=False))
    if not claim.appeal and not looks:
        return
    decisions = list(Decision.objects.filter(claim_key=claim.pk).order_by("pk"))
    appealed = {_appealed(decisions)} if claim.appeal else set()
    disagreed = {_decided_before(decisions, look.looked_at) for look in looks}
    own = side_keys(claim, referee)
    if own.isdisjoint(appealed | disagreed) or not _others_beside(claim, referee, appealed | disagreed):
        return
    if not own.isdisjoint(appealed):
        sentence = _("This claim was looked at by you before. Another referee decides the appeal.")
        raise Refusal("appealed", sentence, status=409)
    sentence = _("A second referee does not agree with your decision. Another one decides this claim.")
    raise Refusal("disagreed", sentence, status=409)


def _others_beside(claim: Claim, referee: User, overruled: set[UUID | None]) -> bool:
    """Whether somebody else may decide who was not overruled in this claim either: else nobody could."""
    others = others_who_may(claim, referee)
    return any(side_keys(claim, other).isdisjoint(overruled) for other in others)


def _appealed(decisions: list[Decision]) -> UUID | None:
    """Whose decision the appeal is against: the first refusal that its author did not change."""
    for one, following in zip(decisions, [*decisions[1:], None], strict=True):
        if not one.is_confirmed and (following is None or following.actor_key != one.actor_key):
            return one.actor_key
    return None


def _decided_before(decisions: list[Decision], moment: datetime) -> UUID | None:
    """Whose decision stood at that moment."""
    return next((one.actor_key for one in reversed(decisions) if one.decided_at <= moment), None)


def has_declared(entry: Entry, referee: User) -> bool:
    """Whether the referee declared a conflict of interest with whoever takes part in this entry."""
    return Conflict.objects.filter(entry=entry, referee=referee).exists()


def refuse_close(entry: Entry, referee: User) -> None:
    """Raises Refusal for a referee of the contestant's line, with a conflict of interest, and for whoever has or had a
    part in the entry.
    """
    refuse_in_line(referee, entry)
    if entries_written_in([entry], referee):
        raise Refusal("wrote_it", WROTE_IN_IT, status=409)
    if has_declared(entry, referee):
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
    """Acting referees beside this one and the deputy, of another line, without a conflict and without a part in it."""
    challenge = claim.entry.challenge
    partial = Conflict.objects.filter(entry=claim.entry).values("referee")
    had = Partaking.with_ended.filter(entry=claim.entry).values("user")
    wrote = all_claims().filter(entry=claim.entry).exclude(author=None).order_by().values("author")
    others = challenge.acting_referees().exclude(pk__in=side_of(challenge, referee)).exclude(pk__in=partial)
    others = others.exclude(pk__in=had).exclude(pk__in=wrote)
    return [other for other in others.select_related("team") if not in_line(other, claim.entry)]


# --- hours ----------------------------------------------------------------------------------------
def refuse_hours(claim: Claim, controller: User) -> None:
    """Raises Refusal for whoever has or had a part in the bet, works in the contestant's line, or decided the claim as
    a referee: two people look at what is confirmed.
    """
    entry = claim.entry
    if controller.pk in people_with_a_part(entry.challenge):
        sentence = _("You have or had a part in this bet. Another controller confirms its hours.")
        raise Refusal("takes_part", sentence, status=409)
    if in_line(controller, entry):
        sentence = _("You work in the same line as this contestant. Another controller confirms these hours.")
        raise Refusal("same_line", sentence, status=409)
    if Decision.objects.filter(claim_key=claim.pk, actor_key=controller.subject_key).exists():
        sentence = _("You decided this claim as a referee. Somebody else confirms its hours.")
        raise Refusal("own_decision", sentence, status=409)
