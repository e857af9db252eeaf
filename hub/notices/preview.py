"""When a person's next tip would be sent."""

from datetime import datetime, timedelta

from hub.notices.letters import writer_of
from hub.notices.models import Delivery, Preference
from hub.notices.schedule import LOOK_BACK, MIDNIGHT, at_wall, next_allowed, next_digest, next_push


def next_tip_at(preference: Preference, now: datetime) -> datetime | None:
    """None for never: nothing asked for, or a cap of none. What may come at any moment came due with this hour."""
    if not preference.push_channels:
        return None
    pushed = list(Delivery.objects.pushed().filter(user=preference.user, queued_at__gt=now - LOOK_BACK))
    rest, is_told = preference.rest, writer_of(Delivery.Topic.TIPS).is_told(preference.user, now)
    start = now
    if is_told:  # what waits is dropped, and a new one comes on another day
        start = at_wall(rest.local_day(now) + timedelta(days=1), MIDNIGHT, rest.zone, now)
    elif waiting := _waiting(preference, pushed, now):
        return _steady(next_allowed(max(min(waiting), now), rest), preference, now)
    counted = [row for row in pushed if row.state != Delivery.State.WAITING or row.is_promised]
    sent, others = (
        [row.counts_at for row in counted if row.is_tip == is_tip for _each in range(row.weight)]
        for is_tip in (True, False)
    )
    cap, weeks = preference.weekly_cap, preference.cap_weeks
    if preference.has_digest:
        weekday = preference.digest_weekday
        found = next_digest(
            sent=sent, others=others, weekday=weekday, cap=cap, rest=rest, now=start, weeks=weeks
        )
        at = found and found[0]
    else:
        at = next_push(sent=sent, others=others, cap=cap, rest=rest, now=start, weeks=weeks)
    return at and _steady(at, preference, now)


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
