"""After the reveal: does what was eliminated stay away? Confirmed for good or taken back, by public ledger entries."""

import secrets
from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from challenges.contests.actions import tell_contestants
from challenges.contests.all_claims import all_claims
from challenges.contests.ledger import digest_of
from challenges.contests.models import (
    Challenge,
    Claim,
    LedgerEntry,
    PublishedClaim,
    PublishedStanding,
    SettledReason,
)
from challenges.contests.scoring import whole_steps
from challenges.sealed.commitments import SALT_BYTES
from challenges.sealed.counting import places_of
from challenges.sealed.deciding import controllers_of
from challenges.sealed.jobs import hours_for
from challenges.sealed.partiality import refuse_close
from challenges.sealed.revealing import BATCH, people_of, point_keys, publish_anew, touch
from hub.audit.actions import Act, record, record_all
from hub.notices.actions import notify, notify_all
from hub.people.models import User
from hub.points.actions import Award, award_many, reverse
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
    claim.decided_at = now
    claim.save(update_fields=["outcome", "decided_at"])
    LedgerEntry.objects.create(
        challenge=challenge,
        claim_key=claim.claim_key,
        kind=LedgerEntry.Kind.CONFIRMED if holds else LedgerEntry.Kind.REVERSED,
        credit=Decimal(0) if holds else -claim.credit,
        reason=_kept(claim, "" if holds else reason),
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


def _kept(claim: PublishedClaim, reason: str) -> str:
    """The hash for the ledger of words that are kept where they can be erased; nothing of no words."""
    if not reason:
        return ""
    salt = secrets.token_hex(SALT_BYTES)
    SettledReason.objects.update_or_create(claim=claim, defaults={"text": reason, "salt": salt})
    return digest_of(reason, salt)


def _take_points_back(claim: PublishedClaim, now: datetime) -> None:
    """The claim's own, and then what brings the entry's points to its whole net steps: halves of others may no longer
    make a whole, and a claim that had added more than it took away may have held some back.
    """
    people = people_of(claim.entry)
    _reverse_points(claim, people, now)
    held = list(claim.entry.published_claims.exclude(outcome=PublishedClaim.Outcome.REVERSED).order_by("pk"))
    due = whole_steps(sum((one.credit for one in held), Decimal(0)))
    left = due - sum(one.points_awarded for one in held)
    for one in held:
        if left < 0 and one.points_awarded:
            taken = min(-left, one.points_awarded)
            _reverse_points(one, people, now, at_most=taken)
            left += taken
        elif left > 0 and one.credit > 0:
            award_many(
                [
                    Award(person, "eliminated_step", f"{key}:{claim.pk.hex[:8]}", now)
                    for person in people
                    for key in point_keys(one.claim_key, left, person)
                ]
            )
            one.points_awarded += left
            one.save(update_fields=["points_awarded"])
            left = 0


def _reverse_points(
    claim: PublishedClaim, people: list[User], now: datetime, *, at_most: int | None = None
) -> None:
    """The last ones of a claim, or all of them."""
    for person in people:
        given = PointEntry.objects.of(person).filter(source_key__startswith=f"claim:{claim.claim_key}")
        keys = list(
            given.filter(reverses=None, reversed_by=None).order_by("-pk").values_list("source_key", flat=True)
        )
        for key in keys[:at_most]:
            reverse(source_key=key, at=now)
    if at_most is not None:
        claim.points_awarded -= at_most
        claim.save(update_fields=["points_awarded"])


@transaction.atomic
def make_final(*, challenge: Challenge, referee: User, now: datetime | None = None) -> Challenge:
    """What was not taken back is confirmed; the places are given anew from what held. Repeating it has no effect.

    Hours that nobody could decide are not confirmed then, and count nothing. Raises Refusal before the reveal, before
    the control period is over, and while hours wait for a controller.
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
    _settle_hours(challenge)
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


def hours_waiting(challenge: Challenge) -> "QuerySet[Claim]":
    """Claims that count and whose hours no controller has decided."""
    taken_back = PublishedClaim.objects.filter(
        entry__challenge=challenge, outcome=PublishedClaim.Outcome.REVERSED
    )
    waiting = all_claims(challenge).filter(state=Claim.State.VERIFIED, hours_state=Claim.Hours.WAITING)
    return waiting.exclude(pk__in=taken_back.values("claim_key"))


def refuse_while_hours_wait(challenge: Challenge) -> None:
    """Raises Refusal while hours wait for a controller who could decide them."""
    waiting = _decidable(challenge)
    if waiting:
        sentence = ngettext(
            "The hours of %(n)s claim wait for a controller. Then the result can be made final.",
            "The hours of %(n)s claims wait for a controller. Then the result can be made final.",
            waiting,
        )
        raise Refusal("hours_wait", sentence % {"n": waiting}, status=409)


def _decidable(challenge: Challenge) -> int:
    """How many of the claims whose hours wait somebody could decide."""
    waiting = set(hours_waiting(challenge).order_by().values_list("pk", flat=True))
    found: set[object] = set()
    for controller in User.objects.filter(pk__in=controllers_of(challenge)).select_related("team"):
        if found == waiting:
            break
        own = hours_for(controller).filter(entry__challenge=challenge).order_by()
        found |= waiting.intersection(own.values_list("pk", flat=True))
    return len(found)


def _settle_hours(challenge: Challenge) -> None:
    refuse_while_hours_wait(challenge)
    undecided = hours_waiting(challenge)
    entries = list(
        challenge.entries.filter(pk__in=undecided.order_by().values("entry")).order_by("process_id")
    )
    undecided.order_by().update(hours_state=Claim.Hours.REFUSED)
    for entry in entries:
        publish_anew(entry)


def remind(now: datetime | None = None) -> int:
    """Tell referees and organiser, once a week, whose control period is over, and controllers for whom hours still
    wait; returns of how many bets.
    """
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
        if hours_waiting(challenge).exists():
            notify_all(
                user_ids=controllers_of(challenge),
                kind="hours_wait",
                dedupe_key=f"hours_wait:{challenge.pk}:final:{weeks}",
                facts={"title": challenge.title},
                path="/challenges/hours/",
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
