"""Reading and splitting against bare extraction by the same libraries and llama-index's stock splitter.

`python -m tests.bench.reading [FILE ...]`; without files the PDF, Word and PowerPoint files beside the checkout
that are read at all. Each figure is the best of several runs in one process, summed over a format's files.
"""

import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pypdfium2
from docx import Document
from llama_index.core.node_parser import SentenceSplitter
from pptx import Presentation

from learning.rag.errors import ReadingError
from learning.rag.readers import read
from learning.rag.splitting import split

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "documents"
RUNS, SECONDS = 5, 1.0  # at least, of each file


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def docx_text(path: Path) -> str:
    document = Document(str(path))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


def pptx_text(path: Path) -> str:
    parts = []
    for slide in Presentation(str(path)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                parts.append(shape.text_frame.text)
            elif shape.has_table:
                parts += [cell.text for row in shape.table.rows for cell in row.cells]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            parts.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(parts)


BARE: dict[str, Callable[[Path], str]] = {".pdf": pdf_text, ".docx": docx_text, ".pptx": pptx_text}


def best(*works: Callable[[], object]) -> list[float]:
    """The shortest of several runs of each, in turns, so that a busy moment is nobody's disadvantage."""
    seconds = [float("inf")] * len(works)
    ends = time.perf_counter() + SECONDS
    for run in count():
        if run >= RUNS and time.perf_counter() > ends:
            return seconds
        for place, work in enumerate(works):
            started = time.perf_counter()
            work()
            seconds[place] = min(seconds[place], time.perf_counter() - started)
    return seconds


def is_read(path: Path) -> bool:
    try:
        read(path, name=path.name)
    except ReadingError:
        return False
    return True


def measure(path: Path) -> tuple[float, float]:
    """Seconds of ours and of the bare libraries."""
    bare, splitter = BARE[path.suffix], SentenceSplitter()
    own, floor = best(lambda: split(read(path, name=path.name)), lambda: splitter.split_text(bare(path)))
    return own, floor


def main() -> None:
    files = [Path(argument) for argument in sys.argv[1:]] or sorted(DOCUMENTS.glob("*.*"))
    print(f"{'format':<8}{'files':>6}{'own ms':>12}{'bare ms':>12}{'ratio':>8}")
    for suffix in BARE:
        found = [path for path in files if path.suffix.lower() == suffix and is_read(path)]
        if not found:
            continue
        figures = [measure(path) for path in found]
        own, bare = (1000 * sum(seconds) for seconds in zip(*figures, strict=True))
        print(f"{suffix[1:]:<8}{len(found):>6}{own:>12.1f}{bare:>12.1f}{own / bare:>8.2f}")


if __name__ == "__main__":
    main()
