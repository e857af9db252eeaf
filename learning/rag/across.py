"""Questions in one language on passages in the other: what a query's words are worth when translated.

A passage takes a word at its best: as it stands or as the glossary says it in the passage's language. So
several translations of a word, or a word that is spelt alike in both languages, count once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.glossary import Rendering, is_known, phrases, translations
from learning.rag.analysers.terms import grams, stems
from learning.rag.postings import idf_of

if TYPE_CHECKING:
    from learning.rag.index import LexicalIndex, Query, Term

# What a translated word is worth beside the word itself, less where passages in the question's own language
# compete (a twentieth of them or more), and what its 4-grams add.
WEIGHT, WEIGHT_BESIDE = 0.7, 0.5
BESIDE = 0.05
GRAMS = 0.2
# Languages that write compounds as one word, in which a translation is looked for by its 4-grams too.
WITH_COMPOUNDS = frozenset({"de"})
MOST_GRAMMED = 2
# What one part of a compound says of the whole in a sentence.
PART = 0.7
# So much of a translation's 4-grams a passage must hold, by their rarity, for it to be there in a compound.
GRAM_SHARE = 0.2

Said = Mapping[str, tuple[Rendering, ...]]
Meant = tuple[Mapping[str, float], Sequence[tuple[str, float]]]
NOTHING: Meant = {}, ()


def translate(tokens: Sequence[str], language: str, targets: Iterable[str]) -> list[Said]:
    """For every word its renderings in each of the `targets` but its own language; mostly empty."""
    source = language or guess(tokens)
    said: list[dict[str, tuple[Rendering, ...]]] = [{} for _ in tokens]
    for target in targets:
        if not source or target == source:
            continue
        for place, token in enumerate(tokens):
            if token not in LANGUAGES[source].query_stops and (found := translations(token, source, target)):
                said[place][target] = found
        for places, found in phrases(tokens, source, target):
            for place in places:
                said[place][target] = (*said[place].get(target, ()), *found)
    return said


def guess(tokens: Sequence[str]) -> str:
    """The language in which stop words and glossary know more of the words; "" if it cannot tell."""
    known = {
        source: sum(token in language.query_stops or is_known(token, source) for token in tokens)
        for source, language in LANGUAGES.items()
    }
    best, second = sorted(known, key=known.__getitem__, reverse=True)[:2]
    return best if known[best] > known[second] else ""


def gains(index: "LexicalIndex", query: "Query") -> np.ndarray:
    """What translations add to the score of every passage."""
    count = len(index)
    total = np.zeros(count)
    weight = WEIGHT_BESIDE if share_of(index, query.language) >= BESIDE else WEIGHT
    for language in index.languages:
        terms = [term for term in query.terms if language in term.said]
        if not terms:
            continue
        gain = np.zeros(count)
        for term in terms:
            own = index.stems.sums(index.stem_terms.known(term.stems), count)
            gain += np.maximum(weight * worth(index, term.said[language], language) - own, 0)
        total += np.where(index.spoken == index.languages.index(language), gain, 0)
    return total


def share_of(index: "LexicalIndex", language: str) -> float:
    """The share of the passages that are in the language."""
    if language not in index.languages or not len(index):
        return 0.0
    return float(np.mean(index.spoken == index.languages.index(language)))


def worth(index: "LexicalIndex", renderings: Sequence[Rendering], language: str) -> np.ndarray:
    """The score of the best rendering in every passage; of one with several parts their mean."""
    best = np.zeros(len(index))
    for rendering in renderings:
        parts = [part_worth(index, part, language) for part in rendering]
        best = np.maximum(best, sum(parts) / len(parts))
    return best


def part_worth(index: "LexicalIndex", part: Sequence[str], language: str) -> np.ndarray:
    count = len(index)
    by_stem = np.zeros(count)
    for term in index.stem_terms.known(list(dict.fromkeys(stems(part, language)))):
        row = slice(index.stems.offsets[term], index.stems.offsets[term + 1])
        places = index.stems.passages[row]
        by_stem[places] = np.maximum(by_stem[places], index.stems.weights[row])
    if language not in WITH_COMPOUNDS:
        return by_stem
    by_gram = np.zeros(count)
    for word in part[:MOST_GRAMMED]:
        wanted = list(dict.fromkeys(grams(word)))
        numbers = index.gram_terms.find(wanted)
        known = [number for number in numbers if number >= 0]
        frequencies = np.array([index.grams.frequency(n) if n >= 0 else 0 for n in numbers])
        mass = float(idf_of(frequencies, count).sum())
        held = index.grams.sums(known, count)
        by_gram = np.maximum(by_gram, np.where(held > GRAM_SHARE * mass, held, 0))
    return by_stem + GRAMS * by_gram


def meant(index: "LexicalIndex", term: "Term", asked: str) -> dict[str, Meant]:
    """By language the stems and the words that say a term, and how far a sentence that holds one says the term.

    A rendering that stands in more passages than the word's renderings do on average says less ("go" for
    "fährt"), and where passages in the `asked` language were there to answer, half as much.
    """
    trust = WEIGHT_BESIDE if share_of(index, asked) >= BESIDE else 1.0
    found: dict[str, Meant] = {}
    for language, renderings in term.said.items():
        by_stem: dict[str, float] = {}
        by_word: dict[str, float] = {}
        for rendering in renderings:
            share = trust * (1.0 if len(rendering) == 1 else PART)
            for part in rendering:
                for word, stem in zip(part, stems(part, language), strict=True):
                    worth = share * min(1.0, index.idf([stem]) / term.idf) if term.idf else share
                    by_stem[stem] = max(by_stem.get(stem, 0.0), worth)
                    by_word[word] = max(by_word.get(word, 0.0), worth)
        found[language] = by_stem, tuple(by_word.items())
    return found


def rarity(index: "LexicalIndex", term: "Term") -> float:
    """The idf of a word that the index knows by its translations only."""
    found = [
        np.mean([index.idf([stem]) for stem in stems(part, language)])
        for language, renderings in term.said.items()
        for rendering in renderings
        for part in rendering
    ]
    return float(np.mean(found)) if found else term.idf
