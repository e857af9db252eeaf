"""Sending one row of the outbox: whoever takes it asks the person's preferences once more, then hands it over.

What the other side took is noted at once. If a worker dies between its answer and that note, nobody can be asked
whether it has the message. Where a second copy is known for one (`channels.RECOGNISING_A_COPY`) it goes out again
under the same id, so that nobody is forgotten; elsewhere a tip or a reminder does not, as nobody misses one, and what
concerns the person does.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hub.jobs import LeaseLost
from hub.notices import channels, destinations
from hub.notices.actions import mailbox_refused
from hub.notices.channels.errors import DeliveryError
from hub.notices.kinds import details
from hub.notices.letters import Letter, Message, Writer, writer_of
from hub.notices.models import Delivery, Destination, Notice, Preference
from hub.notices.schedule import LOOK_BACK, free_of_cap, next_allowed
from hub.notices.vocabulary import Channel
from hub.people.moments import Hour, hours_after

State, Topic = Delivery.State, Delivery.Topic
RETRY_AFTER = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 180, 360, 720))
TOO_LATE_FOR_A_TIP = timedelta(days=2)
EVERY_OTHER_WEEK = timedelta(days=8)
HOURS_AT_ONCE = 5
MAILS = (Channel.MAIL, Channel.CALENDAR)


@dataclass(frozen=True)
class Decision:
    drop: str = ""
    waits: bool = False


def deliver(delivery_id: object, now: datetime | None = None) -> None:
    now = now or timezone.now()
    row = Delivery.objects.due(now).select_related("user").take(delivery_id, now)
    if row is None:
        return
    with (
        suppress(LeaseLost),
        translation.override(row.user.language),
        timezone.override(ZoneInfo(row.user.time_zone)),
    ):
        _deliver(row, now)


def _deliver(row: Delivery, now: datetime) -> None:
    with transaction.atomic():
        preference = locked_preferences([row])[row.user_id]
        gather([row], now)
        letter = prepared(row, preference, now)
        if letter:
            row.renew(sending_at=now)
    if letter:
        _hand_over(row, letter, now)


def prepared(
    row: Delivery, preference: Preference, now: datetime, *, is_anybody_learning: bool = True
) -> Letter | None:
    """What is to be handed over now; None once the row is settled or put off. The preference is locked: one message
    of a person is decided on at a time, and none by preferences that are being changed.

    What counts in the cap is marked as being sent here, for others of the person that were gathered together to see;
    whoever asks writes it down.
    """
    writer = writer_of(row.topic)
    if row.handed_at:
        _settle_taken(row, writer, row.handed_at)
        return None
    if row.is_out_of_attempts:
        row.settle(State.FAILED, now, "out_of_attempts")
        return None
    letter = writer.write(row, now)
    hours = undisturbed(row, letter, now) if letter and is_anybody_learning else []
    decision = _judge(row, preference, now, hours) if letter else Decision(drop="outdated")
    if decision.drop and row.sending_at and row.topic != Topic.OWN:
        _settle_unsure(row, writer, now)
    elif decision.drop:
        row.settle(State.DROPPED, now, decision.drop)
    elif not decision.waits:
        row.sending_at = now
        return letter
    return None


def gather(rows: Sequence[Delivery], now: datetime) -> None:
    """Read at once what deciding on these rows asks. Their preferences are locked, so that it stays true."""
    for topic in {row.topic for row in rows}:
        writer_of(topic).gather([row for row in rows if row.topic == topic], now)
    counting = {row.user_id for row in rows if row.topic != Topic.OWN}
    if not counting:
        return
    same = {row.pk: row for row in rows}
    others: dict[int, list[Delivery]] = {user_id: [] for user_id in counting}
    for other in Delivery.objects.pushed().filter(user__in=counting, queued_at__gt=now - LOOK_BACK):
        others[other.user_id].append(same.get(other.pk, other))
    for row in rows:
        row.others = others.get(row.user_id)


def undisturbed(row: Delivery, letter: Letter, now: datetime) -> list[Hour]:
    """The person's hours that this must not come into: all but the one that an own matter is about."""
    hours = hours_after(row.user, now, HOURS_AT_ONCE)
    if row.topic != Topic.OWN:
        return hours
    return [hour for hour in hours if not (hour.path and letter.path.startswith(hour.path))]


def locked_preferences(rows: Sequence[Delivery]) -> dict[int, Preference]:
    """By person, locked until the transaction ends, and always in one order."""
    users = {row.user_id: row.user for row in rows}
    locked = Preference.objects.select_for_update().filter(user__in=users).order_by("pk")
    found = {preference.user_id: preference for preference in locked}
    if missing := users.keys() - found.keys():
        Preference.objects.bulk_create(
            [Preference(user=users[pk]) for pk in sorted(missing)], ignore_conflicts=True
        )
        found = {preference.user_id: preference for preference in locked.all()}
    reached = Destination.objects.channels_of(users)
    for user_id, preference in found.items():
        preference.user, preference.reached = users[user_id], reached[user_id]
    return found


