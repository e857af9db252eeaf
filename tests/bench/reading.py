"""Reading, splitting and indexing against bare extraction by the same libraries and llama-index's stock splitter.

`python -m tests.bench.reading [FILE ...]`; without files the PDF, Word and PowerPoint files beside the checkout
that are read at all. Each figure is the best of several runs in one process, summed over a format's files; ours
with one index over all of them, as one notebook would hold them. Ends with exit code 1 if a format costs more
than its bar, or if the site loads llama-index before anybody needs it.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path

import pypdfium2
from docx import Document
from llama_index.core.node_parser import SentenceSplitter
from pptx import Presentation

from learning.rag.errors import ReadingError
from learning.rag.index import LexicalIndex
from learning.rag.readers import read
from learning.rag.splitting import split
from tests.bench.bars import Bars

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "documents"
RUNS, SECONDS = 5, 1.0  # at least, of each file
RATIO_BAR = 1.5
START = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "hub.settings"
import hub.asgi
sys.exit(any(name.split(".")[0] == "llama_index" for name in sys.modules))
"""


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


def stock(splitter: SentenceSplitter, path: Path) -> list[str]:
    return splitter.split_text(BARE[path.suffix.lower()](path))


def texts_of(path: Path) -> list[str]:
    reading = read(path, name=path.name)
    return [reading.text[draft.start : draft.end] for draft in split(reading)]


def measure(paths: Sequence[Path]) -> tuple[float, float]:
    """Seconds for files of one format: ours with the index of the notebook that holds them, and bare libraries."""
    own, floor, splitter = 0.0, 0.0, SentenceSplitter()
    for path in paths:
        read_and_cut, extracted = best(partial(texts_of, path), partial(stock, splitter, path))
        own, floor = own + read_and_cut, floor + extracted
    texts = [text for path in paths for text in texts_of(path)]
    [indexed] = best(lambda: LexicalIndex.build(enumerate(texts)))
    return own + indexed, floor


def starts_without_llama() -> bool:
    """Whether a fresh process has the site ready without llama-index in memory."""
    return subprocess.run([sys.executable, "-c", START], check=False).returncode == 0


def main() -> None:
    files, bars = [Path(argument) for argument in sys.argv[1:]] or sorted(DOCUMENTS.glob("*.*")), Bars()
    print(f"{'format':<8}{'files':>6}{'own ms':>12}{'bare ms':>12}{'ratio':>8}")
    for suffix in BARE:
        found = [path for path in files if path.suffix.lower() == suffix and is_read(path)]
        if not found:
            continue
        own, bare = (1000 * seconds for seconds in measure(found))
        print(f"{suffix[1:]:<8}{len(found):>6}{own:>12.1f}{bare:>12.1f}{own / bare:>8.2f}")
        bars.hold(f"reading and indexing {suffix[1:]} against bare libraries", own / bare, RATIO_BAR)
    if not starts_without_llama():
        bars.missed.append("missed: the site starts with llama-index in memory, or does not start")
    bars.finish()


if __name__ == "__main__":
    main()
