"""Excel: one page a sheet under its name, row by row with the values last calculated, as they are seen.

Left out are hidden sheets, rows and columns, formulas, notes and drawings.
"""

import warnings
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from learning.rag.languages import detect
from learning.rag.readers.cells import GERMAN_CODE, MAX_CODE, shown
from learning.rag.readers.layout import Layout, View, layout_of
from learning.rag.readers.ooxml import opened
from learning.rag.readers.tables import Table
from learning.rag.reading import Composer

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

SAMPLE_SHEETS, SAMPLE_ROWS = 5, 100
STEP = 500  # rows between two calls of progress


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    from openpyxl import load_workbook

    source = opened(path)
    with path.open("rb") as file, warnings.catch_warnings():
        # openpyxl warns of everything it will not write back.
        warnings.filterwarnings("ignore", module="openpyxl")
        workbook = load_workbook(
            file if isinstance(source, str) else source, read_only=True, data_only=True, keep_links=False
        )
        try:
            add_workbook(composer, workbook, progress)
            return workbook.properties.title or ""
        finally:
            workbook.close()


def add_workbook(composer: Composer, workbook: "Workbook", progress: Callable[[int, int], None]) -> None:
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    layouts = []
    for sheet in sheets:
        # Sheets lie about their size, and openpyxl fills up to it.
        sheet.reset_dimensions()
        with workbook._archive.open(sheet._worksheet_path) as stream:
            layouts.append(layout_of(stream))
    language = language_of(sheets)
    done, total = 0, sum(layout.rows for layout in layouts)
    for page, (sheet, layout) in enumerate(zip(sheets, layouts, strict=True), start=1):
        composer.begin_page(page)
        for row in add_sheet(composer, sheet, layout, language):
            if row % STEP == 1:
                progress(done + row - 1, total)
        done += layout.rows
    progress(total, total)


def add_sheet(composer: Composer, sheet: "ReadOnlyWorksheet", layout: Layout, language: str) -> Iterator[int]:
    """Yields the number of each row before it is added."""
    table, view, is_new = Table(composer), View(layout), True
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number
        cells = [
            "" if cell.value is None else shown(cell.value, cell.number_format, language) for cell in row
        ]
        seen = view.row(number, cells)
        if is_new and any(seen):
            composer.add_heading(1, sheet.title)
            is_new = False
        if number not in layout.hidden_rows:
            table.add(seen, is_grouping=layout.is_grouping(number))
    table.flush()


def language_of(sheets: "list[ReadOnlyWorksheet]") -> str:
    """The language whose way of writing numbers the workbook's readers use; it is nowhere stored."""
    texts: list[str] = []
    for sheet in sheets[:SAMPLE_SHEETS]:
        for row in islice(sheet.iter_rows(max_row=SAMPLE_ROWS), SAMPLE_ROWS):
            for cell in row:
                if isinstance(cell.value, str):
                    texts.append(cell.value)
                elif cell.value is not None and GERMAN_CODE.search(cell.number_format[:MAX_CODE]):
                    return "de"
    return detect(" ".join(texts)) or "en"
