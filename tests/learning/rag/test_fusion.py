"""Words and meaning in one order, and how much the meaning may count."""

import numpy as np
import pytest

from learning.rag.calibration import FEWEST_PROBES, WEIGHTS, probes_in, weight_by, weight_for
from learning.rag.fusion import Similarity, fuse, z_scores
from learning.rag.index import LexicalIndex
from tests.learning.rag.cast import HANDBOOK

QUERY = "Wann verfällt Resturlaub?"


def index() -> LexicalIndex:
    return LexicalIndex.build(enumerate(HANDBOOK))


def nearest(place: int, *, weight: float) -> Similarity:
    """One passage stands out, all others are alike."""
    cosines = np.linspace(0, 0.01, len(HANDBOOK), dtype=np.float32)
    cosines[place] = 0.9
    return Similarity(cosines, weight)


def test_without_a_weight_nothing_changes() -> None:
    assert index().search(QUERY, 5, similarity=nearest(6, weight=0)) == index().search(QUERY, 5)


def test_a_passage_without_a_common_word_is_found_by_its_meaning() -> None:
    words = "Kündigungsschutz Schwangerschaft"
    assert index().search(words, 5) == []
    assert [place for place, _ in index().search(words, 5, similarity=nearest(3, weight=0.5))] == [3]


def test_a_strong_lexical_match_stands_against_a_light_weight_and_falls_to_a_heavy_one() -> None:
    assert index().search(QUERY, 1, similarity=nearest(6, weight=0.1))[0][0] == 4
    assert index().search(QUERY, 1, similarity=nearest(6, weight=0.9))[0][0] == 6


def test_a_passage_without_a_vector_keeps_its_lexical_score() -> None:
    scores = np.array([4.0, 1.0, 0.0, 0.0])
    fused, is_near = fuse(scores, Similarity(np.array([np.nan, 0.1, 0.9, 0.1], dtype=np.float32), 0.5))
    assert fused[0] == pytest.approx(4.0)
    assert not is_near[0]
    assert fused[2] > scores[2]


def test_equal_values_have_no_z_scores() -> None:
    assert z_scores(np.ones(4)).tolist() == [0, 0, 0, 0]
    assert z_scores(np.empty(0)).tolist() == []
    assert np.isnan(z_scores(np.array([np.nan, 1.0, 2.0]))).tolist() == [True, False, False]


def test_what_is_not_chosen_is_not_found_by_its_meaning_either() -> None:
    only = np.array([0, 1])
    assert index().search("Schwangerschaft", 5, only=only, similarity=nearest(3, weight=0.5)) == []


def passages(count: int = 60) -> list[str]:
    """Two sentences each; what a passage is about stands in both, but in no common word."""
    topics = [
        f"Gegenstand{n:02d} wird im Lager bereit gestellt und täglich von Hand geprüft" for n in range(count)
    ]
    return [
        f"{topic}. Danach erhält Abteilung{n:02d} einen Bericht über alle Mängel."
        for n, topic in enumerate(topics)
    ]


def telling(texts: list[str]) -> np.ndarray:
    """A model that knows which passage every sentence is of: a direction of its own for each."""
    vectors = np.zeros((len(texts), 60), dtype=np.float32)
    for row, text in enumerate(texts):
        number = next(int(word[-2:]) for word in text.replace(".", "").split() if word[-2:].isdigit())
        vectors[row, number] = 1
    return vectors


def guessing(texts: list[str]) -> np.ndarray:
    """A model whose vectors say nothing."""
    rows = [np.random.default_rng(abs(hash_of(text))).normal(size=32) for text in texts]
    return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32)


def hash_of(text: str) -> int:
    return sum(ord(letter) * 31**place for place, letter in enumerate(text[:40])) % 2**32


def test_a_model_that_knows_is_given_weight_and_one_that_guesses_is_not() -> None:
    texts = passages()
    knows = weight_for(texts, telling(texts), of_queries=telling, of_passages=telling)
    guesses = weight_for(texts, guessing(texts), of_queries=guessing, of_passages=guessing)
    assert knows > 0
    assert guesses <= 0.2


def test_too_few_passages_tell_nothing() -> None:
    texts = passages(FEWEST_PROBES - 1)
    assert weight_for(texts, telling(texts), of_queries=telling, of_passages=telling) == 0


def test_a_probe_is_a_sentence_and_the_rest_of_its_passage() -> None:
    texts = passages(20)
    probes = probes_in(texts)
    assert len(probes) == 20
    for probe in probes:
        assert probe.sentence in texts[probe.place]
        assert probe.sentence not in probe.rest
        assert probe.rest


def gains(**columns: float) -> np.ndarray:
    """200 probes: 0.5 everywhere on the mean but in the named columns ("w8=0.7")."""
    found = np.full((200, len(WEIGHTS)), 0.5)
    for name, mean in columns.items():
        found[:, int(name[1:])] = mean
    found[::2] += 0.4
    found[1::2] -= 0.4
    return found


def test_the_smallest_weight_that_is_nearly_as_good_is_taken() -> None:
    assert weight_by(gains(w5=0.6, w8=0.64)) == 0.5
    assert weight_by(gains(w5=0.55, w8=0.64)) == 0.8


def test_a_model_that_helps_for_certain_counts_a_little() -> None:
    assert weight_by(gains(w2=0.51, w8=0.52)) == 0.2


def test_a_model_that_may_help_by_chance_or_harms_does_not_count() -> None:
    by_chance = gains(w8=0.52)
    by_chance[:20, 2] += 0.5
    by_chance[20:37, 2] -= 0.5
    assert by_chance[:, 2].mean() > by_chance[:, 0].mean()
    assert weight_by(by_chance) == 0.0
    assert weight_by(gains(w2=0.49, w8=0.52)) == 0.0
