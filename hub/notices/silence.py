"""Tips and reminders that a person leaves unanswered: after three in a row half as many are sent, after six none.

One counter a person for each of the two; which messages they were stands nowhere. Any answer, and any word about what
one wants, begins it anew. A reminder is answered by being in an hour, or by answering a card.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from hub.notices.actions import notify
from hub.notices.models import STOPPED_AFTER, Preference
from hub.people.models import User


@transaction.atomic
def was_sent_one(user: User, *, dedupe_key: str) -> None:
    """One message more without an answer so far; whoever is sent none any more is told so, once."""
    Preference.objects.filter(user=user).update(unanswered=F("unanswered") + 1)
    if Preference.of(user).is_silenced:
        notify(user=user, kind="tips_stopped", dedupe_key=f"tips_stopped:{dedupe_key}", path="/me/notices/")


@transaction.atomic
def was_reminded(user: User, *, dedupe_key: str) -> None:
    """The same for a reminder."""
    rows = Preference.objects.filter(user=user)
    rows.update(unanswered_reminders=F("unanswered_reminders") + 1)
    if rows.filter(unanswered_reminders__gte=STOPPED_AFTER).exists():
        key = f"reminders_stopped:{dedupe_key}"
        notify(user=user, kind="reminders_stopped", dedupe_key=key, path="/me/notices/")


def have_followed(user_ids: Collection[int]) -> None:
    """These people did what reminders are about. One query."""
    Preference.objects.filter(user__in=user_ids).exclude(unanswered_reminders=0).update(
        unanswered_reminders=0
    )


def was_answered(user: User) -> None:
    Preference.objects.filter(user=user).exclude(unanswered=0).update(unanswered=0)
