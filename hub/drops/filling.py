"""Tips of the library for doors that are still empty: proposed, never put in unasked."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import chain, zip_longest
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hub.drops.models import LONGEST_TEXT, LONGEST_TITLE, Drop, DropDoor
from hub.drops.vocabulary import Kind
from hub.nudges.models import Tip
from hub.nudges.withheld import tips_on_trial

NOT_AGAIN_FOR = timedelta(days=365)


def promised(now: datetime) -> set[UUID]:
    """Tips behind doors of calendars that hang and are not over."""
    hanging = Drop.objects.published().filter(ends_on__gte=now.date())
    return set(DropDoor.objects.filter(drop__in=hanging, tip__isnull=False).values_list("tip_id", flat=True))


def suitable_tips(drop: Drop, now: datetime) -> list[Tip]:
    """In use, in both languages, behind no door of a calendar of the last year or of this one, and not on trial."""
    since = drop.starts_on - NOT_AGAIN_FOR
    used = DropDoor.objects.filter(drop__starts_on__gte=since, tip__isnull=False).values("tip")
    tips = (
        Tip.objects.in_use().exclude(pk__in=used).exclude(pk__in=tips_on_trial(now)).prefetch_related("texts")
    )
    return [tip for tip in tips if len(tip.texts.all()) == 2]


def in_turn(tips: list[Tip]) -> list[Tip]:
    """One of each field of work after the other, the quick ones first, so that neighbouring doors differ."""
    by_area: dict[str, list[Tip]] = defaultdict(list)
    for tip in sorted(tips, key=lambda tip: (tip.minutes, tip.key)):
        by_area[tip.area].append(tip)
    rows = zip_longest(*(by_area[area] for area in sorted(by_area)))
    return [tip for tip in chain.from_iterable(rows) if tip]


def propose(
    drop: Drop, doors: list[DropDoor], tips: list[Tip], *, again: int = 0
) -> list[tuple[DropDoor, Tip]]:
    """A tip for each empty door, valid on that door's day; `again` asks for others. Pure."""
    left = in_turn(tips)
    empty = [door for door in doors if door.is_empty]
    if left:
        start = again * len(empty) % len(left)
        left = left[start:] + left[:start]
    pairs = []
    for door in empty:
        day = drop.day_of(door.number)
        tip = next((tip for tip in left if tip.is_valid_on(day)), None)
        if tip:
            left.remove(tip)
            pairs.append((door, tip))
    return pairs


def borrow(door: DropDoor, tip: Tip) -> None:
    """The tip's own words, in the languages in which the door has none yet."""
    door.tip = tip
    for text in tip.texts.all():
        if text.language in door.missing:
            title = getattr(door, f"title_{text.language}") or text.title[:LONGEST_TITLE]
            words = getattr(door, f"text_{text.language}") or text.body[:LONGEST_TEXT]
            setattr(door, f"title_{text.language}", title)
            setattr(door, f"text_{text.language}", words)


@transaction.atomic
def fill(*, drop: Drop, chosen: dict[int, str], now: datetime | None = None) -> int:
    """Put chosen tips (id by number of the door) behind doors that are still empty; returns how many.

    A door that somebody filled meanwhile and a tip that does not suit are left out.
    """
    suitable = {str(tip.pk): tip for tip in suitable_tips(drop, now or timezone.now())}
    filled = 0
    for door in DropDoor.objects.select_for_update().filter(drop=drop, number__in=chosen):
        tip = suitable.get(chosen[door.number])
        if not door.is_empty or tip is None or not tip.is_valid_on(drop.day_of(door.number)):
            continue
        del suitable[chosen[door.number]]
        door.kind = Kind.TIP
        borrow(door, tip)
        door.save()
        filled += 1
    return filled
