"""Plain text in UTF-8, UTF-16 or an older Western encoding; what is no text is refused."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from learning.rag.errors import ReadingError
from learning.rag.reading import Composer

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
MARKS += ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}charset\s*=\s*["']?|\?xml[^>]{0,100}encoding\s*=\s*["'])([\w\-]{2,30})""",
    re.IGNORECASE,
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MAX_CONTROLS = 0.01  # share of the characters
SAMPLE = 200_000  # bytes


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    progress(0, 1)
    composer.add(decode(path.read_bytes()))
    progress(1, 1)
    return ""


def decode(data: bytes, *, declared: bool = False) -> str:
    """The characters of a text file; with `declared` a page's own word about its encoding counts."""
    text = decode_with(data, candidates(data, declared=declared))
    if text is None:
        raise ReadingError("wrong_encoding")
    if len(CONTROLS.findall(text)) > MAX_CONTROLS * len(text):
        raise ReadingError("broken")
    return text


def candidates(data: bytes, *, declared: bool) -> list[str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return [encoding]
    found = ["utf-8"]
    match = DECLARED.search(data[:2048]) if declared else None
    if match:
        found.append(match.group(1).decode("ascii", "replace"))
    return found


def decode_with(data: bytes, encodings: list[str]) -> str | None:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return guess(data)


def guess(data: bytes) -> str | None:
    """By the statistics of the letters; Windows-1252 wins where it fits, as in German and English offices."""
    from charset_normalizer import from_bytes

    if b"\x00" in data[:SAMPLE]:
        raise ReadingError("broken")
    western = from_bytes(data[:SAMPLE], cp_isolation=["cp1252"]).best()
    best = western if western is not None and western.chaos < 0.1 else from_bytes(data[:SAMPLE]).best()
    if best is None:
        return None
    return data.decode(best.encoding, "replace")
