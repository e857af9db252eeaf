"""Subtitles and transcripts (WebVTT, SubRip): what is said and by whom, in paragraphs of half a minute or more.

Times, styles and the lines that rolling captions repeat are left out.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from learning.rag.errors import ReadingError
from learning.rag.readers.text import decode
from learning.rag.reading import Composer

TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
TIMING = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}(?:\s|$)")
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
STYLE = re.compile(
    r"<(?:/?(?:v|c|i|b|u|s|em|strong|lang|ruby|rt|rp|font|span)(?=[\s.>/])[^<>]*|[\d:.,]+)>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
SHORTEST, LONGEST = 30, 60  # seconds; between them a paragraph ends with a sentence or a speaker
SENTENCE_END = (".", "!", "?", "…", ":", '."', "。", "！", "？")
TOUCHING = 0.5  # seconds between cues that may be one caption rolling on
ROLLING = 8  # lines; no caption shows more


@dataclass(frozen=True)
class Cue:
    """Start and end in seconds and the lines shown, each with its speaker or ""."""

    start: float
    end: float
    lines: tuple[tuple[str, str], ...]


def read(path: Path, composer: Composer, progress: Callable[[int, int], None]) -> str:
    progress(0, 1)
    text = decode(path.read_bytes())
    paragraph = Paragraph(composer)
    last: Cue | None = None
    for cue in cues(text):
        paragraph.add(cue, fresh(last, cue))
        last = cue
    if last is None and not text.startswith("WEBVTT"):
        raise ReadingError("broken")
    paragraph.close()
    progress(1, 1)
    return ""


def cues(text: str) -> Iterator[Cue]:
    lines = re.split("\r\n|\r|\n", text)
    is_webvtt = text.startswith("WEBVTT")
    timings = [(place, match) for place, line in enumerate(lines) if (match := TIMING.match(line))]
    ends = [place for place, _match in timings[1:]] + [len(lines)]
    for (place, match), end in zip(timings, ends, strict=False):
        body = lines[place + 1 : end]
        if is_webvtt:
            # What follows a blank line is a note or the next cue's name.
            body = body[: body.index("")] if "" in body else body
        elif end < len(lines) and body and body[-1].strip().isdigit():
            body.pop()
        found = tuple(spoken(body))
        if found:
            yield Cue(seconds(match.groups()[:4]), seconds(match.groups()[4:]), found)


def seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, whole, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(whole or 0) + float(f"0.{fraction or 0}")


def spoken(lines: list[str]) -> Iterator[tuple[str, str]]:
    speaker = ""
    for line in lines:
        before, *voices = VOICE.split(line)
        for name, said in zip([speaker, *voices[::2]], [before, *voices[1::2]], strict=True):
            speaker = plain(name)
            if text := plain(said):
                yield speaker, text


def plain(text: str) -> str:
    return " ".join(html.unescape(STYLE.sub("", text)).split())


def fresh(last: Cue | None, cue: Cue) -> tuple[tuple[str, str], ...]:
    """The lines that the cue before has not shown yet."""
    if last is None or not -TOUCHING <= cue.start - last.end <= TOUCHING:
        return cue.lines
    for size in range(min(len(last.lines), len(cue.lines), ROLLING), 0, -1):
        if last.lines[-size:] == cue.lines[:size]:
            return cue.lines[size:]
    (speaker, text), (last_speaker, last_text) = cue.lines[0], last.lines[-1]
    if speaker == last_speaker and text.startswith(f"{last_text} "):
        return ((speaker, text[len(last_text) + 1 :]), *cue.lines[1:])
    return cue.lines


class Paragraph:
    """Collects what is said until enough time has passed; each change of speaker begins a line."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.start = 0.0
        self.speaker = ""
        self.lines: list[list[str]] = []

    def add(self, cue: Cue, lines: tuple[tuple[str, str], ...]) -> None:
        for speaker, text in lines:
            if self.lines and self.is_over(cue.start, speaker):
                self.close()
            if not self.lines:
                self.start = cue.start
            if not self.lines or speaker != self.speaker:
                self.lines.append([f"{speaker}:"] if speaker else [])
            self.speaker = speaker
            self.lines[-1].append(text)

    def is_over(self, now: float, speaker: str) -> bool:
        passed = now - self.start
        if passed < 0 or passed >= LONGEST:
            return True
        ends = speaker != self.speaker or self.lines[-1][-1].endswith(SENTENCE_END)
        return passed >= SHORTEST and ends

    def close(self) -> None:
        self.composer.add("\n".join(" ".join(line) for line in self.lines))
        self.lines = []
