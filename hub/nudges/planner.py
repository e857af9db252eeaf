"""Queueing tips for those who asked to be sent some. Planning twice, also at the same time, queues once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from itertools import islice
from uuid import UUID

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
            posterior=self._posterior(preference.role, preference.push_channels[0]),
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
    for batch in _batches(wanting):
        found = [_plan_one(person, offer_on, now) for person in _people(batch, now)]
        deliveries = [delivery for delivery in found if delivery]
        queue(deliveries)
        count += len(deliveries)
    return count


def _not_asked() -> list[str]:
    kept = {"id", *OF_A_PERSON}
    return [f"user__{field.attname}" for field in User._meta.concrete_fields if field.name not in kept]


def _batches(rows: Iterator[Preference]) -> Iterator[list[Preference]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _people(batch: list[Preference], now: datetime) -> list[Person]:
    """Five queries, and one more while trials hold tips back."""
    ids = [preference.user_id for preference in batch]
    pushed, reminded, shown, dismissed = (defaultdict(kind) for kind in (list, list, list, set))
    rows = Delivery.objects.pushed().filter(user__in=ids, queued_at__gt=now - LOOK_BACK).order_by()
    for user_id, topic, facts, not_before, settled_at in rows.values_list(
        "user_id", "topic", "facts", "not_before", "settled_at"
    ):
        kind = pushed if topic == Delivery.Topic.TIPS else reminded
        kind[user_id] += [settled_at or not_before] * (len(facts.get("tips", ())) or 1)
    for user_id, one in _showings({preference.user_id: preference.user for preference in batch}):
        shown[user_id].append(one)
    for user_id, tip_id in Dismissal.objects.filter(user__in=ids).values_list("user_id", "tip_id"):
        dismissed[user_id].add(tip_id)
    withheld = withheld_from(ids, now)
    reached = Destination.objects.channels_of(ids)
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


def _showings(users: dict[int, User]) -> Iterator[tuple[int, Shown]]:
    """As `Nudge.as_shown` gives them, of many people: rows without a model around each."""
    rows = Nudge.objects.filter(user__in=users, is_recalled=False).order_by()
    for user_id, tip_id, shown_on, response, responded_at, source in rows.values_list(
        "user_id", "tip_id", "shown_on", "response", "responded_at", "source"
    ):
        answered_on = local_day(users[user_id], responded_at) if responded_at else None
        yield user_id, Shown(tip_id, shown_on, response, answered_on, source != Nudge.Source.LIBRARY)


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
    return _delivery(preference, facts, f"tip:{day}:{preference.user_id}", at, now)


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
    return _delivery(preference, facts, f"digest:{year}-{week:02}:{preference.user_id}", at, now)


def _delivery(
    preference: Preference, facts: dict[str, object], key: str, at: datetime, now: datetime
) -> Delivery:
    return Delivery(
        user=preference.user,
        channel=preference.push_channels[0],
        topic=Delivery.Topic.TIPS,
        facts=facts,
        dedupe_key=key,
        not_before=at,
        queued_at=now,
    )
