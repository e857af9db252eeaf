"""PDF through pdfium: the text of each page in reading order, lines joined to paragraphs.

Bookmarks become headings. Attachments and form scripts are not opened.
"""

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from learning.rag.errors import ReadingError
from learning.rag.readers.archive import holds
from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

if TYPE_CHECKING:
    import pypdfium2

# pdfium is not thread-safe.
PDFIUM = threading.Lock()
PASSWORD_ERROR = 4
HYPHEN = "\ufffe"  # what pdfium gives for a hyphen at a line's end, the line end left out
HYPHEN_BEFORE_LOWER = re.compile(HYPHEN + r"(?=[a-zäöüßà-ÿ])")
# Shares of the page's usual line: a shorter one ends a paragraph, the more so at a sentence's end.
FULL_LINE, WHOLE_LINE = 0.7, 0.9
PROSE = 0.5  # share of full lines; a page with fewer is a table or a form, whose lines stay apart
SENTENCE_END = ".!?:"
BULLET = re.compile(r"(?:[-*•–·▪●○]|\(?\d{1,3}[.)]|[a-z]\))\s")
SCANNED = 10  # letters and digits a page on average; less is a scan's stamp or page number


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError as error:
            raise ReadingError("encrypted" if error.err_code == PASSWORD_ERROR else "broken") from error
        try:
            count = len(document)
            marks = bookmarks(document)
            letters = 0
            for number in range(1, count + 1):
                progress(number - 1, count)
                text = page_text(document, number - 1)
                letters += sum(character.isalnum() for character in text)
                composer.begin_page(number)
                add_page(composer, text, marks.get(number, []))
            progress(count, count)
            title = document.get_metadata_dict().get("Title", "")
        finally:
            document.close()
    if letters < SCANNED * count:
        raise ReadingError("no_text" if is_complete(path) else "broken")
    return title


def page_text(document: "pypdfium2.PdfDocument", place: int) -> str:
    page = document[place]
    try:
        layer = page.get_textpage()
        try:
            return layer.get_text_range()
        finally:
            layer.close()
    finally:
        page.close()


def bookmarks(document: "pypdfium2.PdfDocument") -> dict[int, list[tuple[int, str]]]:
    """Level and title of the bookmarks on each page; a broken outline is no reason to refuse a file."""
    import pypdfium2

    marks: dict[int, list[tuple[int, str]]] = {}
    try:
        for mark in document.get_toc(max_depth=6):
            target = mark.get_dest()
            place = target.get_index() if target else None
            title = " ".join(mark.get_title().split())
            if place is not None and title:
                marks.setdefault(place + 1, []).append((mark.level + 1, title))
    except (pypdfium2.PdfiumError, ValueError, RecursionError):
        return {}
    return marks


def add_page(composer: Composer, text: str, marks: list[tuple[int, str]]) -> None:
    waiting = list(marks)
    for paragraph, gap in paragraphs(text):
        plain = " ".join(paragraph.split())
        mark = next((mark for mark in waiting if is_title(plain, mark[1])), None)
        if mark is not None:
            waiting.remove(mark)
            composer.add_heading(mark[0], plain)
        else:
            composer.add(paragraph, gap=gap)


def is_title(line: str, title: str) -> bool:
    """Whether the line is the bookmark's title, with or without its number before it."""
    return line == title or (line.endswith(title) and len(line) <= len(title) + 12)


def paragraphs(text: str) -> list[tuple[str, str]]:
    """Paragraphs of a page, each with the gap before it: a line break inside a list, else a blank line."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    lengths = sorted(len(line) for joined in lines for line in joined.split(HYPHEN) if line)
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    is_prose = sum(length >= FULL_LINE * usual for length in lengths) >= PROSE * len(lengths)
    found: list[tuple[str, str]] = []
    gap, flows = PARAGRAPH_GAP, False
    for line in lines:
        plain = HYPHEN_BEFORE_LOWER.sub("", line).replace(HYPHEN, "-")
        if not plain:
            gap, flows = PARAGRAPH_GAP, False
            continue
        if flows and not BULLET.match(plain) and (is_prose or plain[0].islower()):
            found[-1] = (f"{found[-1][0]} {plain}", found[-1][1])
        else:
            found.append((plain, gap))
        ends = plain[-1] in SENTENCE_END
        flows = len(line.rpartition(HYPHEN)[2]) >= (WHOLE_LINE if ends else FULL_LINE) * usual
        gap = PARAGRAPH_GAP if ends else LINE_GAP
    return found


def is_complete(path: Path) -> bool:
    """Whether the file has the mark that points to a finished PDF's table of contents."""
    return holds(path, b"startxref")
