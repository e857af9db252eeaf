"""Rows of a table as lines of text, in groups the size of a passage that each begin with the header.

So a passage says what its columns mean wherever the table is cut.
"""

import re

from learning.rag.reading import LINE_GAP, PARAGRAPH_GAP, Composer

SEPARATOR = " | "
GROUP = 150  # words, the size of a passage
LONGEST_HEADER = 60  # words; a longer one stands only once
MAX_SPAN = 50  # columns or rows; a wider cell is none that a reader sees
LABEL = 60  # characters; a longer cell is no column's name
YEAR = re.compile(r"(?:19|20)\d\d")
QUANTITY = re.compile(r"[-+(]*\W?\s?\d[\d.,:'\s]*\W{0,2}\s?[^\W\d_]{0,3}\W{0,2}")


class Table:
    """Takes rows of cells, "" where a cell is empty; `flush` adds what is still held."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.header: list[list[str]] = []
        self.named: set[int] = set()  # columns with a name in the header
        self.header_size = 0
        self.rows: list[list[str]] = []
        self.size = 0
        self.is_fresh = True  # no row of two cells yet: what comes are titles, which need no header
        self.has_gap = False
        self.is_header_open = False
        self.is_header_due = False

    def add(self, cells: list[str], *, is_grouping: bool = False) -> None:
        """`is_grouping` marks a row whose cells span several columns, so that the next names the columns."""
        filled = {place for place, cell in enumerate(cells) if cell}
        if not filled:
            self.has_gap = True
            return
        if self.is_elsewhere(filled) or (self.has_gap and self.is_beginning(cells, filled)):
            self.flush()
            self.is_fresh = True
        self.has_gap = False
        if self.is_fresh and len(filled) > 1:
            self.flush()
            self.is_fresh = False
            if is_header(cells):
                self.forget_header()
                self.name(cells)
                self.is_header_open, self.is_header_due = is_grouping, True
                return
        if self.is_header_open and all(is_label(cell) for cell in cells if cell):
            self.name(cells)
            self.is_header_open = False
            return
        self.is_header_open = False
        words = count_words(cells)
        if self.rows and self.size + self.header_size + words > GROUP:
            self.flush()
        self.rows.append(cells)
        self.size += words

    def is_elsewhere(self, filled: set[int]) -> bool:
        """Whether the row stands in columns that the header does not name; then it is forgotten."""
        if len(filled) < 2 or not self.header or not filled.isdisjoint(self.named):
            return False
        self.flush()
        self.forget_header()
        return True

    def is_beginning(self, cells: list[str], filled: set[int]) -> bool:
        """Whether a row after a blank one is a title or a header; else it goes on with the table."""
        return not self.header or len(filled) == 1 or is_header(cells)

    def flush(self) -> None:
        """Add the group; columns that are empty in all of it are left out."""
        if not self.rows and not self.is_header_due:
            return
        repeats = self.is_header_due or (not self.is_fresh and self.header_size <= LONGEST_HEADER)
        lines = [*(self.header if repeats else []), *self.rows]
        used = sorted({place for line in lines for place, cell in enumerate(line) if cell})
        gap = PARAGRAPH_GAP
        for line in lines:
            cells = [line[place] if place < len(line) else "" for place in used]
            while cells and not cells[-1]:
                cells.pop()
            if self.composer.add(SEPARATOR.join(cells), gap=gap) is not None:
                gap = LINE_GAP
        self.rows, self.size, self.is_header_due = [], 0, False

    def name(self, cells: list[str]) -> None:
        self.header.append(cells)
        self.named.update(place for place, cell in enumerate(cells) if cell)
        self.header_size += count_words(cells)

    def forget_header(self) -> None:
        self.header, self.named, self.header_size = [], set(), 0


class Spans:
    """Cells that reach over several rows: their text stands in each of them, as in a merged cell of a sheet."""

    def __init__(self) -> None:
        self.open: dict[int, tuple[str, int]] = {}  # by column the text and how many rows it still reaches

    def row(self, cells: list[tuple[str, int, int]]) -> list[str]:
        """The row's texts by column; `cells` are (text, columns, rows) in the order they are written.

        A row in which nothing but such a cell's text would stand is empty.
        """
        texts: list[str] = []
        waiting = list(reversed(cells))
        while waiting or any(column >= len(texts) for column in self.open):
            if held := self.open.pop(len(texts), None):
                self.place(texts, *held)
            elif waiting:
                text, columns, rows = waiting.pop()
                for turn in range(max(min(columns, MAX_SPAN), 1)):
                    self.place(texts, "" if turn else text, min(rows, MAX_SPAN))
            else:
                texts.append("")
        return texts if any(text for text, _columns, _rows in cells) else []

    def place(self, texts: list[str], text: str, rows: int) -> None:
        if rows > 1:
            self.open[len(texts)] = (text, rows - 1)
        texts.append(text)


def is_header(cells: list[str]) -> bool:
    """Whether the row names columns: two or more short, different texts or years."""
    names = [cell for cell in cells if cell]
    return len(names) > 1 and len(set(names)) == len(names) and all(map(is_label, names))


def is_label(cell: str) -> bool:
    if YEAR.fullmatch(cell):
        return True
    has_letter = any(character.isalpha() for character in cell)
    return has_letter and len(cell) <= LABEL and not QUANTITY.fullmatch(cell)


def count_words(cells: list[str]) -> int:
    return len(SEPARATOR.join(cells).split())
