"""What happens behind the seal: a referee looks, decides, and in the end breaks it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim, Entry, PublishedElimination, PublishedStanding
from challenges.sealed.commitments import commit
from challenges.sealed.models import Decision, Look, SealedStanding
from challenges.sealed.ranking import shared_ranks
from hub.audit.actions import record
from hub.notices.actions import notify, notify_all
from hub.people.models import User
from hub.points.actions import award
from hub.refusals import Refusal


def look(*, challenge: Challenge, user: User, now: datetime | None = None) -> None:
    """Note that a referee looked at the sealed claims."""
    if not challenge.is_revealed:
        Look.objects.create(challenge=challenge, actor_key=user.subject_key, looked_at=now or timezone.now())


def _recount(entry: Entry) -> None:
    confirmed = all_claims(entry.challenge).filter(entry=entry, state=Claim.State.CONFIRMED).count()
    SealedStanding.objects.update_or_create(entry=entry, defaults={"confirmed": confirmed})


@transaction.atomic
def decide(
    *, claim: Claim, referee: User, is_confirmed: bool, reason: str = "", now: datetime | None = None
) -> Claim:
    """Confirm a claim or not, with a reason; the claimant is told. May be changed until the reveal.

    Two referees at once follow each other; the same decision twice is one. Raises Refusal for a withdrawn
    claim, after the reveal, and when the step was claimed anew in the meantime.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=claim.entry.challenge_id)
    if challenge.phase(now) in {"revealed", "cancelled"}:
        raise Refusal("not_open", _("This bet is over. Its claims stay as they are."), status=409)
    claim = all_claims(challenge).get(pk=claim.pk)
    if claim.state == Claim.State.WITHDRAWN:
        raise Refusal("withdrawn", _("This claim was withdrawn."), status=409)
    state = Claim.State.CONFIRMED if is_confirmed else Claim.State.REFUSED
    if claim.state == state and claim.reason == reason:
        return claim
    others = all_claims(challenge).filter(entry=claim.entry, step=claim.step).exclude(pk=claim.pk)
    if is_confirmed and others.filter(state__in=[Claim.State.SUBMITTED, Claim.State.CONFIRMED]).exists():
        raise Refusal(
            "claimed_anew",
            _("The step was claimed anew in the meantime. Decide the newer claim."),
            status=409,
        )
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
        kind="claim_confirmed" if is_confirmed else "claim_refused",
        dedupe_key=f"claim_decided:{claim.pk}:{decision.pk}",
        facts={"step": claim.step.name},
        path=f"/challenges/{challenge.pk}/",
    )
    return claim


def standing_of(challenge: Challenge) -> list[tuple[int, Entry, int]]:
    """(rank, entry, confirmed) of every entry, best first; entries without a decision count zero."""
    entries = list(challenge.entries.select_related("contestant", "process"))
    counted = dict(
        SealedStanding.objects.filter(entry__challenge=challenge).values_list("entry_id", "confirmed")
    )
    counts = {entry.pk: counted.get(entry.pk, 0) for entry in entries}
    ranks = shared_ranks(counts)
    rows = [(ranks[entry.pk], entry, counts[entry.pk]) for entry in entries]
    return sorted(rows, key=lambda row: (row[0], row[1].contestant.last_name, row[1].contestant.first_name))


@transaction.atomic
def reveal(*, challenge: Challenge, referee: User, now: datetime | None = None) -> Challenge:
    """Break the seal: publish standings and eliminated steps, post points, hand the looks to the audit.

    Repeating it has no second effect. Raises Refusal before the deadline and while a claim waits.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.is_revealed:
        return challenge
    if challenge.is_cancelled:
        raise Refusal("not_open", _("This bet was cancelled."), status=409)
    if challenge.phase(now) == "open":
        raise Refusal(
            "too_early", _("The bet runs until its deadline. The seal holds until then."), status=409
        )
    # Where no worker ran since the deadline: before anything is published.
    commit(challenge, now)
    claims = list(all_claims(challenge))
    if any(claim.is_waiting for claim in claims):
        raise Refusal("claims_wait", _("Decide every claim first. Some still wait."), status=409)
    PublishedStanding.objects.bulk_create(
        PublishedStanding(challenge=challenge, entry=entry, rank=rank, eliminated=confirmed)
        for rank, entry, confirmed in standing_of(challenge)
    )
    confirmed = [claim for claim in claims if claim.state == Claim.State.CONFIRMED]
    PublishedElimination.objects.bulk_create(
        PublishedElimination(entry=claim.entry, step=claim.step) for claim in confirmed
    )
    for claim in confirmed:
        award(user=claim.entry.contestant, rule="eliminated_step", source_key=f"claim:{claim.pk}", at=now)
    challenge.status, challenge.revealed_at = Challenge.Status.REVEALED, now
    challenge.save(update_fields=["status", "revealed_at"])
    _hand_to_audit(challenge, referee, now)
    notify_all(
        user_ids=[entry.contestant_id for entry in challenge.entries.all()],
        kind="challenge_revealed",
        dedupe_key=f"challenge_revealed:{challenge.pk}",
        facts={"title": challenge.title},
        path=f"/challenges/{challenge.pk}/",
    )
    return challenge


def _hand_to_audit(challenge: Challenge, referee: User, now: datetime) -> None:
    """Looks and decisions join the audit under the time at which they happened."""
    for seen in Look.objects.filter(challenge=challenge):
        record(
            actor_key=seen.actor_key,
            action="challenge.claims_seen",
            object_type="challenge",
            object_id=challenge.pk,
            at=seen.looked_at,
        )
    for decision in Decision.objects.filter(challenge=challenge):
        record(
            actor_key=decision.actor_key,
            action="claim.confirmed" if decision.is_confirmed else "claim.refused",
            object_type="claim",
            object_id=decision.claim_key,
            at=decision.decided_at,
        )
    record(
        actor_key=referee.subject_key,
        action="challenge.revealed",
        object_type="challenge",
        object_id=challenge.pk,
        at=now,
    )
