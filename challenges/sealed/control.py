"""After the reveal: does what was eliminated stay away? Confirmed for good or taken back, by public ledger entries."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import tell_contestants
from challenges.contests.models import Challenge, LedgerEntry, PublishedClaim, PublishedStanding
from challenges.sealed.counting import places_of
from challenges.sealed.partiality import refuse_close
from challenges.sealed.revealing import BATCH, people_of, point_keys, publish_anew, touch
from hub.audit.actions import Act, record, record_all
from hub.notices.actions import notify, notify_all
from hub.people.models import User
from hub.points.actions import reverse
from hub.points.models import PointEntry
from hub.refusals import Refusal


@transaction.atomic
def settle(
    *, claim: PublishedClaim, referee: User, holds: bool, reason: str = "", now: datetime | None = None
) -> PublishedClaim:
    """Confirm a published claim for good, or take it back with its points; a taken back one stays so.

    Raises Refusal before the control period is over (taking back is possible at any time), when it is final, and for
    a referee of the contestant's line or with a conflict of interest.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=claim.entry.challenge_id)
    if challenge.status != Challenge.Status.REVEALED:
        raise Refusal("not_open", _("This bet is not in its control period."), status=409)
    claim = PublishedClaim.objects.select_for_update().select_related("entry__contestant").get(pk=claim.pk)
    refuse_close(claim.entry, referee)
    wanted = PublishedClaim.Outcome.CONFIRMED if holds else PublishedClaim.Outcome.REVERSED
    if claim.outcome in {PublishedClaim.Outcome.REVERSED, wanted}:
        return claim
    if holds and now < challenge.control_ends_at:
        raise Refusal("too_early", _("The control period is not over yet."), status=409)
    claim.outcome = wanted
    claim.reason, claim.decided_at = reason, now
    claim.save(update_fields=["outcome", "reason", "decided_at"])
    LedgerEntry.objects.create(
        challenge=challenge,
        claim_key=claim.claim_key,
        kind=LedgerEntry.Kind.CONFIRMED if holds else LedgerEntry.Kind.REVERSED,
        credit=Decimal(0) if holds else -claim.credit,
        reason=reason,
        entered_at=now,
    )
    record(
        actor_key=referee.subject_key,
        action="claim.held" if holds else "claim.taken_back",
        object_type="claim",
        object_id=claim.claim_key,
        at=now,
    )
    if not holds:
        _take_points_back(claim, now)
        touch(challenge)
        publish_anew(claim.entry)
        notify(
            user=claim.entry.contestant,
            kind="claim_taken_back",
            dedupe_key=f"claim_taken_back:{claim.pk}",
            facts={"title": challenge.title},
            path=f"/challenges/{challenge.pk}/",
        )
    return claim


def _take_points_back(claim: PublishedClaim, now: datetime) -> None:
    for person in people_of(claim.entry):
        for key in [*point_keys(claim.claim_key, claim.points_awarded, person), f"claim:{claim.claim_key}"]:
            if PointEntry.objects.of(person).filter(source_key=key).exists():
                reverse(source_key=key, at=now)


@transaction.atomic
def make_final(*, challenge: Challenge, referee: User, now: datetime | None = None) -> Challenge:
    """What was not taken back is confirmed; the places are given anew from what held. Repeating it has no effect.

    Raises Refusal before the reveal and before the control period is over.
    """
    now = now or timezone.now()
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if challenge.status == Challenge.Status.FINAL:
        return challenge
    if challenge.status != Challenge.Status.REVEALED:
        raise Refusal("not_open", _("This bet is not in its control period."), status=409)
    if now < challenge.control_ends_at:
        raise Refusal("too_early", _("The control period is not over yet."), status=409)
    claims = PublishedClaim.objects.filter(entry__challenge=challenge)
    open_ones = claims.filter(outcome=PublishedClaim.Outcome.OPEN)
    for entry in challenge.entries.filter(published_claims__in=open_ones).distinct():
        refuse_close(entry, referee)
    held = list(open_ones.order_by("pk").values_list("claim_key", flat=True))
    open_ones.update(outcome=PublishedClaim.Outcome.CONFIRMED, decided_at=now)
    confirmed = LedgerEntry.Kind.CONFIRMED
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(challenge=challenge, claim_key=key, kind=confirmed, credit=0, entered_at=now)
            for key in held
        ),
        batch_size=BATCH,
    )
    record_all(Act(referee.subject_key, "claim.held", "claim", key, at=now) for key in held)
    _give_places_anew(challenge)
    challenge.status, challenge.final_at, challenge.published_at = Challenge.Status.FINAL, now, timezone.now()
    challenge.save(update_fields=["status", "final_at", "published_at"])
    record(
        actor_key=referee.subject_key,
        action="challenge.final",
        object_type="challenge",
        object_id=challenge.pk,
        at=now,
    )
    tell_contestants(challenge, "challenge_final", "")
    return challenge


def remind(now: datetime | None = None) -> int:
    """Tell referees and organiser, once a week, whose control period is over; returns of how many bets."""
    now = now or timezone.now()
    revealed = Challenge.objects.filter(status=Challenge.Status.REVEALED)
    over = [challenge for challenge in revealed if now >= challenge.control_ends_at]
    for challenge in over:
        weeks = (now - challenge.control_ends_at).days // 7
        notify_all(
            user_ids={
                *challenge.acting_referees().values_list("pk", flat=True),
                challenge.organiser_id,
                *([challenge.deputy_id] if challenge.deputy_id else []),
            },
            kind="control_over",
            dedupe_key=f"control_over:{challenge.pk}:{weeks}",
            facts={"title": challenge.title},
            path=f"/challenges/{challenge.pk}/control/",
        )
    return len(over)


def _give_places_anew(challenge: Challenge) -> None:
    nets: dict[object, Decimal] = defaultdict(Decimal)
    held = PublishedClaim.objects.filter(entry__challenge=challenge).exclude(
        outcome=PublishedClaim.Outcome.REVERSED
    )
    for entry_id, credit in held.values_list("entry_id", "credit"):
        nets[entry_id] += credit
    entries = list(challenge.entries.select_related("contestant__team__legal_entity", "process"))
    places = {place.entry.pk: place for place in places_of(challenge, entries, nets)}
    standings = list(PublishedStanding.objects.filter(challenge=challenge))
    for standing in standings:
        place = places[standing.entry_id]
        standing.final_rank, standing.final_net = place.rank, place.net
    PublishedStanding.objects.bulk_update(standings, ["final_rank", "final_net"], batch_size=500)
