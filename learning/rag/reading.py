"""What reading a file yields: one text, and where its pages and headings begin.

All positions are character offsets in `Reading.text`. `Composer` is the only place that makes such a
text, so that offsets, cleaning and the word limit cannot differ between formats.
"""

import re
from dataclasses import dataclass
from math import ceil

from learning.rag.errors import ReadingError

LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# PostgreSQL refuses NUL and lone surrogates. Soft hyphens, zero-width and tag characters are invisible:
# they would hide words from search and can hide instructions from people.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
BLANK_LINES = re.compile(r"\n{3,}")
PARAGRAPH_GAP = "\n\n"
LINE_GAP = "\n"
MAX_TITLE = 300  # characters
LONGEST_WORD = 24  # characters; a longer run without blanks counts as several words


@dataclass(frozen=True)
class PageSpan:
    """A page, slide or sheet (counted from 1) and the characters it holds."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 9 and where its title starts."""

    level: int
    title: str
    start: int


@dataclass(frozen=True)
class Reading:
    """The text of one source; `format` is a key of `readers.signature.FORMATS`."""

    text: str
    pages: tuple[PageSpan, ...]
    headings: tuple[Heading, ...]
    title: str
    format: str


def clean(text: str) -> str:
    """The text with plain line ends and without characters that are invisible or cannot be stored."""
    return INVISIBLE.sub("", LINE_ENDS.sub("\n", text))


def count_words(text: str) -> int:
    """A run without blanks counts one word for every LONGEST_WORD characters."""
    return sum(ceil(len(run) / LONGEST_WORD) for run in text.split())


class Composer:
    """Puts a text together block by block and keeps count of offsets and words.

    Raises ReadingError("too_many_words") as soon as the limit is passed, so that a huge file is not
    read to its end.
    """

    def __init__(self, *, max_words: int | None = None) -> None:
        self.max_words = max_words
        self.words = 0
        self.length = 0
        self.parts: list[str] = []
        self.pages: list[PageSpan] = []
        self.headings: list[Heading] = []
        self.open_page: tuple[int, int | None] | None = None

    def add(self, text: str, *, gap: str = PARAGRAPH_GAP) -> int | None:
        """Append a block after `gap` and return where it starts, or None if nothing of it is left."""
        block = BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in clean(text).split("\n"))).strip()
        if not block:
            return None
        self.words += count_words(block)
        if self.max_words is not None and self.words > self.max_words:
            raise ReadingError("too_many_words", limit=self.max_words)
        if self.parts:
            self.parts.append(gap)
            self.length += len(gap)
        start = self.length
        self.parts.append(block)
        self.length += len(block)
        if self.open_page is not None and self.open_page[1] is None:
            self.open_page = (self.open_page[0], start)
        return start

    def add_heading(self, level: int, title: str) -> None:
        start = self.add(" ".join(title.split()))
        if start is not None:
            self.headings.append(Heading(min(max(level, 1), 9), self.parts[-1], start))

    def begin_page(self, number: int) -> None:
        self.end_page()
        self.open_page = (number, None)

    def end_page(self) -> None:
        if self.open_page is not None and self.open_page[1] is not None:
            self.pages.append(PageSpan(self.open_page[0], self.open_page[1], self.length))
        self.open_page = None

    def finish(self, *, format: str, title: str = "") -> Reading:
        """The reading; raises ReadingError("no_text") if no letter or digit was added."""
        self.end_page()
        text = "".join(self.parts)
        if not any(character.isalnum() for character in text):
            raise ReadingError("no_text")
        return Reading(
            text=text,
            pages=tuple(self.pages),
            headings=tuple(self.headings),
            title=" ".join(clean(title).split())[:MAX_TITLE],
            format=format,
        )
