"""MP3 as frames: what is sound, and how parts become one file."""

import pytest

from hub.ai.mp3 import joined, sound_of
from tests.mp3s import FRAME, FRAME_SECONDS, LENGTH_FRAME, TAG, make_mp3


def test_tags_and_the_length_of_a_part_are_left_out() -> None:
    footer = b"TAG" + bytes(125)
    sound = sound_of(make_mp3(1.2) + footer)
    assert sound.content == FRAME * 50
    assert sound.seconds == pytest.approx(1.2)


def test_parts_join_to_one_that_is_sound_again() -> None:
    parts = [sound_of(make_mp3(seconds)) for seconds in (0.5, 1.0, 2.0)]
    whole = joined(parts)
    assert sound_of(whole.content).content == whole.content
    assert whole.seconds == pytest.approx(sum(part.seconds for part in parts))


def test_a_frame_that_is_cut_off_is_left_out() -> None:
    sound = sound_of(TAG + FRAME * 20 + FRAME[:50])
    assert sound.content == FRAME * 20
    assert sound.seconds == pytest.approx(20 * FRAME_SECONDS)


@pytest.mark.parametrize(
    ("header", "length", "seconds"),
    [
        (b"\xff\xfb\x90\x00", 417, 1152 / 44100),  # MPEG-1, 128 kbit/s, 44.1 kHz
        (b"\xff\xfb\x92\x00", 418, 1152 / 44100),  # the same, padded
        (b"\xff\xfb\xa4\x00", 480, 1152 / 48000),  # MPEG-1, 160 kbit/s, 48 kHz
        (b"\xff\xf3\x40\xc0", 104, 576 / 22050),  # MPEG-2, 32 kbit/s, 22.05 kHz
        (b"\xff\xe3\x88\xc0", 576, 576 / 8000),  # MPEG-2.5, 64 kbit/s, 8 kHz
    ],
)
def test_frames_are_as_long_as_the_standard_says(header: bytes, length: int, seconds: float) -> None:
    frame = header + bytes(length - 4)
    sound = sound_of(frame * 10)
    assert sound.content == frame * 10
    assert sound.seconds == pytest.approx(10 * seconds)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"<html><body>Bad gateway</body></html>" * 99,
        b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(5000),
        bytes(range(256)) * 40,
        TAG,
        LENGTH_FRAME,
        b"ID3",
        b"\xff" * 5000,
        FRAME + bytes(9000),
    ],
    ids=[
        "empty",
        "JSON",
        "page",
        "WAV",
        "bytes",
        "tag",
        "length alone",
        "half a tag",
        "ones",
        "little sound",
    ],
)
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"MP3"):
        sound_of(data)
