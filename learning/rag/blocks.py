"""What the paragraphs and lines of a passage are: headings, prose, points of a list, or rows of a table.

A passage is plain text: the readers keep a heading as a paragraph of its own, a list as lines below each
other, and a table as lines whose cells are set apart by bars.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from learning.rag.analysers.grammars import GRAMMARS
from learning.rag.sentences import strip

PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![ \t]*\n))+")
LINE = re.compile(r"[^\n]+")
_MONTHS = "|".join(sorted({name for grammar in GRAMMARS.values() for name in grammar.months}))
# "3. Oktober" begins with no number of a list.
BULLET = re.compile(
    rf"[ \t]*(?:[-*•–·▪◦‣]|\(?\d{{1,3}}[.)]|\(?[a-z]\))[ \t]+(?!(?:{_MONTHS})\b)", re.IGNORECASE
)
TABLE_CELL = re.compile(r"\s\|\s|^\||\|$|\t")
HEADING_MARK = re.compile(r"#{1,6}\s+")
NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!…:;,][\"'”“»)\]]*$")
LINE_END = re.compile(r"[.!?:;][\"'”“»)]*\s*$", re.MULTILINE)
LONGEST_HEADING = 100  # characters
HEADING_WORDS = 12

HEADING, PROSE, POINT, ROW = "heading", "prose", "point", "row"


@dataclass(frozen=True)
class Block:
    """`text[start:end]` of a passage; `kind` is heading, prose, point or row."""

    start: int
    end: int
    kind: str


def blocks(text: str, titles: Collection[str] = ()) -> Iterator[Block]:
    """The blocks in reading order; `titles` are known headings, which are believed without further signs."""
    known = {" ".join(title.split()) for title in titles}
    for paragraph in PARAGRAPH.finditer(text):
        start, end = strip(text, paragraph.start(), paragraph.end())
        if start < end:
            yield from _in_paragraph(text, start, end, known)


def _in_paragraph(text: str, start: int, end: int, known: set[str]) -> Iterator[Block]:
    lines = [(found.start(), found.end()) for found in LINE.finditer(text, start, end)]
    first = lines[0]
    if is_heading(text[first[0] : first[1]], known, alone=len(lines) == 1 or _is_list(text, lines[1:])):
        yield Block(*first, HEADING)
        lines = lines[1:]
    if not lines:
        return
    if any(TABLE_CELL.search(text, *line) for line in lines) or _is_column(text, lines):
        yield from (Block(*strip(text, *line), ROW) for line in lines)
    elif _is_list(text, lines):
        yield from (Block(*line, POINT) for line in _points(text, lines))
    else:
        yield Block(lines[0][0], lines[-1][1], PROSE)


def is_heading(line: str, known: Collection[str] = (), *, alone: bool = True) -> bool:
    """Whether a line is a heading: known as one, marked as one, or short, alone and without an end."""
    folded = " ".join(line.split())
    if folded in known or HEADING_MARK.match(folded):
        return True
    words = folded.split()
    return (
        alone
        and len(folded) <= LONGEST_HEADING
        and len(words) <= HEADING_WORDS
        and not SENTENCE_END.search(folded)
        and not TABLE_CELL.search(folded)
        and not BULLET.match(line)
        and any(character.isalpha() for character in folded)
        and (folded[0].isupper() or folded[0].isdigit())
    )


def title_of(line: str) -> str:
    """A heading without Markdown's mark and without its number."""
    folded = HEADING_MARK.sub("", " ".join(line.split()))
    return NUMBERED.sub("", folded).strip("*_ ") or folded


def _is_list(text: str, lines: list[tuple[int, int]]) -> bool:
    """Lines below each other that begin with a bullet, or that each end by themselves."""
    if any(BULLET.match(text, *line) for line in lines):
        return True
    if len(lines) < 2:
        return False
    return all(LINE_END.search(text, start, end) for start, end in lines)


def _points(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A line with a bullet and the lines without one that go on with it; without bullets each line."""
    if not any(BULLET.match(text, *line) for line in lines):
        yield from (strip(text, *line) for line in lines)
        return
    begun: tuple[int, int] | None = None
    for start, end in lines:
        if BULLET.match(text, start, end) or begun is None:
            if begun is not None:
                yield begun
            begun = strip(text, start, end)
        else:
            begun = (begun[0], strip(text, start, end)[1])
    if begun is not None:
        yield begun


def _is_column(text: str, lines: list[tuple[int, int]]) -> bool:
    """Several very short lines without any full stop: cells of a table, an index or an address."""
    if len(lines) < 3:
        return False
    short = [end - start < 30 and not re.search(r"[.!?]\s*$", text[start:end]) for start, end in lines]
    return sum(short) >= 0.8 * len(lines)
