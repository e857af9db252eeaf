"""EPUB: the chapters of the spine in their order, and nothing that is not the reader's."""

import zipfile
from pathlib import Path

import pytest

from learning.rag.errors import ReadingError
from learning.rag.readers import read
from learning.rag.reading import Reading

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OPS/buch.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
BOOK = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Reisen &amp; Spesen</dc:title></metadata>
<manifest><item id="b" href="Kapitel%202.xhtml#x" media-type="application/xhtml+xml"/>
<item id="a" href="../eins.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="bild.svg" media-type="image/svg+xml"/>
<item id="w" href="https://example.invalid/fern.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/><itemref idref="a"/><itemref idref="w"/><itemref idref="b"/><itemref idref="a"/>
<itemref idref="gone"/></spine></package>"""
ONE = """<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>
<script src="https://example.invalid/x.js"/></head><body><a id="top"/><h1>Eins</h1><p>Grüße&nbsp;aus Wien.</p>
<aside epub:type="footnote"><p>Eine Fußnote.</p></aside><nav><ol><li>Inhalt</li></ol></nav></body></html>"""
TWO = "<html><body><h1>Zwei</h1><p>Danach.</p></body></html>"
ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="x"/>
<enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>"""


def epub(folder: Path, **changed: str | bytes | None) -> Path:
    """A book; a changed part is given by the last word of its name, None leaves it out."""
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/buch.opf": BOOK,
        "eins.xhtml": ONE,
        "OPS/Kapitel 2.xhtml": TWO,
        "META-INF/encryption.xml": None,
    }
    for word, content in changed.items():
        name = next(name for name in parts if Path(name).stem == word)
        parts[name] = content
    path = folder / "buch.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            if content is not None:
                package.writestr(name, content)
    return path


def reading(path: Path) -> Reading:
    return read(path, name=path.name)


def refusal(path: Path, name: str = "buch.epub") -> str:
    with pytest.raises(ReadingError) as caught:
        read(path, name=name)
    return caught.value.code


def test_chapters_are_read_in_the_order_of_the_spine(tmp_path: Path) -> None:
    book = reading(epub(tmp_path))
    assert book.text == "Eins\n\nGrüße aus Wien.\n\nEine Fußnote.\n\nZwei\n\nDanach."
    assert [heading.title for heading in book.headings] == ["Eins", "Zwei"]
    assert (book.title, book.format) == ("Reisen & Spesen", "epub")


def test_a_chapter_without_text_is_passed_over(tmp_path: Path) -> None:
    assert reading(epub(tmp_path, eins="")).text == "Zwei\n\nDanach."


def test_a_locked_book_is_encrypted_and_one_with_scrambled_fonts_is_not(tmp_path: Path) -> None:
    assert refusal(epub(tmp_path, encryption=ENCRYPTION.format("OPS/Kapitel%202.xhtml"))) == "encrypted"
    assert (
        refusal(epub(tmp_path, encryption=ENCRYPTION.format("/eins.xhtml"), eins=b"\x00\x01" * 99))
        == "encrypted"
    )
    assert reading(epub(tmp_path, encryption=ENCRYPTION.format("OPS/font.otf"))).format == "epub"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"container": "<container/>"}, "broken"),
        ({"container": "no xml"}, "broken"),
        ({"container": CONTAINER.replace("OPS/", "../../")}, "broken"),
        ({"buch": None}, "broken"),
        ({"buch": BOOK.replace("itemref", "item")}, "broken"),
        ({"buch": "<package"}, "broken"),
        ({"eins": None, "Kapitel 2": None}, "broken"),
        ({"eins": "<p>...</p>", "Kapitel 2": "<img src='x.png'/>"}, "no_text"),
        ({"eins": " " * 30_000_000}, "zip_bomb"),
    ],
)
def test_a_book_that_is_none_is_refused(
    tmp_path: Path, changed: dict[str, str | bytes | None], code: str
) -> None:
    assert refusal(epub(tmp_path, **changed)) == code


def test_a_truncated_or_renamed_book_is_refused(tmp_path: Path) -> None:
    path = epub(tmp_path)
    assert refusal(path, "buch.docx") == "mismatch"
    path.write_bytes(path.read_bytes()[:500])
    assert refusal(path) == "broken"


def test_an_external_entity_of_a_book_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("salary list")
    declaration = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>'
    opf = BOOK.replace("?>", f"?>{declaration}", 1).replace("Reisen", "Reisen &s;")
    one = ONE.replace("?>", f"?>{declaration}", 1).replace("Wien", "Wien &s;")
    book = reading(epub(tmp_path, buch=opf, eins=one))
    assert "salary" not in book.text + book.title


def test_an_entity_bomb_in_a_book_is_not_unfolded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    declaration = f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}]>'
    opf = BOOK.replace("?>", f"?>{declaration}", 1).replace("Reisen", "&a8;")
    assert refusal(epub(tmp_path, buch=opf)) == "broken"


def test_nothing_of_a_book_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("reading opened a network connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert reading(epub(tmp_path)).format == "epub"
