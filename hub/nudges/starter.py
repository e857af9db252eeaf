"""Puts the tips that come with the hub into the library."""

from django.db import transaction

from hub.nudges.models import Tip, TipText
from hub.nudges.starter_tips import STARTER_TIPS


@transaction.atomic
def load_starter_tips() -> int:
    """Add the tips that are missing, known by their key; returns how many.

    One that is there stays as it is: somebody may have edited it or taken it out of use.
    """
    known = set(Tip.objects.values_list("key", flat=True))
    missing = [starter for starter in STARTER_TIPS if starter.key not in known]
    tips = [Tip(key=starter.key, tool=starter.tool, minutes=starter.minutes) for starter in missing]
    Tip.objects.bulk_create(tips, ignore_conflicts=True)
    ids = dict(Tip.objects.filter(key__in=[tip.key for tip in tips]).values_list("key", "pk"))
    texts = [
        TipText(
            tip_id=ids[starter.key], language=language, title=words.title, body=words.body, steps=words.steps
        )
        for starter in missing
        for language, words in (("de", starter.de), ("en", starter.en))
    ]
    TipText.objects.bulk_create(texts, ignore_conflicts=True)
    return len(missing)
