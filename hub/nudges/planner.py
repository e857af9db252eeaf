"""Queueing tips for those who asked to be sent some. Planning twice, also at the same time, queues once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from itertools import islice
from uuid import UUID

from hub.notices.actions import queue
from hub.notices.letters import Letter
from hub.notices.models import Delivery, Preference
from hub.notices.preview import LOOK_BACK
from hub.notices.schedule import next_push
from hub.nudges.actions import record_showing
from hub.nudges.cards import REASONS
from hub.nudges.letters import tip_letter
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.selection import NOT_AGAIN_FOR, Shown, choose
from hub.people.models import User

BATCH = 500


def plan(now: datetime) -> int:
    """Queue the tips whose turn is today; returns how many messages were put up for it."""
    tips = list(Tip.objects.in_use().only("pk", "valid_from", "valid_until"))
    tip_ids_on = cache(lambda day: [tip.pk for tip in tips if tip.is_valid_on(day)])
    wanting = (
        Preference.objects.filter(user__status=User.Status.ACTIVE, weekly_cap__gt=0)
        .exclude(tips_by_mail=False, tips_in_inbox=False)
        .select_related("user")
        .order_by("pk")
        .iterator(BATCH)
    )
    count = 0
    for batch in _batches(wanting):
        deliveries = _plan_batch(batch, tip_ids_on, now)
        queue(deliveries)
        count += len(deliveries)
    return count


def _batches(rows: Iterator[Preference]) -> Iterator[list[Preference]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _plan_batch(
    batch: list[Preference], tip_ids_on: Callable[[date], list[UUID]], now: datetime
) -> list[Delivery]:
    people = [preference.user_id for preference in batch]
    pushed, shown, dismissed = defaultdict(list), defaultdict(list), defaultdict(set)
    for row in Delivery.objects.pushed_tips().filter(user__in=people, queued_at__gt=now - LOOK_BACK):
        pushed[row.user_id].append(row.counts_at)
    for nudge in Nudge.objects.filter(user__in=people, is_recalled=False):
        shown[nudge.user_id].append(nudge)
    for user_id, tip_id in Dismissal.objects.filter(user__in=people).values_list("user_id", "tip_id"):
        dismissed[user_id].add(tip_id)
    deliveries: list[Delivery] = []
    for preference in batch:
        key = preference.user_id
        history = [nudge.as_shown(preference.user) for nudge in shown[key]]
        deliveries += _plan_one(preference, tip_ids_on, pushed[key], history, dismissed[key], now)
    return deliveries


def _plan_one(
    preference: Preference,
    tip_ids_on: Callable[[date], list[UUID]],
    pushed: list[datetime],
    shown: list[Shown],
    dismissed: set,
    now: datetime,
) -> list[Delivery]:
    """One message in each channel that was asked for, as long as the cap allows; none if it is not yet the day."""
    user, rest = preference.user, preference.rest
    at = next_push(sent=pushed, cap=preference.weekly_cap, rest=rest, now=now)
    if at is None or rest.local_day(at) != rest.local_day(now):
        return []
    day = rest.local_day(at)
    choice = choose(tip_ids_on(day), shown, dismissed, subject_key=user.subject_key, day=day)
    if choice is None or any(one.shown_on == day and one.is_of_the_day for one in shown):
        return []
    free = preference.weekly_cap - sum((day - rest.local_day(moment)).days < 7 for moment in pushed)
    return [
        Delivery(
            user=user,
            channel=channel,
            topic=Delivery.Topic.TIPS,
            facts={"tip": str(choice.tip_id)},
            dedupe_key=f"tip:{day}:{user.pk}",
            not_before=at,
            queued_at=now,
        )
        for channel in preference.push_channels[: max(free, 0)]
    ]


def write_tip(delivery: Delivery, now: datetime) -> Letter | None:
    """None for a tip that is not to be seen today or was put aside, and for one that was shown meanwhile.

    This day's other messages with it are no such showing.
    """
    user, day = delivery.user, local_day(delivery.user, now)
    tip = Tip.objects.visible_to(user, now).filter(pk=delivery.facts["tip"]).first()
    if tip is None or Dismissal.objects.filter(user=user, tip=tip).exists():
        return None
    pushed = (Nudge.Source.MAIL, Nudge.Source.INBOX)
    recent = Nudge.objects.filter(user=user, tip=tip, shown_on__gt=day - NOT_AGAIN_FOR, is_recalled=False)
    if recent.exclude(shown_on=day, source__in=pushed).exists():
        return None
    return tip_letter(tip, why=str(REASONS[delivery.channel]))


def is_told(user: User, now: datetime) -> bool:
    """Whether Today showed the person this day's tip."""
    shown = Nudge.objects.filter(user=user, shown_on=local_day(user, now), source=Nudge.Source.TODAY)
    return shown.exists()


def tip_sent(delivery: Delivery, now: datetime) -> None:
    """What was sent is the tip of that day on Today as well, and rests for three weeks like any other."""
    tip = Tip.objects.filter(pk=delivery.facts["tip"]).first()
    if tip:
        record_showing(
            user=delivery.user,
            tip=tip,
            day=local_day(delivery.user, now),
            source=delivery.channel,
            reason=delivery.channel,
            now=now,
        )
