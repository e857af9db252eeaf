"""Telling a person something, once; and changing what one wants to be told."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hub.notices.kinds import goes_by_mail
from hub.notices.models import Delivery, Notice, Preference
from hub.notices.schedule import next_allowed
from hub.notices.vocabulary import Channel
from hub.people.models import User

BATCH = 1000
MAIL_FIELDS = {
    Delivery.Topic.TIPS: ("tips_by_mail", "tips_in_calendar"),
    Delivery.Topic.OWN: ("own_by_mail",),
    Delivery.Topic.REMINDER: ("remind_of_hours", "remind_of_cards"),
}


def notify(
    *, user: User, kind: str, dedupe_key: str, facts: dict[str, object] | None = None, path: str = ""
) -> None:
    """Put a notice into the inbox; the same `dedupe_key` has one effect, however often it is told."""
    _tell({user.pk: dedupe_key}, kind, facts or {}, path)


def notify_all(
    *,
    user_ids: Iterable[int],
    kind: str,
    dedupe_key: str,
    facts: dict[str, object] | None = None,
    path: str = "",
) -> None:
    """Tell many people the same thing, each once, in as few statements as the database allows."""
    _tell({pk: f"{dedupe_key}:{pk}" for pk in user_ids}, kind, facts or {}, path)


@transaction.atomic
def _tell(keys: dict[int, str], kind: str, facts: dict[str, object], path: str) -> None:
    """The notice at once, and a mail for whoever wants it, after the end of the person's quiet hours."""
    if not keys:
        return
    notices = [
        Notice(user_id=pk, kind=kind, dedupe_key=key, facts=facts, path=path) for pk, key in keys.items()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=BATCH)
    if not goes_by_mail(kind):
        return
    now, ids = timezone.now(), list(keys)
    for start in range(0, len(ids), BATCH):
        people = User.objects.active().filter(pk__in=ids[start : start + BATCH])
        queue(
            [
                Delivery(
                    user=person,
                    channel="mail",
                    topic=Delivery.Topic.OWN,
                    dedupe_key=keys[person.pk],
                    not_before=next_allowed(now, preference.rest),
                )
                for person, preference in preferences_of(people)
                if preference.wants(Delivery.Topic.OWN, Channel.MAIL)
            ]
        )


def preferences_of(people: Iterable[User]) -> list[tuple[User, Preference]]:
    """Each person with what they want, the defaults where they never said; one query for all."""
    people = list(people)
    said = {preference.user_id: preference for preference in Preference.objects.filter(user__in=people)}
    found = []
    for person in people:
        preference = said.get(person.pk) or Preference(user=person)
        preference.user = person
        found.append((person, preference))
    return found


def queue(deliveries: list[Delivery]) -> None:
    """What is queued already stays as it is, whoever queues it again, also at the same time."""
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True, batch_size=BATCH)


def mark_read(*, user: User, notice_ids: list[object] | None = None, now: datetime | None = None) -> int:
    """Mark these notices of the person, or all, as read; returns how many were unread."""
    unread = Notice.objects.visible_to(user).unread()
    if notice_ids is not None:
        unread = unread.filter(public_id__in=notice_ids)
    return unread.update(read_at=now or timezone.now())


@transaction.atomic
def set_preferences(*, user: User, changes: dict[str, object], now: datetime | None = None) -> Preference:
    """It also counts for what is queued: each message is looked at anew now, and put off again if it has to be.

    One that waits for a mail server keeps its wait: it has been tried, and each try counts.
    """
    now = now or timezone.now()
    preference, _created = Preference.objects.update_or_create(
        user=user, defaults={**changes, "unanswered": 0, "unanswered_reminders": 0, "refused_address": ""}
    )
    waiting = Delivery.objects.filter(user=user, state=Delivery.State.WAITING, failures=0)
    waiting.filter(not_before__gt=now).update(not_before=now)
    return preference


def unsubscribe(*, preference: Preference, topic: str) -> None:
    """End the mails of one topic, of reminders all; doing it again changes nothing."""
    Preference.objects.filter(pk=preference.pk).update(**dict.fromkeys(MAIL_FIELDS[topic], False))


@transaction.atomic
def mailbox_refused(*, user: User, now: datetime) -> None:
    """Nothing is mailed to this address any more, tips by mail are off, and the inbox says so, once."""
    Preference.objects.get_or_create(user=user)
    off = dict.fromkeys(MAIL_FIELDS[Delivery.Topic.TIPS], False)
    rows = Preference.objects.filter(user=user).exclude(refused_address=user.email)
    if rows.update(**off, refused_address=user.email):
        notify(
            user=user,
            kind="mailbox_refused",
            dedupe_key=f"mailbox_refused:{user.pk}:{now.isoformat()}",
            path="/me/notices/",
        )
