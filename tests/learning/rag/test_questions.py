"""Questions out of sentences: whole and correct, or none."""

import pytest

from learning.rag.answer_kinds import phrases_in
from learning.rag.definitions import define
from learning.rag.questions import how_much, what_is


def asked(text: str, language: str) -> list[str | None]:
    return [how_much(text, phrase, language) for phrase in phrases_in(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        (
            "Die Aufzeichnung wird nach 30 Tagen gelöscht, das Protokoll bleibt.",
            "de",
            "Nach wie vielen Tagen wird die Aufzeichnung gelöscht?",
        ),
        (
            "Ein guter Prompt hat vier Bausteine: Aufgabe, Material, Maßstab und Form.",
            "de",
            "Wie viele Bausteine hat ein guter Prompt?",
        ),
        (
            "Innerhalb von 72 Stunden muss die Firma entscheiden, ob die Behörde zu informieren ist, deshalb eilt es.",
            "de",
            "Innerhalb von wie vielen Stunden muss die Firma entscheiden, ob die Behörde zu informieren ist?",
        ),
        ("Im Jahr 1999 wurde die Firma in Ulm gegründet.", "de", "Wann wurde die Firma in Ulm gegründet?"),
        ("Die Prüfung dauert zwei Wochen.", "de", "Wie viele Wochen dauert die Prüfung?"),
        ("Der Antrag kostet 1.200 Euro.", "de", "Wie viel kostet der Antrag?"),
        (
            "The recording is deleted after 30 days, the minutes stay.",
            "en",
            "After how many days is the recording deleted?",
        ),
        (
            "A good prompt has four building blocks: task, material, yardstick and form.",
            "en",
            "How many building blocks does a good prompt have?",
        ),
        (
            "Within two days the service desk must repair broken screens.",
            "en",
            "Within how many days must the service desk repair broken screens?",
        ),
        ("The company was founded in 1999.", "en", "When was the company founded?"),
    ],
)
def test_a_plain_sentence_is_turned_into_its_question(text: str, language: str, question: str) -> None:
    assert asked(text, language) == [question]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bitte melde mindestens 14 Tage vorher deinen Wunsch an.", "de"),
        ("Zwei Winkel sind gleich, wenn es eine Abbildung gibt.", "de"),
        ("Rund 30 Tage nach dem Eingang ist die Frist vorbei.", "de"),
        ("Nearly 30 days are left for everything else.", "en"),
        ("Laptops are replaced every 36 months.", "en"),
        ("Sleeping for eight hours a night helps.", "en"),
    ],
)
def test_what_cannot_be_worded_well_is_left_out(text: str, language: str) -> None:
    assert set(asked(text, language)) <= {None}


@pytest.mark.parametrize(
    ("text", "language", "term", "question"),
    [
        (
            "Ein Sprachmodell ist ein Programm, das Texte fortsetzt.",
            "de",
            "Sprachmodell",
            "Was ist ein Sprachmodell?",
        ),
        ("Vertraulich ist, was nur wenige sehen dürfen.", "de", "Vertraulich", "Was bedeutet „vertraulich“?"),
        ("Solche Erfindungen heißen Halluzinationen.", "de", "Halluzinationen", "Was sind Halluzinationen?"),
        (
            "Unter Rüstzeit versteht man die Zeit für das Einrichten.",
            "de",
            "Rüstzeit",
            "Was bedeutet „Rüstzeit“?",
        ),
        ("Ein Graph heißt Baum, wenn er keinen Kreis enthält.", "de", "Baum", "Was bedeutet „Baum“?"),
        ("A notebook is a collection of documents.", "en", "notebook", "What is a notebook?"),
        (
            "Lead time means the time from order to delivery.",
            "en",
            "Lead time",
            "What does “lead time” mean?",
        ),
        ("Such inventions are called hallucinations.", "en", "hallucinations", "What are hallucinations?"),
    ],
)
def test_a_definition_gives_its_term_and_a_question(
    text: str, language: str, term: str, question: str
) -> None:
    found = define(text, language)
    assert found is not None
    assert (found.term, what_is(found, language)) == (term, question)
    assert found.term in text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der nützlichste Zusatz ist ein einziger Satz.", "de"),
        ("Der erste Schritt ist eine Liste.", "de"),
        ("Das ist ein Problem.", "de"),
        ("Er ist der Leiter der Abteilung.", "de"),
        ("The most useful addition is a single sentence.", "en"),
        ("This is a problem for everybody.", "en"),
        ("A lower price means more orders and more work.", "en"),
        ("Ein kleinerer Wert ist ein Zeichen für Ruhe.", "de"),
        ("The result is a list of open questions.", "en"),
        ("Le congé est un droit.", ""),
    ],
)
def test_a_sentence_about_something_else_defines_nothing(text: str, language: str) -> None:
    assert define(text, language) is None
