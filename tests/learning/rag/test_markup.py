"""A model's Markdown as plain text."""

import pytest

from learning.rag.markup import plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("## Antwort", ""),
        ("**Zusammenfassung:**", ""),
        ("---", ""),
        ("```text", ""),
        ("## Eine lange Überschrift über Reisen ohne Ende und Ziel\nDie Firma zahlt [1].", "Die Firma zahlt [1]."),
        ("# Die Firma zahlt 14 Euro [1].", "Die Firma zahlt 14 Euro [1]."),
        ("**Die Firma zahlt 14 Euro.**", "Die Firma zahlt 14 Euro."),
        ("- **Reise**: 14 Euro [1].", "Reise: 14 Euro [1]."),
        ("* 14 Euro [1].", "14 Euro [1]."),
        ("1. **Reise**: 14 Euro [1].", "Reise: 14 Euro [1]."),
        ("2) 14 Euro [1].", "14 Euro [1]."),
        ("> *Nur* _mit_ `Beleg` ***sofort***.", "Nur mit Beleg sofort."),
        ("**Das gilt heute.", "Das gilt heute."),
        ("Und morgen auch.**", "Und morgen auch."),
        ("**14** Euro am Tag", "14 Euro am Tag"),
    ],
)  # fmt: skip
def test_the_words_stay_and_the_marks_go(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    "text",
    [
        "1. Mai ist ein Feiertag [1].",
        "2**10 sind 1024, und 3 * 4 * 5 sind 60.",
        "Das Feld heißt cost_center_id oder snake_case.",
        "Der Zuschlag* gilt ab 10 Uhr.",
        "Es bleibt bei 20 - 25 Tagen.",
        "#1 im Betrieb",
    ],
)
def test_what_is_no_markdown_stays(text: str) -> None:
    assert plain(text) == text


def test_marks_without_end_cost_little() -> None:
    for mark in ("*", "**", "_", "`", "# ", "- ", "*a ", "_a ", "`a "):
        assert len(plain(mark * 6_000)) <= 6_000 * len(mark)
