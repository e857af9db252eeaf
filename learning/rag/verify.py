"""Whether a passage bears out a sentence that a model wrote, and which of its words show it best.

A sentence is supported if every number in it and most of its content words, weighted by rarity, stand in
the passages it cites. That is a check of words, not of meaning: it finds what was made up, not what was
turned around.
"""

from collections.abc import Sequence

from learning.rag.evidence import Window, windows
from learning.rag.extract import coverage
from learning.rag.index import LexicalIndex
from learning.rag.retrieve import Hit, PassageText

SUPPORTED = 0.5  # share of the sentence's idf mass found in the cited passages
FOREIGN_SUPPORTED = 0.2  # the same where passage and sentence differ in language


def best_window(index: LexicalIndex, sentence: str, passage: PassageText) -> Window | None:
    """The part of the passage, at most a quote long, that shares most with the sentence."""
    query = index.analyse(sentence)
    found = windows(query, Hit(passage, 0.0))
    return max(found, key=lambda window: (coverage(query, window.strengths), -window.start), default=None)


def is_supported(index: LexicalIndex, sentence: str, passages: Sequence[PassageText]) -> bool:
    query = index.analyse(sentence)
    found = [window for passage in passages for window in windows(query, Hit(passage, 0.0))]
    if not found or not query.terms:
        return False
    strengths = [max(column) for column in zip(*(window.strengths for window in found), strict=True)]
    if any(is_number(term.word) and not strength for term, strength in zip(query.terms, strengths, strict=True)):
        return False
    is_foreign = all(passage.language and passage.language != query.language for passage in passages)
    return coverage(query, strengths) >= (FOREIGN_SUPPORTED if is_foreign else SUPPORTED)


def is_number(word: str) -> bool:
    return any(character.isdigit() for character in word)


