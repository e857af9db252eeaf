"""Drawing one tip of many by Thompson sampling: pure, and exact about how likely each was.

What is known of a tip is counts of a whole group of roles in one channel: how often it was shown, how often tried, how
often put aside for good. Whoever put it aside said more than whoever let it pass, so that is learned apart: a draw is
how many try it (Beta(1 + tried, 1 + not tried)) less ASIDE_COSTS times how many put it aside
(Beta(PUTS_ASIDE + put aside, KEEPS + not put aside)).

A table of draws is made once for a group, channel and day; a person's keyed
hash takes one line of it, less a penalty for what the person had not long ago, and the highest number wins. One draw in
ten is uniform, so that every tip is seen now and then and trials can be evaluated. Source: Yancey & Settles, KDD 2020
(recency penalty, sleeping arms); the share of lines that a tip wins is its propensity, not an estimate of it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from uuid import UUID

import numpy as np

LINES = 256
UNIFORM = 0.1
PENALTY = 0.4  # of a tip shown today; halved every HALF_LIFE days
HALF_LIFE = 28
MOST_OFFERS = 64
KEEPS, PUTS_ASIDE = 9, 1  # what is expected of a tip that nobody had yet: one in ten puts it aside
ASIDE_COSTS = 0.5  # two who never want it again weigh as much as one who tried it


@dataclass(frozen=True)
class Arm:
    """A tip, and how a group of roles took it in one channel."""

    tip_id: UUID
    shown: int = 0
    tried: int = 0
    put_aside: int = 0

    def lines(self, random: np.random.Generator) -> np.ndarray:
        """As many draws of how well it is taken as there are LINES."""
        tries = random.beta(1 + self.tried, 1 + max(self.shown - self.tried, 0), size=LINES)
        kept = max(self.shown - self.put_aside, 0)
        return tries - ASIDE_COSTS * random.beta(PUTS_ASIDE + self.put_aside, KEEPS + kept, size=LINES)


@dataclass(frozen=True)
class Draw:
    tip_id: UUID
    propensity: float


class Posterior:
    """The draws of one group, channel and day. Shared by everybody in it: only read it."""

    def __init__(self, arms: Sequence[Arm], *, seed: str) -> None:
        self._arms = sorted(arms, key=lambda arm: arm.tip_id.bytes)
        self._seed = seed
        self._places = {arm.tip_id: place for place, arm in enumerate(self._arms)}
        self._wins: dict[bytes, np.ndarray] = {}
        self._offers: dict[int, tuple[Sequence[UUID], np.ndarray]] = {}

    @cached_property
    def _table(self) -> np.ndarray:
        """LINES x tips. Each tip has a seed of its own, so that one that is added changes nothing about the others."""
        lines = [arm.lines(_random(self._seed, arm.tip_id)) for arm in self._arms]
        return np.ascontiguousarray(np.array(lines, dtype=np.float32).T)

    def __contains__(self, tip_id: UUID) -> bool:
        return tip_id in self._places

    def draw(
        self,
        tip_ids: Sequence[UUID],
        *,
        key: bytes,
        without: Collection[UUID] = (),
        days_since: Mapping[UUID, int] | None = None,
    ) -> Draw | None:
        """One of `tip_ids`, which are all in here, but none of `without`; None if none is left.

        `days_since`: since the person had a tip, where that is known. `key` (12 bytes or more, the person's own)
        decides, so that asking again gives the same.
        """
        penalties = self._penalties(tip_ids, without, days_since or {})
        places = np.flatnonzero(penalties != np.inf)
        if not len(places):
            return None
        winners = self._winners(penalties)
        line, spin, turn = (int.from_bytes(key[start : start + 4]) for start in (0, 4, 8))
        is_uniform = spin / 2**32 < UNIFORM
        place = int(places[turn % len(places)] if is_uniform else winners[line % LINES])
        share = float(np.count_nonzero(winners == place)) / LINES
        return Draw(self._arms[place].tip_id, UNIFORM / len(places) + (1 - UNIFORM) * share)

    def scores(
        self, tip_ids: Sequence[UUID], *, key: bytes, days_since: Mapping[UUID, int] | None = None
    ) -> dict[UUID, float]:
        """The line that `draw` would take, for whoever knows later which of them are open: the highest of those wins.

        One time in ten they are plain chance, so that each of any selection is as likely as the others.
        """
        line, spin = (int.from_bytes(key[start : start + 4]) for start in (0, 4))
        if spin / 2**32 < UNIFORM:
            return {tip_id: float(_random(key.hex(), tip_id).random()) for tip_id in tip_ids}
        row = self._table[line % LINES] - self._penalties(tip_ids, (), days_since or {})
        return {tip_id: float(row[self._places[tip_id]]) for tip_id in tip_ids}

    def propensity(
        self, tip_id: UUID, rivals: Sequence[UUID], *, days_since: Mapping[UUID, int] | None = None
    ) -> float:
        """How likely it was that this one has the highest of `scores` among `rivals`, of which it is one."""
        winners = np.argmax(self._table - self._penalties(rivals, (), days_since or {}), axis=1)
        share = float(np.count_nonzero(winners == self._places[tip_id])) / LINES
        return UNIFORM / len(rivals) + (1 - UNIFORM) * share

    def _penalties(
        self, tip_ids: Sequence[UUID], without: Collection[UUID], days_since: Mapping[UUID, int]
    ) -> np.ndarray:
        """Of each tip, by its place; of what is not open without an end."""
        penalties = self._base_of(tip_ids).copy()
        had = [
            (place, days)
            for tip_id, days in days_since.items()
            if (place := self._places.get(tip_id)) is not None
        ]
        if had:
            places, days = zip(*had, strict=True)
            penalties[list(places)] += [_penalty(each) for each in days]
        closed = [place for tip_id in without if (place := self._places.get(tip_id)) is not None]
        if closed:
            penalties[closed] = np.inf
        return penalties

    def _base_of(self, tip_ids: Sequence[UUID]) -> np.ndarray:
        """No penalty for what is offered, one without an end for the rest; worked out once for a list that many are
        offered, which is known by being the very same.
        """
        known = self._offers.get(id(tip_ids))
        if known is None or known[0] is not tip_ids:
            if len(self._offers) >= MOST_OFFERS:
                self._offers.clear()
            base = np.full(len(self._arms), np.inf, dtype=np.float32)
            base[[self._places[tip_id] for tip_id in tip_ids]] = 0
            known = self._offers[id(tip_ids)] = (tip_ids, base)
        return known[1]

    def _winners(self, penalties: np.ndarray) -> np.ndarray:
        """Which tip wins each line; people to whom the same is open and who had the same share it."""
        known = penalties.tobytes()
        if known not in self._wins:
            if len(self._wins) >= LINES:
                self._wins.clear()
            self._wins[known] = np.argmax(self._table - penalties, axis=1)
        return self._wins[known]


@cache
def _penalty(days: int) -> float:
    return PENALTY * 0.5 ** (max(days, 0) / HALF_LIFE)


def _random(seed: str, tip_id: UUID) -> np.random.Generator:
    digest = blake2b(seed.encode() + tip_id.bytes, digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest))
