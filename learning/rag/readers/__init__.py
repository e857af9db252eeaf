"""Reading files, one module a format; adding one is that module and one line in `READERS`.

A reader takes the path of a checked file, a `Composer` and a progress callable and returns the document's
title or "". It never fetches anything. Whatever a parser raises becomes a `ReadingError` here.
"""

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from learning.rag.errors import ReadingError
from learning.rag.readers.signature import ACCEPTED, FORMATS, identify
from learning.rag.reading import Composer, Reading

EXTENSIONS: tuple[str, ...] = ACCEPTED
READERS: dict[str, str] = {format: f"learning.rag.readers.{format}" for format in FORMATS}
MAX_BYTES = 200_000_000
Progress = Callable[[int, int], None]

logger = logging.getLogger(__name__)


class Watch:
    """Calls the caller's progress and remembers what it raised, so that a cancel is no parser's failure."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.raised: BaseException | None = None

    def __call__(self, done: int, total: int) -> None:
        if self.progress is None:
            return
        try:
            self.progress(done, total)
        except BaseException as error:
            self.raised = error
            raise


def read(
    path: Path,
    *,
    name: str,
    max_words: int | None = 500_000,
    max_bytes: int | None = MAX_BYTES,
    progress: Progress | None = None,
) -> Reading:
    """The text of a file; `name` is what its owner called it, `progress(done, total)` counts pages or parts.

    Raises ReadingError, OSError where the file cannot be reached, and whatever `progress` raises.
    """
    if max_bytes is not None and path.stat().st_size > max_bytes:
        raise ReadingError("too_large", limit=max_bytes // 1_000_000)
    watch = Watch(progress)
    try:
        format = identify(path, name=name)
        composer = Composer(max_words=max_words)
        title = import_module(READERS[format]).read(path, composer, watch)
        return composer.finish(format=format, title=title)
    except (ReadingError, FileNotFoundError, PermissionError):
        raise
    except Exception as error:
        if watch.raised is not None:
            raise
        # Parsers raise anything on malformed input, down to KeyError and RecursionError.
        logger.info("could not read a %s file: %s", Path(name).suffix, type(error).__name__)
        raise ReadingError("broken") from error


def read_text(text: str, *, title: str, max_words: int | None = 500_000) -> Reading:
    """Text pasted by a person."""
    composer = Composer(max_words=max_words)
    composer.add(text)
    if not composer.parts:
        raise ReadingError("empty")
    return composer.finish(format="text", title=title)
