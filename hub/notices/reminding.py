"""Queueing what people asked to be reminded of. Areas above say what is due; planning twice, also at once, queues once.

At most one reminder a day and person: of two the kind that was registered first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import ClassVar

from hub.notices import silence
from hub.notices.actions import queue
from hub.notices.letters import Letter, Writer
from hub.notices.models import Delivery, Destination, Preference
from hub.notices.schedule import LOOK_BACK, next_push

BATCH = 500
AHEAD = timedelta(days=7)  # as far as the cap looks


@dataclass(frozen=True)
class Due:
    """Something to remind a person of at a moment. `key` is the same whenever the same is found again."""

    user_id: int
    at: datetime
    key: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reminder:
    """One kind. `find` asks for many people at once, up to a moment; `write` gives None for what need not be said.

    With `is_promised` the cap is kept free for it from the day it is planned; without, it is spread as tips are.
    """

    kind: str
    find: Callable[[Sequence[Preference], datetime, datetime], Iterable[Due]]
    write: Callable[[Delivery, datetime], Letter | None]
    is_promised: bool = False
    in_private: bool = False
    known: ClassVar[dict[str, "Reminder"]] = {}


def register_reminder(reminder: Reminder) -> None:
    """Called in an area's `apps.ready()`."""
    Reminder.known[reminder.kind] = reminder


def plan(now: datetime) -> int:
    """Returns how many reminders were put up; what is due no longer is taken out again."""
    wanting = Preference.objects.wanting_reminders().select_related("user__team__site").order_by("pk")
    rows, count = wanting.iterator(BATCH), 0
    while batch := list(islice(rows, BATCH)):
        count += _plan_batch(batch, now)
    return count


def _plan_batch(batch: list[Preference], now: datetime) -> int:
    """Two queries, one for destinations, what the kinds ask, and a write if there is anything new."""
    of = {preference.user_id: preference for preference in batch}
    pushed: defaultdict[int, list[Delivery]] = defaultdict(list)
    for row in Delivery.objects.filter(user__in=of, queued_at__gt=now - LOOK_BACK).exclude(topic="own"):
        pushed[row.user_id].append(row)
    _set_reached(batch)
    due: defaultdict[int, list[tuple[Reminder, Due]]] = defaultdict(list)
    for reminder in Reminder.known.values():
        for one in reminder.find(batch, now, now + AHEAD):
            due[one.user_id].append((reminder, one))
    stale = [
        row.pk
        for user_id, rows in pushed.items()
        for row in rows
        if row.is_promised
        and not row.is_done
        and row.not_before > now
        and row.dedupe_key not in {one.key for _reminder, one in due[user_id]}
    ]
    if stale:
        Delivery.objects.claimable(now).filter(pk__in=stale).delete()
    found = [row for pk, preference in of.items() for row in _of_person(preference, due[pk], pushed[pk], now)]
    queue(found)
    return len(found)


def _set_reached(batch: list[Preference]) -> None:
    reached = Destination.objects.channels_of([preference.user_id for preference in batch])
    for preference in batch:
        preference.reached = reached[preference.user_id]


def _of_person(
    preference: Preference, due: list[tuple[Reminder, Due]], known: list[Delivery], now: datetime
) -> list[Delivery]:
    rest = preference.rest
    keys = {row.dedupe_key for row in known}
    standing = [row for row in known if row.state in {"sent", "waiting"} or row.reason == "unsure"]
    reminders = [row.counts_at for row in standing if not row.is_tip]
    tips = [row.counts_at for row in standing if row.is_tip for _each in range(row.weight)]
    taken = {rest.local_day(at) for at in reminders}
    made = []
    for reminder, one in due:
        day = rest.local_day(one.at)
        if one.key in keys or day in taken:
            continue
        if reminder.is_promised and rest.is_quiet(one.at):
            continue
        if not reminder.is_promised and not _is_turn(preference, reminders, tips, one.at):
            continue
        way = preference.reminder_channels(in_private=reminder.in_private)[0]
        facts = {
            **one.facts,
            "kind": reminder.kind,
            "at": one.at.isoformat(),
            "is_promised": reminder.is_promised,
        }
        made.append(
            Delivery(
                user=preference.user,
                channel=way,
                topic=Delivery.Topic.REMINDER,
                facts=facts,
                dedupe_key=one.key,
                not_before=one.at,
                queued_at=now,
            )
        )
        taken.add(day)
        reminders.append(one.at)
    return made


def _is_turn(preference: Preference, reminders: list[datetime], tips: list[datetime], at: datetime) -> bool:
    turn = next_push(
        sent=reminders,
        others=tips,
        cap=preference.weekly_cap,
        weeks=preference.reminder_weeks,
        rest=preference.rest,
        now=at,
    )
    return turn is not None and preference.rest.local_day(turn) == preference.rest.local_day(at)


# --- When one goes out ----------------------------------------------------------------------------
def _write(row: Delivery, now: datetime) -> Letter | None:
    return Reminder.known[row.facts["kind"]].write(row, now)


def _all_sent(rows: Sequence[Delivery], now: datetime) -> None:
    for row in rows:
        silence.was_reminded(row.user, dedupe_key=str(row.pk))


REMINDERS = Writer(write=_write, all_sent=_all_sent)
