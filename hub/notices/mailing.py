"""Sending many mails: one connection and few statements for all of them, each decided as if it were alone.

Rows are taken together and handed over twenty at a time: that many are decided on before, and settled after. What the
server took is noted mail by mail. If the worker dies, the next one settles those, sends the rest, and repeats under its
own Message-ID the one at most that was under way; see `delivering.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone, translation

from hub.jobs import LeaseLost, kept_all
from hub.notices import channels, delivering
from hub.notices.channels.errors import DeliveryError
from hub.notices.channels.mail import one_connection
from hub.notices.delivering import State
from hub.notices.letters import Letter, Message, writer_of
from hub.notices.models import Delivery, Preference
from hub.notices.schedule import next_allowed
from hub.people.moments import hours_anywhere

AT_ONCE = 20
# Longer than so many mails take where each runs into EMAIL_TIMEOUT.
LOOK_AHEAD = timedelta(minutes=10)
Clock = Callable[[], datetime]


def deliver_mails(delivery_ids: Sequence[UUID], now: datetime | None = None) -> None:
    """A server may be slow, so the clock is read again for each mail; `now` stops it."""
    clock: Clock = timezone.now if now is None else lambda: now
    now = clock()
    rows = Delivery.objects.due(now).select_related("user__team").take_all(delivery_ids, now)
    if not rows:
        return
    token = rows[0].lease_token
    with one_connection(), kept_all(rows):
        for start in range(0, len(rows), AT_ONCE):
            _deliver_some(rows[start : start + AT_ONCE], token, clock)


def _deliver_some(rows: list[Delivery], token: UUID, clock: Clock) -> None:
    """Two transactions: one that decides and marks, one that settles what went out. `token`: of the lease of all
    of them, as a row that was settled on the way has none any more.
    """
    letters: dict[UUID, Letter] = {}
    now = clock()
    held_hours = hours_anywhere(now, now + LOOK_AHEAD)
    learning = _is_in_one(now, held_hours)
    with transaction.atomic():
        preferences = delivering.locked_preferences(rows)
        delivering.gather(rows, now)
        for row in rows:
            with _as_reader(row), suppress(LeaseLost):
                letter = delivering.prepared(row, preferences[row.user_id], now, is_anybody_learning=learning)
                if letter:
                    letters[row.pk] = letter
        held = Delivery.objects.filter(pk__in=letters, lease_token=token, is_done=False)
        if held.update(sending_at=now) < len(letters):
            still = set(held.values_list("pk", flat=True))
            letters = {pk: letter for pk, letter in letters.items() if pk in still}
    taken = []
    with _notes_that_do_not_wait():
        for row in rows:
            letter = letters.get(row.pk)
            if letter is None or _is_put_off(row, letter, preferences[row.user_id], held_hours, clock()):
                continue
            if _is_taken(row, letter, clock):
                taken.append(row)
    now = clock()
    with transaction.atomic():
        held = Delivery.objects.filter(pk__in=[row.pk for row in taken], lease_token=token)
        held.update(
            is_done=True, leased_until=None, lease_token=None, state=State.SENT, reason="", settled_at=now
        )
        for row in taken:
            row.state, row.settled_at = State.SENT, now
        for topic in {row.topic for row in taken}:
            writer_of(topic).all_sent([row for row in taken if row.topic == topic], now)


def _is_in_one(at: datetime, held: Sequence[tuple[datetime, datetime]]) -> bool:
    return any(begins <= at < ends for begins, ends in held)


def _is_put_off(
    row: Delivery,
    letter: Letter,
    preference: Preference,
    held_hours: Sequence[tuple[datetime, datetime]],
    now: datetime,
) -> bool:
    """Whether quiet hours, or an hour of the person's, began while the mails before were handed over."""
    hours = delivering.undisturbed(row, letter, now) if _is_in_one(now, held_hours) else []
    free = next_allowed(now, preference.rest, hours)
    if free > now:
        with suppress(LeaseLost):
            row.put_off(free)
        return True
    return False


def _is_taken(row: Delivery, letter: Letter, clock: Clock) -> bool:
    """Handed over; what the server said no to is noted at once."""
    message = Message(
        id=str(row.pk), user=row.user, topic=row.topic, dedupe_key=row.dedupe_key, letter=letter
    )
    with _as_reader(row), suppress(LeaseLost):
        try:
            channels.deliver(row.channel, message)
            row.note_taken(clock())
        except DeliveryError as error:
            delivering.note_error(row, error, writer_of(row.topic), clock())
            return False
        return True
    return False


@contextmanager
def _notes_that_do_not_wait() -> Iterator[None]:
    """What is noted inside is there for others at once and on disk a moment later, or with the next transaction.

    If the whole database server falls in that moment, mails whose note is lost are repeated under their own Message-ID.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO DEFAULT")


@contextmanager
def _as_reader(row: Delivery) -> Iterator[None]:
    """In the language and the zone of the person."""
    with translation.override(row.user.language), timezone.override(ZoneInfo(row.user.time_zone)):
        yield
