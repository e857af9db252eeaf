"""CSV: the rows of one table; what separates the cells is found out. A formula stays the text it is."""

import csv
from collections.abc import Callable
from io import StringIO
from itertools import islice
from pathlib import Path

from learning.rag.errors import ReadingError
from learning.rag.readers.tables import Table
from learning.rag.readers.text import decode
from learning.rag.reading import Composer

# In this order where two fit: German Excel separates by semicolons because its decimals have commas.
DELIMITERS = "\t;|,"
SAMPLE = 20_000  # characters
SAMPLE_ROWS = 100
STEP = 1_000  # rows between two calls of progress


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    progress(0, 1)
    text = decode(path.read_bytes())
    if "\x00" in text:
        raise ReadingError("broken")
    delimiter, text = declared(text)
    lines = StringIO(text, newline="")
    table = Table(composer)
    for done, row in enumerate(csv.reader(lines, delimiter=delimiter or sniff(text))):
        if done % STEP == 0:
            progress(min(lines.tell(), len(text)), len(text) + 1)
        table.add([" ".join(cell.split()) for cell in row])
    table.flush()
    progress(1, 1)
    return ""


def declared(text: str) -> tuple[str, str]:
    """The delimiter that Excel's line "sep=;" names, or "", and the text after that line."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], rest
    return "", text


def sniff(text: str) -> str:
    """The delimiter that cuts most rows into the same number of cells; csv.Sniffer is slow and guesses letters."""
    best, delimiter = 0.0, ","
    for candidate in DELIMITERS:
        share = evenness(text[:SAMPLE], candidate)
        if share > best:
            best, delimiter = share, candidate
    return delimiter


def evenness(sample: str, delimiter: str) -> float:
    """The share of rows that have the most usual number of cells, 0 if that is one."""
    try:
        rows = islice(csv.reader(StringIO(sample, newline=""), delimiter=delimiter), SAMPLE_ROWS)
        widths = [len(row) for row in rows if row]
    except csv.Error:
        return 0.0
    # The last row of a sample may be cut.
    widths = widths[:-1] if len(sample) == SAMPLE and len(widths) > 1 else widths
    usual = max(set(widths), key=widths.count, default=1)
    return widths.count(usual) / len(widths) if usual > 1 else 0.0
