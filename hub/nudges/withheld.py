"""Tips that a person is not given for a while, and tips that everybody is going to be given: what trials above and
what gives tips know of one another without reading each other.

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

# From a moment to the tips that are held back from anybody, or that everybody gets: one query.
Tips = Callable[[datetime], set[UUID]]

_sources: list[Source] = []
_on_trial: list[Tips] = []
_promised: list[Tips] = []


def register_withheld(source: Source, on_trial: Tips) -> None:
    """Called in an area's `apps.ready()`."""
    if source not in _sources:
        _sources.append(source)
        _on_trial.append(on_trial)


def register_promised(promised: Tips) -> None:
    """Called in an area's `apps.ready()`."""
    if promised not in _promised:
        _promised.append(promised)


def tips_on_trial(now: datetime) -> set[UUID]:
    """Whoever gave one of these to everybody would spoil what a trial finds out."""
    return {tip_id for source in _on_trial for tip_id in source(now)}


def promised_tips(now: datetime) -> set[UUID]:
    """Everybody gets these by and by: no trial can hold one back."""
    return {tip_id for source in _promised for tip_id in source(now)}


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
