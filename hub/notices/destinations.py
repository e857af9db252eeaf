"""A person's destinations: adding, trying and removing them, and what becomes of one that takes nothing any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.encryption import encrypt
from hub.notices import channels
from hub.notices.actions import notify
from hub.notices.channels.errors import DeliveryError
from hub.notices.letters import Letter, Message
from hub.notices.models import PURPOSE, Delivery, Destination, Preference
from hub.notices.reasons import reason_in_words
from hub.notices.vocabulary import Channel
from hub.people.models import User
from hub.refusals import Refusal

MOST_BROWSERS = 5
MOST_FAILURES = 3
BETWEEN_TESTS = timedelta(seconds=20)


# --- By the person ----------------------------------------------------------------------------------
def add(*, user: User, channel: str, address: str) -> Destination:
    """Raises Refusal for an address that the channel does not take, and for one more than there may be."""
    host = channels.check(channel, address)
    made = Destination(user=user, channel=channel, host=host[:255], secret=encrypt(address, purpose=PURPOSE))
    try:
        with transaction.atomic():
            Preference.objects.get_or_create(user=user)
            Preference.objects.select_for_update().get(user=user)
            same = _the_same(user, channel, address)
            if same:
                return same
            browsers = Destination.objects.visible_to(user).filter(channel=Channel.WEB_PUSH)
            if channel == Channel.WEB_PUSH and browsers.count() >= MOST_BROWSERS:
                raise _too_many(channel)
            made.save()
    except IntegrityError as error:
        raise _too_many(channel) from error
    return made


def _the_same(user: User, channel: str, address: str) -> Destination | None:
    """Adding it again has one effect; one that was disabled works again."""
    for one in Destination.objects.visible_to(user).filter(channel=channel):
        if one.address == address:
            _restore(one)
            one.refresh_from_db()
            return one
    return None


def _too_many(channel: str) -> Refusal:
    if channel == Channel.WEB_PUSH:
        sentence = _("Five browsers get messages already. Remove one of them first.")
    else:
        sentence = _("You have one of this kind already. Remove it first.")
    return Refusal("destination_exists", sentence, status=409)


def remove(*, user: User, destination_id: object) -> None:
    get_object_or_404(Destination.objects.visible_to(user), public_id=destination_id).delete()


def send_test(*, user: User, destination_id: object, now: datetime | None = None) -> Destination:
    """A message now, as it was asked for now; one that arrives lets a disabled destination work again."""
    now = now or timezone.now()
    destination = get_object_or_404(Destination.objects.visible_to(user), public_id=destination_id)
    rested = Q(tested_at=None) | Q(tested_at__lte=now - BETWEEN_TESTS)
    if not Destination.objects.filter(rested, pk=destination.pk).update(tested_at=now):
        raise Refusal("too_soon", _("One test every twenty seconds. Wait a moment."), status=429)
    letter = Letter(
        title=_("It works"),
        paragraphs=(_("This is the test message that you asked for. Tips will arrive like this one."),),
        path="/me/notices/",
        link_label=_("What is sent to me"),
        why=_("You get this because you asked for a test."),
        kind="tip",
    )
    key = f"test:{destination.public_id}:{now.isoformat()}"
    message = Message(id=key, user=user, topic=Delivery.Topic.TIPS, dedupe_key=key, letter=letter)
    try:
        channels.send(destination, message)
    except DeliveryError as error:
        sentence = _("It did not arrive. %(reason)s") % {"reason": reason_in_words(error.code)}
        raise Refusal("not_delivered", sentence, status=409) from error
    destination.refresh_from_db()
    return destination


# --- By the channels --------------------------------------------------------------------------------
def one_of(user: User, channel: str) -> Destination:
    """The one to which a channel sends. Raises DeliveryError if it is gone meanwhile."""
    destination = Destination.objects.working().filter(user=user, channel=channel).first()
    if destination is None:
        raise DeliveryError("no_destination", permanent=True)
    return destination


def address_of(destination: Destination) -> str:
    address = destination.address
    if address is None:
        raise DeliveryError("secret_unreadable", permanent=True, is_gone=True)
    return address


@contextmanager
def tried(destination: Destination) -> Iterator[None]:
    """Counts what a destination refuses for good: one that is gone is disabled, another after the third time."""
    try:
        yield
    except DeliveryError as error:
        if error.permanent:
            note_failure(destination, error)
        raise
    _restore(destination)


def give_up(user: User, channel: str, error: DeliveryError) -> None:
    """A message was tried to the end and never taken."""
    for destination in Destination.objects.working().filter(user=user, channel=channel):
        note_failure(destination, error)


def note_failure(destination: Destination, error: DeliveryError) -> None:
    rows = Destination.objects.working().filter(pk=destination.pk)
    rows.update(failures=F("failures") + 1)
    if not error.is_gone:
        rows = rows.filter(failures__gte=MOST_FAILURES)
    now = timezone.now()
    if rows.update(disabled_at=now, disabled_reason=error.code):
        notify(
            user=destination.user,
            kind="destination_disabled",
            dedupe_key=f"destination_disabled:{destination.public_id}:{now.isoformat()}",
            facts={"host": destination.host},
            path="/me/notices/",
        )


def _restore(destination: Destination) -> None:
    untouched = Q(failures=0, disabled_at=None)
    Destination.objects.filter(pk=destination.pk).exclude(untouched).update(
        failures=0, disabled_at=None, disabled_reason=""
    )
