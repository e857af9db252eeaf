"""Which questions lean on the one before, by their words; a question of its own is never changed."""

import json
from pathlib import Path

import pytest

from learning.rag.followups import completed, is_followup


@pytest.mark.parametrize(
    "question",
    [
        "Und in Österreich?", "und wie lange vorher muss ich den Antrag stellen?", "Wie ist es mit Hotels?",
        "Was ist mit Überstunden?", "Gilt das auch in Österreich?", "Wer genehmigt sie?", "Seit wann?", "Warum?",
        "Wie lange gilt das?", "And for managers?", "What about hotels?", "Does that include weekends?",
        "Who approves it?", "Why?",
    ],
)  # fmt: skip
def test_these_follow_another(question: str) -> None:
    assert is_followup(question)


@pytest.mark.parametrize(
    "question",
    [
        "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?", "Resturlaub", "xyzzy", "???", "",
        "Wo finden Sie den Antrag?", "Wie viele Urlaubstage gibt es?", "How long does it take?",
        "How many offices are there?", "Wie heißt der Stoff, für den er bekannt ist?",
        "Was ist mit den muslimischen Bewohnern passiert?", "Undichte Stellen melden",
    ],
)  # fmt: skip
def test_these_stand_by_themselves(question: str) -> None:
    assert not is_followup(question)


def test_the_earlier_words_are_added_once_and_its_own_count_double() -> None:
    earlier = ["Wie hoch ist die Verpflegungspauschale?", "Und die Verpflegungspauschale in Wien?"]
    assert completed("Und am Sonntag?", earlier) == "Und am Sonntag? sonntag hoch verpflegungspauschale wien"


@pytest.mark.parametrize(
    ("earlier", "question", "left"),
    [
        ("Wie hoch ist die Pauschale in Deutschland?", "Und in Österreich?", "hoch pauschale"),
        ("Was gilt im Lager für Kartons?", "Und in der Werkstatt?", "gilt kartons"),
        ("Who pays for trains?", "And for hotels?", "pays"),
        ("Wer zahlt die Bahn?", "Und Hotels?", "zahlt bahn"),
    ],
)
def test_what_stands_behind_the_same_preposition_is_replaced(earlier: str, question: str, left: str) -> None:
    assert completed(question, [earlier]).split("? ")[1].partition(" ")[2] == left


@pytest.mark.parametrize(("name", "most"), [("mlqa.de.dev", 0.02), ("covidqa.en.200423", 0.004)])
def test_questions_without_a_conversation_are_hardly_ever_taken_for_one(
    name: str, most: float, data_folder: Path
) -> None:
    """What is left does lean on something: "Wann gewann sie den Preis?"."""
    articles = json.loads((data_folder / "qa" / f"{name}.json").read_text())["data"]
    questions = [
        entry["question"] for article in articles for part in article["paragraphs"] for entry in part["qas"]
    ]
    taken = [question for question in questions if is_followup(question)]
    assert len(questions) > 500
    assert len(taken) / len(questions) <= most, taken
