"""How much an embedding model may count in one notebook, measured there without anybody's labels.

A sentence is cut out of each of up to 200 passages and taken for a question; what is to be found is the rest
of its passage. Of the weights 0, 0.1 ... 1 the smallest is taken that finds nearly as well as the best one:
sentences of a document resemble it more than people's questions do, so an embedding that is only a little
better here is not better for people. The README shows what each rule gained and lost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from learning.rag.fusion import Similarity
from learning.rag.index import LexicalIndex
from learning.rag.sentences import spans

WEIGHTS = tuple(round(0.1 * step, 1) for step in range(11))
MOST_PROBES = 200
MOST_PASSAGES = 5_000  # searched among; more would cost minutes and change little
FEWEST_PROBES = 8
SHORTEST, LONGEST = 5, 60  # words of a sentence that may stand for a question
DEPTH = 10
# What counts as nearly: one standard error, but at least so much, as the likeness of a document's sentences
# to it does not fade with their number.
SLACK = 0.05
# A model that helps here for certain may count this much: lexical matches that stand out keep their place.
LIGHT = 0.2
CERTAIN = 2.0  # standard errors of the difference that it makes

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Probe:
    """A sentence cut out of the passage at `place`, and what is left of that."""

    place: int
    sentence: str
    rest: str


def weight_for(texts: Sequence[str], vectors: np.ndarray, *, of_queries: Embed, of_passages: Embed) -> float:
    """The weight for a notebook with these passages and their unit vectors (a row each, NaN if missing).

    0 where there are too few passages to tell. Raises what the two callables raise.
    """
    places = drawn(len(texts), MOST_PASSAGES)
    texts, vectors = [texts[place] for place in places], np.array(vectors[places])
    probes = probes_in(texts)
    if len(probes) < FEWEST_PROBES:
        return 0.0
    trimmed = list(texts)
    for probe in probes:
        trimmed[probe.place] = probe.rest
    index = LexicalIndex.build(enumerate(trimmed))
    vectors[[probe.place for probe in probes]] = of_passages([probe.rest for probe in probes])
    questions = of_queries([probe.sentence for probe in probes])
    gains = np.array(
        [
            [reciprocal_rank(index, probe, Similarity(vectors @ question, weight)) for weight in WEIGHTS]
            for probe, question in zip(probes, questions, strict=True)
        ]
    )
    return weight_by(gains)


def weight_by(gains: np.ndarray) -> float:
    """From the reciprocal ranks of each probe (row) at each of WEIGHTS (column)."""
    means = gains.mean(axis=0)
    best = int(means.argmax())
    error = float(gains[:, best].std(ddof=1)) / np.sqrt(len(gains))
    nearly = WEIGHTS[int(np.flatnonzero(means >= means[best] - max(error, SLACK))[0])]
    return max(nearly, LIGHT) if helps(gains[:, WEIGHTS.index(LIGHT)] - gains[:, 0]) else nearly


def helps(differences: np.ndarray) -> bool:
    """Whether they are above zero on the mean by more than chance would have it."""
    error = float(differences.std(ddof=1)) / np.sqrt(len(differences))
    return float(differences.mean()) > CERTAIN * error


def reciprocal_rank(index: LexicalIndex, probe: Probe, similarity: Similarity) -> float:
    found = index.search(probe.sentence, DEPTH, similarity=similarity)
    return next((1 / rank for rank, (place, _) in enumerate(found, start=1) if place == probe.place), 0.0)


def probes_in(texts: Sequence[str]) -> list[Probe]:
    """From each of the drawn passages that hold two sentences or more a middle-sized one."""
    probes = []
    for place in drawn(len(texts), MOST_PROBES):
        text = texts[place]
        found = [
            (start, end)
            for start, end in spans(text)
            if SHORTEST <= len(text[start:end].split()) <= LONGEST and end - start < len(text) / 2
        ]
        if found:
            start, end = found[order(place) % len(found)]
            probes.append(
                Probe(place, text[start:end], f"{text[:start].rstrip()} {text[end:].lstrip()}".strip())
            )
    return probes


def drawn(count: int, most: int) -> list[int]:
    """At most so many of the places 0 to count - 1, the same ones each time, ascending."""
    return sorted(sorted(range(count), key=order)[:most])


def order(place: int) -> int:
    return int.from_bytes(sha256(str(place).encode()).digest()[:8], "big")
