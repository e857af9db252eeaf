"""Subtitles and transcripts: what is said and by whom, without times, styles and repetitions."""

from pathlib import Path

import pytest

from learning.rag.errors import ReadingError
from learning.rag.readers import read

MEETING = """WEBVTT - Besprechung
Kind: captions

STYLE
::cue(v[voice="Anna"]) { color: red }

NOTE
Erst prüfen --- dann teilen.

c1
00:00:00.000 --> 00:00:04.000 align:start position:0%
<v Anna Weber>Guten <c.yellow>Morgen</c> &amp; <00:00:02.500>willkommen.</v>

NOTE ein Satz

00:04.000 --> 00:06.000
<v Anna Weber>Heute geht es um <i>Reisen</i>.</v>

00:06.000 --> 00:09.000
<v.loud Ben>Danke.</v>
<v Anna Weber>Gern, 3 &lt; 4.</v>

01:00:06.000 --> 01:00:09.000
Applaus
"""


def text_of(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = read(path, name=name)
    assert reading.format == "transcript"
    return reading.text


def cue(start: int, end: int, text: str) -> str:
    def clock(seconds: int) -> str:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    return f"{clock(start)},000 --> {clock(end)},000\n{text}\n\n"


def test_speakers_are_kept_and_notes_and_styles_left_out(tmp_path: Path) -> None:
    expected = (
        "Anna Weber: Guten Morgen & willkommen. Heute geht es um Reisen.\nBen: Danke.\nAnna Weber: Gern, 3 < 4."
        "\n\nApplaus"
    )
    assert text_of(tmp_path, "sitzung.vtt", MEETING) == expected
    windows = b"\xef\xbb\xbf" + MEETING.replace("\n", "\r\n").encode()
    assert text_of(tmp_path, "sitzung.vtt", windows) == expected
    assert text_of(tmp_path, "sitzung.vtt", MEETING.replace("\n", "\r").encode("utf-16")) == expected


def test_subrip_in_an_old_encoding_loses_numbers_times_and_tags(tmp_path: Path) -> None:
    film = (
        '1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<font color="#fff">Grüße</font> aus Köln,\n<i>liebe Hörer</i> <3\n\n'
        "2\n00:00:03,000 --> 00:00:04,000\nZeile 1\n\nnach der Lücke\n3\n00:00:05 --> 00:00:06\n2027\n"
    )
    expected = "Grüße aus Köln, liebe Hörer <3 Zeile 1 nach der Lücke 2027"
    for encoding in ("cp1252", "utf-8-sig"):
        assert text_of(tmp_path, "film.srt", film.encode(encoding)) == expected


def test_a_paragraph_is_half_a_minute_to_a_minute(tmp_path: Path) -> None:
    sentences = "".join(cue(n * 4, n * 4 + 3, f"Satz {n} ist kurz{'.' if n % 2 else ','}") for n in range(40))
    paragraphs = text_of(tmp_path, "vortrag.srt", sentences).split("\n\n")
    assert [paragraph.count("Satz") for paragraph in paragraphs] == [8, 8, 8, 8, 8]
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
    endless = "".join(cue(n * 4, n * 4 + 3, f"Satz {n} endet nie") for n in range(40))
    counts = [part.count("Satz") for part in text_of(tmp_path, "endlos.srt", endless).split("\n\n")]
    assert counts == [15, 15, 10]


def test_a_speaker_is_named_again_in_the_next_paragraph(tmp_path: Path) -> None:
    talk = "WEBVTT\n\n" + "".join(cue(n * 10, n * 10 + 9, f"<v Anna>Satz {n}.") for n in range(8))
    paragraphs = text_of(tmp_path, "rede.vtt", talk.replace(",000", ".000")).split("\n\n")
    assert paragraphs == [
        "Anna: Satz 0. Satz 1. Satz 2.",
        "Anna: Satz 3. Satz 4. Satz 5.",
        "Anna: Satz 6. Satz 7.",
    ]


def test_rolling_captions_are_read_once(tmp_path: Path) -> None:
    rolling = """WEBVTT
Kind: captions
Language: de

00:00:00.000 --> 00:00:02.000 align:start
 \nheute<00:00:00.500><c> geht</c><c> es</c>

00:00:02.000 --> 00:00:02.010
heute geht es
 \n
00:00:02.010 --> 00:00:04.000
heute geht es
um<c> Reisen</c>

00:00:04.000 --> 00:00:04.010
um Reisen
 \n
00:00:04.010 --> 00:00:06.000
um Reisen
und Spesen

00:00:06.000 --> 00:00:08.000
und Spesen im Jahr

00:00:20.000 --> 00:00:22.000
und Spesen im Jahr
"""
    expected = "heute geht es um Reisen und Spesen im Jahr und Spesen im Jahr"
    assert text_of(tmp_path, "rollend.vtt", rolling) == expected


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leer.vtt", b"", "empty"),
        ("kopf.vtt", b"WEBVTT\n\nNOTE nichts\n", "no_text"),
        ("liste.vtt", b"a,b\n1,2\n", "broken"),
        ("liste.srt", b"a,b\n1,2\n", "broken"),
        ("null.srt", b"1\n00:00:01,000 --> 00:00:02,000\n\x00\x00\x00\n", "broken"),
        ("bild.vtt", b"\x89PNG\r\n\x1a\n", "unknown_format"),
    ],
)
def test_what_holds_no_cue_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadingError) as caught:
        read(path, name=name)
    assert caught.value.code == code
