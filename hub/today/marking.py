"""Where the words of a search stand in a text, and what to show of it around them. Calculation alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from learning.rag.analysers.terms import WORD, words
from learning.rag.evidence import coverage, match_words
from learning.rag.index import Query

EXTRACT = 200  # characters
BEFORE = 60  # of them at most so many before the first word that was found


@dataclass(frozen=True)
class Segment:
    text: str
    is_match: bool = False


@dataclass(frozen=True)
class Marked:
    """A text laid out for one query; `language` is the text's, or "" where nobody knows."""

    text: str
    query: Query
    language: str

    @cached_property
    def places(self) -> list[tuple[int, int, tuple[float, ...]]]:
        """Of every word that matches its range and how well it matches each term, from 0 to 1."""
        found = [(match.span(), words(match.group())) for match in WORD.finditer(self.text)]
        tokens = [word for _span, forms in found for word in forms]
        matched = match_words(self.query.terms, tokens, self.language or self.query.language)
        return [(*span, matched[form]) for span, forms in found for form in forms if form in matched]

    @cached_property
    def coverage(self) -> float:
        """The share of the query's rarity that the text holds, from 0 to 1."""
        return coverage(self.query, strongest(self.query, [strengths for *_span, strengths in self.places]))

    def segments(self, start: int = 0, end: int | None = None) -> list[Segment]:
        """The text from `start` to `end`, the words that match apart."""
        end, at, result = len(self.text) if end is None else end, start, []
        for first, last, _strengths in self.places:
            if first < at or last > end:
                continue
            if at < first:
                result.append(Segment(self.text[at:first]))
            result.append(Segment(self.text[first:last], is_match=True))
            at = last
        return result + ([Segment(self.text[at:end])] if at < end else [])

    def extract(self) -> list[Segment]:
        """At most EXTRACT characters around the words that match, cut between words; dots show where."""
        if len(self.text) <= EXTRACT:
            return self.segments()
        first = self.places[0][0] if self.places else 0
        start = max(min(first - BEFORE, len(self.text) - EXTRACT), 0)
        start = self.text.find(" ", start, first) + 1 or first if start else 0
        end = start + EXTRACT
        end = len(self.text) if end >= len(self.text) else max(self.text.rfind(" ", start, end), start + 1)
        dots = Segment("…")
        shown = self.segments(start, end)
        return [*([dots] if start else []), *shown, *([dots] if end < len(self.text) else [])]


def strongest(query: Query, found: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """For every term its best match among the words found."""
    return tuple(max(column) for column in zip((0.0,) * len(query.terms), *found, strict=True))
