"""Whether a zip package may be unpacked at all.

The central directory can lie, so every part is inflated once in small pieces, and what really comes out
is counted against the same limits before a parser may load it whole.
"""

import copy
import zipfile
import zlib
from pathlib import Path

from learning.rag.errors import ReadingError

MAX_TOTAL = 500_000_000  # bytes over all parts
MAX_RATIO = 200
MAX_PARTS = 20_000
# Small parts of blanks or repeated tags pack very well and do no harm.
HARMLESS = 1_000_000  # bytes
PIECE = 1 << 16
# What packs so small cannot unpack to much, whatever it claims: deflate makes at most 1,032 bytes of one.
SMALL = 4_096  # bytes
MOST_OF_SMALL = MAX_TOTAL // 1_032  # bytes
DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_declared(package: zipfile.ZipFile) -> None:
    """What the central directory says; raises ReadingError("zip_bomb" or "encrypted")."""
    parts = package.infolist()
    if len(parts) > MAX_PARTS:
        raise ReadingError("zip_bomb")
    if any(part.flag_bits & 0x1 for part in parts):
        raise ReadingError("encrypted")
    for part in parts:
        refuse(part.file_size, part.compress_size)
    refuse(sum(part.file_size for part in parts), sum(part.compress_size for part in parts))


def check_real(package: zipfile.ZipFile) -> None:
    """What comes out; raises ReadingError("zip_bomb" or "broken") or zipfile.BadZipFile."""
    total, trusted = 0, 0
    for part in package.infolist():
        if part.compress_type in DEFLATED and part.compress_size <= SMALL and trusted <= MOST_OF_SMALL:
            trusted += part.compress_size
        else:
            total += inflate(package, part, MAX_TOTAL - total)


def inflate(package: zipfile.ZipFile, part: zipfile.ZipInfo, budget: int) -> int:
    """Bytes that really come out of the part; stops as soon as a limit is passed."""
    honest = copy.copy(part)
    # Without these two the reader stops at the declared size, which is what a lying archive wants.
    honest.file_size = MAX_TOTAL + 1
    del honest.CRC
    size = 0
    try:
        with package.open(honest) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                refuse(size, part.compress_size)
                if size > budget:
                    raise ReadingError("zip_bomb")
    except (zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReadingError("broken") from error
    if size != part.file_size:
        raise ReadingError("broken")
    return size


def refuse(size: int, compressed: int) -> None:
    if size > MAX_TOTAL or (size > HARMLESS and size > MAX_RATIO * max(compressed, 1)):
        raise ReadingError("zip_bomb")


def holds(path: Path, needle: bytes) -> bool:
    """Whether the file contains the bytes; reads at most 64 MB in pieces."""
    tail = b""
    with path.open("rb") as file:
        for _piece in range(64):
            piece = file.read(1_000_000)
            if needle in tail + piece:
                return True
            if not piece:
                return False
            tail = piece[-len(needle) :]
    return False
