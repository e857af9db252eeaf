"""Which tip a person gets on a day: a pure function of the tips, what was shown before, and the day.

It knows no role, no team and no behaviour beyond the person's own answers. Drawing is by a keyed hash, so
the same person gets the same tip all day and nobody can work out what another gets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from uuid import UUID

from django.utils.crypto import salted_hmac

NOT_AGAIN_FOR = timedelta(days=21)
LATER_MEANS = timedelta(days=3)


@dataclass(frozen=True)
class Shown:
    """One showing of a tip. `is_of_the_day`: it was the day's tip, not one looked up in the library."""

    tip_id: UUID
    shown_on: date
    response: str = ""
    responded_on: date | None = None
    is_of_the_day: bool = True


@dataclass(frozen=True)
class Choice:
    tip_id: UUID
    reason: str  # today | later | new | again | tried


def rotation(tip_ids: Iterable[UUID], subject_key: UUID, day: date) -> list[UUID]:
    """The person's own order of all tips, begun one further every day."""
    own_key = salted_hmac("hub.nudges.selection", str(subject_key), algorithm="sha256").digest()
    order = sorted(tip_ids, key=lambda tip_id: blake2b(tip_id.bytes, key=own_key, digest_size=16).digest())
    start = day.toordinal() % len(order) if order else 0
    return order[start:] + order[:start]


def choose(
    tip_ids: Sequence[UUID], shown: Sequence[Shown], dismissed: set[UUID], *, subject_key: UUID, day: date
) -> Choice | None:
    """The day's tip once it was shown; else what was put off and is due, then new ones, then old ones.

    None if every tip was shown in the last three weeks, put off, or put aside.
    """
    available = set(tip_ids)
    for showing in shown:
        if showing.shown_on == day and showing.is_of_the_day and showing.tip_id in available:
            return Choice(showing.tip_id, "today")
    last: dict[UUID, Shown] = {}
    for showing in sorted(shown, key=lambda one: one.shown_on):
        last[showing.tip_id] = showing
    candidates = [tip_id for tip_id in rotation(tip_ids, subject_key, day) if tip_id not in dismissed]
    put_off = [one for tip_id in candidates if (one := last.get(tip_id)) and one.response == "later"]
    due = [one for one in put_off if one.responded_on and day - one.responded_on >= LATER_MEANS]
    if due:
        return Choice(
            min(due, key=lambda one: (one.responded_on, candidates.index(one.tip_id))).tip_id, "later"
        )
    was_tried = {showing.tip_id for showing in shown if showing.response == "tried"}
    rested = [
        tip_id
        for tip_id in candidates
        if tip_id not in last
        or (day - last[tip_id].shown_on >= NOT_AGAIN_FOR and last[tip_id].response != "later")
    ]
    tiers = (
        ("new", [tip_id for tip_id in rested if tip_id not in last]),
        ("again", [tip_id for tip_id in rested if tip_id in last and tip_id not in was_tried]),
        ("tried", [tip_id for tip_id in rested if tip_id in was_tried]),
    )
    return next((Choice(tier[0], reason) for reason, tier in tiers if tier), None)
