"""Tips that a person leaves unanswered: after three in a row half as many are sent, after six none.

One counter a person; which tips they were stands nowhere. Any answer, and any word about what one wants, begins it
anew.
"""

from django.db import transaction
from django.db.models import F

from hub.notices.actions import notify
from hub.notices.models import Preference
from hub.people.models import User


@transaction.atomic
def was_sent_one(user: User, *, dedupe_key: str) -> None:
    """One message more without an answer so far; whoever is sent none any more is told so, once."""
    Preference.objects.filter(user=user).update(unanswered=F("unanswered") + 1)
    if Preference.of(user).is_silenced:
        notify(user=user, kind="tips_stopped", dedupe_key=f"tips_stopped:{dedupe_key}", path="/me/notices/")


def was_answered(user: User) -> None:
    Preference.objects.filter(user=user).exclude(unanswered=0).update(unanswered=0)
