"""Passages laid out as sentences: exact places, headings above them, nothing changed but what is said."""

from pathlib import Path

import pytest

from learning.notebooks.aids.drafts import Material
from learning.notebooks.aids.statements import Layout, cleaned, lay_out
from tests.learning.notebooks.aids.material import make_material, starter_texts


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Am 3. Oktober\n2026 beginnt der Kurs.", "Am 3. Oktober 2026 beginnt der Kurs."),
        ("3. Oktober 2026 ist der Tag.", "3. Oktober 2026 ist der Tag."),
        ("2. Prüfe die Zahlen, a) und b).", "Prüfe die Zahlen, a) und b)."),
        ("- **Wichtig** ist _das_ hier.", "Wichtig ist das hier."),
        ("## Fristen", "Fristen"),
        ("Ducks swim.[12] They fly [a].", "Ducks swim. They fly."),
        ("Der Wert a_b * c bleibt.", "Der Wert a_b * c bleibt."),
    ],
)
def test_only_marks_are_taken_away(raw: str, text: str) -> None:
    assert cleaned(raw) == text


def laid_out(material: Material) -> Layout:
    return lay_out(material, lambda done: None)


def test_every_statement_stands_at_its_place() -> None:
    material = starter_texts("*.md")
    for held in laid_out(material).statements:
        passage = held.passage
        assert cleaned(passage.text[held.start : held.end]) == held.text
        assert passage.start <= held.quote.start < held.quote.end <= passage.end


def test_headings_within_a_passage_hold_for_what_follows() -> None:
    paths = {held.text: held.path for held in laid_out(starter_texts("data-de.md")).statements}
    title = "Welche Daten wohin dürfen"
    assert paths["Diese Seite ist eine Vorlage."] == (title,)
    assert paths["Öffentliche Daten dürfen in jedes Werkzeug."] == (title, "Vier Klassen von Daten")
    assert paths["Klasse bestimmen."] == (title, "Was du immer vorher tust")
    assert paths["Private Konten bei KI-Diensten sind für Firmendaten tabu, auch für interne."] == (
        title,
        "Private Zugänge",
    )


def test_tables_are_no_statements(tmp_path: Path) -> None:
    text = (
        "# Stufen\n\n| Stufe | Betrag |\n|---|---|\n| Eins | 100 Euro. |\n\nDanach gilt die Regel für alle."
    )
    statements = laid_out(make_material(text, folder=tmp_path)).statements
    assert [held.text for held in statements] == ["Danach gilt die Regel für alle."]
