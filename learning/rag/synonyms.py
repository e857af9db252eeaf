"""Other words for the words of a question, in its own language: what a passage that says them is worth.

Two words are alike if the glossary gives them a common translation: "unterzeichnet" and "unterschrieb", but
also the forms of a strong verb, which no stemmer brings together ("fand", "gefunden").
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from learning.rag.across import Meant
from learning.rag.analysers.glossary import alike
from learning.rag.analysers.terms import stems

if TYPE_CHECKING:
    from learning.rag.index import LexicalIndex, Query, Term

# What another word for it is worth beside the word itself.
WEIGHT = 0.4


def stems_alike(token: str, language: str, own: Sequence[str]) -> tuple[str, ...]:
    """The stems of its other words, without those of its `own`."""
    found = dict.fromkeys(stems(alike(token, language), language))
    return tuple(stem for stem in found if stem not in own)


def meant(index: "LexicalIndex", term: "Term") -> Meant:
    """How far a sentence that holds one of its other words says the term; less for a commoner word."""
    return {
        stem: WEIGHT * min(1.0, index.idf([stem]) / term.idf) if term.idf else WEIGHT for stem in term.alike
    }, ()


def gains(index: "LexicalIndex", query: "Query") -> np.ndarray:
    """What they add to the score of every passage in the question's language.

    A passage takes a word at its best, as it stands or by one other word: several of them do not add up.
    """
    count = len(index)
    total = np.zeros(count)
    for term in query.terms:
        others = index.stem_terms.known(term.alike)
        if not others:
            continue
        best = np.zeros(count)
        for other in others:
            row = slice(index.stems.offsets[other], index.stems.offsets[other + 1])
            places = index.stems.passages[row]
            best[places] = np.maximum(best[places], index.stems.weights[row])
        own = index.stems.sums(index.stem_terms.known(term.stems), count)
        total += np.maximum(WEIGHT * best - own, 0)
    if len(index.languages) > 1:
        total[index.spoken != index.languages.index(query.language)] = 0
    return total
