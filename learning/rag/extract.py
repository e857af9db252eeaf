"""The answer without a model: the stretches of the sources that bear most on the question, or a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt

from learning.rag.analysers.terms import words
from learning.rag.citations import MAX_CITATIONS, MAX_QUOTE, Citation
from learning.rag.defining import definiteness, is_defined, term_asked
from learning.rag.evidence import Evidence, Window, asked_for, offers
from learning.rag.index import LexicalIndex, Query
from learning.rag.languages import detect
from learning.rag.retrieve import Hit
from learning.rag.sentences import strip

PASSAGES = 10
# The logarithm of the odds that a sentence holds the answer grows with its passage's score as a share of the
# best one's, with the share of the question that it covers, and if it offers the date or number asked for.
STANDING, BEARING, OFFER = 5.0, 8.0, 2.0
# It outweighs all that: who asks what something is wants the sentence that says it.
DEFINED = 10.0
OWN_LANGUAGE = 4.0  # of two that say it, the one in the question's language first
LEAST = 0.005  # of the best quote's odds
# Without an answer in the sources the best of N passages still matches by chance, and the more the larger N
# is. Below the first line, where wrong answers are as frequent as wrong refusals, an answer is doubtful; below the
# second it is refused. In a large notebook words decide poorly, and a right quote withheld is worse than
# a doubtful one that says so. The README shows the curves.
DOUBTED, DOUBT_GROWTH = 0.14, 0.10
REFUSED, REFUSAL_GROWTH = 0.215, 0.075
COVERED = 0.4
# Translated words weigh less, so the equal errors of questions in the other language lie lower.
ACROSS = 0.87


@dataclass(frozen=True)
class Quote:
    """A window to cite, and its one sentence that bears most on the question."""

    window: Window
    heart: str


def choose(question: str, hits: Sequence[Hit], laid_out: Sequence[Evidence]) -> list[Quote]:
    """The windows likeliest to hold the answer, at most MAX_CITATIONS and without overlap, likeliest first.

    A window is as likely as its sentences together, so that of two the fuller one is taken. One that is far
    less likely than the best is left out: a poor quote beside a good one makes both look poor.
    """
    likely, term = odds(question, hits, laid_out), term_asked(question)

    def ranked(place: int, without: frozenset[int] = frozenset()) -> list[tuple[float, Window]]:
        windows = laid_out[place].windows(without)
        return [(sum(likely[place][sentence] for sentence in window.sentences), window) for window in windows]

    taken: list[frozenset[int]] = [frozenset() for _ in hits]
    chosen: list[Window] = []
    hearts: list[str] = []
    best = 0.0
    candidates = {place: ranked(place) for place in range(len(hits))}
    while len(chosen) < MAX_CITATIONS and any(candidates.values()):
        # Of equal worth the better passage's earlier sentence comes first.
        place, (worth, window) = max(
            ((place, entry) for place, entries in candidates.items() for entry in entries),
            key=lambda found: (found[1][0], -found[0], -found[1][1].start),
        )
        best = max(best, worth)
        if worth < LEAST * best:
            break
        chosen.append(window)
        hearts.append(explanation(term, window, laid_out[place]) or laid_out[place].heart(window))
        taken[place] |= frozenset(window.sentences)
        candidates[place] = ranked(place, taken[place])
    return [Quote(filled(window, chosen), heart) for window, heart in zip(chosen, hearts, strict=True)]


def odds(question: str, hits: Sequence[Hit], laid_out: Sequence[Evidence]) -> list[list[float]]:
    """For every sentence of every passage how likely it holds the answer; only the ratios mean something."""
    kind, asked, term = asked_for(question), frozenset(words(question)), term_asked(question)
    best, spoken = max((hit.score for hit in hits), default=0.0), detect(question)

    def weigh(hit: Hit, sentence: str, bearing: float) -> float:
        offer = OFFER if kind and offers(kind, sentence, asked) else 0.0
        if term and (told := definiteness(term, sentence, hit.passage.language)):
            offer += DEFINED * told + (OWN_LANGUAGE if hit.passage.language == spoken else 0.0)
        return exp(STANDING * hit.score / best + BEARING * bearing + offer)

    return [
        [
            weigh(hit, hit.passage.text[start:end], bearing)
            for (start, end), bearing in zip(evidence.sentences, evidence.bearings, strict=True)
        ]
        for hit, evidence in zip(hits, laid_out, strict=True)
    ]


def filled(window: Window, chosen: Sequence[Window]) -> Window:
    """The window with as much of the following sentence as a quote may still hold, up to the next quote."""
    text = window.passage.text
    later = [other.start for other in chosen if other.passage is window.passage and other.start >= window.end]
    limit = min(window.start + MAX_QUOTE, *later, len(text))
    end = limit if limit == len(text) or text[limit].isspace() else text.rfind(" ", window.end, limit)
    return replace(window, end=strip(text, window.start, max(end, window.end))[1])


def evidence_for(
    index: LexicalIndex, query: Query, hits: Sequence[Hit], laid_out: Sequence[Evidence]
) -> float:
    """How strongly the passages found speak for an answer; 0 without any."""
    if not hits:
        return 0.0
    bearing = max((bearing for evidence in laid_out for bearing in evidence.bearings), default=0.0)
    best = max(hits, key=lambda hit: hit.score)
    is_across = any(best.passage.language in term.said for term in query.terms)
    return strength(index, query, best.score, bearing) / (ACROSS if is_across else 1.0)


def explanation(term: str, window: Window, evidence: Evidence) -> str:
    """The sentence of the window that says what the term is; "" if none does or nothing was asked for."""
    language = window.passage.language
    sentences = [window.passage.text[slice(*evidence.sentences[place])] for place in window.sentences]
    told = [(definiteness(term, text, language), text) for text in sentences] if term else []
    return max(told, key=lambda found: found[0])[1] if any(found[0] for found in told) else ""


def is_explained(question: str, laid_out: Sequence[Evidence]) -> bool:
    """Whether the question asks what something is, and a sentence says it."""
    term = term_asked(question)
    return bool(term) and any(
        is_defined(term, evidence.passage.text[start:end], evidence.passage.language)
        for evidence in laid_out
        for start, end in evidence.sentences
    )


def strength(index: LexicalIndex, query: Query, score: float, bearing: float) -> float:
    """The best score in units of a rare word and of the question's length, and the best sentence's bearing.

    Scores of unrelated words add up like independent steps, hence the square root of their number.
    """
    rarest = log(2 * len(index) + 1)
    return score / (rarest * sqrt(max(len(query.terms), 1))) + COVERED * bearing


def doubted_below(passages: int) -> float:
    """The evidence that chance gives in a notebook of so many passages as often as an answer fails to give it."""
    return DOUBTED + DOUBT_GROWTH * log(max(passages, 1))


def refused_below(passages: int) -> float:
    return min(REFUSED + REFUSAL_GROWTH * log(max(passages, 1)), doubted_below(passages))


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
