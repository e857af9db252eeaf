"""What a queued tip says when it goes out, and what is kept of it afterwards: for one message or for many at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from hub.notices import silence
from hub.notices.letters import Letter
from hub.notices.models import Delivery
from hub.notices.vocabulary import Channel
from hub.nudges.actions import record_showings
from hub.nudges.cards import REASONS
from hub.nudges.letters import tip_letter
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.selection import NOT_AGAIN_FOR, is_due_again
from hub.nudges.withheld import withheld_from
from hub.people.models import User


@dataclass(frozen=True)
class Known:
    """What writing asks about the tips and the people of many messages."""

    tips: dict[str, Tip]
    dismissed: set[tuple[int, UUID]]
    withheld: dict[int, set[UUID]]
    shown: dict[int, list[Nudge]]


def gather_tips(deliveries: Sequence[Delivery], now: datetime) -> None:
    """Five queries, and one more while trials hold tips back."""
    ids = {tip_id for delivery in deliveries for tip_id in _tip_ids(delivery)}
    users = {delivery.user_id for delivery in deliveries}
    days = [local_day(delivery.user, now) for delivery in deliveries]
    shown = defaultdict(list)
    for nudge in Nudge.objects.filter(
        user__in=users, shown_on__gt=min(days) - NOT_AGAIN_FOR, is_recalled=False
    ):
        shown[nudge.user_id].append(nudge)
    tips = Tip.objects.in_use().filter(pk__in=ids).select_related("system").prefetch_related("texts")
    dismissed = Dismissal.objects.filter(user__in=users, tip__in=ids).values_list("user_id", "tip_id")
    known = Known(
        tips={str(tip.pk): tip for tip in tips},
        dismissed=set(dismissed),
        withheld=withheld_from(users, now),
        shown=shown,
    )
    for delivery in deliveries:
        delivery.gathered = known


def _tip_ids(delivery: Delivery) -> list[str]:
    return delivery.facts.get("tips") or [delivery.facts["tip"]]


def write_tips(delivery: Delivery, now: datetime) -> Letter | None:
    """The words of one tip or of a digest; None if nothing of it is left to say, and for one where Today showed one."""
    known, day = delivery.gathered, local_day(delivery.user, now)
    if "tip" in delivery.facts:
        shown = known.shown.get(delivery.user_id, ())
        if any(nudge.shown_on == day and nudge.source == Nudge.Source.TODAY for nudge in shown):
            return None
        return _write_tip(delivery, delivery.facts["tip"], known, day)
    parts = [_write_tip(delivery, tip_id, known, day) for tip_id in delivery.facts["tips"]]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts[0] if parts else None
    return digest_letter(parts)


def digest_letter(parts: Sequence[Letter]) -> Letter:
    """The mail with the tips of a week."""
    return Letter(
        kind="tip",
        title=_("Your %(number)s tips of the week") % {"number": len(parts)},
        paragraphs=(_("Each takes two minutes. Take the one that fits your day."),),
        parts=tuple(parts),
        path="/tips/",
        link_label=_("All tips"),
        why=_("You asked for the tips of a week in one mail; they were drawn by chance."),
    )


def _write_tip(delivery: Delivery, tip_id: str, known: Known, day: date) -> Letter | None:
    """None for a tip that is not to be seen today, was put aside or is held back, and for one shown meanwhile.

    This day's other messages with it are no such showing, and neither is one that was put off until now.
    """
    user, tip = delivery.user, known.tips.get(tip_id)
    if tip is None or not tip.is_valid_on(day) or (user.pk, tip.pk) in known.dismissed:
        return None
    if tip.pk in known.withheld.get(user.pk, ()):
        return None
    for nudge in known.shown.get(user.pk, ()):
        if nudge.tip_id != tip.pk or day - nudge.shown_on >= NOT_AGAIN_FOR:
            continue
        is_this_days = nudge.shown_on == day and nudge.source in Channel.values
        if not is_this_days and not is_due_again(nudge.as_shown(user), day):
            return None
    return tip_letter(tip, why=str(REASONS[delivery.channel]))


def is_told(user: User, now: datetime) -> bool:
    """Whether Today showed the person this day's tip."""
    shown = Nudge.objects.filter(user=user, shown_on=local_day(user, now), source=Nudge.Source.TODAY)
    return shown.exists()


def tips_sent(deliveries: Sequence[Delivery], now: datetime) -> None:
    """What was sent is the tip of that day on Today as well, and rests for three weeks like any other."""
    silence.were_sent({str(delivery.pk): delivery.user for delivery in deliveries})
    ids = {tip_id for delivery in deliveries for tip_id in _tip_ids(delivery)}
    there = {str(pk) for pk in Tip.objects.filter(pk__in=ids).values_list("pk", flat=True)}
    showings = []
    for delivery in deliveries:
        facts, sent = delivery.facts, _tip_ids(delivery)
        drawn = facts.get("propensities") or [facts.get("propensity")] * len(sent)
        day = local_day(delivery.user, now)
        showings += [
            Nudge.of(
                delivery.user,
                UUID(tip_id),
                day,
                shown_at=now,
                source=delivery.channel,
                reason=delivery.channel,
                propensity=propensity,
            )
            for tip_id, propensity in zip(sent, drawn, strict=True)
            if tip_id in there
        ]
    record_showings(showings)
