"""How well a stretch of text bears on a question: which of the question's words it holds, and whether it
holds the kind of thing that was asked for (a date or a number)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from learning.rag import across
from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.terms import WORD, grams, stems, words
from learning.rag.citations import MAX_QUOTE
from learning.rag.index import Query, Term
from learning.rag.retrieve import PassageText
from learning.rag.sentences import spans, strip

# Share of a question word's 4-grams that another word must hold to count as a form of it.
SIMILAR = 0.6
SHORTEST_SIMILAR = 4  # characters
# A sentence often goes on about what the one before it named ("Er", "this drug"): its words count a little.
BEFORE = 0.15
# A line without a full stop is taken for a heading unless it is longer than most.
SHORTEST_PLAIN = 80  # characters
SENTENCE_END = re.compile(r"[.!?:;…][\"'”“»)\]]*$")
YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
MONTHS = frozenset().union(*(language.months for language in LANGUAGES.values()))


@dataclass(frozen=True)
class Window:
    """Neighbouring sentences of one passage, at most MAX_QUOTE characters; offsets are in the passage.

    `sentences` are the places of its sentences in the passage.
    """

    passage: PassageText
    start: int
    end: int
    sentences: range

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


class Evidence:
    """A passage laid out for one question: its sentences and where the question's words stand.

    `bearings` say for every sentence what share of the question it covers, from 0 to 1.
    """

    def __init__(self, query: Query, passage: PassageText) -> None:
        self.passage = passage
        self.query = query
        self.sentences = [part for span in spans(passage.text) for part in parts(passage.text, *span)]
        # Words of one match are looked up in the analysed form that the index uses.
        places = [(match.start(), words(match.group())) for match in WORD.finditer(passage.text)]
        matched = match_words(query.terms, [word for _, found in places for word in found], passage.language)
        self.marks = [(at, matched[word]) for at, found in places for word in found if word in matched]
        self.bearings = self.bear()

    def bear(self) -> list[float]:
        alone = [self.strengths(start, end) for start, end in self.sentences]
        found = []
        for before, strengths in zip([*alone[:1], *alone], alone, strict=False):
            own = coverage(self.query, strengths)
            both = coverage(self.query, [max(pair) for pair in zip(before, strengths, strict=True)])
            found.append(own + BEFORE * (both - own))
        return found

    def windows(self, without: frozenset[int] = frozenset()) -> Iterator[Window]:
        """From every sentence as far as a quote reaches; sentences in `without` are passed over."""
        for first, (start, _) in enumerate(self.sentences):
            if first in without:
                continue
            last = first
            while (
                last + 1 < len(self.sentences)
                and last + 1 not in without
                and self.sentences[last + 1][1] - start <= MAX_QUOTE
            ):
                last += 1
            yield Window(self.passage, start, self.sentences[last][1], range(first, last + 1))

    def heart(self, window: Window) -> str:
        """The sentence of the window that bears most on the question; the whole window if it holds none.

        A heading or a question is no sentence of an answer: what it says counts for the sentence below it.
        """
        best, begin = (-1.0, ""), None
        for start, end in (self.sentences[place] for place in window.sentences):
            begin = start if begin is None else begin
            is_heading = end - start < SHORTEST_PLAIN and not SENTENCE_END.search(
                self.passage.text, start, end
            )
            if is_heading or self.passage.text[end - 1] == "?":
                continue
            share = coverage(self.query, self.strengths(begin, end))
            if share > best[0]:
                best = (share, self.passage.text[start:end])
            begin = None
        return best[1] or window.text

    def strengths(self, start: int, end: int) -> tuple[float, ...]:
        """For every term of the question how well its best word in the range matches, from 0 to 1."""
        found = [strengths for at, strengths in self.marks if start <= at < end]
        none = (0.0,) * len(self.query.terms)
        return tuple(max(column) for column in zip(none, *found, strict=True))


def coverage(query: Query, strengths: Sequence[float]) -> float:
    """The share of the question's rarity (sum of idf) that the strengths cover, from 0 to 1."""
    mass = sum(term.idf for term in query.terms)
    if not mass:
        return 0.0
    return sum(term.idf * strength for term, strength in zip(query.terms, strengths, strict=True)) / mass


def match_words(terms: Sequence[Term], tokens: Sequence[str], language: str) -> dict[str, tuple[float, ...]]:
    """For every distinct word that matches a term at all its strength for each term."""
    distinct = list(dict.fromkeys(tokens))
    meanings = [term.meant.get(language, across.NOTHING) for term in terms]
    found = {}
    for word, stem in zip(distinct, stems(distinct, language), strict=True):
        strengths = tuple(
            1.0
            if stem in term.stems or word == term.word
            else max(
                similarity(term.word, word),
                by_stem.get(stem, 0.0),
                *(share * similarity(said, word) for said, share in by_word),
            )
            for term, (by_stem, by_word) in zip(terms, meanings, strict=True)
        )
        if any(strengths):
            found[word] = strengths
    return found


def similarity(term: str, word: str) -> float:
    """The share of the term's 4-grams in a word that holds most of them ("Erholungsurlaub"), else 0."""
    if min(len(term), len(word)) < SHORTEST_SIMILAR or term.isdigit():
        return 0.0
    wanted = gram_set(term)
    share = len(wanted & gram_set(word)) / len(wanted)
    return share if share >= SIMILAR else 0.0


@lru_cache(maxsize=50_000)
def gram_set(word: str) -> frozenset[str]:
    return frozenset(grams(word))


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or pieces of one that is longer than a quote, cut at blanks where there are any."""
    while end - start > MAX_QUOTE:
        blank = text.rfind(" ", start + MAX_QUOTE // 2, start + MAX_QUOTE)
        cut = blank if blank > 0 else start + MAX_QUOTE
        yield strip(text, start, cut)
        start = strip(text, cut, end)[0]
    if start < end:
        yield start, end


def asked_for(question: str) -> str:
    """The kind of answer by the question's words: "time", "number" or ""."""
    asked = f" {' '.join(words(question))} "
    for language in LANGUAGES.values():
        for kind, cues in language.cues:
            if any(f" {cue} " in asked for cue in cues):
                return kind
    return ""


def offers(kind: str, text: str, asked: frozenset[str]) -> bool:
    """Whether the text holds something of the kind that is not among the question's own words."""
    if kind == "time":
        return any(year not in asked for year in YEAR.findall(text)) or not MONTHS.isdisjoint(words(text))
    if kind == "number":
        return any(word not in asked and not word.isalpha() for word in words(text))
    return False
