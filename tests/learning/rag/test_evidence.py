"""How well the sentences of a passage bear on a question, and when that is enough for an answer."""

from collections.abc import Callable

import pytest

from learning.rag.evidence import Evidence
from learning.rag.extract import doubted_below, refused_below
from tests.learning.rag.cast import HANDBOOK, make_notebook


def bearings(question: str, text: str) -> list[float]:
    notebook = make_notebook([text, *HANDBOOK])
    return Evidence(notebook.index.analyse(question), notebook.passages[1]).bearings


def test_a_sentence_bears_by_the_share_of_the_question_it_covers() -> None:
    found = bearings(
        "Wann tagt der Ausschuss im Saal?", "Der Ausschuss tagt im Saal. Der Ausschuss ruht. Es regnet viel."
    )
    assert found[0] == pytest.approx(1.0)
    assert found[0] > found[1] > found[2] > 0


def test_what_the_sentence_before_named_counts_a_little() -> None:
    question = "Wen wählte der Ausschuss?"
    after_its_name, alone = (
        bearings(question, f"{first} Er wählte Frau Klein.")[1]
        for first in ("Der Ausschuss tagte.", "Es regnete.")
    )
    assert alone < after_its_name < alone + 0.2


def test_a_passage_without_the_questions_words_bears_nothing() -> None:
    assert bearings("Wann tagt der Ausschuss?", "Es regnet. Die Sonne scheint.") == [0.0, 0.0]


@pytest.mark.parametrize("needed_by", [refused_below, doubted_below])
def test_a_larger_notebook_asks_for_more(needed_by: Callable[[int], float]) -> None:
    needed = [needed_by(passages) for passages in (0, 1, 10, 500, 50_000)]
    assert needed == sorted(needed)
    assert needed[0] == needed[1] > 0


def test_a_small_notebook_answers_or_refuses_and_a_large_one_doubts_between() -> None:
    assert refused_below(5) == doubted_below(5)
    assert all(refused_below(passages) < doubted_below(passages) for passages in (50, 500, 50_000))
