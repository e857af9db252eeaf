"""The measurements: right on a small file that can be counted by hand, and above their floors on real ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from learning.rag.evaluate import evaluate_answers, evaluate_retrieval
from tests.learning.rag.cast import HANDBOOK


def question_file(*documents: list[tuple[str, list[tuple[str, str]]]]) -> dict[str, Any]:
    """Documents of (paragraph, [(question, answer)])."""
    return {
        "data": [
            {
                "title": "A document",
                "paragraphs": [
                    {
                        "context": context,
                        "qas": [
                            {
                                "id": question,
                                "question": question,
                                "answers": [{"text": gold, "answer_start": 0}],
                            }
                            for question, gold in asked
                        ],
                    }
                    for context, asked in paragraphs
                ],
            }
            for paragraphs in documents
        ]
    }


TWO_DOCUMENTS = question_file(
    [(HANDBOOK[3], [("Wer genehmigt Ausnahmen bei Überstunden?", "Dr. Weber")]), (HANDBOOK[4], [])],
    [(HANDBOOK[6], [("How often are laptops replaced?", "36 months")])],
)


def test_ranking_is_counted_over_the_file_or_the_document() -> None:
    whole = evaluate_retrieval(TWO_DOCUMENTS, scope="file")
    assert (whole["n"], whole["hit@1"], whole["mrr@10"], whole["ndcg@10"]) == (2, 1.0, 1.0, 1.0)
    assert evaluate_retrieval(TWO_DOCUMENTS, scope="document")["n"] == 1


def test_every_paragraph_with_the_question_is_gold() -> None:
    text = "Reisekosten werden erstattet. Der Antrag liegt im Intranet."
    data = question_file(
        [
            (text, [("Wer erstattet Reisekosten?", "x")]),
            (text + " Neu.", [("Wer erstattet Reisekosten?", "y")]),
        ]
    )
    found = evaluate_retrieval(data, scope="file")
    assert (found["n"], found["hit@1"], found["ndcg@10"]) == (2, 1.0, 1.0)


def test_a_paragraph_counts_once_at_its_best_passage() -> None:
    long = "\n\n".join(["Der Urlaub wird im Kalender eingetragen und vom Team bestätigt. " * 20] * 6)
    data = question_file(
        [
            (long, []),
            ("Der Urlaub dauert dreißig Tage im Jahr.", [("Wie lange dauert der Urlaub?", "dreißig")]),
        ]
    )
    assert evaluate_retrieval(data, scope="file")["hit@3"] == 1.0


def test_answers_are_counted_with_and_without_their_evidence() -> None:
    found = evaluate_answers(TWO_DOCUMENTS)
    assert found == {
        "n": 2,
        "answer_in_citation": 1.0,
        "exact_quote": 1.0,
        "refusal_precision": 1.0,
        "refusal_recall": 1.0,
        "doubt_precision": 1.0,
        "doubt_recall": 1.0,
    }


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], 'the file has no list "data"'),
        ({"data": [{}]}, r'data\[0\] has no list "paragraphs"'),
        ({"data": [{"paragraphs": [{"qas": []}]}]}, r'data\[0\].paragraphs\[0\] has no text "context"'),
        ({"data": [{"paragraphs": [{"context": "x", "qas": [{}]}]}]}, 'has no text "question"'),
        ({"data": []}, "it holds no question"),
    ],
)
def test_a_malformed_file_is_named_where_it_is_wrong(data: Any, sentence: str) -> None:
    for measure in (evaluate_answers, lambda data: evaluate_retrieval(data, scope="file")):
        with pytest.raises(ValueError, match=sentence):
            measure(data)


def test_a_file_without_neighbours_or_answers_says_so() -> None:
    with pytest.raises(ValueError, match="two paragraphs"):
        evaluate_retrieval(question_file([(HANDBOOK[0], [("Was?", "x")])]), scope="document")
    with pytest.raises(ValueError, match="scope"):
        evaluate_retrieval(TWO_DOCUMENTS, scope="world")
    unanswered = {
        "data": [{"paragraphs": [{"context": "Ein Text.", "qas": [{"question": "Was?", "answers": []}]}]}]
    }
    with pytest.raises(ValueError, match="has an answer"):
        evaluate_answers(unanswered)


def load(folder: Path, name: str) -> dict[str, Any]:
    return json.loads((folder / "qa" / name).read_text())


def test_german_retrieval_stays_above_its_floor(data_folder: Path) -> None:
    found = evaluate_retrieval(load(data_folder, "mlqa.de.dev.json"), scope="file")
    assert found["hit@1"] >= 0.62
    assert found["mrr@10"] >= 0.70


def test_english_retrieval_stays_above_its_floor(data_folder: Path) -> None:
    found = evaluate_retrieval(load(data_folder, "policyqa.en.dev.json"), scope="document")
    assert found["mrr@10"] >= 0.345


def test_german_answers_stay_above_their_floor(data_folder: Path) -> None:
    found = evaluate_answers(load(data_folder, "mlqa.de.dev.json"))
    assert found["exact_quote"] == 1.0
    assert found["answer_in_citation"] >= 0.64
    assert found["refusal_precision"] >= 0.73
    assert found["refusal_recall"] >= 0.58
    assert found["doubt_precision"] >= 0.68
    assert found["doubt_recall"] >= 0.70
