"""When a person's next tip would be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.notices.letters import writer_of
from hub.notices.models import Delivery, Preference
from hub.notices.schedule import LOOK_BACK, MIDNIGHT, Rest, at_wall, next_allowed, next_digest, next_push
from hub.people.moments import hours_after

MOST_TURNS = 60  # with three weeks of rest something is left long before


@dataclass(frozen=True)
class NextTip:
    """`at` is None for never: nothing asked for, a cap of none, or, with `is_empty`, no tip left to send."""

    at: datetime | None = None
    is_empty: bool = False


def next_tip(preference: Preference, now: datetime) -> NextTip:
    """In no learning hour, and on no day on which nothing is left. What may come at any moment came due this hour."""
    if not preference.push_channels:
        return NextTip()
    user, rest, writer = preference.user, preference.rest, writer_of(Delivery.Topic.TIPS)
    pushed = list(Delivery.objects.pushed().filter(user=user, queued_at__gt=now - LOOK_BACK))
    hours, start = hours_after(user, now), now
    if writer.is_told(user, now):  # what waits is dropped, and a new one comes on another day
        start = _day_after(now, rest)
    elif waiting := _waiting(preference, pushed, now):
        return NextTip(_steady(next_allowed(max(min(waiting), now), rest, hours), preference, now))
    is_any_on = writer.openings(user, now)
    for _turn in range(MOST_TURNS):
        at = _next_turn(preference, pushed, start)
        if at is None:
            return NextTip()
        at = next_allowed(at, rest, hours)
        if is_any_on(rest.local_day(at)):
            return NextTip(_steady(at, preference, now))
        start = _day_after(at, rest)
    return NextTip(is_empty=True)


def _day_after(at: datetime, rest: Rest) -> datetime:
    return at_wall(rest.local_day(at) + timedelta(days=1), MIDNIGHT, rest.zone, at)


def _next_turn(preference: Preference, pushed: list[Delivery], start: datetime) -> datetime | None:
    """As the planner asks, from `start` on."""
    rest, cap, weeks = preference.rest, preference.weekly_cap, preference.cap_weeks
    counted = [row for row in pushed if row.state != Delivery.State.WAITING or row.is_promised]
    sent, others = (
        [row.counts_at for row in counted if row.is_tip == is_tip for _each in range(row.weight)]
        for is_tip in (True, False)
    )
    if preference.has_digest:
        found = next_digest(
            sent=sent,
            others=others,
            weekday=preference.digest_weekday,
            cap=cap,
            rest=rest,
            now=start,
            weeks=weeks,
        )
        return found and found[0]
    return next_push(sent=sent, others=others, cap=cap, rest=rest, now=start, weeks=weeks)


def _waiting(preference: Preference, pushed: list[Delivery], now: datetime) -> list[datetime]:
    """What is queued and will be sent: a pause drops it."""
    if preference.is_paused(preference.rest.local_day(now)):
        return []
    waiting = [row for row in pushed if row.is_tip and row.state == Delivery.State.WAITING]
    return [row.not_before for row in waiting if preference.wants(row.topic, row.channel)]


def _steady(at: datetime, preference: Preference, now: datetime) -> datetime:
    """Instead of a moment that moves with every look: the hour, or the end of quiet within it."""
    if at > now:
        return at
    return next_allowed(now.replace(minute=0, second=0, microsecond=0), preference.rest)
