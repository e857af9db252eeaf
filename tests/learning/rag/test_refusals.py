"""Files that must not be read: each gets its own sentence, whatever bytes it holds."""

import json
import random
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.utils import translation

from learning.rag.errors import SENTENCES, ReadingError
from learning.rag.readers import EXTENSIONS, read, read_text

DOCX = "markitdown__markitdown__test_files__test.docx"


def refusal(path: Path, name: str | None = None) -> str:
    with pytest.raises(ReadingError) as caught:
        read(path, name=name or path.name)
    return caught.value.code


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def docx_with(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_is_a_full_sentence(code: str) -> None:
    error = ReadingError(code, accepted=".pdf", extension=".pdf", limit=1)
    assert str(error).endswith(".")
    assert "{" not in str(error)


def test_a_missing_file_is_not_called_broken(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        read(tmp_path / "gone.pdf", name="gone.pdf")


def test_a_declared_bomb_is_not_opened(tmp_path: Path) -> None:
    assert refusal(docx_with(tmp_path / "bomb.docx", {"word/document.xml": b" " * 30_000_000})) == "zip_bomb"


def test_many_parts_together_are_a_bomb(tmp_path: Path) -> None:
    parts = {f"word/media/{n}.bin": random.Random(n).randbytes(2_000) + b" " * 900_000 for n in range(600)}
    assert refusal(docx_with(tmp_path / "many.docx", {"word/document.xml": b"<x/>", **parts})) == "zip_bomb"


def test_a_bomb_that_lies_about_its_size_is_not_inflated(tmp_path: Path) -> None:
    path = docx_with(tmp_path / "liar.docx", {"word/document.xml": b" " * 30_000_000})
    honest = path.read_bytes()
    size = struct.pack("<I", 30_000_000)
    assert honest.count(size) >= 1
    assert refusal(write(path, honest.replace(size, struct.pack("<I", 40_000)))) == "zip_bomb"


def test_a_changed_part_is_broken(tmp_path: Path) -> None:
    path = docx_with(tmp_path / "changed.docx", {"word/document.xml": random.Random(1).randbytes(50_000)})
    content = bytearray(path.read_bytes())
    content[20_000:20_100] = bytes(100)
    assert refusal(write(path, bytes(content))) == "broken"


def test_macros_are_refused_under_any_name(data_folder: Path) -> None:
    path = data_folder / "documents" / "tika__microsoft-module__testWORD_macros.docm"
    assert refusal(path) == "macro"
    assert refusal(path, "report.docx") == "macro"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (DOCX, "report.pdf"),
        (DOCX, "report.txt"),
        ("pypdf__resources__crazyones.pdf", "report.docx"),
        ("pypdf__resources__crazyones.pdf", "report.md"),
        ("docling__data__md__sources__wiki.md", "report.pdf"),
    ],
)
def test_a_lying_extension_is_named(data_folder: Path, file: str, name: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(data_folder / "documents" / file, name=name)
    assert caught.value.code == "mismatch"
    assert Path(name).suffix in str(caught.value)


def test_code_and_details_are_enough_to_say_it_again(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as caught:
        read(write(tmp_path / "table.key", b"a,b"), name="table.key")
    stored = json.loads(json.dumps([caught.value.code, caught.value.details]))
    assert str(ReadingError(stored[0], **stored[1])) == str(caught.value)


@pytest.mark.parametrize(
    "name", ["picture.png", "table.ods", "book.mobi", "slides.key", "noextension", "old.rtf"]
)
def test_an_unknown_kind_names_the_accepted_ones(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, b"a,b\n1,2\n")
    with pytest.raises(ReadingError) as caught:
        read(path, name=name)
    assert caught.value.code == "unknown_format"
    assert all(extension in str(caught.value) for extension in EXTENSIONS)


def test_an_old_word_file_is_told_apart_from_an_encrypted_one(tmp_path: Path) -> None:
    assert (
        refusal(write(tmp_path / "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))) == "old_office"
    )


def test_a_truncated_or_flipped_file_never_breaks_the_reader(data_folder: Path, tmp_path: Path) -> None:
    files = [path for path in (data_folder / "documents").iterdir() if path.stat().st_size < 150_000]
    chance = random.Random(8)
    for path in files:
        content = path.read_bytes()
        for attempt in range(4):
            damaged = bytearray(content[: chance.randrange(len(content) + 1)] if attempt % 2 else content)
            for _flip in range(20 if damaged else 0):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            target = write(tmp_path / path.name, bytes(damaged))
            with suppress(ReadingError):
                read(target, name=path.name)


def test_binary_rubbish_is_no_text(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "rubbish.txt", random.Random(2).randbytes(5_000))) == "broken"


def test_an_entity_bomb_stays_small(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    markup = f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}]><html><body><p>Hello &a8;</p></body></html>'
    assert len(read(write(tmp_path / "bomb.xhtml", markup.encode()), name="bomb.xhtml").text) < 5_000


def test_an_external_entity_reads_no_file(data_folder: Path, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", b"salary list")
    with zipfile.ZipFile(data_folder / "documents" / DOCX) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    declaration = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'.encode()
    document = parts["word/document.xml"]
    head, _, rest = document.partition(b"?>")
    assert b"Abstract" in rest
    parts["word/document.xml"] = head + b"?>" + declaration + rest.replace(b"Abstract", b"Abstract &s;", 1)
    path = docx_with(tmp_path / "entity.docx", parts)
    try:
        text = read(path, name=path.name).text
    except ReadingError:
        text = ""
    assert "salary" not in text


def test_the_word_limit_stops_the_reading(data_folder: Path) -> None:
    path = data_folder / "documents" / "tika__pdf-module__testPDF_protected.pdf"
    seen: list[int] = []
    with pytest.raises(ReadingError) as caught:
        read(path, name=path.name, max_words=1_000, progress=lambda done, total: seen.append(done))
    assert caught.value.code == "too_many_words"
    assert "1.000" in str(caught.value)
    assert max(seen) < 10


def test_the_size_limit_comes_first(data_folder: Path) -> None:
    path = data_folder / "documents" / DOCX
    with pytest.raises(ReadingError) as caught:
        read(path, name=path.name, max_bytes=1_000)
    assert caught.value.code == "too_large"


class Stopped(Exception):
    pass


def test_a_cancel_comes_through_every_reader_unchanged(data_folder: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Stopped

    for name in (
        DOCX,
        "pypdf__resources__crazyones.pdf",
        "markitdown__markitdown__test_files__test.pptx",
        "docling__data__md__sources__wiki.md",
        "docling__data__html__sources__wiki_duck.html",
        "markitdown__markitdown__test_files__test.xlsx",
        "markitdown__markitdown__test_files__test_mskanji.csv",
        "markitdown__markitdown__test_files__test.epub",
    ):
        with pytest.raises(Stopped):
            read(data_folder / "documents" / name, name=name, progress=stop)


def test_progress_reaches_its_total(data_folder: Path) -> None:
    path = data_folder / "documents" / "tika__pdf-module__testPDF_protected.pdf"
    seen: list[tuple[int, int]] = []
    read(path, name=path.name, progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 41)
    assert seen[-1] == (41, 41)
    assert seen == sorted(seen)


@pytest.mark.parametrize(("text", "code"), [("", "empty"), (" \n\x00 ", "empty"), ("--- !!!", "no_text")])
def test_pasted_text_without_words_is_refused(text: str, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_text(text, title="Note")
    assert caught.value.code == code


def test_a_number_in_a_sentence_is_written_as_its_reader_writes_it() -> None:
    error = ReadingError("too_many_words", limit=500_000)
    with translation.override("en"):
        assert "500,000 words" in str(error.message)
    with translation.override("de"):
        assert "500.000" in str(error.message)
