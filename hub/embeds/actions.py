"""The list of pages, kept by administrators; and what a person does with their passes and with tips met elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hub.audit.actions import record
from hub.embeds.models import EmbedKey, EmbedOrigin
from hub.embeds.showing import CHANNEL, embed_card
from hub.notices import silence
from hub.notices.actions import queue
from hub.notices.models import Delivery
from hub.nudges import actions as nudges
from hub.nudges.models import Nudge, Tip
from hub.people.models import User
from hub.refusals import Refusal

MOST = 100


@transaction.atomic
def add_origin(*, origin: str, by: User) -> EmbedOrigin:
    """Adding it twice has one effect."""
    if EmbedOrigin.objects.count() >= MOST:
        raise Refusal(
            "too_many_origins", _("A hundred pages are on the list already. Remove one first."), status=409
        )
    row, is_new = EmbedOrigin.objects.get_or_create(origin=origin)
    if is_new:
        record(
            actor_key=by.subject_key,
            action="embed_origin.added",
            object_type="embed_origin",
            object_id=origin,
        )
    return row


@transaction.atomic
def remove_origin(*, origin: EmbedOrigin, by: User) -> None:
    """Its pages show no tip any more, and every pass that was given to it counts for nothing."""
    record(
        actor_key=by.subject_key,
        action="embed_origin.removed",
        object_type="embed_origin",
        object_id=origin.origin,
    )
    origin.delete()


def disconnect(*, user: User) -> bool:
    """End all passes of the person, wherever they are kept. Returns whether there was a key."""
    deleted, _by_model = EmbedKey.objects.filter(user=user).delete()
    return bool(deleted)


@transaction.atomic
def see(*, user: User, tip: Tip, now: datetime, rivals: Sequence[UUID] = ()) -> Nudge:
    """It was unfolded on a page. That counts against the cap of all channels, once a tip and day, and as one without an
    answer until there is one.

    `rivals`: those that fitted the page alike, itself one of them, of which it was drawn.
    """
    card = embed_card(user, tip, now, rivals)
    nudge = nudges.see(user=user, card=card, now=now)
    if nudge.source == Nudge.Source.EMBED:
        sent = Delivery(
            user=user,
            channel=CHANNEL,
            topic=Delivery.Topic.TIPS,
            facts={"tip": str(tip.pk)},
            dedupe_key=f"tip:{nudge.shown_on}:{tip.pk}",
            not_before=now,
            queued_at=now,
            settled_at=now,
            state=Delivery.State.SENT,
            is_done=True,
        )
        if not Delivery.objects.filter(user=user, channel=CHANNEL, dedupe_key=sent.dedupe_key).exists():
            queue([sent])
            silence.were_sent({str(nudge.pk): user})
    return nudge


@transaction.atomic
def respond(*, user: User, tip: Tip, response: str, now: datetime, rivals: Sequence[UUID] = ()) -> Nudge:
    """The answer from a page is an answer like any other; an empty one takes it back."""
    see(user=user, tip=tip, now=now, rivals=rivals)
    return nudges.respond(user=user, card=embed_card(user, tip, now), response=response, now=now)
