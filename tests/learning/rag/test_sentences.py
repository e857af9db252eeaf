"""Where sentences end, in German and English."""

import pytest

from learning.rag.sentences import pieces, spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Betriebsrat hat nach § 87 Abs. 1 Nr. 6 BetrVG ein Recht auf Mitbestimmung.",
        "Das gilt z. B. für Dr. Weber und Prof. Dr. Klein, d. h. für alle.",
        "Die Frist endet am 3. Oktober um 12.30 Uhr und kostet 3.5 Mio. Euro.",
        "Im 19. Jahrhundert regierte Ludwig XIV. Frankreich nicht mehr.",
        "Siehe ggf. Abb. 3, Kap. 4 und S. 12 ff. im Anhang.",
        "According to Dr. Smith, Fig. 2 shows e.g. the U.S. market of Acme Inc. in 2020.",
        "The value of approx. 3.14 was measured by J. R. Miller et al. in the lab.",
        "The growth is shown in Supplementary Fig. S2 and in the text.",
        "Gefeiert wird das Fest des hl. Antonius im Juni.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert sentences(f"{sentence} Danach geht es mit dem nächsten Satz weiter.")[0] == sentence


def test_sentences_end_at_their_marks() -> None:
    text = "Ist das so? Ja! „Gewiss.“ Die Wahl war 2011. The end came (finally.) Nobody knew."
    assert sentences(text) == [
        "Ist das so?",
        "Ja!",
        "„Gewiss.“",
        "Die Wahl war 2011.",
        "The end came (finally.)",
        "Nobody knew.",
    ]


def test_a_lost_blank_still_ends_a_sentence() -> None:
    assert sentences("Der Auftritt fand hier statt.Am selben Tag kam die Nachricht.") == [
        "Der Auftritt fand hier statt.",
        "Am selben Tag kam die Nachricht.",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The cells were kept at 37 °C.", "An antibody was added."),
        ("Es wurde für 24 h.", "Danach wurde es gekühlt."),
    ],
)
def test_a_unit_ends_a_sentence_unlike_an_initial(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]
    assert sentences("Wir fragten C. Weber.") == ["Wir fragten C. Weber."]


def test_a_blank_lost_after_a_year_still_ends_a_sentence() -> None:
    assert sentences("Die Premiere war 2007.Im Film singt er.") == [
        "Die Premiere war 2007.",
        "Im Film singt er.",
    ]


def test_a_narrow_column_does_not_end_a_sentence_at_every_line() -> None:
    column = "The public health implications\nof the pandemic, even of the\nlater ones, are unknown."
    assert sentences(column) == [column]
    assert sentences("apples\npears") == ["apples", "pears"]


def test_short_lines_and_list_items_stand_alone_and_wrapped_lines_do_not() -> None:
    wrapped = "This paragraph was wrapped by its editor at about seventy characters\nand goes on here."
    assert sentences(wrapped) == [wrapped]
    assert sentences("Benötigt werden:\n- ein Laptop\n- ein Ausweis") == [
        "Benötigt werden:",
        "- ein Laptop",
        "- ein Ausweis",
    ]
    assert sentences("1. Antrag stellen\n2. Warten") == ["1. Antrag stellen", "2. Warten"]


@pytest.mark.parametrize("text", ["", "  ", "Ein Satz.  Noch einer.\n\nEin Absatz ", "...", "a.b.c", "\n\n"])
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text
