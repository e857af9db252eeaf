"""The day's tip as a card: what to show, why, and what was answered. Looking writes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.notices.models import Preference
from hub.nudges.ids import nudge_id
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.selection import choose
from hub.people.models import User
from hub.people.moments import is_learning

REASONS: dict[str, str | Promise] = {
    "later": _("You put it off and it is due again. Only you see what you answered."),
    "new": _(
        "You have not had this one yet. The tip of the day is drawn by chance, by nothing that you did."
    ),
    "again": _(
        "It is drawn by chance among the tips that you saw more than three weeks ago and did not answer."
    ),
    "tried": _("You tried it more than three weeks ago, and there are no newer ones left for you today."),
    "library": _("You looked it up yourself in the library."),
    "mail": _("You asked for a tip now and then by mail; it was drawn by chance."),
    "in_app": _("You asked for a tip now and then in your inbox; it was drawn by chance."),
    "embed": _(
        "It fitted a page that you had open. Your browser found that out; the hub was not told which page."
    ),
}
NONE_LEFT = _(
    "Every tip was shown to you in the last three weeks, or you put it aside. The next one comes when one has rested."
)
HOUR_RUNS = _("Your hour is running. The next tip comes after it.")
# A page may stay open over midnight.
DAYS_BACK = (0, 1)


@dataclass(frozen=True)
class Card:
    id: UUID
    tip: Tip
    reason: str
    response: str = ""

    @property
    def why(self) -> str:
        return str(REASONS.get(self.reason, REASONS["new"]))


def card_for(user: User, now: datetime) -> Card | None:
    """For Today; None if the person does not want it there, while their hour runs, and if no tip is left."""
    if not Preference.of(user).tips_on_today or is_learning(user, now):
        return None
    return day_card(user, now)


def day_card(user: User, now: datetime, *, tool: str = "") -> Card | None:
    """The tip of the day, among those of one tool if it is named."""
    tips = {tip.pk: tip for tip in Tip.objects.visible_to(user) if not tool or tip.tool == tool}
    today = local_day(user, now)
    nudges = {
        (nudge.tip_id, nudge.shown_on): nudge
        for nudge in Nudge.objects.visible_to(user).order_by("shown_on", "shown_at")
    }
    choice = choose(
        list(tips),
        [nudge.as_shown(user) for nudge in nudges.values()],
        Dismissal.objects.tip_ids_of(user),
        subject_key=user.subject_key,
        day=today,
    )
    if choice is None:
        return None
    nudge = nudges.get((choice.tip_id, today))
    if nudge is None:
        new_id = nudge_id(user.subject_key, choice.tip_id, today)
        return Card(id=new_id, tip=tips[choice.tip_id], reason=choice.reason)
    return Card(id=nudge.pk, tip=tips[choice.tip_id], reason=nudge.reason, response=nudge.response)


def get_card_for(user: User, card_id: UUID, now: datetime) -> Card:
    """One's own, shown already or about to be: today's and yesterday's of any tip in use; else 404."""
    nudge = Nudge.objects.visible_to(user).filter(pk=card_id).first()
    if nudge:
        tip = get_object_or_404(Tip.objects.visible_to(user), pk=nudge.tip_id)
        return Card(id=nudge.pk, tip=tip, reason=nudge.reason, response=nudge.response)
    days = [local_day(user, now) - timedelta(days=back) for back in DAYS_BACK]
    for tip_id in Tip.objects.active().values_list("pk", flat=True):
        if any(nudge_id(user.subject_key, tip_id, day) == card_id for day in days):
            card = day_card(user, now)
            is_of_the_day = card is not None and card.tip.pk == tip_id
            tip = Tip.objects.visible_to(user).get(pk=tip_id)
            return Card(id=card_id, tip=tip, reason=card.reason if is_of_the_day else "library")
    return get_object_or_404(Nudge.objects.none(), pk=card_id)


def library_card(user: User, tip: Tip, now: datetime) -> Card:
    """Any tip, as one answers it in the library today; with the last answer that is still kept."""
    today = local_day(user, now)
    last = Nudge.objects.visible_to(user).filter(tip=tip).exclude(response="").first()
    response = last.response if last else ""
    if Dismissal.objects.filter(user=user, tip=tip).exists():
        response = Nudge.Response.NOT_FOR_ME
    return Card(id=nudge_id(user.subject_key, tip.pk, today), tip=tip, reason="library", response=response)
