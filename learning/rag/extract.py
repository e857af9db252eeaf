"""The answer without a model: the stretches of the sources that bear most on the question, or a refusal."""

from collections.abc import Iterator, Sequence

from learning.rag.citations import MAX_CITATIONS, Citation
from learning.rag.evidence import Window, asked_for, offers, windows
from learning.rag.index import LexicalIndex, Query
from learning.rag.analysers.terms import words
from learning.rag.retrieve import Hit

PASSAGES = 10
# Weights of a window: the share of the question's rarity it covers, its passage's score against the best
# one's, and whether it offers the kind of thing asked for.
COVERAGE, STANDING, OFFER = 1.0, 1.0, 0.25
ENOUGH = 0.5


def evidence(index: LexicalIndex, question: str, hits: Sequence[Hit]) -> list[tuple[float, Window]]:
    """All windows of the best passages with their scores, best first."""
    query = index.analyse(question)
    kind, asked = asked_for(question), frozenset(words(question))
    top = hits[0].score if hits else 1.0
    scored = []
    for rank, hit in enumerate(hits[:PASSAGES]):
        for window in windows(query, hit):
            score = COVERAGE * coverage(query, window.strengths) + STANDING * hit.score / top
            if kind and offers(kind, window.text, asked):
                score += OFFER
            scored.append((score, -rank, -window.start, window))
    return [(score, window) for score, _, _, window in sorted(scored, key=lambda entry: entry[:3], reverse=True)]


def coverage(query: Query, strengths: Sequence[float]) -> float:
    """The share of the question's idf mass that the strengths cover, from 0 to 1."""
    mass = sum(term.idf for term in query.terms)
    if not mass:
        return 0.0
    return sum(term.idf * strength for term, strength in zip(query.terms, strengths, strict=True)) / mass


def choose(scored: Sequence[tuple[float, Window]]) -> Iterator[Window]:
    """The best windows that do not overlap."""
    chosen: list[Window] = []
    for _, window in scored:
        if len(chosen) == MAX_CITATIONS:
            return
        if not any(overlap(window, other) for other in chosen):
            chosen.append(window)
            yield window


def overlap(one: Window, other: Window) -> bool:
    return one.hit.passage.id == other.hit.passage.id and one.start < other.end and other.start < one.end


def is_answered(index: LexicalIndex, question: str, scored: Sequence[tuple[float, Window]]) -> bool:
    """Whether the best window says enough about the question."""
    query = index.analyse(question)
    return bool(scored) and coverage(query, scored[0][1].strengths) >= ENOUGH


def cite(window: Window, n: int) -> Citation:
    passage = window.hit.passage
    return Citation(
        n=n,
        source=passage.source_id,
        passage=passage.id,
        title=passage.title,
        quote=window.text,
        start=passage.start + window.start,
        end=passage.start + window.end,
        page=passage.page,
    )
