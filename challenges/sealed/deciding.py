"""What referees and controllers do behind the seal while a bet runs: look, decide, look a second time."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import people_with_a_part
from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, Entry, HoursDeputy
from challenges.contests.own_claims import hold
from challenges.contests.scoring import net_of
from challenges.sealed.models import (
    Conflict,
    Decision,
    HoursDecision,
    Look,
    Opening,
    SealedStanding,
    SecondLook,
    Show,
)
from challenges.sealed.partiality import last_decision, refuse_close, refuse_hours, refuse_partial, side_keys
from challenges.sealed.revealing import publish_anew
from challenges.sealed.sampling import sample_of
from hub.audit.actions import record
from hub.notices.actions import notify, notify_all
from hub.people.models import RoleGrant, User
from hub.refusals import Refusal

DECIDABLE = frozenset({"running", "closed"})


def look(*, challenge: Challenge, user: User, now: datetime | None = None) -> None:
    """Note that somebody looked at sealed claims."""
    if not challenge.is_revealed:
        Look.objects.create(challenge=challenge, actor_key=user.subject_key, looked_at=now or timezone.now())


def _recount(entry: Entry) -> None:
    """Costs the entry's own claims, however many take part."""
    verified = all_claims(entry.challenge).filter(entry=entry, state=Claim.State.VERIFIED)
    net = net_of(verified, entry.challenge.automated_weight)
    SealedStanding.objects.update_or_create(entry=entry, defaults={"net": net})


@transaction.atomic
def decide(
    *,
    claim: Claim,
    referee: User,
    is_confirmed: bool,
    reason: str = "",
    based_on: str | None = None,
    now: datetime | None = None,
) -> Claim:
    """Verify a claim or not, with a reason; the claimant is told. May be changed until the count.

    Two referees at once follow each other; the same decision twice is one. Whoever says what the decision is based
    on (`decision_stamp` of the claim that was read) does not overturn another one unseen.
    Raises Refusal for that, for a withdrawn claim, after the count, as `refuse_partial` does, and when a step was
    claimed anew in the meantime.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=claim.entry.challenge_id)
    if challenge.phase(now) not in DECIDABLE:
        raise Refusal("not_open", _("This bet is over. Its claims stay as they are."), status=409)
    claim = all_claims(challenge).get(pk=claim.pk)
    if claim.state == Claim.State.WITHDRAWN:
        raise Refusal("withdrawn", _("This claim was withdrawn."), status=409)
    state = Claim.State.VERIFIED if is_confirmed else Claim.State.REFUSED
    if claim.state == state and claim.reason == reason:
        return claim
    if based_on is not None and based_on != claim.decision_stamp:
        sentence = _("Another referee has decided this claim in the meantime. Look at it again.")
        raise Refusal("decided_meanwhile", sentence, status=409)
    refuse_partial(claim, referee)
    try:
        hold([claim], holds=is_confirmed)
    except IntegrityError as error:
        raise Refusal(
            "claimed_anew",
            _("The step was claimed anew in the meantime. Decide the newer claim."),
            status=409,
        ) from error
    claim.state, claim.reason, claim.decided_at = state, reason, now
    claim.save(update_fields=["state", "reason", "decided_at"])
    decision = Decision.objects.create(
        challenge=challenge,
        claim_key=claim.pk,
        actor_key=referee.subject_key,
        is_confirmed=is_confirmed,
        decided_at=now,
    )
    _recount(claim.entry)
    notify(
        user=claim.entry.contestant,
        kind="claim_verified" if is_confirmed else "claim_refused",
        dedupe_key=f"claim_decided:{claim.pk}:{decision.pk}",
        facts={"step": claim.steps_title[:200]},
        path=f"/challenges/{challenge.pk}/",
    )
    if is_confirmed and claim.hours_state == Claim.Hours.WAITING:
        _tell_controllers(challenge, now)
    return claim


@transaction.atomic
def declare_conflict(*, entry: Entry, referee: User, now: datetime | None = None) -> None:
    """From then on another referee decides this contestant's claims; what was decided stays."""
    Conflict.objects.get_or_create(
        entry=entry, referee=referee, defaults={"declared_at": now or timezone.now()}
    )


# --- hours ----------------------------------------------------------------------------------------
def controllers_of(challenge: Challenge) -> list[int]:
    """Ids of active controllers, and of their deputies, who have no part in the bet."""
    grants = RoleGrant.objects.filter(role=RoleGrant.Role.CONTROLLER).values("user")
    deputies = HoursDeputy.objects.acting().values("deputy")
    holding = User.objects.active().filter(Q(pk__in=grants) | Q(pk__in=deputies))
    return list(holding.exclude(pk__in=people_with_a_part(challenge)).values_list("pk", flat=True))


def is_shown(challenge: Challenge) -> bool:
    """Whether the reveal has begun and not ended, interrupted or not: its numbers were made when it began."""
    return bool(shown_among([challenge.pk]))


