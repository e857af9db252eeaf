"""Seeing a tip, answering it, asking for it again, and keeping it as a favourite."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hub.notices import silence
from hub.nudges.cards import Card
from hub.nudges.ids import nudge_id
from hub.nudges.models import Dismissal, Favourite, Nudge, Tip, local_day
from hub.nudges.selection import NOT_AGAIN_FOR
from hub.people.models import User

Response, Source = Nudge.Response, Nudge.Source
# An answer belongs to the way that brought the tip, as long as it comes by itself no second time.
CREDITED_FOR = NOT_AGAIN_FOR


def _day_of(user: User, card: Card, now: datetime) -> date:
    """The day a card was made for: its id says it, so that a page left open over midnight stays one nudge."""
    today = local_day(user, now)
    yesterday = date.fromordinal(today.toordinal() - 1)
    return yesterday if nudge_id(user.subject_key, card.tip.pk, yesterday) == card.id else today


@transaction.atomic
def record_showings(showings: Sequence[Nudge]) -> None:
    """One row a person, tip and day; whoever comes second finds it there. Two statements for all.

    One that the person had recalled on this very day counts again.
    """
    Nudge.objects.bulk_create(showings, ignore_conflicts=True)
    found = {nudge.pk: nudge for nudge in showings}
    anew = ("is_recalled", "source", "reason", "shown_at")
    for pk in Nudge.objects.filter(pk__in=found, is_recalled=True).values_list("pk", flat=True):
        Nudge.objects.filter(pk=pk).update(**{name: getattr(found[pk], name) for name in anew})


def record_showing(
    *,
    user: User,
    tip: Tip,
    day: date,
    source: str,
    reason: str,
    now: datetime,
    propensity: float | None = None,
) -> Nudge:
    """The row of this person, tip and day."""
    made = Nudge.of(user, tip.pk, day, shown_at=now, source=source, reason=reason, propensity=propensity)
    record_showings([made])
    return Nudge.objects.get(pk=made.pk)


def see(*, user: User, card: Card, now: datetime | None = None) -> Nudge:
    """Note that the tip was shown. Repeating it has no second effect."""
    now = now or timezone.now()
    existing = Nudge.objects.visible_to(user).filter(pk=card.id).first()
    day = _day_of(user, card, now)
    if existing and not (existing.is_recalled and existing.shown_on == day):
        return existing
    source = card.reason if card.reason in {Source.LIBRARY, Source.EMBED} else Source.TODAY
    return record_showing(
        user=user,
        tip=card.tip,
        day=day,
        source=source,
        reason=card.reason,
        now=now,
        propensity=card.propensity,
    )


@transaction.atomic
def respond(*, user: User, card: Card, response: str, now: datetime | None = None) -> Nudge:
    """Keep the answer; an empty one takes it back. The same answer twice has one effect, another one counts.

    "Not for me" holds until it is changed, also when the showing itself is long deleted. What is answered in the
    library is credited to whatever brought the tip: see `_brought`.
    """
    now = now or timezone.now()
    nudge = _brought(user, card, response, now) or see(user=user, card=card, now=now)
    changed = Nudge.objects.filter(pk=nudge.pk).exclude(response=response)
    changed.update(response=response, responded_at=now if response else None)
    if response == Response.NOT_FOR_ME:
        Dismissal.objects.get_or_create(user=user, tip=card.tip, defaults={"dismissed_at": now})
    else:
        Dismissal.objects.filter(user=user, tip=card.tip).delete()
        older = Nudge.objects.filter(user=user, tip=card.tip, response=Response.NOT_FOR_ME)
        older.update(response="", responded_at=None)
    if response:
        silence.was_answered(user)
    nudge.refresh_from_db()
    return nudge


def _brought(user: User, card: Card, response: str, now: datetime) -> Nudge | None:
    """The last showing that came by itself within CREDITED_FOR, for a card that did not; None where there is none.

    One that says "tried" already is not overwritten by another word of a later day: both are kept.
    """
    own = Nudge.objects.visible_to(user).filter(pk=card.id).first()
    if card.reason not in {Source.LIBRARY, Source.EMBED} or (own and (own.response or own.came_by_itself)):
        return None
    since = local_day(user, now) - CREDITED_FOR
    came = Nudge.objects.visible_to(user).came_by_itself().filter(tip=card.tip, shown_on__gt=since)
    last = came.filter(is_recalled=False).first()
    is_other_word = last and last.response == Response.TRIED and response not in {"", Response.TRIED}
    return None if is_other_word else last


@transaction.atomic
def take_back(*, user: User, tip: Tip) -> None:
    """As if the last answer had not been given: after "not for me" the tip takes part in the draw again."""
    Dismissal.objects.filter(user=user, tip=tip).delete()
    answered = Nudge.objects.filter(user=user, tip=tip).exclude(response="")
    last = answered.order_by("-responded_at").values_list("pk", flat=True)[:1]
    answered.filter(Q(pk__in=list(last)) | Q(response=Response.NOT_FOR_ME)).update(
        response="", responded_at=None
    )


@transaction.atomic
def show_again(*, user: User, tip: Tip) -> None:
    """The tip may come at once, also if it was put aside or rests. That it was tried stays noted."""
    Dismissal.objects.filter(user=user, tip=tip).delete()
    showings = Nudge.objects.filter(user=user, tip=tip)
    showings.update(is_recalled=True)
    showings.exclude(response="").exclude(response=Response.TRIED).update(response="", responded_at=None)


def add_favourite(*, user: User, tip: Tip) -> None:
    """Repeating it has no second effect, also at the same time."""
    Favourite.objects.bulk_create([Favourite(user=user, tip=tip)], ignore_conflicts=True)


def remove_favourite(*, user: User, tip: Tip) -> None:
    Favourite.objects.filter(user=user, tip=tip).delete()
