"""Pictures of PDF pages with the cited passage marked: drawn once, kept on disk within a bound.

They lie under the content of their file and what is marked, so equal files share them. What is marked is
always a whole passage: of a file there are at most as many pictures as it has pages and passages.
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
PATIENCE = 10  # seconds that a reader waits for the drawings before theirs

logger = logging.getLogger(__name__)
# Each takes a processor and up to a gigabyte while it draws.
_drawing = threading.BoundedSemaphore(2)


class Busy(Exception):
    """Too many pages are being drawn just now."""


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


def passage_at(source: Source, number: int, start: int, end: int) -> tuple[int, int]:
    """The first passage of `text[start:end]` on that page, as far as it stands there; (0, 0) if there is none."""
    first, last = page_range(source, number) or (0, 0)
    start, end = max(start, first), min(end, last)
    if start >= end:
        return 0, 0
    passages = source.passages.filter(start__lt=end, end__gt=start).order_by("start")
    found = passages.values_list("start", "end").first()
    return (max(found[0], first), min(found[1], last)) if found else (0, 0)


def page_image(source: Source, number: int, *, start: int = 0, end: int = 0) -> Path | None:
    """The picture's file, with the passage at `text[start:end]` marked. None if it cannot be drawn.

    Raises Busy when others' drawings take longer than PATIENCE.
    """
    quote = source.text[slice(*passage_at(source, number, start, end))]
    folder = folder_of(source)
    path = folder / f"{number}-{sha256(quote.encode()).hexdigest()[:16]}.png"
    if path.exists():
        path.touch()
        return path
    if not _drawing.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return path if path.exists() else _draw(source, number, quote, path)
    finally:
        _drawing.release()


def _draw(source: Source, number: int, quote: str, path: Path) -> Path | None:
    failure = path.with_name(f"{number}.failed")
    if failure.exists() and time.time() - failure.stat().st_mtime < AGAIN_AFTER:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
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