def shown_among(challenges: Collection[UUID]) -> set[UUID]:
    """Ids of those of these bets for which `is_shown`. Two queries."""
    opening = Opening.objects.filter(challenge__in=challenges, is_done=False)
    shows = Show.objects.filter(challenge__in=challenges, is_rehearsal=False, ended_at=None)
    return {*opening.values_list("challenge", flat=True), *shows.values_list("challenge", flat=True)}


def _tell_controllers(challenge: Challenge, now: datetime) -> None:
    """Once a day and bet."""
    notify_all(
        user_ids=controllers_of(challenge),
        kind="hours_wait",
        dedupe_key=f"hours_wait:{challenge.pk}:{now.date()}",
        facts={"title": challenge.title},
        path="/challenges/hours/",
    )


@transaction.atomic
def decide_hours(
    *,
    claim: Claim,
    controller: User,
    saved_minutes: float | None,
    words: str = "",
    now: datetime | None = None,
) -> Claim:
    """Confirm so many minutes a case, or none of them. May be changed until the bet is final.

    Raises Refusal for a claim that no referee verified, without minutes, of a final or cancelled bet, as `refuse_hours`
    does, and while the reveal is under way: what the screen says of hours, and what is published at its end, is one and
    the same.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=claim.entry.challenge_id)
    if challenge.phase(now) in {"final", "cancelled"}:
        raise Refusal("not_open", _("This bet is over. Its claims stay as they are."), status=409)
    if is_shown(challenge):
        sentence = _("The reveal is under way. Hours are confirmed again once it has ended.")
        raise Refusal("reveal_shown", sentence, status=409)
    claim = all_claims(challenge).get(pk=claim.pk)
    if claim.state != Claim.State.VERIFIED or claim.hours_state == Claim.Hours.NONE:
        raise Refusal("no_hours", _("No hours of this claim wait for a decision."), status=409)
    refuse_hours(claim, controller)
    if saved_minutes is not None and saved_minutes > (claim.claimed_minutes or 0):
        raise Refusal("more_than_claimed", _("More than was claimed cannot be confirmed."))
    claim.hours_state = Claim.Hours.REFUSED if saved_minutes is None else Claim.Hours.CONFIRMED
    claim.saved_minutes, claim.hours_words = saved_minutes, words
    claim.save(update_fields=["hours_state", "saved_minutes", "hours_words"])
    made = HoursDecision.objects.create(
        challenge=challenge,
        claim_key=claim.pk,
        actor_key=controller.subject_key,
        saved_minutes=saved_minutes,
        decided_at=now,
    )
    notify(
        user=claim.entry.contestant,
        kind="hours_decided",
        dedupe_key=f"hours_decided:{claim.pk}:{made.pk}",
        facts={"step": claim.steps_title[:200]},
        path=f"/challenges/{challenge.pk}/",
    )
    if challenge.is_revealed:
        record(
            actor_key=controller.subject_key,
            action="claim.hours_decided",
            object_type="claim",
            object_id=claim.pk,
            at=now,
        )
        publish_anew(claim.entry)
    return claim


# --- the sample -----------------------------------------------------------------------------------
@transaction.atomic
def look_again(*, claim: Claim, referee: User, agrees: bool, now: datetime | None = None) -> SecondLook:
    """A second referee's word on a sampled claim; one who disagrees puts it back among those to be decided.

    Each referee, with the deputy, has one word on a claim: saying it again changes nothing. Raises Refusal for another
    word than before, for the referee who decided it and that one's deputy, and for a claim outside the sample.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=claim.entry.challenge_id)
    if challenge.phase(now) != "closed":
        raise Refusal(
            "not_open", _("The sample is looked at between the deadline and the count."), status=409
        )
    if claim.pk not in {one.pk for one in sample_of(challenge)}:
        raise Refusal("no_sample", _("This claim is not in the sample."), status=409)
    last = last_decision(claim)
    if last is not None and last.actor_key in side_keys(claim, referee):
        raise Refusal("own_decision", _("You decided this claim. A second referee looks at it."), status=409)
    refuse_close(claim.entry, referee)
    looks = SecondLook.objects.filter(claim_key=claim.pk, actor_key__in=side_keys(claim, referee))
    if there := looks.order_by("-pk").first():
        if agrees and there.agrees:
            return there
        sentence = _("You or your deputy looked at this claim a second time already, and said so.")
        raise Refusal("looked_already", sentence, status=409)
    made = SecondLook.objects.create(
        challenge=challenge,
        claim_key=claim.pk,
        actor_key=referee.subject_key,
        agrees=agrees,
        looked_at=now,
    )
    if not agrees:
        claim = all_claims(challenge).get(pk=claim.pk)
        claim.state = Claim.State.SUBMITTED
        claim.save(update_fields=["state"])
        _recount(claim.entry)
    return made
