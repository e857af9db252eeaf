"""Ranks from counts: equal counts share a rank, and the next one is skipped (1, 1, 3)."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def shared_ranks(counts: Mapping[Key, int]) -> dict[Key, int]:
    """Rank of each key by falling count: one more than the number of keys with a higher count.

    This is "standard competition ranking", the rule of most contests.
    """
    first_place: dict[int, int] = {}
    for place, count in enumerate(sorted(counts.values(), reverse=True), start=1):
        first_place.setdefault(count, place)
    return {key: first_place[count] for key, count in counts.items()}
