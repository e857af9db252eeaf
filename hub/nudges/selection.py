"""Which tip a person gets on a day: a pure function of tips, what was shown before, how groups took them, and the day.

It knows nothing of the person beyond their own answers and the group of roles they named themselves. Drawing is by a
keyed hash, so the same person gets the same tip all day and nobody can work out what another gets.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from hub.nudges.bandit import Posterior

NOT_AGAIN_FOR = timedelta(days=21)
LATER_MEANS = timedelta(days=3)


class Shown(NamedTuple):
    """One showing of a tip. `is_of_the_day`: it was the day's tip, not one looked up in the library."""

    tip_id: UUID
    shown_on: date
    response: str = ""
    responded_on: date | None = None
    is_of_the_day: bool = True


@dataclass(frozen=True)
class Choice:
    """`propensity`: how likely this tip was, None where nothing was drawn."""

    tip_id: UUID
    reason: str  # today | later | new | again | tried
    propensity: float | None = None


def is_due_again(showing: Shown, day: date) -> bool:
    """Whether it was put off, and for long enough."""
    return bool(
        showing.response == "later" and showing.responded_on and day - showing.responded_on >= LATER_MEANS
    )


def choose(
    tip_ids: Sequence[UUID],
    shown: Sequence[Shown],
    dismissed: set[UUID],
    *,
    subject_key: UUID,
    day: date,
    posterior: Posterior,
) -> Choice | None:
    """The day's tip once it was shown; else what was put off and is due; else one drawn from those that have rested.

    What was tried is drawn from when nothing else is left. None if every tip was shown in the last three weeks, put
    off, or put aside. `posterior` knows all of `tip_ids`.
    """
    for showing in shown:
        if showing.shown_on == day and showing.is_of_the_day and showing.tip_id in tip_ids:
            return Choice(showing.tip_id, "today")
    last = _last_of_each(shown)
    closed, due, days_since = set(dismissed), [], {}
    for tip_id, one in last.items():
        if tip_id in dismissed:
            continue
        if one.response == "later" and is_due_again(one, day) and tip_id in tip_ids:
            due.append(one)
        if _rests(one, day):
            closed.add(tip_id)
        else:
            days_since[tip_id] = (day - one.shown_on).days
    if due:
        return Choice(min(due, key=lambda one: (one.responded_on, one.tip_id)).tip_id, "later")
    was_tried = {showing.tip_id for showing in shown if showing.response == "tried"}
    for without in (closed | was_tried, closed):
        draw = posterior.draw(tip_ids, without=without, days_since=days_since, key=own_key(subject_key, day))
        if draw:
            reason = "tried" if draw.tip_id in was_tried else "again" if draw.tip_id in last else "new"
            return Choice(draw.tip_id, reason, draw.propensity)
    return None


def days_since_shown(shown: Sequence[Shown], day: date) -> dict[UUID, int]:
    """By tip, from what was shown before that day."""
    last = _last_of_each([one for one in shown if one.shown_on < day])
    return {tip_id: (day - one.shown_on).days for tip_id, one in last.items()}


def is_any_left(tip_ids: Sequence[UUID], shown: Sequence[Shown], dismissed: set[UUID], *, day: date) -> bool:
    """Whether `choose` would find one, of a day on which none was shown."""
    last = _last_of_each(shown)
    return any(
        tip_id not in dismissed
        and ((one := last.get(tip_id)) is None or is_due_again(one, day) or not _rests(one, day))
        for tip_id in tip_ids
    )


def _last_of_each(shown: Sequence[Shown]) -> dict[UUID, Shown]:
    last: dict[UUID, Shown] = {}
    for showing in shown:
        known = last.get(showing.tip_id)
        if known is None or known.shown_on <= showing.shown_on:
            last[showing.tip_id] = showing
    return last


def _rests(last: Shown, day: date) -> bool:
    return day - last.shown_on < NOT_AGAIN_FOR or last.response == "later"


def own_key(subject_key: UUID, day: date) -> bytes:
    return hmac.digest(_secret(settings.SECRET_KEY), f"{subject_key}:{day}".encode(), "sha256")


@cache
def _secret(secret: str) -> bytes:
    """As `salted_hmac` makes it, once and not for everybody anew."""
    return hashlib.sha256(f"hub.nudges.selection{secret}".encode()).digest()
