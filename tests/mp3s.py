"""MP3 files for tests: silence, frame by frame, with the tags that real encoders write around it."""

FRAME = b"\xff\xf3\x84\xc4" + bytes(188)  # MPEG-2 layer III, 64 kbit/s, 24 kHz, mono: 192 bytes, 24 ms
FRAME_SECONDS = 0.024
TAG = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"TSSE\x00\x00\x00\x00\x00\x00"
LENGTH_FRAME = FRAME[:13] + b"Info" + bytes(175)


def make_mp3(seconds: float = 1.0, *, tag: bytes = TAG) -> bytes:
    """At least one frame."""
    return tag + LENGTH_FRAME + FRAME * max(1, round(seconds / FRAME_SECONDS))
