"""Reminding learners of cards that are due, at the time they chose; who learns them in the hour is reminded before it
(`learning.hours.reminding`)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.notices.letters import Letter
from hub.notices.models import Delivery, Preference
from hub.notices.reminding import Due, Reminder
from hub.notices.schedule import MOST_DISTANT_PAST, at_wall
from hub.people.moments import hours_after
from learning.notebooks.models import CardState, Deck, ReviewRhythm
from learning.notebooks.reviewing import midnight_after, queue_of


def find(preferences: Sequence[Preference], now: datetime, until: datetime) -> Iterator[Due]:
    """Today's, for whoever has a card that may be due; how many are is counted when it goes out. Three queries, and
    one a person who learns in the hour."""
    wanting = [preference for preference in preferences if preference.remind_of_cards]
    ids = [preference.user_id for preference in wanting]
    states = CardState.objects.filter(learner__in=ids).values("learner_id").order_by()
    first_due = dict(states.annotate(first=Min("due_at")).values_list("learner_id", "first"))
    in_the_hour = who_learn_in_the_hour(first_due.keys())
    for preference in wanting:
        user, rest = preference.user, preference.rest
        day = rest.local_day(now)
        at = at_wall(day, preference.cards_at, rest.zone, MOST_DISTANT_PAST)
        is_due = user.pk in first_due and first_due[user.pk] < midnight_after(user, now)
        if not is_due or not now < at < until:
            continue
        if user.pk in in_the_hour and hours_after(user, now, 1):
            continue
        yield Due(user.pk, at, f"cards:{day}:{user.pk}", {"day": day.isoformat()})


def who_learn_in_the_hour(learner_ids: Collection[int]) -> set[int]:
    """Of these those who learn cards, and want them in their DEAL hour. Two queries."""
    daily = ReviewRhythm.objects.filter(learner__in=learner_ids, rhythm=ReviewRhythm.Rhythm.DAILY)
    learners = Deck.objects.filter(learner__in=learner_ids).values_list("learner_id", flat=True)
    return set(learners) - set(daily.values_list("learner_id", flat=True))


def write(row: Delivery, now: datetime) -> Letter | None:
    preference = Preference.of(row.user)
    if not preference.remind_of_cards or row.facts["day"] != str(preference.rest.local_day(now)):
        return None
    due = queue_of(row.user, now).due
    if not due:
        return None
    return Letter(
        kind="reminder",
        title=ngettext("%(n)s card is due", "%(n)s cards are due", due) % {"n": due},
        paragraphs=(_("A few minutes will do. What you leave waits for you."),),
        path=reverse("review:cards"),
        link_label=_("To the cards"),
        why=_(
            "You asked to be reminded when cards of yours are due. Reminders count towards your weekly limit."
        ),
    )


CARDS_DUE = Reminder(kind="cards", find=find, write=write, in_private=True)
