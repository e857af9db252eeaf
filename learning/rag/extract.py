"""The answer without a model: the stretches of the sources that bear most on the question, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

from learning.rag.analysers.terms import words
from learning.rag.citations import MAX_CITATIONS, MAX_QUOTE, Citation
from learning.rag.evidence import Evidence, Window, asked_for, coverage, offers
from learning.rag.index import LexicalIndex, Query
from learning.rag.retrieve import Hit
from learning.rag.sentences import strip

PASSAGES = 10
# What a window is worth: the share of the question that it covers (1), its passage's score as a share of the
# best one's, and whether it offers the date or number asked for.
STANDING, OFFER = 1.0, 0.25
# Without an answer in the sources the best of N passages still matches by chance, and the more the larger N
# is: the equal-error threshold was found to grow with ln N. The README shows the curve.
BASE, GROWTH = 0.15, 0.09
COVERED = 0.3


@dataclass(frozen=True)
class Quote:
    """A window to cite, and its one sentence that bears most on the question."""

    window: Window
    heart: str


def choose(query: Query, question: str, hits: Sequence[Hit]) -> list[Quote]:
    """The best windows, at most MAX_CITATIONS and without overlap, best first."""
    kind, asked = asked_for(question), frozenset(words(question))

    def worth(hit: Hit, window: Window) -> float:
        bonus = OFFER if kind and offers(kind, window.text, asked) else 0.0
        return coverage(query, window.strengths) + STANDING * hit.score / hits[0].score + bonus

    laid_out = [Evidence(query, hit.passage) for hit in hits]
    taken: list[frozenset[int]] = [frozenset() for _ in hits]
    chosen: list[Window] = []
    hearts: list[str] = []
    candidates = {
        place: [(worth(hit, window), window) for window in laid_out[place].windows()]
        for place, hit in enumerate(hits)
    }
    while len(chosen) < MAX_CITATIONS and any(candidates.values()):
        # Of equal worth the better passage's earlier sentence comes first.
        place, (_, window) = max(
            ((place, entry) for place, entries in candidates.items() for entry in entries),
            key=lambda found: (found[1][0], -found[0], -found[1][1].start),
        )
        chosen.append(window)
        hearts.append(laid_out[place].heart(query, window))
        taken[place] |= frozenset(window.sentences)
        candidates[place] = [
            (worth(hits[place], left), left) for left in laid_out[place].windows(taken[place])
        ]
    return [Quote(filled(window, chosen), heart) for window, heart in zip(chosen, hearts, strict=True)]


def filled(window: Window, chosen: Sequence[Window]) -> Window:
    """The window with as much of the following sentence as a quote may still hold, up to the next quote."""
    text = window.passage.text
    later = [other.start for other in chosen if other.passage is window.passage and other.start >= window.end]
    limit = min(window.start + MAX_QUOTE, *later, len(text))
    end = limit if limit == len(text) or text[limit].isspace() else text.rfind(" ", window.end, limit)
    return replace(window, end=strip(text, window.start, max(end, window.end))[1])


def is_answered(index: LexicalIndex, query: Query, hits: Sequence[Hit], best: Window) -> bool:
    """Whether the evidence is stronger than chance gives in a notebook of this size."""
    return strength(index, query, hits[0].score, best) >= threshold(len(index))


def strength(index: LexicalIndex, query: Query, score: float, best: Window) -> float:
    """The best score in units of a rare word and of the question's length, and the best window's coverage.

    Scores of unrelated words add up like independent steps, hence the square root of their number.
    """
    rarest = log(2 * len(index) + 1)
    return score / (rarest * sqrt(max(len(query.terms), 1))) + COVERED * coverage(query, best.strengths)


def threshold(passages: int) -> float:
    return BASE + GROWTH * log(max(passages, 1))


def cite(window: Window, n: int) -> Citation:
    passage = window.passage
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
