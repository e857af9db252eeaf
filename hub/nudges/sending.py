"""What a queued tip says when it goes out, and what is kept of it afterwards."""

from datetime import datetime

from django.utils.translation import gettext as _

from hub.notices import silence
from hub.notices.letters import Letter
from hub.notices.models import Delivery
from hub.notices.vocabulary import Channel
from hub.nudges.actions import record_showing
from hub.nudges.cards import REASONS
from hub.nudges.letters import tip_letter
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.selection import NOT_AGAIN_FOR, is_due_again
from hub.nudges.withheld import withheld_from
from hub.people.models import User


def write_tips(delivery: Delivery, now: datetime) -> Letter | None:
    """The words of one tip or of a digest; None if nothing of it is left to say, and for one where Today showed one."""
    if "tip" in delivery.facts:
        if is_told(delivery.user, now):
            return None
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
    """None for a tip that is not to be seen today, was put aside or is held back, and for one shown meanwhile.

    This day's other messages with it are no such showing, and neither is one that was put off until now.
    """
    user, day = delivery.user, local_day(delivery.user, now)
    tip = Tip.objects.visible_to(user, now).filter(pk=tip_id).first()
    if tip is None or Dismissal.objects.filter(user=user, tip=tip).exists():
        return None
    if tip.pk in withheld_from([user.pk], now).get(user.pk, set()):
        return None
    recent = Nudge.objects.filter(user=user, tip=tip, shown_on__gt=day - NOT_AGAIN_FOR, is_recalled=False)
    recent = recent.exclude(shown_on=day, source__in=Channel.values)
    if not all(is_due_again(nudge.as_shown(user), day) for nudge in recent):
        return None
    return tip_letter(tip, why=str(REASONS[delivery.channel]))


def is_told(user: User, now: datetime) -> bool:
    """Whether Today showed the person this day's tip."""
    shown = Nudge.objects.filter(user=user, shown_on=local_day(user, now), source=Nudge.Source.TODAY)
    return shown.exists()


def tip_sent(delivery: Delivery, now: datetime) -> None:
    """What was sent is the tip of that day on Today as well, and rests for three weeks like any other."""
    facts = delivery.facts
    sent = facts.get("tips") or [facts["tip"]]
    drawn = dict(zip(sent, facts.get("propensities") or [facts.get("propensity")] * len(sent), strict=True))
    silence.was_sent_one(delivery.user, dedupe_key=str(delivery.pk))
    for tip in Tip.objects.filter(pk__in=sent):
        record_showing(
            user=delivery.user,
            tip=tip,
            day=local_day(delivery.user, now),
            source=delivery.channel,
            reason=delivery.channel,
            now=now,
            propensity=drawn[str(tip.pk)],
        )
