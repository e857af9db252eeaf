"""The end of a pilot: scaled, extended once, or stopped; and what a scaled one seeds."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from challenges.contests.actions import is_left_behind, open_challenge, take_over_draft
from challenges.contests.models import Challenge
from challenges.pilots.actions import whom_to_ask
from challenges.pilots.models import Criterion, Pilot, RolloutItem
from challenges.pilots.running import lock_running
from hub.people import access
from hub.people.models import User
from hub.refusals import Refusal

MOST_EXTENSION = 12  # weeks
BET_WEEKS = 8  # until the deadline that a seeded bet proposes
ROLLOUT = (
    _("Agree with the works council how it is used from now on"),
    _("Enter the use in the AI register, with a person who answers for it"),
    _("Name who helps when it goes wrong, and who stands in"),
    _("Train everybody who works with it, newcomers included"),
    _("Write the new way of working down, and take the old instruction away"),
    _("Order licences, and put the costs into next year's plan"),
    _("Measure again in three months, with the same criteria"),
)


def met_of(pilot: Pilot) -> list[tuple[Criterion, bool | None]]:
    """Each criterion and whether its threshold was met; None where nothing was measured."""
    return [(criterion, criterion.is_met) for criterion in pilot.criteria.prefetch_related("readings")]


def _refuse_without(reason: str, sentence: object) -> str:
    if not reason.strip():
        raise Refusal("reason_needed", sentence)
    return reason.strip()


def _refuse_early(pilot: Pilot, today: date) -> None:
    if not pilot.is_due(today):
        sentence = _("The decision day has not come. Until then it can only be stopped.")
        raise Refusal("too_early", sentence, status=409)


@transaction.atomic
def extend(*, pilot: Pilot, until: date, reason: str, now: datetime | None = None) -> Pilot:
    """Once, to a day at most MOST_EXTENSION weeks away. Raises Refusal a second time and before the decision day."""
    pilot, today = lock_running(pilot), timezone.localdate(now or timezone.now())
    if pilot.extended_to is not None:
        sentence = _("It was extended once already, so now it is scaled or stopped.")
        raise Refusal("extended_already", sentence, status=409)
    _refuse_early(pilot, today)
    reason = _refuse_without(reason, _("Say what you do not know yet, and how you find it out."))
    if not today < until <= today + timedelta(weeks=MOST_EXTENSION):
        sentence = _("Choose a day after today, within %(n)s weeks.")
        raise Refusal("wrong_day", sentence % {"n": MOST_EXTENSION})
    pilot.extended_to, pilot.extension_reason = until, reason
    pilot.save(update_fields=["extended_to", "extension_reason"])
    return pilot


@transaction.atomic
def decide(*, pilot: Pilot, by: User, is_scaled: bool, reason: str, now: datetime | None = None) -> Pilot:
    """For good, with a reason that everybody reads.

    Scaling waits for the decision day; stopping is possible at any time. Raises Refusal without a reason, and names
    the criteria that a scaled pilot did not meet.
    """
    now = now or timezone.now()
    pilot = lock_running(pilot)
    if is_scaled:
        _refuse_early(pilot, timezone.localdate(now))
    missed = [criterion.measure for criterion, is_met in met_of(pilot) if not is_met] if is_scaled else []
    if missed:
        sentence = _("Not met: %(measures)s. Say why it is scaled all the same.")
        reason = _refuse_without(reason, sentence % {"measures": ", ".join(missed)})
    else:
        reason = _refuse_without(reason, _("Say why. Others who try the same will read it."))
    pilot.state = Pilot.State.SCALED if is_scaled else Pilot.State.STOPPED
    pilot.decision_reason, pilot.decided_by, pilot.decided_at = reason, by, now
    pilot.save(update_fields=["state", "decision_reason", "decided_by", "decided_at"])
    return pilot


def _lock_scaled(pilot: Pilot) -> Pilot:
    pilot = Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)
    if not pilot.is_scaled:
        raise Refusal("not_scaled", _("Only a scaled pilot leads on to something."), status=409)
    return pilot


@transaction.atomic
def plan_rollout(*, pilot: Pilot) -> Pilot:
    """Its checklist, in its own language. Repeating it has no second effect."""
    pilot = _lock_scaled(pilot)
    if not pilot.rollout.exists():
        with translation.override(pilot.language):
            items = [
                RolloutItem(pilot=pilot, position=number, text=str(text))
                for number, text in enumerate(ROLLOUT, start=1)
            ]
        RolloutItem.objects.bulk_create(items)
    return pilot


@transaction.atomic
def tick(*, item: RolloutItem, by: User, is_done: bool, now: datetime | None = None) -> RolloutItem:
    """Done, or not done after all."""
    item = RolloutItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if is_done != item.is_done:
        item.done_at = (now or timezone.now()) if is_done else None
        item.done_by = by if is_done else None
        item.save(update_fields=["done_at", "done_by"])
    return item


@transaction.atomic
def seed_challenge(*, pilot: Pilot, by: User, now: datetime | None = None) -> Challenge:
    """A draft of a bet that carries on what was learnt; its organiser chooses the referees. One a pilot: a draft that
    somebody left behind on leaving is taken over.

    Raises Refusal, with whom to ask, for whoever may open no bet.
    """
    if not access.is_facilitator(by):
        names = whom_to_ask(access.Role.FACILITATOR)
        sentence = (
            _("Facilitators open bets. Ask one of them: %(names)s.") % {"names": names}
            if names
            else _("Facilitators open bets, and nobody is one yet. Ask whoever administrates the hub.")
        )
        raise Refusal("only_facilitators", sentence, status=403)
    pilot = _lock_scaled(pilot)
    if pilot.challenge_id and Challenge.objects.visible_to(by).filter(pk=pilot.challenge_id).exists():
        return pilot.challenge
    if pilot.challenge_id and is_left_behind(pilot.challenge):
        return take_over_draft(challenge=pilot.challenge, by=by)
    if pilot.challenge_id:
        sentence = _("Somebody drafts a bet from it already. It appears here once it is open.")
        raise Refusal("drafted_already", sentence, status=409)
    with translation.override(pilot.language):
        description = _(
            "A pilot has shown that it works: “%(title)s”. Who gets the most out of it across a whole process?"
        ) % {"title": pilot.title}
    challenge = Challenge(
        title=pilot.title,
        description=f"{description}\n\n{pilot.decision_reason}"[:2000],
        local_date=timezone.localdate(now or timezone.now()) + timedelta(weeks=BET_WEEKS),
        local_time=time(18, 0),
        time_zone=by.time_zone,
    )
    pilot.challenge = open_challenge(challenge=challenge, organiser=by, referees=[], is_draft=True)
    pilot.save(update_fields=["challenge"])
    return pilot.challenge
