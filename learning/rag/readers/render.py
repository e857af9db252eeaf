"""One page of a PDF as a PNG with a quote marked, drawn by a process of its own.

`draw` is for callers; `python -m learning.rag.readers.render FILE PAGE OUT` does the work: a hostile file can
exhaust that process, never the caller's. It knows neither Django nor the database.
"""

import ctypes
import os
import resource
import struct
import subprocess
import sys
import unicodedata
import zlib
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2

WIDTH = 1_200  # pixels
MOST_PIXELS = 5_000_000
SECONDS = 15
MEMORY_BYTES = 1_000_000_000
# Multiplied with the paper: brass, light enough to read through.
MARK = (1.0, 0.87, 0.55)
SHORTEST_QUOTE = 3  # letters and digits
ROOT = Path(__file__).resolve().parents[3]


class CannotDraw(Exception):
    """The page could not be drawn in time, in memory, or at all."""


def draw(path: Path, *, page: int, quote: str, out: Path) -> None:
    """Write page `page` (from 1) to `out`, the quote marked where its words are found on it.

    Raises CannotDraw; then `out` does not exist. Takes about half a second and at most SECONDS.
    """
    partial = out.with_name(f"{out.name}.{os.getpid()}-{next(_numbers)}")
    try:
        subprocess.run(
            [sys.executable, "-m", __spec__.name, str(path), str(page), str(partial)],
            input=quote.encode(),
            cwd=ROOT,
            env={"OPENBLAS_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
        partial.replace(out)
    except (subprocess.SubprocessError, OSError) as error:
        partial.unlink(missing_ok=True)
        raise CannotDraw from error


_numbers = count()


def main(path: str, number: str, out: str) -> None:
    limit()
    import pypdfium2

    quote = sys.stdin.buffer.read().decode()
    page = pypdfium2.PdfDocument(path)[int(number) - 1]
    width, height = page.get_size()
    scale = min(WIDTH / width, (MOST_PIXELS / (width * height)) ** 0.5)
    pixels = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()[:, :, :3].copy()
    for left, bottom, right, top in rectangles(page, quote):
        corners = [to_pixels(page, pixels, x, y) for x, y in ((left, top), (right, bottom))]
        (x1, x2), (y1, y2) = (sorted(values) for values in zip(*corners, strict=True))
        region = pixels[max(y1 - 1, 0) : y2 + 2, max(x1 - 1, 0) : x2 + 2]
        region[:] = region * MARK
    Path(out).write_bytes(png(pixels))


def limit() -> None:
    """What this process may use; set before the file is opened."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 8 * MOST_PIXELS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def rectangles(page: "pypdfium2.PdfPage", quote: str) -> list[tuple[float, float, float, float]]:
    """Where the quote's words stand, in the page's points (left, bottom, right, top); [] if they are not found.

    Only letters and digits are compared: reading has joined lines, hyphens and ligatures.
    """
    import pypdfium2.raw as pdfium

    layer = page.get_textpage()
    letters: list[str] = []
    places: list[int] = []
    for place in range(layer.count_chars()):
        for letter in plain(chr(pdfium.FPDFText_GetUnicode(layer, place))):
            letters.append(letter)
            places.append(place)
    wanted = "".join(plain(quote))
    at = "".join(letters).find(wanted) if len(wanted) >= SHORTEST_QUOTE else -1
    if at < 0:
        return []
    first, last = places[at], places[at + len(wanted) - 1]
    return [layer.get_rect(place) for place in range(layer.count_rects(first, last - first + 1))]


def plain(text: str) -> list[str]:
    return [letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum()]


def to_pixels(page: "pypdfium2.PdfPage", pixels: "np.ndarray", x: float, y: float) -> tuple[int, int]:
    """Where a point of the page lies in the picture, which is cropped and turned as the page asks."""
    import pypdfium2.raw as pdfium

    across, down = ctypes.c_int(), ctypes.c_int()
    height, width = pixels.shape[:2]
    pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
    return across.value, down.value


def png(pixels: "np.ndarray") -> bytes:
    """An RGB picture (height, width, 3) of bytes; each line stored as its difference to the one above."""
    import numpy as np

    height, width, _ = pixels.shape
    flat = pixels.reshape(height, width * 3)
    above = np.vstack([np.zeros_like(flat[:1]), flat[:-1]])
    lines = np.hstack([np.full((height, 1), 2, dtype=np.uint8), flat - above])
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines.tobytes(), 6)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


if __name__ == "__main__":
    main(*sys.argv[1:])
