"""What a page's frame repeats is left out, and larger lines are headings where the file names none."""

from pathlib import Path

import pytest

from learning.rag.errors import ReadingError
from learning.rag.readers import read
from learning.rag.reading import Reading
from learning.rag.splitting import split

Lines = list[tuple[int, str]]  # size of the letters and text

PROSE = (
    "Jede Dienstreise wird vor ihrem Beginn von der Leitung der Abteilung genehmigt und",
    "danach im System erfasst, damit die Kosten der richtigen Stelle zugeordnet werden und",
    "niemand auf sein Geld warten muss. Belege werden bis zum Monatsende eingereicht.",
)


def pdf(path: Path, pages: list[Lines]) -> Path:
    """A file with these lines from top to bottom on each page, in Helvetica."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content, top = b"", 800
        for size, text in lines:
            top -= round(1.6 * size)
            shown = text.replace("(", "\\(").replace(")", "\\)").encode("cp1252")
            content += f"BT /F1 {size} Tf 50 {top} Td (".encode() + shown + b") Tj ET\n"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    body, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + written + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>"
    path.write_bytes(body + f"{end}\nstartxref\n{len(body)}\n%%EOF\n".encode())
    return path


def reading(folder: Path, pages: list[Lines]) -> Reading:
    return read(pdf(folder / "a.pdf", pages), name="a.pdf")


def prose(number: int) -> Lines:
    return [(10, line) for line in (f"Absatz {number} von vielen:", *PROSE, *PROSE)]


def test_running_heads_and_page_numbers_are_left_out_but_for_the_first_ones(tmp_path: Path) -> None:
    pages = [
        [
            (8, "Ringer Werke GmbH - intern"),
            *prose(number),
            (8, f"Seite {number} von 9"),
            (8, str(number + 40)),
        ]
        for number in range(1, 10)
    ]
    found = reading(tmp_path, pages)
    assert found.text.count("Ringer Werke GmbH") == 2
    assert found.text.count("Seite") == 2
    assert not any(line in ("43", "49") for line in found.text.split("\n"))
    assert all(f"Absatz {number} von vielen" in found.text for number in range(1, 10))
    assert [page.number for page in found.pages] == list(range(1, 10))


def test_figures_that_only_look_alike_stay(tmp_path: Path) -> None:
    """The last line of each page is a sum; it neither stays the same nor counts with the pages."""
    sums = (12, 99, 31, 4, 77, 58)
    found = reading(
        tmp_path,
        [[*prose(n), (10, f"Summe {amount} Euro"), (10, str(amount * 7))] for n, amount in enumerate(sums)],
    )
    for amount in sums:
        assert f"Summe {amount} Euro" in found.text
        assert str(amount * 7) in found.text.split()


def test_larger_lines_are_headings_and_passages_know_them(tmp_path: Path) -> None:
    pages = [
        [(20, "Reiserichtlinie"), (14, "1 Genehmigung"), *prose(1), (14, "2 Belege"), *prose(2)],
        [(14, "3 Erstattung"), *prose(3), *prose(4)],
    ]
    found = reading(tmp_path, pages)
    assert [(heading.level, heading.title) for heading in found.headings] == [
        (1, "Reiserichtlinie"),
        (2, "1 Genehmigung"),
        (2, "2 Belege"),
        (2, "3 Erstattung"),
    ]
    assert all(found.text[heading.start :].startswith(heading.title) for heading in found.headings)
    assert {draft.heading_path for draft in split(found)} >= {"Reiserichtlinie › 3 Erstattung"}


@pytest.mark.parametrize("text", ["Ein großer Satz, der endet.", "x" * 130, "14,00", "Anrede,"])
def test_what_is_large_and_no_headline_is_text(text: str, tmp_path: Path) -> None:
    found = reading(tmp_path, [[(20, text), *prose(1), *prose(2)]])
    assert found.headings == ()
    assert text[:20] in found.text


def test_where_sizes_are_mixed_nothing_is_a_heading(tmp_path: Path) -> None:
    lines = [
        (size, f"Zeile {place} der Anzeige") for place, size in enumerate([9, 12, 14, 9, 18, 11, 24, 9, 13])
    ]
    assert reading(tmp_path, [lines]).headings == ()


def test_the_word_limit_holds_before_all_pages_are_kept(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", [prose(number) for number in range(50)])
    called: list[int] = []
    with pytest.raises(ReadingError) as caught:
        read(path, name="a.pdf", max_words=100, progress=lambda done, total: called.append(done))
    assert caught.value.code == "too_many_words"
    assert max(called) < 10
