"""Queueing tips for those who asked to be sent some. Planning twice, also at the same time, queues once."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, partial
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from hub.notices.actions import queue
from hub.notices.models import Delivery, Destination, Preference
from hub.notices.schedule import LOOK_BACK, free_of_cap, next_digest, next_push
from hub.nudges.interests import is_of_interest
from hub.nudges.models import Dismissal, Nudge, Tip, local_day
from hub.nudges.outcomes import posterior_for
from hub.nudges.selection import Choice, Shown, choose
from hub.nudges.withheld import withheld_from
from hub.people.models import User

BATCH = 1000
# All that is asked about somebody here: the rest of the row would be read for everybody in vain.
OF_A_PERSON = ("email", "subject_key", "time_zone", "status")


@dataclass(frozen=True)
class Person:
    """What planning needs to know of somebody."""

    preference: Preference
    pushed: list[datetime]
    reminded: list[datetime]
    shown: list[Shown]
    dismissed: set[UUID]
    withheld: set[UUID]

    @cached_property
    def way(self) -> str:
        """The channel that is tried first."""
        return self.preference.push_channels[0]

    def had_one_on(self, day: date) -> bool:
        return any(one.shown_on == day and one.is_of_the_day for one in self.shown)


class Offer:
    """The tips of one day, and how each group took them; worked out once for all who want the same."""

    def __init__(self, tips: list[Tip], day: date) -> None:
        self.day = day
        self._tips = tips
        self._every_id = [tip.pk for tip in tips]
        self._wanted: dict[tuple[tuple[str, ...], str], list[UUID]] = {}
        self._posterior = cache(partial(posterior_for, day=day, tip_ids=self._every_id))

    def ids_for(self, person: Person) -> list[UUID]:
        """What the person wants tips about, without what a trial holds back from them."""
        preference, ids = person.preference, self._every_id
        if preference.topics or preference.role:
            wanted = (tuple(preference.topics), preference.role)
            if wanted not in self._wanted:
                self._wanted[wanted] = [tip.pk for tip in self._tips if is_of_interest(tip, preference)]
            ids = self._wanted[wanted]
        return [tip_id for tip_id in ids if tip_id not in person.withheld] if person.withheld else ids

    def choose(self, person: Person, tip_ids: list[UUID]) -> Choice | None:
        preference = person.preference
        return choose(
            tip_ids,
            person.shown,
            person.dismissed,
            subject_key=preference.user.subject_key,
            day=self.day,
            posterior=self._posterior(preference.role, person.way),
        )


def plan(now: datetime) -> int:
    """Queue the tips whose turn is today; returns how many messages were put up for it."""
    tips = list(Tip.objects.in_use().only("pk", "area", "roles", "valid_from", "valid_until"))
    offer_on = cache(lambda day: Offer([tip for tip in tips if tip.is_valid_on(day)], day))
    wanting = (
        Preference.objects.wanting_tips()
        .select_related("user")
        .defer(*_not_asked())
        .order_by("pk")
        .iterator(BATCH)
    )
    count = 0
    while (planned := _plan_batch(wanting, offer_on, now)) is not None:
        count += planned
    return count


def _plan_batch(rows: Iterator[Preference], offer_on: Callable[[date], Offer], now: datetime) -> int | None:
    """How many were put up of the next of these people; None once all are through."""
    with _no_search_for_cycles():
        batch = list(islice(rows, BATCH))
        if not batch:
            return None
        found = [_plan_one(person, offer_on, now) for person in _people(batch, now)]
        deliveries = [delivery for delivery in found if delivery]
        queue(deliveries)
        return len(deliveries)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Of a batch's many small rows hardly one is in a cycle; looking for those among all that the process knows would
    be a third of planning. It is made up for after each batch.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _not_asked() -> list[str]:
    kept = {"id", *OF_A_PERSON}
    return [f"user__{field.attname}" for field in User._meta.concrete_fields if field.name not in kept]


def _people(batch: list[Preference], now: datetime) -> list[Person]:
    """Five queries, and one more while trials hold tips back."""
    users = {preference.user_id: preference.user for preference in batch}
    # Named by a query and not one by one: a thousand numbers cost more than the rows they bring.
    wanting = Preference.objects.wanting_tips().filter(pk__gte=batch[0].pk, pk__lte=batch[-1].pk)
    asked = wanting.order_by().values("user")
    pushed, reminded, shown, dismissed = (defaultdict(kind) for kind in (list, list, list, set))
    rows = Delivery.objects.pushed().filter(user__in=asked, queued_at__gt=now - LOOK_BACK).order_by()
    for user_id, topic, tips, not_before, settled_at in rows.values_list(
        "user_id", "topic", "facts__tips", "not_before", "settled_at"
    ):
        kind = pushed if topic == Delivery.Topic.TIPS else reminded
        kind[user_id] += [settled_at or not_before] * (len(tips) if tips else 1)
    for user_id, one in _showings(users, asked):
        shown[user_id].append(one)
    for user_id, tip_id in Dismissal.objects.filter(user__in=asked).values_list("user_id", "tip_id"):
        dismissed[user_id].add(tip_id)
    withheld = withheld_from(users, now)
    reached = Destination.objects.channels_of(asked)
    for preference in batch:
        preference.reached = reached[preference.user_id]
    return [
        Person(
            preference,
            pushed[preference.user_id],
            reminded[preference.user_id],
            shown[preference.user_id],
            dismissed[preference.user_id],
            withheld.get(preference.user_id, set()),
        )
        for preference in batch
    ]


def _showings(users: dict[int, User], asked: QuerySet[Preference]) -> Iterator[tuple[int, Shown]]:
    """As `Nudge.as_shown` gives them, of many people: rows without a model around each."""
    rows = Nudge.objects.filter(user__in=asked, is_recalled=False).order_by()
    library, shown = Nudge.Source.LIBRARY.value, Shown
    for user_id, tip_id, shown_on, response, responded_at, source in rows.values_list(
        "user_id", "tip_id", "shown_on", "response", "responded_at", "source"
    ):
        if user_id not in users:
            continue  # began to want tips since the batch was read
        answered_on = local_day(users[user_id], responded_at) if responded_at else None
        yield user_id, shown(tip_id, shown_on, response, answered_on, source != library)


def _plan_one(person: Person, offer_on: Callable[[date], Offer], now: datetime) -> Delivery | None:
    """One message, the way the person would rather have it; None if it is not yet the day."""
    if person.preference.has_digest:
        return _plan_digest(person, offer_on, now)
    preference, rest = person.preference, person.preference.rest
    at = next_push(
        sent=person.pushed,
        others=person.reminded,
        cap=preference.weekly_cap,
        weeks=preference.cap_weeks,
        rest=rest,
        now=now,
    )
    if at is None or rest.local_day(at) != rest.local_day(now):
        return None
    day = rest.local_day(at)
    if person.had_one_on(day):
        return None
    offer = offer_on(day)
    choice = offer.choose(person, offer.ids_for(person))
    if choice is None:
        return None
    facts = {"tip": str(choice.tip_id), "propensity": choice.propensity}
    return _delivery(person, facts, f"tip:{day}:{preference.user_id}", at, now)


def _plan_digest(person: Person, offer_on: Callable[[date], Offer], now: datetime) -> Delivery | None:
    """One mail with as many tips as the cap leaves; its key is the week that it is of.

    How likely the second and further ones were is told among those that were left.
    """
    preference, rest, cap = person.preference, person.preference.rest, person.preference.weekly_cap
    found = next_digest(
        sent=person.pushed,
        others=person.reminded,
        weekday=preference.digest_weekday,
        cap=cap,
        weeks=preference.cap_weeks,
        rest=rest,
        now=now,
    )
    if found is None or rest.local_day(found[0]) != rest.local_day(now):
        return None
    at, named = found
    day = rest.local_day(at)
    if person.had_one_on(day):
        return None
    offer, chosen = offer_on(day), []
    left = offer.ids_for(person)
    free = free_of_cap(person.pushed, cap, rest, day, weeks=preference.cap_weeks, others=person.reminded)
    for _each in range(free):
        choice = offer.choose(person, left)
        if choice is None:
            break
        chosen.append(choice)
        left = [tip_id for tip_id in left if tip_id != choice.tip_id]
    if not chosen:
        return None
    year, week, _weekday = named.isocalendar()
    facts = {
        "tips": [str(choice.tip_id) for choice in chosen],
        "propensities": [choice.propensity for choice in chosen],
    }
    return _delivery(person, facts, f"digest:{year}-{week:02}:{preference.user_id}", at, now)


def _delivery(person: Person, facts: dict[str, object], key: str, at: datetime, now: datetime) -> Delivery:
    return Delivery(
        user=person.preference.user,
        channel=person.way,
        topic=Delivery.Topic.TIPS,
        facts=facts,
        dedupe_key=key,
        not_before=at,
        queued_at=now,
    )
