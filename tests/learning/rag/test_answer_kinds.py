"""What a sentence offers to ask for, by kind and unit."""

import pytest

from learning.rag.answer_kinds import kind_of, phrases_in, value_of


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Sie wird nach 30 Tagen gelöscht.", "de", [("30 Tagen", "duration", "Tag")]),
        (
            "Es kostet 1.200 Euro, 12 % mehr.",
            "de",
            [("1.200 Euro", "money", "Euro"), ("12 %", "percentage", "%")],
        ),
        ("Er hat vier Bausteine.", "de", [("vier", "number", "bausteine")]),
        (
            "It costs $1,200.50 or 5 per cent.",
            "en",
            [("$1,200.50", "money", "$"), ("5 per cent", "percentage", "%")],
        ),
        ("It takes two days.", "en", [("two days", "duration", "day")]),
        ("It was founded in 1911.", "en", [("1911", "year", "4")]),
        ("Absatz 4 gilt.", "de", []),
        ("Einer fehlt.", "de", []),
    ],
)
def test_phrases_are_found_with_their_unit(
    text: str, language: str, found: list[tuple[str, str, str]]
) -> None:
    assert [(phrase.text, phrase.kind, phrase.unit) for phrase in phrases_in(text, language)] == found


def test_a_figure_is_read_by_the_marks_of_its_language() -> None:
    assert value_of("1.200", "de") == value_of("1,200", "en") == 1200
    assert value_of("3,5", "de") == value_of("3.5", "en") == 3.5
    assert value_of("vier", "de") == value_of("four", "en") == 4
    assert value_of("viele", "de") is None


def test_a_phrase_by_itself_has_a_kind() -> None:
    assert kind_of("30 Tagen", "de") == kind_of("two weeks", "en") == "duration"
    assert kind_of("Unterschrift", "de") == ""
