"""Whether two purposes are alike: by words they share, folded, with German compounds and endings tolerated."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from hub.ai.models import AISystem
from hub.words import trigrams

ALIKE_FROM = 0.5  # of the words of the shorter purpose
FEWEST_SHARED = 2
SHORTEST_WORD = 4
SHORTEST_FOR_TRIGRAMS = 6
SAME_STEM_FROM = 0.7  # of the trigrams of the shorter word
MOST_COMPARED = 200
MOST_SHOWN = 5
# What nearly every purpose says, and so says nothing.
_EMPTY = """
    aber alle allen aller also andere anderen auch auf beim damit dann dass daten dazu denen denn deren dies
    diese diesem diesen dieser dieses doch dort durch eigene eigenen eine einem einen einer eines etwas gute
    haben hinein immer ihre jede jeden jeder kann keine können lassen machen mehr mein meine möchte müssen nach
    nicht nichts oder ohne schon sehr seine sich sind soll sollen sowie über unser unsere unserer viel viele
    wenn werden wird about been data does each from have into like made make many more much need other ours over
    should some such than that their them then there these they this those tool tools using very want well were
    what when where which will with without would your
"""
EMPTY_WORDS = frozenset(_EMPTY.split())

Duplicate = tuple[AISystem, AISystem, tuple[str, ...]]


def words_of(text: str) -> frozenset[str]:
    """The words that say something, folded."""
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD and word not in EMPTY_WORDS)


@lru_cache(maxsize=1 << 14)
def _same(one: str, other: str) -> bool:
    """Equal, of one stem, or one a part of the other: "Besprechung" in "Besprechungsnotizen"."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_FOR_TRIGRAMS:
        return False
    first, second = trigrams(one), trigrams(other)
    return len(first & second) / min(len(first), len(second)) >= SAME_STEM_FROM


def shared_words(one: frozenset[str], other: frozenset[str]) -> tuple[str, ...]:
    """The words of the shorter purpose that the other says too; none unless the two are alike."""
    shorter, longer = sorted((one, other), key=lambda words: (len(words), sorted(words)))
    shared = sorted(word for word in shorter if any(_same(word, each) for each in longer))
    if len(shared) < FEWEST_SHARED or len(shared) < ALIKE_FROM * len(shorter):
        return ()
    return tuple(shared)


def _purposes(system: AISystem) -> tuple[frozenset[str], ...]:
    return tuple({words_of(text): None for text in (system.purpose_de, system.purpose_en) if text})


def similar_systems(purpose: str, systems: Iterable[AISystem]) -> list[AISystem]:
    """Those whose purpose, in either language, is like this one; the most alike first, at most MOST_SHOWN."""
    wanted = words_of(purpose)
    found = [
        (max((len(shared_words(wanted, words)) for words in _purposes(system)), default=0), system)
        for system in systems
    ]
    alike = sorted((each for each in found if each[0]), key=lambda each: (-each[0], each[1].slug))
    return [system for _count, system in alike[:MOST_SHOWN]]


def is_alike(purpose: str, others: Iterable[str]) -> bool:
    """Whether it is like one of them."""
    words = words_of(purpose)
    return any(shared_words(words, words_of(other)) for other in others)


def probable_duplicates(systems: Sequence[AISystem]) -> list[Duplicate]:
    """Pairs of entries whose purposes are alike, with the words they share; those that share most first."""
    known = [(system, _purposes(system)) for system in systems[:MOST_COMPARED]]
    pairs = []
    for n, (one, ones) in enumerate(known):
        for other, others in known[n + 1 :]:
            shared = max((shared_words(a, b) for a in ones for b in others), key=len, default=())
            if shared:
                pairs.append((one, other, shared))
    return sorted(pairs, key=lambda pair: (-len(pair[2]), pair[0].slug, pair[1].slug))
