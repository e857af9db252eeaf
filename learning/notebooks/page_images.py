"""Pictures of PDF pages with the cited passage marked: drawn once, kept on disk within a bound.

They lie under the content of their file and what is marked, so equal files share them.
"""

import logging
import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from learning.notebooks.models import Source
from learning.rag.readers.render import CannotDraw, draw

KEPT_BYTES = 200_000_000
# A page that could not be drawn is not tried again for so long.
AGAIN_AFTER = 3_600  # seconds

logger = logging.getLogger(__name__)
# Each takes a processor and up to a gigabyte while it draws.
_drawing = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Picture:
    """A page as the source's page offers it; `query` carries the marked range."""

    number: int
    numbers: Sequence[int]
    query: str

    @property
    def last(self) -> int:
        return self.numbers[-1]

    @property
    def previous(self) -> int | None:
        return max((number for number in self.numbers if number < self.number), default=None)

    @property
    def next(self) -> int | None:
        return min((number for number in self.numbers if number > self.number), default=None)


def picture_of(source: Source, position: int, mark: tuple[int, int] | None) -> Picture | None:
    """The picture that belongs to a place in the text: its page; None where there are no pictures."""
    if source.format != "pdf" or not source.file or not source.pages:
        return None
    at = [number for number, start, _end in source.pages if start <= position] or [source.pages[0][0]]
    query = f"?start={mark[0]}&end={mark[1]}" if mark else ""
    return Picture(at[-1], [number for number, _start, _end in source.pages], query)


def page_range(source: Source, number: int) -> tuple[int, int] | None:
    """The range of the source's text that stands on a page; None if there is no such page."""
    return next(((start, end) for page, start, end in source.pages if page == number), None)


def page_image(source: Source, number: int, *, start: int = 0, end: int = 0) -> Path | None:
    """The picture's file; what of `text[start:end]` stands on the page is marked. None if it cannot be drawn."""
    first, last = page_range(source, number) or (0, 0)
    quote = source.text[max(start, first) : min(end, last)]
    folder = folder_of(source)
    path = folder / f"{number}-{sha256(quote.encode()).hexdigest()[:16]}.png"
    failure = path.with_suffix(".failed")
    if path.exists():
        path.touch()
        return path
    with _drawing:
        if path.exists():
            return path
        if failure.exists() and time.time() - failure.stat().st_mtime < AGAIN_AFTER:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        try:
            draw(Path(source.file.path), page=number, quote=quote, out=path)
        except CannotDraw as error:
            logger.warning("page could not be drawn: %s", type(error.__cause__).__name__)
            failure.touch()
            return None
        make_room()
    return path


def folder_of(source: Source) -> Path:
    return settings.VAR_DIR / "page-images" / source.content_sha256


def make_room() -> None:
    """Drop the pictures that were not looked at for longest, until the rest fits."""
    files = [(file.stat(), file) for file in (settings.VAR_DIR / "page-images").glob("*/*.png")]
    total = sum(stat.st_size for stat, _file in files)
    for stat, file in sorted(files, key=lambda entry: entry[0].st_mtime):
        if total <= KEPT_BYTES:
            return
        file.unlink(missing_ok=True)
        total -= stat.st_size


def forget(source: Source) -> None:
    """Erase the pictures of a source's file."""
    shutil.rmtree(folder_of(source), ignore_errors=True)
