"""One inverted channel: for every term the passages that hold it, with their finished BM25 weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

K1 = 1.2
B = 0.75


@dataclass(frozen=True)
class Postings:
    """Compressed rows: term t occurs in `passages[offsets[t]:offsets[t + 1]]` with those `weights`."""

    offsets: np.ndarray  # int64, one more than there are terms
    passages: np.ndarray  # int32, positions of passages, ascending within a term
    weights: np.ndarray  # float32

    @classmethod
    def build(cls, keys: np.ndarray, counts: np.ndarray, *, terms: int, passages: int) -> "Postings":
        """From ascending, distinct keys term * passages + passage and how often each occurs.

        The weight is idf * tf / (tf + k1 * (1 - b + b * length / average length)) with Lucene's
        idf = ln(1 + (N - df + 0.5) / (df + 0.5)).
        """
        term_of, passage_of = np.divmod(keys, max(passages, 1))
        frequencies = np.bincount(term_of, minlength=terms)
        lengths = np.bincount(passage_of, weights=counts, minlength=passages)
        average = lengths.mean() if passages else 0.0
        norms = K1 * (1 - B + B * lengths / average) if average else np.ones(passages)
        idf = idf_of(frequencies, passages)
        weights = idf[term_of] * counts / (counts + norms[passage_of])
        return cls(
            offsets=np.concatenate(([0], np.cumsum(frequencies))),
            passages=passage_of.astype(np.int32),
            weights=weights.astype(np.float32),
        )

    def add(self, term: int, scores: np.ndarray, factor: float = 1.0) -> None:
        """Add the term's weights to the scores of its passages."""
        start, end = self.offsets[term], self.offsets[term + 1]
        scores[self.passages[start:end]] += factor * self.weights[start:end]

    def sums(self, terms: Sequence[int], count: int) -> np.ndarray:
        """For each of `count` passages the sum of these terms' weights.

        Counting all terms at once takes half the time of adding them one by one.
        """
        rows = [slice(self.offsets[term], self.offsets[term + 1]) for term in terms]
        if not rows:
            return np.zeros(count)
        passages = np.concatenate([self.passages[row] for row in rows])
        weights = np.concatenate([self.weights[row] for row in rows])
        return np.bincount(passages, weights, minlength=count)

    def sums_at(self, terms: Sequence[int], places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For a few passages the sum of these terms' weights, and how many of the terms each holds."""
        sums, held = np.zeros(len(places)), np.zeros(len(places), dtype=np.int64)
        places = places.astype(self.passages.dtype)  # else every row would be converted
        for term in terms:
            start, end = int(self.offsets[term]), int(self.offsets[term + 1])
            found = start + np.searchsorted(self.passages[start:end], places)
            is_held = (found < end) & (self.passages[np.minimum(found, end - 1)] == places)
            sums += np.where(is_held, self.weights[np.minimum(found, end - 1)], 0)
            held += is_held
        return sums, held

    def frequency(self, term: int) -> int:
        """In how many passages the term occurs."""
        return int(self.offsets[term + 1] - self.offsets[term])


def idf_of(frequency: np.ndarray, passages: int) -> np.ndarray:
    return np.log1p((passages - frequency + 0.5) / (frequency + 0.5))


def count_keys(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys in ascending order and how often each occurs."""
    return np.unique(keys, return_counts=True)


def sum_keys(keys: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys in ascending order and the sum of their counts; a count above 255 is 255.

    One plain sort of packed integers is several times faster than sorting indices.
    """
    if not len(keys):
        return keys, counts
    packed = np.sort((keys << 8) | np.minimum(counts, 255))
    sorted_keys = packed >> 8
    starts = np.flatnonzero(np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1])))
    return sorted_keys[starts], np.add.reduceat(packed & 255, starts)
