"""Which sentences carry a text: those that say many of the words the text keeps coming back to.

A word weighs by how often its text says it and by how few other texts do. Long sentences gain nothing by
being long.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from math import log, sqrt
from typing import TypeVar

T = TypeVar("T")
SAME = 0.5  # share of the smaller one's words that two sentences have in common when they say the same


class Salience:
    """Made of (text, content words) pairs, one a sentence; texts are told apart by any key."""

    def __init__(self, sentences: Sequence[tuple[Hashable, frozenset[str]]]) -> None:
        self.frequency: dict[Hashable, Counter[str]] = defaultdict(Counter)
        for text, content in sentences:
            self.frequency[text].update(content)
        spread = Counter(word for counts in self.frequency.values() for word in counts)
        texts = len(self.frequency)
        self.rarity = {word: 1 + log((texts + 1) / count) for word, count in spread.items()}

    def weight(self, text: Hashable, word: str) -> float:
        """How much a text is about a word; 0 for a word that it says once, as far as that tells."""
        return (
            log(self.frequency[text][word]) * self.rarity.get(word, 0.0)
            if word in self.frequency[text]
            else 0.0
        )

    def of(self, text: Hashable, content: frozenset[str]) -> float:
        """The salience of a sentence with these content words, from 0; comparable within one text."""
        if not content:
            return 0.0
        return sum(self.weight(text, word) for word in content) / sqrt(len(content) + 2)


class Said:
    """What was said already, to be asked quickly: each word knows the sentences that hold it."""

    def __init__(self) -> None:
        self.contents: list[frozenset[str]] = []
        self.holders: dict[str, list[int]] = defaultdict(list)

    def repeats(self, content: frozenset[str]) -> bool:
        shared = Counter(place for word in content for place in self.holders.get(word, ()))
        return any(
            count >= SAME * min(len(content), len(self.contents[place])) for place, count in shared.items()
        )

    def add(self, content: frozenset[str]) -> None:
        for word in content:
            self.holders[word].append(len(self.contents))
        self.contents.append(content)


def in_turns(groups: Sequence[Sequence[T]]) -> Iterator[T]:
    """One of each group, then the next of each, so that no group crowds out the others."""
    place, open_groups = 0, [group for group in groups if group]
    while open_groups:
        yield from (group[place] for group in open_groups)
        place += 1
        open_groups = [group for group in open_groups if place < len(group)]
