"""What a review does to the memory of a card: FSRS-6 by the `fsrs` library, and the days on which it is shown.

FSRS says when the chance to remember falls to nine in ten. Who learns in the DEAL hour sees a card in the
first hour on or after that day; who learns daily, on that day. Steps of minutes stay within the sitting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from fsrs import Card, Rating, Scheduler, State

# Fuzz spreads cards over days for those who review daily by the hundred; with an hour a week it only confuses.
SCHEDULER = Scheduler(enable_fuzzing=False)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Memory:
    """`stability` in days, `difficulty` from 1 to 10; both None before the first review."""

    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    forgetting_at: datetime
    reviewed_at: datetime

    @property
    def is_within_sitting(self) -> bool:
        return self.state != State.Review.value


def reviewed(memory: Memory | None, rating: int, now: datetime) -> Memory:
    """The memory after a review with a rating from 1 (again) to 4 (easy)."""
    # A card's id, once given, keeps the library from waiting for a free one; nothing else depends on it.
    card = Card(card_id=1, due=now)
    if memory is not None:
        card = Card(
            card_id=1,
            state=State(memory.state),
            step=memory.step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=memory.forgetting_at,
            last_review=memory.reviewed_at,
        )
    card, _log = SCHEDULER.review_card(card, Rating(rating), now)
    return Memory(card.state.value, card.step, card.stability, card.difficulty, card.due, now)


def shown_at(memory: Memory, hours: Sequence[datetime], zone: ZoneInfo) -> datetime:
    """When the card is due for somebody who learns in `hours` (their beginnings, earliest first).

    Beyond the last planned hour the same wall time a week later counts as one. Without hours: FSRS's own day.
    """
    if memory.is_within_sitting or not hours:
        return memory.forgetting_at
    day = memory.forgetting_at.astimezone(zone).date()
    for begins in hours:
        if begins.astimezone(zone).date() >= day and begins > memory.reviewed_at:
            return begins
    local = hours[-1].astimezone(zone)
    while local.date() < day or local <= memory.reviewed_at:
        local += WEEK
    return local
