"""PDF through pdfium: the text of each page in reading order, lines joined to paragraphs.

Bookmarks become headings, without them lines in larger letters. Running heads and page numbers are left
out from the third page on. Attachments and form scripts are not opened.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable
from ctypes import byref
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from learning.rag.errors import ReadingError
from learning.rag.readers.archive import holds
from learning.rag.readers.running import RunningLines
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
HEADING_SIZE = 1.15  # against the letters of most of the text
LONGEST_HEADING = 120  # characters
MOST_HEADINGS = 0.25  # share of the lines; in a file with more, size means something else
LEVELS = 3
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
            letters, words, pages = 0, 0, []
            for number in range(count):
                progress(number, count)
                lines = page_lines(document, number, is_measured=not marks)
                letters += sum(character.isalnum() for line in lines for character in line.text)
                words += sum(len(line.text.split()) for line in lines)
                if composer.max_words is not None and words > 2 * composer.max_words:
                    raise ReadingError("too_many_words", limit=composer.max_words)
                pages.append(lines)
            running, levels = RunningLines(), heading_levels(pages)
            for number, lines in enumerate(pages, start=1):
                left_out = running.without([line.plain for line in lines], number)
                kept = [line for place, line in enumerate(lines) if place not in left_out]
                composer.begin_page(number)
                add_page(composer, kept, marks.get(number, []), levels)
            progress(count, count)
            title = document.get_metadata_dict().get("Title", "")
        finally:
            document.close()
    if letters < SCANNED * count:
        raise ReadingError("no_text" if is_complete(path) else "broken")
    return title


@dataclass(frozen=True)
class Line:
    """`text` as pdfium gives it, HYPHEN where it was joined; `size` of its first letter in points, 0 if unknown."""

    text: str
    size: float = 0

    @property
    def plain(self) -> str:
        return HYPHEN_BEFORE_LOWER.sub("", self.text).replace(HYPHEN, "-")


def page_lines(document: "pypdfium2.PdfDocument", place: int, *, is_measured: bool) -> list[Line]:
    page = document[place]
    try:
        layer = page.get_textpage()
        try:
            start, found = 0, []
            for text in layer.get_text_range().replace("\r\n", "\n").split("\n"):
                line = text.strip()
                at = start + len(text) - len(text.lstrip()) if line else 0
                found.append(Line(line, letter_size(layer, at) if line and is_measured else 0))
                # pdfium counts a line's end as two characters.
                start += len(text) + 2
            return found
        finally:
            layer.close()
    finally:
        page.close()


def letter_size(layer: "pypdfium2.PdfTextPage", place: int) -> float:
    """The height of the letter's font as it stands on the page; 0 if pdfium does not say."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    index = raw.FPDFText_GetCharIndexFromTextIndex(layer, place)
    if index < 0 or not raw.FPDFText_GetLooseCharBox(layer, index, byref(box)):
        return 0
    return round(abs(box.top - box.bottom) * 2) / 2


def heading_levels(pages: list[list[Line]]) -> dict[float, int]:
    """The level of a heading by the size of its letters, the largest 1; empty where sizes do not tell."""
    lines = [line for page in pages for line in page if line.size]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    if not sizes:
        return {}
    usual = sizes.most_common(1)[0][0]
    larger = [line for line in lines if line.size >= HEADING_SIZE * usual]
    if len(larger) > MOST_HEADINGS * len(lines):
        return {}
    order = sorted({line.size for line in larger if is_headline(line.plain)}, reverse=True)
    return {size: min(level, LEVELS) for level, size in enumerate(order, start=1)}


def is_headline(text: str) -> bool:
    has_letters = sum(character.isalpha() for character in text) > 2
    return has_letters and len(text) <= LONGEST_HEADING and text[-1] not in ".,;:"


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


def add_page(
    composer: Composer, lines: list[Line], marks: list[tuple[int, str]], levels: dict[float, int]
) -> None:
    waiting = list(marks)
    for paragraph, gap, size in paragraphs(lines, levels):
        plain = " ".join(paragraph.split())
        mark = next((mark for mark in waiting if is_title(plain, mark[1])), None)
        if mark is not None:
            waiting.remove(mark)
            composer.add_heading(mark[0], plain)
        elif size and is_headline(plain):
            composer.add_heading(levels[size], plain)
        else:
            composer.add(paragraph, gap=gap)


def is_title(line: str, title: str) -> bool:
    """Whether the line is the bookmark's title, with or without its number before it."""
    return line == title or (line.endswith(title) and len(line) <= len(title) + 12)


def paragraphs(lines: list[Line], levels: dict[float, int]) -> list[tuple[str, str, float]]:
    """Paragraphs of a page, each with the gap before it and its size.

    The gap is a line break inside a list, else a blank line; a headline stands for itself.
    """
    lengths = sorted(len(part) for line in lines for part in line.text.split(HYPHEN) if part)
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    is_prose = sum(length >= FULL_LINE * usual for length in lengths) >= PROSE * len(lengths)
    found: list[tuple[str, str, float]] = []
    gap, flows = PARAGRAPH_GAP, False
    for line in lines:
        plain = line.plain
        if not plain:
            gap, flows = PARAGRAPH_GAP, False
            continue
        size = line.size if line.size in levels and is_headline(plain) else 0
        if found and size != found[-1][2]:
            gap, flows = PARAGRAPH_GAP, False
        if flows and not BULLET.match(plain) and (is_prose or plain[0].islower()):
            found[-1] = (f"{found[-1][0]} {plain}", *found[-1][1:])
        else:
            found.append((plain, gap, size))
        ends = plain[-1] in SENTENCE_END
        flows = len(line.text.rpartition(HYPHEN)[2]) >= (WHOLE_LINE if ends else FULL_LINE) * usual
        gap = PARAGRAPH_GAP if ends else LINE_GAP
    return found


def is_complete(path: Path) -> bool:
    """Whether the file has the mark that points to a finished PDF's table of contents."""
    return holds(path, b"startxref")
