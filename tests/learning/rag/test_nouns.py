"""What may stand in a noun's place without a fault of grammar."""

import pytest

from learning.rag.nouns import Nouns, genders_of, occurrences

SENTENCES = (
    "Der Antrag braucht die Unterschrift der Leitung.",
    "Wir prüfen die Abrechnung und die Genehmigung vor der Abgabe.",
    "Dann geht der Vertrag an das Büro, und das Protokoll bleibt hier.",
    "Dort liegen die Verträge und die Angebote im Ordner.",
)


@pytest.mark.parametrize(
    ("word", "genders"),
    [
        ("Genehmigung", "f"),
        ("Genehmigungen", "p"),
        ("Kundennummer", "f"),
        ("Arbeitsvertrag", "m"),
        ("Verträge", "p"),
        ("Nachweise", "p"),
        ("Fehler", "mp"),
        ("Kreis", "m"),
        ("Absprachen", "p"),
        ("Strichen", ""),
        ("Quux", ""),
    ],
)
def test_the_form_tells_the_gender_or_nothing_does(word: str, genders: str) -> None:
    assert genders_of(word, "de") == genders


def alternatives(text: str, word: str, language: str, sentences: tuple[str, ...]) -> set[str]:
    nouns = Nouns()
    for sentence in (*sentences, text):
        nouns.add(sentence, language)
    place = next(found for found in occurrences(text, language) if found.word == word)
    return {noun.word for noun in nouns.alternatives(place, language)} - {word}


def test_german_alternatives_agree_in_gender_and_number() -> None:
    found = alternatives("Erst danach folgt die Freigabe.", "Freigabe", "de", SENTENCES)
    assert found == {"Unterschrift", "Leitung", "Abrechnung", "Genehmigung", "Abgabe"}


def test_a_genitive_has_no_alternatives() -> None:
    assert alternatives("Das ist Teil des Antrags im Büro.", "Antrags", "de", SENTENCES) == set()


ENGLISH = (
    "The receipt and the agreement are kept.",
    "An invoice or an agreement is enough.",
    "A signature is missing on a receipt.",
    "The prices are known.",
)


def test_english_alternatives_fit_their_article() -> None:
    assert alternatives("This needs an approval.", "approval", "en", ENGLISH) == {"invoice", "agreement"}
    assert "prices" not in alternatives("Keep the contract.", "contract", "en", ENGLISH)


def test_an_english_verb_is_no_noun() -> None:
    nouns = Nouns()
    nouns.add("The women did not leave the city, and every hour counts.", "en")
    assert nouns.is_sure("city", "en")
    assert not nouns.is_sure("leave", "en")
    assert not nouns.is_sure("counts", "en")
