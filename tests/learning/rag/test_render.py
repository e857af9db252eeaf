"""Pages of PDF files as pictures: the quote marked where it stands, and nothing a file does reaches the caller."""

import struct
import subprocess
import zlib
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from learning.rag.readers import read, render
from learning.rag.readers.render import CannotDraw, draw
from tests.pdfs import pdf_of

FILE = "sample-files__026-latex-multicolumn__multicolumn.pdf"
SENTENCE = "Duis nibh mi, congue eu, accumsan eleifend, sagittis quis, diam."


@pytest.fixture
def columns(data_folder: Path) -> Path:
    return data_folder / "documents" / FILE


def pixels_of(path: Path) -> np.ndarray:
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    begin = data.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", data[begin - 8 : begin - 4])
    lines = np.frombuffer(zlib.decompress(data[begin : begin + length]), dtype=np.uint8)
    differences = lines.reshape(height, -1)[:, 1:].astype(np.uint64)
    return (np.cumsum(differences, axis=0) % 256).reshape(height, width, 3).astype(np.uint8)


def marked(pixels: np.ndarray) -> np.ndarray:
    """Where the paper is brass: clearly less blue than red."""
    return pixels[:, :, 0].astype(int) - pixels[:, :, 2] > 60


def shares(found: np.ndarray) -> tuple[float, float, float, float]:
    """The marked region's top, bottom, left and right as shares of the picture."""
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    height, width = found.shape
    return rows[0] / height, rows[-1] / height, columns[0] / width, columns[-1] / width


def test_the_quote_is_marked_where_it_stands(columns: Path, tmp_path: Path) -> None:
    draw(columns, page=1, quote=SENTENCE, out=tmp_path / "page.png")
    pixels = pixels_of(tmp_path / "page.png")
    top, bottom, left, right = shares(marked(pixels))
    # In the left of two columns, below the middle of the page, two lines high.
    assert 0.5 < top < bottom < 0.65
    assert right < 0.52
    assert left > 0.1
    assert pixels.shape[1] == render.WIDTH


@pytest.mark.parametrize("quote", ["", "Words that do not stand on this page."])
def test_what_cannot_be_located_leaves_the_page_unmarked(quote: str, columns: Path, tmp_path: Path) -> None:
    draw(columns, page=1, quote=quote, out=tmp_path / "page.png")
    assert not marked(pixels_of(tmp_path / "page.png")).any()


def test_a_turned_page_is_marked_at_its_words(columns: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned.pdf"
    document = pypdfium2.PdfDocument(columns)
    document[0].set_rotation(180)
    document.save(turned)
    document.close()
    draw(turned, page=1, quote="Two-Column Document with Lorem Ipsum", out=tmp_path / "page.png")
    top, bottom, _left, _right = shares(marked(pixels_of(tmp_path / "page.png")))
    assert 0.7 < top < bottom < 0.9


def test_nearly_every_passage_of_the_documents_is_located(data_folder: Path) -> None:
    from learning.rag.splitting import split

    found = total = 0
    for name in (FILE, "sample-files__004-pdflatex-4-pages__pdflatex-4-pages.pdf"):
        path = data_folder / "documents" / name
        reading = read(path, name=name)
        document = pypdfium2.PdfDocument(path)
        for draft in split(reading):
            total += 1
            page = document[draft.page - 1]
            found += bool(render.rectangles(page, reading.text[draft.start : draft.end][:300]))
        document.close()
    assert total > 20
    assert found >= 0.95 * total


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\ngarbage", b"\x00" * 1000],
    ids=["empty", "broken", "zeros"],
)
def test_a_broken_file_gives_no_picture(content: bytes, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    with pytest.raises(CannotDraw):
        draw(bad, page=1, quote="x", out=tmp_path / "page.png")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.pdf"]


def test_a_page_that_is_not_there_gives_no_picture(columns: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotDraw):
        draw(columns, page=999, quote="x", out=tmp_path / "page.png")


def endless_pdf(path: Path) -> None:
    """A page that draws forms of forms, ten to the power of twelve rectangles in the end."""
    depth, width = 12, 10
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length 4>>stream\n/F Do\nendstream",
    ]
    for level in range(depth):
        last = level == depth - 1
        body = b"0 0 500 500 re f\n" * 50 if last else b"/F Do\n" * width
        form = b"" if last else b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]%s/Length %d>>stream\n%s\nendstream"
            % (form, len(body), body)
        )
    path.write_bytes(pdf_of(objects))


def test_a_page_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "SECONDS", 1)  # before its memory is used up
    endless_pdf(tmp_path / "endless.pdf")
    with pytest.raises(CannotDraw) as raised:
        draw(tmp_path / "endless.pdf", page=1, quote="", out=tmp_path / "page.png")
    assert isinstance(raised.value.__cause__, subprocess.TimeoutExpired)
    assert not (tmp_path / "page.png").exists()
