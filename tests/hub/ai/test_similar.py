"""Purposes that are alike, in German and English, and those that only look so."""

import pytest

from hub.ai.similar import probable_duplicates, shared_words, similar_systems, words_of
from tests.factories import make_tool


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Texte entwerfen und übersetzen",
            "Übersetzen und Entwerfen von Texten. Läuft im eigenen Rechenzentrum.",
        ),
        ("Besprechungen zusammenfassen", "Besprechungszusammenfassung und Protokoll"),
        (
            "Kundenanfragen sortieren und beantworten",
            "Beantwortet Anfragen von Kunden: Kundenanfragen automatisch",
        ),
        ("Summarise meetings and find tasks", "Takes notes in meetings, summarises them and suggests tasks"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert shared_words(words_of(one), words_of(other))
    assert shared_words(words_of(one), words_of(other)) == shared_words(words_of(other), words_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Texte entwerfen und übersetzen", "Bilder für Messen entwerfen"),
        ("Rechnungen prüfen", "Protokolle schreiben"),
        ("Damit kann man alles machen, was man machen möchte", "Was man möchte, kann man damit machen"),
        ("", "Texte entwerfen"),
        ("Summarise meetings", "Search the web and name sources"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert shared_words(words_of(one), words_of(other)) == ()


def test_either_language_of_an_entry_counts_and_the_most_alike_comes_first(db: None) -> None:
    near = make_tool("A", purpose_de="Protokolle", purpose_en="Takes notes in meetings and suggests tasks")
    nearer = make_tool("B", purpose_de="Takes notes in meetings, summarises decisions, suggests tasks")
    far = make_tool("C", purpose_de="Bilder malen", purpose_en="Paint pictures")
    found = similar_systems("Notes of meetings, their tasks and decisions", [far, near, nearer])
    assert found == [nearer, near]


def test_pairs_of_the_register_with_the_words_they_share(db: None) -> None:
    one = make_tool("A", purpose_de="Texte übersetzen und kürzen")
    other = make_tool("B", purpose_de="Kürzen und Übersetzen von Texten")
    make_tool("C", purpose_de="Bilder malen")
    third = make_tool("D")
    pairs = probable_duplicates([one, other, third])
    assert [(a.name, b.name) for a, b, _words in pairs] == [("A", "B")]
    assert "übersetzen" in pairs[0][2]
