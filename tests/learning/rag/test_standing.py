"""Which sentences can be read by themselves, and in which language a text surely is."""

import pytest

from learning.rag.languages import spoken
from learning.rag.standing import is_whole, stands_alone


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Aufzeichnung wird nach 30 Tagen gelöscht.", "de"),
        ("Prüfe alles, was Folgen hat, an der Quelle selbst.", "de"),
        ("Decisions about people, such as hiring, are not prepared by a model.", "en"),
        ("A model makes things up when it lacks the information.", "en"),
    ],
)
def test_a_sentence_of_its_own_stands_alone(text: str, language: str) -> None:
    assert stands_alone(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Er wird nach 30 Tagen von der Leitung gelöscht.", "de"),
        ("Deshalb wird die Aufzeichnung nach 30 Tagen gelöscht.", "de"),
        ("Die Aufzeichnung wird auch nach 30 Tagen gelöscht.", "de"),
        ("Nach diesem Termin wird die Aufzeichnung gelöscht.", "de"),
        ("Die Werte in Tabelle 3 gelten für alle Bereiche.", "de"),
        ("It is deleted after 30 days by the team.", "en"),
        ("However, the recording is deleted after 30 days.", "en"),
        ("The recording is also deleted after 30 days.", "en"),
        ("Such recordings are deleted after 30 days by the team.", "en"),
        ("Using this rule, it explains the whole of the order.", "en"),
        ("The values in table 3 are valid for all teams.", "en"),
    ],
)
def test_a_sentence_that_points_elsewhere_does_not(text: str, language: str) -> None:
    assert is_whole(text, language)
    assert not stands_alone(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "Zu kurz ist das.",
        "Die Überschrift hat keinen Punkt am Ende",
        "beginnt klein und ist deshalb nur ein Stück davon.",
        "Sei f: X → Y eine stetige Abbildung von Räumen.",
        "Sei xn der Mittelpunkt von In in diesem Raum.",
        "Das Paket <b>werkzeug</b> wird hier im Haus geladen.",
        "Die Adresse https://example.org ist für alle Kollegen erreichbar.",
        "Die Klammer (wird hier im ganzen Satz nicht geschlossen.",
        "Die Zahlen sind 12 14 16 18 in jeder Zeile.",
        "Hinweis: Die Krümmung ist nur bis auf das Vorzeichen bestimmt.",
        " ".join(["Wort"] * 41) + ".",
    ],
)
def test_fragments_markup_and_formulas_are_no_whole_sentences(text: str) -> None:
    assert not is_whole(text, "de")


def test_nothing_stands_alone_in_an_unknown_language() -> None:
    assert not stands_alone("Le responsable du service répond dans un délai de cinq jours.", "")


def test_a_third_language_is_not_taken_for_german_or_english() -> None:
    french = "Les salariés déposent leur demande au moins deux semaines avant le départ. Le responsable répond vite."
    latin = "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor invidunt ut labore."
    assert (spoken(french), spoken(latin)) == ("", "")
    assert spoken("Die Aufzeichnung wird nach 30 Tagen gelöscht, das geprüfte Protokoll bleibt.") == "de"
    assert spoken("The recording is deleted after 30 days, the checked minutes stay.") == "en"
