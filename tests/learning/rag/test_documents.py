"""Every real document is read or refused as the table says."""

from pathlib import Path

import pytest

from learning.rag.errors import ReadingError
from learning.rag.readers import read
from learning.rag.reading import Reading
from learning.rag.splitting import split

TABLE = Path(__file__).resolve().parents[3] / "learning" / "rag" / "README.md"


def table() -> dict[str, tuple[str, str]]:
    """Outcome and words by file name, from the table."""
    lines = TABLE.read_text(encoding="utf-8").partition("| file | outcome | words |")[2].splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    return {name.strip("`"): (outcome, words) for name, outcome, words in rows}


def outcome(path: Path) -> tuple[str, str]:
    try:
        reading = read(path, name=path.name)
    except ReadingError as error:
        return error.code, "-"
    return reading.format, str(len(reading.text.split()))


def readings(folder: Path) -> list[Reading]:
    found = []
    for path in sorted(folder.iterdir()):
        try:
            found.append(read(path, name=path.name))
        except ReadingError:
            continue
    return found


def test_every_document_ends_as_the_readme_says(data_folder: Path) -> None:
    files = [path for path in sorted((data_folder / "documents").iterdir()) if path.name != "MANIFEST.tsv"]
    assert {path.name: outcome(path) for path in files} == table()


def test_every_passage_is_its_range_of_the_text(data_folder: Path) -> None:
    for reading in readings(data_folder / "documents"):
        drafts = split(reading)
        last = 0
        for draft in drafts:
            passage = reading.text[draft.start : draft.end]
            assert passage
            assert passage == passage.strip()
            assert draft.start >= last
            last = draft.end
        kept = "".join(reading.text[draft.start : draft.end] for draft in drafts)
        assert "".join(kept.split()) == "".join(reading.text.split()), "no character may be lost or doubled"


def test_no_passage_crosses_a_page(data_folder: Path) -> None:
    for reading in readings(data_folder / "documents"):
        spans = {page.number: page for page in reading.pages}
        for draft in split(reading):
            if reading.pages:
                page = spans[draft.page]
                assert page.start <= draft.start < draft.end <= page.end


def test_passages_have_the_promised_size(data_folder: Path) -> None:
    for reading in readings(data_folder / "documents"):
        for draft in split(reading):
            assert len(reading.text[draft.start : draft.end].split()) <= 250


def test_pages_and_headings_point_into_the_text(data_folder: Path) -> None:
    for reading in readings(data_folder / "documents"):
        assert all(0 <= page.start < page.end <= len(reading.text) for page in reading.pages)
        for heading in reading.headings:
            assert reading.text.startswith(heading.title, heading.start)


def test_a_text_can_be_stored_anywhere(data_folder: Path) -> None:
    for reading in readings(data_folder / "documents"):
        reading.text.encode("utf-8")
        assert not set(reading.text) & {chr(code) for code in range(32) if chr(code) not in "\n\t"}
        assert "\ufffe" not in reading.text


def test_columns_are_read_one_after_the_other(data_folder: Path) -> None:
    path = data_folder / "documents" / "tika__pdf-module__testPDFTwoTextBoxes.pdf"
    text = read(path, name=path.name).text
    assert text.index("Left column line 2") < text.index("Right column line 1")


def test_a_hyphenated_word_is_whole_again(data_folder: Path) -> None:
    path = data_folder / "documents" / "sample-files__026-latex-multicolumn__multicolumn.pdf"
    assert "adipiscing elit" in read(path, name=path.name).text


def test_bookmarks_become_headings(data_folder: Path) -> None:
    path = data_folder / "documents" / "sample-files__009-pdflatex-geotopo__GeoTopo-komprimiert.pdf"
    reading = read(path, name=path.name)
    assert "1.2 Metrische Räume" in [heading.title for heading in reading.headings]
    assert any(draft.heading_path.endswith(" › 1.2 Metrische Räume") for draft in split(reading))


def test_nothing_is_fetched_while_reading(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("reading opened a network connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    path = data_folder / "documents" / "docling__data__docx__sources__docx_external_image.docx"
    assert read(path, name=path.name).format == "docx"
