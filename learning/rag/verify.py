"""Whether passages bear out a sentence that a model wrote, and which of their words show it best.

A sentence is supported if every number in it and most of its content words, weighted by rarity, stand in
the passages it cites. That is a check of words, not of meaning: it finds what was made up, not what was
turned around.
"""

from collections.abc import Sequence

from learning.rag.evidence import Evidence, Window, coverage
from learning.rag.index import LexicalIndex
from learning.rag.retrieve import PassageText

SUPPORTED = 0.5  # share of the sentence's idf mass found in the cited passages
FOREIGN_SUPPORTED = 0.2  # the same where passage and sentence differ in language


def best_window(index: LexicalIndex, sentence: str, passage: PassageText) -> Window | None:
    """The part of the passage, at most a quote long, that shares most with the sentence."""
    query = index.analyse(sentence)
    evidence = Evidence(query, passage)

    def worth(window: Window) -> tuple[float, int]:
        return coverage(query, evidence.strengths(window.start, window.end)), -window.start

    return max(evidence.windows(), key=worth, default=None)


def is_supported(index: LexicalIndex, sentence: str, passages: Sequence[PassageText]) -> bool:
    query = index.analyse(sentence)
    if not passages or not query.terms:
        return False
    each = [Evidence(query, passage).strengths(0, len(passage.text)) for passage in passages]
    strengths = [max(column) for column in zip(*each, strict=True)]
    if any(
        not term.word.isalpha() and strength < 1
        for term, strength in zip(query.terms, strengths, strict=True)
    ):
        return False
    needed = FOREIGN_SUPPORTED if is_foreign(index, sentence, passages) else SUPPORTED
    return coverage(query, strengths) >= needed


def is_foreign(index: LexicalIndex, sentence: str, passages: Sequence[PassageText]) -> bool:
    """Whether no passage is in the sentence's language, as far as that is known."""
    language = index.analyse(sentence).language
    return all(passage.language and passage.language != language for passage in passages)
