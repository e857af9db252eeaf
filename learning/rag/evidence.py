"""How well a stretch of text bears on a question: which of the question's words it holds, and whether it
holds the kind of thing that was asked for (a date, a number, a name)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.terms import WORD, grams, stems, words
from learning.rag.citations import MAX_QUOTE
from learning.rag.index import Query, Term
from learning.rag.retrieve import Hit
from learning.rag.sentences import spans, strip

# Share of a question word's 4-grams that another word must hold to count as a form of it.
SIMILAR = 0.6
SHORTEST_SIMILAR = 4  # characters

YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
NUMBER = re.compile(r"\d")
MONTHS = frozenset().union(*(language.months for language in LANGUAGES.values()))


@dataclass(frozen=True)
class Window:
    """Neighbouring sentences of one passage, at most MAX_QUOTE characters; offsets are in the passage.

    `strengths` say for every term of the question how well its best word here matches, from 0 to 1.
    """

    hit: Hit
    start: int
    end: int
    strengths: tuple[float, ...]

    @property
    def text(self) -> str:
        return self.hit.passage.text[self.start : self.end]


@lru_cache(maxsize=50_000)
def gram_set(word: str) -> frozenset[str]:
    return frozenset(grams(word))


def similarity(term: str, word: str) -> float:
    """1 for the same word, the share of the term's 4-grams for one that contains it, else 0."""
    if min(len(term), len(word)) < SHORTEST_SIMILAR or term.isdigit():
        return 0.0
    wanted = gram_set(term)
    share = len(wanted & gram_set(word)) / len(wanted)
    return share if share >= SIMILAR else 0.0


def match_words(terms: Sequence[Term], tokens: Sequence[str], language: str) -> dict[str, tuple[float, ...]]:
    """For every distinct word that matches a term at all its strength for each term."""
    distinct = list(dict.fromkeys(tokens))
    found = {}
    for word, stem in zip(distinct, stems(distinct, language), strict=True):
        strengths = tuple(
            1.0 if stem in term.stems or word == term.word else similarity(term.word, word) for term in terms
        )
        if any(strengths):
            found[word] = strengths
    return found


def windows(query: Query, hit: Hit) -> list[Window]:
    """Every run of sentences of the passage that fits into a quote, one starting at each sentence."""
    text = hit.passage.text
    places = [(match.start(), match.group().lower()) for match in WORD.finditer(text)]
    matched = match_words(query.terms, [word for _, word in places], hit.passage.language)
    marks = [(start, matched[word]) for start, word in places if word in matched]
    return [
        Window(hit, start, end, combine(len(query.terms), [found for at, found in marks if start <= at < end]))
        for start, end in ranges(text)
    ]


def combine(count: int, found: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    if not found:
        return (0.0,) * count
    return tuple(max(column) for column in zip(*found, strict=True))


def ranges(text: str) -> list[tuple[int, int]]:
    """From every sentence as far as a quote reaches; a longer sentence is cut at words, half overlapping."""
    sentences = [part for span in spans(text) for part in parts(text, *span)]
    found = []
    for place, (start, end) in enumerate(sentences):
        for _, later_end in sentences[place + 1 :]:
            if later_end - start > MAX_QUOTE:
                break
            end = max(end, later_end)
        found.append((start, end))
    return found


def parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start <= MAX_QUOTE:
        return [(start, end)]
    found = []
    while end - start > MAX_QUOTE:
        blank = text.rfind(" ", start + MAX_QUOTE // 2, start + MAX_QUOTE)
        cut = blank if blank > 0 else start + MAX_QUOTE
        found.append(strip(text, start, cut))
        middle = text.find(" ", start + MAX_QUOTE // 2, cut)
        start = middle + 1 if middle > 0 else cut
    found.append(strip(text, start, end))
    return [span for span in found if span[0] < span[1]]


def asked_for(question: str) -> str:
    """The kind of answer by the question's words: "time", "number", "name" or ""."""
    asked = f" {' '.join(words(question))} "
    for language in LANGUAGES.values():
        for kind, cues in language.cues:
            if any(f" {cue} " in asked for cue in cues):
                return kind
    return ""


def offers(kind: str, text: str, question_words: frozenset[str]) -> bool:
    """Whether the text holds something of the kind that the question does not hold itself."""
    if kind == "time":
        return any(year not in question_words for year in YEAR.findall(text)) or not MONTHS.isdisjoint(words(text))
    if kind == "number":
        return any(NUMBER.search(word) and word not in question_words for word in words(text))
    return True
