"""What the lines of a passage are."""

from learning.rag.blocks import blocks, title_of

TEXT = """Was du vorher tust
1. Klasse bestimmen.
2. Im Register nachsehen, ob das
Werkzeug erlaubt ist.

Private Zugänge

Private Konten sind tabu. Das gilt immer.

Stufe | Betrag
Eins | 100 Euro

Was gilt danach?

Zeile eins endet hier.
Zeile zwei endet dort."""


def test_headings_points_prose_and_rows_are_told_apart() -> None:
    found = [(block.kind, TEXT[block.start : block.end]) for block in blocks(TEXT)]
    assert found == [
        ("heading", "Was du vorher tust"),
        ("point", "1. Klasse bestimmen."),
        ("point", "2. Im Register nachsehen, ob das\nWerkzeug erlaubt ist."),
        ("heading", "Private Zugänge"),
        ("prose", "Private Konten sind tabu. Das gilt immer."),
        ("row", "Stufe | Betrag"),
        ("row", "Eins | 100 Euro"),
        ("heading", "Was gilt danach?"),
        ("point", "Zeile eins endet hier."),
        ("point", "Zeile zwei endet dort."),
    ]


def test_a_known_title_is_a_heading_whatever_it_looks_like() -> None:
    text = "kleine Überschrift.\nUnd gleich der Text dazu, der lang genug ist, um Prosa zu sein."
    assert next(iter(blocks(text, ["kleine Überschrift."]))).kind == "heading"
    assert next(iter(blocks(text))).kind != "heading"


def test_a_title_loses_its_mark_and_number() -> None:
    assert title_of("## 2.1 Fristen") == "Fristen"
    assert title_of("2024") == "2024"