def _judge(row: Delivery, preference: Preference, now: datetime, hours: list[Hour]) -> Decision:
    reason = _no_longer_wanted(row, preference, now)
    if reason:
        return Decision(drop=reason)
    free = next_allowed(max(now, row.named_at or now), preference.rest, hours)
    if free > now:
        row.put_off(free)
        return Decision(waits=True)
    return Decision()


def _no_longer_wanted(row: Delivery, preference: Preference, now: datetime) -> str:
    if not row.user.is_active:
        return "left"
    if not preference.wants(row.topic, row.channel):
        return "unwanted"
    if row.topic == Topic.OWN:
        return ""
    if row.sending_at and row.channel not in channels.RECOGNISING_A_COPY:
        return "unsure"
    if now - row.not_before > TOO_LATE_FOR_A_TIP:
        return "too_late"
    if preference.is_paused(preference.rest.local_day(now)):
        return "paused"
    others = [other for other in row.others or () if other.pk != row.pk and other.counts_in_cap]
    counted = [
        other
        for other in others
        if other.is_under_way or (not row.is_promised and other.is_promised_after(now))
    ]
    alike, unlike = (
        [
            other.sending_at or other.counts_at
            for other in counted
            if other.is_tip == is_tip
            for _each in range(other.weight)
        ]
        for is_tip in (row.is_tip, not row.is_tip)
    )
    today = preference.rest.local_day(now)
    weeks = preference.cap_weeks if row.is_tip else preference.reminder_weeks
    if row.is_promised and weeks > 1:
        since = now - EVERY_OTHER_WEEK
        if any(other.is_promised and other.settled_at and other.settled_at > since for other in others):
            return "halved"
        weeks = 1
    free = free_of_cap(alike, preference.weekly_cap, preference.rest, today, weeks=weeks, others=unlike)
    return "" if free >= row.weight else "over_cap"


def _hand_over(row: Delivery, letter: Letter, now: datetime) -> None:
    writer = writer_of(row.topic)
    message = Message(
        id=str(row.pk), user=row.user, topic=row.topic, dedupe_key=row.dedupe_key, letter=letter
    )
    try:
        with row.kept():
            channels.deliver(row.channel, message)
    except DeliveryError as error:
        note_error(row, error, writer, now)
        return
    row.note_taken(now)
    _settle_taken(row, writer, now)


def note_error(row: Delivery, error: DeliveryError, writer: Writer, now: datetime) -> None:
    if error.is_unsure and row.topic != Topic.OWN:
        _settle_unsure(row, writer, now)
    elif error.permanent:
        row.settle(State.FAILED, now, error.code)
        if error.is_gone and row.channel in MAILS:
            mailbox_refused(user=row.user, now=now)
    elif error.is_untried:
        row.put_off(now + (error.retry_after or RETRY_AFTER[0]))
    elif row.failures >= len(RETRY_AFTER):
        row.settle(State.FAILED, now, error.code)
        destinations.give_up(row.user, row.channel, error)
    else:
        pause = max(RETRY_AFTER[row.failures], error.retry_after or timedelta())
        row.put_off(now + pause, failures=row.failures + 1)


def _settle_taken(row: Delivery, writer: Writer, now: datetime) -> None:
    with transaction.atomic():
        row.settle(State.SENT, now)
        writer.all_sent([row], now)


def _settle_unsure(row: Delivery, writer: Writer, now: datetime) -> None:
    """It may have arrived: it counts as sent and is not sent again."""
    with transaction.atomic():
        row.settle(State.DROPPED, now, "unsure")
        writer.all_sent([row], now)


# --- Own matters: the words of the notice ---------------------------------------------------------
def _write_notice(row: Delivery, now: datetime) -> Letter | None:
    """None if it was read meanwhile, or is there no more."""
    notice = row.gathered.get((row.user_id, row.dedupe_key))
    if notice is None:
        return None
    # The subject says what it is; said again it would be all that the mail says.
    where = _("This notice is in your inbox in the hub.")
    if notice.path:
        where = _("This notice is also in your inbox in the hub. The link leads to the page it is about.")
    return Letter(
        title=notice.text,
        paragraphs=(*details(notice.kind, notice.facts), where),
        path=notice.path or "/inbox/",
        link_label=_("See it in the hub"),
        why=_(
            "You get this because it is about a matter of your own and you have not read it in the hub yet."
        ),
    )


def _gather_notices(rows: Sequence[Delivery], now: datetime) -> None:
    keys = [row.dedupe_key for row in rows]
    found = {
        (one.user_id, one.dedupe_key): one for one in Notice.objects.unread().filter(dedupe_key__in=keys)
    }
    for row in rows:
        row.gathered = found


NOTICES = Writer(write=_write_notice, gather=_gather_notices)
