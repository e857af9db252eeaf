"""Whether a page may show a person a tip now, and which ones not. Asking writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hub.embeds.drawing import CHANNEL, propensity_of, scores_for
from hub.embeds.rules import embedded_tips
from hub.notices.models import Delivery, Preference
from hub.notices.schedule import LOOK_BACK, is_within_cap
from hub.nudges.cards import Card
from hub.nudges.ids import nudge_id
from hub.nudges.interests import is_of_interest
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.selection import NOT_AGAIN_FOR, is_due_again
from hub.nudges.withheld import withheld_from
from hub.people.models import User
from hub.people.moments import is_learning


@dataclass(frozen=True)
class Answer:
    """`again`: shown today already and not answered, so no further one. `resting`: put aside, shown not long ago, held
    back by a trial or of no field that the person wants tips about, without a word which of these. `scores`: the
    highest of those that fit a page alike is shown there; see `drawing.py`."""

    may_show: bool
    cap: int
    again: list[UUID]
    resting: list[UUID]
    scores: dict[str, float]


def may_show(user: User, now: datetime) -> Answer:
    """Nothing in the person's learning hour, in quiet hours, in a pause, for whoever wants none at all, and for whoever
    left six in a row unanswered; and one cap over all channels, over two weeks after three.
    """
    preference = Preference.of(user)
    cap, rest, today = preference.weekly_cap, preference.rest, local_day(user, now)
    if not cap or preference.is_silenced or is_learning(user, now) or rest.is_quiet(now):
        return Answer(False, cap, [], [], {})
    pushed = Delivery.objects.pushed().filter(user=user, queued_at__gt=now - LOOK_BACK)
    tips, reminders = (
        [rest.local_day(row.counts_at) for row in pushed if row.is_tip == is_tip] for is_tip in (True, False)
    )
    is_free = is_within_cap(tips, today, cap, weeks=preference.cap_weeks, others=reminders)
    withheld = withheld_from([user.pk], now).get(user.pk, set())
    again, resting = [], Dismissal.objects.tip_ids_of(user)
    recent = Nudge.objects.visible_to(user).filter(shown_on__gt=today - NOT_AGAIN_FOR, is_recalled=False)
    for nudge in recent.order_by("shown_on"):
        if nudge.shown_on == today and not nudge.response and nudge.source == Nudge.Source.EMBED:
            again.append(nudge.tip_id)
        elif is_due_again(nudge.as_shown(user), today):
            resting.discard(nudge.tip_id)
        else:
            resting.add(nudge.tip_id)
    again = [tip_id for tip_id in again if tip_id not in withheld]
    resting |= withheld | _unwanted(preference, today)
    scores = scores_for(user, preference.role, now, resting) if is_free else {}
    return Answer(is_free, cap, again, sorted(resting), scores)


def _unwanted(preference: Preference, today: date) -> set[UUID]:
    """Tips of the public list that are of no field, or for no work, that the person named."""
    if not (preference.topics or preference.role):
        return set()
    tips = embedded_tips(today).only("pk", "area", "roles")
    return {tip.pk for tip in tips if not is_of_interest(tip, preference)}


def embed_card(user: User, tip: Tip, now: datetime, rivals: Sequence[UUID] = ()) -> Card:
    """This tip, as a page shows it today, if that is known with how likely it was."""
    new_id = nudge_id(user.subject_key, tip.pk, local_day(user, now))
    return Card(
        id=new_id,
        tip=tip,
        reason=CHANNEL,
        propensity=propensity_of(user, tip, rivals, now) if rivals else None,
    )
