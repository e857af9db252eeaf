"""Tips and reminders that a person leaves unanswered: after three in a row half as many are sent, after six none.

One counter a person for each of the two; which messages they were stands nowhere. Any answer, and any word about what
one wants, begins it anew. A reminder is answered by being in an hour, or by answering a card.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F

from hub.notices.actions import notify
from hub.notices.models import STOPPED_AFTER, Preference
from hub.people.models import User


@transaction.atomic
def were_sent(messages: Mapping[str, User]) -> None:
    """One message more to each without an answer so far, by a key of the message; whoever is sent none any more is told
    so, once. Two statements for all.
    """
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for key, user in messages.items():
        keys[user.pk].append(key)
    rows, times = Preference.objects.filter(user__in=keys), {len(some) for some in keys.values()}
    for number in times:
        pks = [pk for pk, some in keys.items() if len(some) == number]
        rows.filter(user__in=pks).update(unanswered=F("unanswered") + number)
    for preference in rows.filter(unanswered__gte=STOPPED_AFTER).select_related("user"):
        key = f"tips_stopped:{keys[preference.user_id][-1]}"
        notify(user=preference.user, kind="tips_stopped", dedupe_key=key, path="/me/notices/")


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
