"""Tips that a person is not given for a while: asked by what gives tips, filled in by trials above.

Only what comes by itself is held back. The library stays open, and what one asked for there ("later", "show it to me
again") comes all the same.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hub.nudges.models import Nudge

# From people and a moment to the tips held back from each; one query.
Source = Callable[[Collection[int], datetime], dict[int, set[UUID]]]

_sources: list[Source] = []


def register_withheld(source: Source) -> None:
    """Called in an area's `apps.ready()`."""
    if source not in _sources:
        _sources.append(source)


def withheld_from(user_ids: Collection[int], now: datetime) -> dict[int, set[UUID]]:
    """Of these people, by user id; one query a source, and one more while anything is held back."""
    held: defaultdict[int, set[UUID]] = defaultdict(set)
    for source in _sources:
        for user_id, tip_ids in source(user_ids, now).items():
            held[user_id] |= tip_ids
    if held:
        asked = Q(response=Nudge.Response.LATER) | Q(is_recalled=True)
        rows = Nudge.objects.filter(asked, user__in=held, tip__in=set().union(*held.values()))
        for user_id, tip_id in rows.order_by().values_list("user_id", "tip_id"):
            held[user_id].discard(tip_id)
    return held
