"""MP3 as frames: whether some bytes are sound at all, how long it lasts, and how parts become one file.

Tags around the frames are left out, and so is a frame that tells a player how long its own part is: in a joined
file it would be wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by version bits
LAYER_3 = 1
HEADER = 4
LEAST_SOUND = 0.9  # of what stands between the tags
LENGTH_MARKS = (b"Xing", b"Info", b"VBRI")
BEFORE_MARK = 40  # bytes of a frame in front of such a mark, at most
FOOTER = 128  # bytes of a tag at the end


@dataclass(frozen=True)
class Sound:
    """Frames alone, and the seconds that they last."""

    content: bytes
    seconds: float


def sound_of(data: bytes) -> Sound:
    """The sound in an MP3 file. Raises ValueError if it is none."""
    start = _after_tag(data)
    end = len(data) - FOOTER if data[-FOOTER : -FOOTER + 3] == b"TAG" else len(data)
    frames = list(_frames(data, start, end))
    if sum(stop - at for at, stop, _seconds in frames) < LEAST_SOUND * max(1, end - start):
        raise ValueError("These bytes are no MP3.")
    at, stop, _seconds = frames[0]
    if any(mark in data[at : min(stop, at + BEFORE_MARK)] for mark in LENGTH_MARKS):
        del frames[0]
    if not frames:
        raise ValueError("This MP3 holds no sound.")
    content = b"".join(data[at:stop] for at, stop, _seconds in frames)
    return Sound(content, sum(seconds for _at, _stop, seconds in frames))


def joined(parts: Sequence[Sound]) -> Sound:
    return Sound(b"".join(part.content for part in parts), sum(part.seconds for part in parts))


def _after_tag(data: bytes) -> int:
    """Where the sound begins behind an ID3v2 tag, whose size is written seven bits a byte."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frames(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Start, end and seconds of every whole frame; between frames it looks on byte by byte."""
    while at + HEADER <= end:
        length, seconds = _frame(data[at : at + HEADER])
        if length and at + length <= end:
            yield at, at + length, seconds
            at += length
        else:
            at += 1


def _frame(header: bytes) -> tuple[int, float]:
    """Bytes and seconds of the frame that this header begins; (0, 0) if it begins none."""
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bits, rate = header[2] >> 4, header[2] >> 2 & 3
    if header[0] != 0xFF or header[1] < 0xE0 or layer != LAYER_3 or version not in RATES:
        return 0, 0.0
    if bits in {0, 15} or rate == 3:
        return 0, 0.0
    samples, kbits = (1152, KBITS_1[bits]) if version == 3 else (576, KBITS_2[bits])
    hertz = RATES[version][rate]
    return samples // 8 * kbits * 1000 // hertz + (header[2] >> 1 & 1), samples / hertz
