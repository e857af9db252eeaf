"""Queueing tips for those who asked to be sent some. Planning twice, also at the same time, queues once."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from hub.notices.actions import queue
from hub.notices.letters import Letter
from hub.notices.models import Delivery, Destination, Preference
from hub.notices.preview import LOOK_BACK
from hub.notices.schedule import free_of_cap, next_digest, next_push
from hub.notices.vocabulary import Channel
from hub.nudges.actions import record_showing
from hub.nudges.cards import REASONS
from hub.nudges.interests import is_of_interest
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.selection import NOT_AGAIN_FOR, Shown, choose
from hub.people.models import User

BATCH = 500


def plan(now: datetime) -> int:
    """Queue the tips whose turn is today; returns how many messages were put up for it."""
    tips = list(Tip.objects.active().only("pk", "area", "roles"))
    wanting = Preference.objects.wanting_tips().select_related("user").order_by("pk").iterator(BATCH)
    count = 0
    for batch in _batches(wanting):
        deliveries = _plan_batch(batch, tips, now)
        queue(deliveries)
        count += len(deliveries)
    return count


def _batches(rows: Iterator[Preference]) -> Iterator[list[Preference]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _plan_batch(batch: list[Preference], tips: list[Tip], now: datetime) -> list[Delivery]:
    people = [preference.user_id for preference in batch]
    pushed, shown, dismissed = defaultdict(list), defaultdict(list), defaultdict(set)
    for row in Delivery.objects.pushed_tips().filter(user__in=people, queued_at__gt=now - LOOK_BACK):
        pushed[row.user_id] += [row.counts_at] * row.weight
    for nudge in Nudge.objects.filter(user__in=people):
        shown[nudge.user_id].append(nudge)
    for user_id, tip_id in Dismissal.objects.filter(user__in=people).values_list("user_id", "tip_id"):
        dismissed[user_id].add(tip_id)
    reached = Destination.objects.channels_of(people)
    every_tip = [tip.pk for tip in tips]
    deliveries: list[Delivery] = []
    for preference in batch:
        key = preference.user_id
        preference.reached = reached[key]
        history = [nudge.as_shown(preference.user) for nudge in shown[key]]
        wanted = every_tip
        if preference.topics or preference.role:
            wanted = [tip.pk for tip in tips if is_of_interest(tip, preference)]
        plan_person = _plan_digest if preference.has_digest else _plan_one
        deliveries += plan_person(preference, wanted, pushed[key], history, dismissed[key], now)
    return deliveries


def _plan_one(
    preference: Preference,
    tip_ids: list,
    pushed: list[datetime],
    shown: list[Shown],
    dismissed: set,
    now: datetime,
) -> list[Delivery]:
    """One message, the way the person would rather have it; none if it is not yet the day."""
    user, rest = preference.user, preference.rest
    at = next_push(sent=pushed, cap=preference.weekly_cap, rest=rest, now=now)
    if at is None or rest.local_day(at) != rest.local_day(now):
        return []
    day = rest.local_day(at)
    choice = choose(tip_ids, shown, dismissed, subject_key=user.subject_key, day=day)
    if choice is None or any(one.shown_on == day and one.is_of_the_day for one in shown):
        return []
    facts = {"tip": str(choice.tip_id)}
    return [_delivery(preference, facts, f"tip:{day}:{user.pk}", at, now)]


def _plan_digest(
    preference: Preference,
    tip_ids: list,
    pushed: list[datetime],
    shown: list[Shown],
    dismissed: set,
    now: datetime,
) -> list[Delivery]:
    """One mail with as many tips as the cap leaves; its key is the week that it is of."""
    user, rest, cap = preference.user, preference.rest, preference.weekly_cap
    found = next_digest(sent=pushed, weekday=preference.digest_weekday, cap=cap, rest=rest, now=now)
    if found is None or rest.local_day(found[0]) != rest.local_day(now):
        return []
    at, named = found
    day = rest.local_day(at)
    if any(one.shown_on == day and one.is_of_the_day for one in shown):
        return []
    chosen: list = []
    for _each in range(free_of_cap(pushed, cap, rest, day)):
        left = [tip_id for tip_id in tip_ids if tip_id not in chosen]
        choice = choose(left, shown, dismissed, subject_key=user.subject_key, day=day)
        if choice is None:
            break
        chosen.append(choice.tip_id)
    if not chosen:
        return []
    year, week, _weekday = named.isocalendar()
    facts = {"tips": [str(tip_id) for tip_id in chosen]}
    return [_delivery(preference, facts, f"digest:{year}-{week:02}:{user.pk}", at, now)]


def _delivery(
    preference: Preference, facts: dict[str, object], key: str, at: datetime, now: datetime
) -> Delivery:
    return Delivery(
        user=preference.user,
        channel=preference.push_channels[0],
        topic=Delivery.Topic.TIPS,
        facts=facts,
        dedupe_key=key,
        not_before=at,
        queued_at=now,
    )


def write_tips(delivery: Delivery, now: datetime) -> Letter | None:
    """The words of one tip or of a digest; None if nothing of it is left to say."""
    if "tip" in delivery.facts:
        return _write_tip(delivery, delivery.facts["tip"], now)
    parts = [_write_tip(delivery, tip_id, now) for tip_id in delivery.facts["tips"]]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else None
    return Letter(
        kind="tip",
        title=_("Your %(number)s tips of the week") % {"number": len(parts)},
        paragraphs=(_("Each takes two minutes. Take the one that fits your day."),),
        parts=tuple(parts),
        path="/tips/",
        link_label=_("All tips"),
        why=_("You asked for the tips of a week in one mail; they were drawn by chance."),
    )


def _write_tip(delivery: Delivery, tip_id: str, now: datetime) -> Letter | None:
    """None if the tip was retired, put aside, or shown meanwhile by other means than this day's messages."""
    user, day = delivery.user, local_day(delivery.user, now)
    tip = Tip.objects.visible_to(user).filter(pk=tip_id).first()
    if tip is None or Dismissal.objects.filter(user=user, tip=tip).exists():
        return None
    recent = Nudge.objects.filter(user=user, tip=tip, shown_on__gt=day - NOT_AGAIN_FOR)
    if recent.exclude(shown_on=day, source__in=Channel.values).exists():
        return None
    text = tip.text
    return Letter(
        kind="tip",
        title=text.title,
        paragraphs=(text.body,),
        steps=tuple(text.steps),
        path=f"/tips/{tip.pk}/",
        link_label=_("Answer it in the hub"),
        why=str(REASONS[delivery.channel]),
    )


def is_told(user: User, now: datetime) -> bool:
    """Whether Today showed the person this day's tip."""
    shown = Nudge.objects.filter(user=user, shown_on=local_day(user, now), source=Nudge.Source.TODAY)
    return shown.exists()


def tip_sent(delivery: Delivery, now: datetime) -> None:
    """What was sent is the tip of that day on Today as well, and rests for three weeks like any other."""
    sent = delivery.facts.get("tips") or [delivery.facts["tip"]]
    for tip in Tip.objects.filter(pk__in=sent):
        record_showing(
            user=delivery.user,
            tip=tip,
            day=local_day(delivery.user, now),
            source=delivery.channel,
            reason=delivery.channel,
            now=now,
        )
