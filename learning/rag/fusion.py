"""Words and meaning in one order: lexical scores and cosines as z-scores over all passages, in one sum.

    fused = (1 - w) z(lexical) + w z(cosine)

A strong lexical match stands far out from all other passages, so its z is large and it keeps its place; where
the words say little, the cosines decide. Ranks (reciprocal rank fusion) forget how far out a match stands,
which is why they lose with a weak model. The weight is measured, see `calibration.py`.
"""

from dataclasses import dataclass

import numpy as np

# A passage that shares no word with the question is a hit if its cosine stands out this far.
CLOSE = 2.0  # standard deviations


@dataclass(frozen=True)
class Similarity:
    """How near every passage is to one question: cosines in the order of the index, NaN where there is no
    vector yet. `weight` is the share of the cosines in the sum, from 0 to 1."""

    cosines: np.ndarray
    weight: float


def z_scores(values: np.ndarray) -> np.ndarray:
    """Distance from the mean in standard deviations; zeros where all are equal. NaN are left out of both."""
    spread = float(np.nanstd(values)) if len(values) else 0.0
    if not spread > 0:
        return np.where(np.isnan(values), np.nan, 0.0)
    return (values - np.nanmean(values)) / spread


def fuse(scores: np.ndarray, similarity: Similarity) -> tuple[np.ndarray, np.ndarray]:
    """Fused scores, and which passages are near by their cosine alone.

    The sum is given back in the units of the lexical scores, so that whoever judges by a score need not know
    of the fusion: with a weight of 0 nothing changes. A passage without a vector keeps its lexical score.
    """
    by_word, by_cosine = z_scores(scores), z_scores(similarity.cosines)
    is_near = np.nan_to_num(by_cosine) >= CLOSE
    by_cosine = np.where(np.isnan(by_cosine), by_word, by_cosine)
    fused = (1 - similarity.weight) * by_word + similarity.weight * by_cosine
    spread = float(scores.std()) or 1.0
    return scores.mean() + spread * fused, is_near
