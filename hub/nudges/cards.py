"""The day's tip as a card: what to show, why, and what was answered. Looking writes nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.notices.models import Preference
from hub.nudges.contexts import fits
from hub.nudges.ids import nudge_id
from hub.nudges.interests import is_of_interest
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.outcomes import posterior_for
from hub.nudges.selection import NOT_AGAIN_FOR, choose
from hub.nudges.withheld import withheld_from
from hub.people.models import User
from hub.people.moments import is_learning

REASONS: dict[str, str | Promise] = {
    "later": _("You put it off and it is due again. Only you see what you answered."),
    "new": _(
        "You have not had this one yet. Drawn by chance; what many who do the same work tried comes more often."
    ),
    "again": _(
        "You saw it more than three weeks ago. Drawn by chance; what many who do the same work tried comes more often."
    ),
    "tried": _("You tried it more than three weeks ago, and there are no newer ones left for you today."),
    "asked": _("You asked in the library to be shown it again."),
    "library": _("You looked it up yourself in the library."),
    "mail": _("You asked for a tip now and then by mail; it was drawn by chance."),
    "teams": _("You asked for a tip now and then in Microsoft Teams; it was drawn by chance."),
    "slack": _("You asked for a tip now and then in Slack; it was drawn by chance."),
    "apprise": _("You asked for a tip now and then in your messenger; it was drawn by chance."),
    "web_push": _("You asked for a tip now and then in this browser; it was drawn by chance."),
    "calendar": _("You asked for a tip now and then in your calendar; it was drawn by chance."),
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
    propensity: float | None = None

    @property
    def why(self) -> str:
        return str(REASONS.get(self.reason, REASONS["new"]))


def card_for(user: User, now: datetime) -> Card | None:
    """For Today; None if the person does not want it there, while their hour runs, and if no tip is left."""
    return card_or_why_none(user, now)[0]


def card_or_why_none(user: User, now: datetime) -> tuple[Card | None, str]:
    """The same, and the sentence to show in its place while the hour runs."""
    preference = Preference.of(user)
    if not preference.tips_on_today:
        return None, ""
    if is_learning(user, now):
        return None, str(HOUR_RUNS)
    return day_card(user, now, preference=preference), ""


def day_card(
    user: User, now: datetime, *, context: str = "", preference: Preference | None = None
) -> Card | None:
    """The tip of the day, of what the person wants tips about, and for a context if one is named: see `contexts.py`."""
    preference = preference or Preference.of(user)
    fits_here, withheld = fits(context), withheld_from([user.pk], now).get(user.pk, set())
    tips = {
        tip.pk: tip
        for tip in Tip.objects.visible_to(user, now)
        if tip.pk not in withheld
        and is_of_interest(tip, preference)
        and (fits_here is None or fits_here(tip))
    }
    today = local_day(user, now)
    nudges = {
        (nudge.tip_id, nudge.shown_on): nudge
        for nudge in Nudge.objects.visible_to(user).order_by("shown_on", "shown_at")
    }
    choice = choose(
        list(tips),
        [nudge.as_shown(user) for nudge in nudges.values() if not nudge.is_recalled],
        Dismissal.objects.tip_ids_of(user),
        subject_key=user.subject_key,
        day=today,
        posterior=posterior_for(preference.role, Nudge.Source.TODAY, today, tips),
    )
    if choice is None:
        return None
    was_recalled = any(nudge.is_recalled for key, nudge in nudges.items() if key[0] == choice.tip_id)
    reason = "asked" if choice.reason == "new" and was_recalled else choice.reason
    nudge = nudges.get((choice.tip_id, today))
    if nudge is None:
        new_id = nudge_id(user.subject_key, choice.tip_id, today)
        return Card(id=new_id, tip=tips[choice.tip_id], reason=reason, propensity=choice.propensity)
    if nudge.is_recalled:
        return Card(id=nudge.pk, tip=tips[choice.tip_id], reason=reason)
    return Card(id=nudge.pk, tip=tips[choice.tip_id], reason=nudge.reason, response=nudge.response)


def get_card_for(user: User, card_id: UUID, now: datetime) -> Card:
    """One's own, shown already or about to be: today's and yesterday's of any tip in use; else 404."""
    nudge = Nudge.objects.visible_to(user).filter(pk=card_id).first()
    if nudge:
        tip = get_object_or_404(Tip.objects.visible_to(user, now), pk=nudge.tip_id)
        return Card(id=nudge.pk, tip=tip, reason=nudge.reason, response=nudge.response)
    days = [local_day(user, now) - timedelta(days=back) for back in DAYS_BACK]
    visible = Tip.objects.visible_to(user, now)
    for tip_id in visible.values_list("pk", flat=True):
        if any(nudge_id(user.subject_key, tip_id, day) == card_id for day in days):
            card = day_card(user, now)
            if card is not None and card.id == card_id:
                return card
            is_of_the_day = card is not None and card.tip.pk == tip_id
            tip = visible.get(pk=tip_id)
            if not is_of_the_day:
                return replace(library_card(user, tip, now), id=card_id)
            return Card(id=card_id, tip=tip, reason=card.reason)
    return get_object_or_404(Nudge.objects.none(), pk=card_id)


def library_card(user: User, tip: Tip, now: datetime) -> Card:
    """Any tip, as one answers it in the library today; with the last answer that is still kept."""
    today = local_day(user, now)
    last = Nudge.objects.visible_to(user).filter(tip=tip).exclude(response="").first()
    response = last.response if last else ""
    if Dismissal.objects.filter(user=user, tip=tip).exists():
        response = Nudge.Response.NOT_FOR_ME
    return Card(id=nudge_id(user.subject_key, tip.pk, today), tip=tip, reason="library", response=response)


@dataclass(frozen=True)
class Brought:
    """One showing, as its own person reads it."""

    day: date
    way: str
    why: str
    answer: str


def brought(user: User, tip: Tip) -> list[Brought]:
    """What is kept of this person and this tip, the latest first: when, which way, and why."""
    return [
        Brought(
            nudge.shown_on,
            nudge.get_source_display(),
            str(REASONS.get(nudge.reason, REASONS["new"])),
            nudge.get_response_display(),
        )
        for nudge in Nudge.objects.visible_to(user).filter(tip=tip)
    ]


def rests_until(user: User, tip: Tip, now: datetime) -> date | None:
    """The day from which a tip that was shown may come by itself again; None if nothing holds it back."""
    showings = Nudge.objects.visible_to(user).filter(tip=tip, is_recalled=False)
    last = showings.values_list("shown_on", flat=True).first()
    until = last and last + NOT_AGAIN_FOR
    return until if until and until > local_day(user, now) else None
