"""What a sheet's XML says about how it is seen: hidden rows and columns, merged cells, its size.

openpyxl does not offer this while it reads row by row.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from learning.rag.errors import ReadingError

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384  # Excel's own
MAX_CELLS = 3_000_000  # of one sheet, empty ones before the last of a row included
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
LETTERS = re.compile(r"[A-Z]{1,3}")
YES = ("1", "true")


@dataclass(frozen=True)
class Merge:
    """Cells shown as one, all counted from 1; the first of them holds the value."""

    first_column: int
    last_column: int
    last_row: int


@dataclass
class Layout:
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: dict[int, list[Merge]] = field(default_factory=lambda: defaultdict(list))  # by first row
    rows: int = 0
    cells: int = 0

    def count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise ReadingError("too_many_cells", limit=MAX_CELLS)

    def is_grouping(self, row: int) -> bool:
        """Whether a cell of the row spans several columns."""
        return any(merge.first_column < merge.last_column for merge in self.merges.get(row, ()))


def layout_of(sheet: IO[bytes]) -> Layout:
    layout = Layout()
    tags = ("{*}row", "{*}col", "{*}mergeCell")
    parser = etree.iterparse(sheet, tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
    for _event, element in parser:
        name = etree.QName(element).localname
        if name == "row":
            add_row(layout, element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif name == "col":
            add_column(layout, element)
        else:
            add_merge(layout, element.get("ref", ""))
    return layout


def add_row(layout: Layout, row: etree._Element) -> None:
    number = int(float(row.get("r") or layout.rows + 1))
    if not 1 <= number <= MAX_ROW:
        raise ReadingError("broken")
    layout.rows = max(layout.rows, number)
    letters = LETTERS.match(row[-1].get("r", "")) if len(row) else None
    layout.count(max(len(row), column_number(letters.group()) if letters else 0))
    if row.get("hidden") in YES:
        layout.hidden_rows.add(number)


def add_column(layout: Layout, column: etree._Element) -> None:
    if column.get("hidden") in YES:
        first, last = max(int(column.get("min", 1)), 1), min(int(column.get("max", 1)), MAX_COLUMN)
        layout.count(max(last - first, 0) + 1)
        layout.hidden_columns.update(range(first, last + 1))


def add_merge(layout: Layout, reference: str) -> None:
    match = RANGE.fullmatch(reference)
    if match:
        first_row, last_row = int(match[2]), min(int(match[4]), MAX_ROW)
        layout.count(max(last_row - first_row, 0) + 1)
        layout.merges[first_row].append(Merge(column_number(match[1]), column_number(match[3]), last_row))


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return min(number, MAX_COLUMN)


class View:
    """The rows of one sheet in turn, as they are seen: a merged cell's text stands in each of its rows."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.open: list[tuple[Merge, str]] = []
        # The first visible column from each column on.
        self.next_seen = list(range(MAX_COLUMN + 2))
        for column in sorted(layout.hidden_columns, reverse=True):
            self.next_seen[column] = self.next_seen[column + 1]

    def row(self, number: int, cells: list[str]) -> list[str]:
        """The visible cells of the row, none if it is hidden."""
        hidden = self.layout.hidden_columns
        self.open = [(merge, text) for merge, text in self.open if merge.last_row >= number]
        for merge in self.layout.merges.get(number, ()):
            place = merge.first_column - 1
            if place < len(cells) and cells[place]:
                self.open.append((merge, cells[place]))
        if number in self.layout.hidden_rows:
            return []
        # A merged cell alone fills no row: a tall title is read once.
        if any(cell for column, cell in enumerate(cells, start=1) if column not in hidden):
            for merge, text in self.open:
                self.put(cells, merge, text)
        return [cell for column, cell in enumerate(cells, start=1) if column not in hidden]

    def put(self, cells: list[str], merge: Merge, text: str) -> None:
        seen = self.next_seen[merge.first_column]
        if seen <= merge.last_column:
            cells.extend([""] * (seen - len(cells)))
            cells[seen - 1] = text
