"""What something is: asked in the usual ways, and answered by the sentence that says it."""

import pytest

from learning.rag.answer import answer
from learning.rag.defining import is_defined, term_asked
from learning.rag.shelf import Shelf
from learning.rag.squad import Paragraph


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Was ist ein Agent?", "Agent"),
        ("Was ist eigentlich eine Betriebsvereinbarung?", "Betriebsvereinbarung"),
        ("was sind Halluzinationen", "Halluzinationen"),
        ("Was versteht man unter einem Prozess?", "Prozess"),
        ("Was bedeutet „vertraulich“?", "vertraulich"),
        ("What is a handoff?", "handoff"),
        ("What does lead time mean?", "lead time"),
        ("What are hallucinations?", "hallucinations"),
        ("Was ist der Unterschied zwischen einem Agenten und einem Chat?", ""),
        ("Wer ist der Agent?", ""),
        ("Was kostet ein Agent?", ""),
        ("Was ist?", ""),
        ("", ""),
    ],
)
def test_what_is_to_be_explained(question: str, term: str) -> None:
    assert term_asked(question) == term


@pytest.mark.parametrize(
    ("term", "sentence", "language", "told"),
    [
        ("Agent", "Ein Agent ist ein Programm, das ein Ziel in Schritte zerlegt.", "de", True),
        ("Agenten", "Ein Agent ist ein Programm, das ein Ziel in Schritte zerlegt.", "de", True),
        ("Prozess", "Ein Agent ist ein Programm, das einen Prozess ausführt.", "de", False),
        ("handoff", "A handoff is the moment when work changes hands.", "en", True),
        ("Agent", "Ein Agent ist ein Programm.", "", False),
        ("Handoff", "- Handoff: the work moves from one person to the next.", "en", True),
        ("Handoff", "Owner: the handoff moves to the next person.", "en", False),
        ("Halluzination", "Solche Erfindungen heißen Halluzinationen.", "de", True),
    ],
)
def test_what_explains_it(term: str, sentence: str, language: str, told: bool) -> None:
    assert is_defined(term, sentence, language) is told


def shelf_about_agents() -> Shelf:
    """The word stands in every paragraph, the definition in the last."""
    texts = [
        f"Der Agent Nummer {n} sucht im Lager nach Teilen. Ein guter Agent fragt nach, bevor er {n} Teile bestellt."
        for n in range(30)
    ]
    texts.append(
        "Was ist ein Agent?\n\nEin Agent ist ein Programm, das ein Ziel selbst in einzelne Schritte zerlegt."
    )
    return Shelf.build([Paragraph(0, text, ()) for text in texts])


def ask(shelf: Shelf, question: str):
    return answer(
        question,
        index=shelf.index,
        reread=lambda ids: {pk: shelf.rows[pk] for pk in ids},
        language="de",
    )


def test_a_word_that_stands_everywhere_is_still_explained() -> None:
    found = ask(shelf_about_agents(), "Was ist ein Agent?")

    assert not found.refused
    assert found.notice == ""
    assert (
        found.sentences[0].text
        == "Ein Agent ist ein Programm, das ein Ziel selbst in einzelne Schritte zerlegt."
    )


def test_what_nobody_explains_is_refused() -> None:
    assert ask(shelf_about_agents(), "Was ist ein Elefant?").refused
