"""A source's text as a page shows it: parts of bounded length, made of headings, page marks and paragraphs."""

from dataclasses import dataclass, field
from itertools import pairwise

from learning.notebooks.models import Source

PART_CHARACTERS = 20_000


@dataclass(frozen=True)
class Segment:
    text: str
    is_marked: bool = False
    is_heart: bool = False  # of what is marked, the sentence that the answer quotes
    is_target: bool = False  # where a link to the quote leads


@dataclass(frozen=True)
class Block:
    kind: str  # heading | paragraph | page
    segments: list[Segment] = field(default_factory=list)
    level: int = 0
    number: int = 0

    @property
    def has_target(self) -> bool:
        return any(segment.is_target for segment in self.segments)


def part_starts(text: str) -> list[int]:
    """Where each part begins: at a line start after at most PART_CHARACTERS (a longer line is cut)."""
    starts = [0]
    while len(text) - starts[-1] > PART_CHARACTERS:
        end = starts[-1] + PART_CHARACTERS
        line = text.rfind("\n", starts[-1] + 1, end)
        starts.append(line + 1 if line > starts[-1] else end)
    return starts


def part_of(starts: list[int], position: int) -> int:
    """The number (from 0) of the part that holds the character at `position`."""
    return max(number for number, start in enumerate(starts) if start <= max(position, 0))


Range = tuple[int, int]


def blocks(
    source: Source, start: int, end: int, mark: Range | None, heart: Range | None = None
) -> list[Block]:
    """The blocks of `source.text[start:end]`, with the marked range of the text cut out as segments.

    `heart` is a range within `mark`. The first segment of it, or of the mark without one, is the target.
    """
    headings = {position: level for level, _title, position in source.headings}
    pages = {position: number for number, position, _end in source.pages}
    result: list[Block] = []
    target = heart or mark
    position = start
    for line in source.text[start:end].splitlines(keepends=True):
        stripped = line.rstrip("\n")
        for at in sorted(place for place in pages if position <= place < position + len(line)):
            result.append(Block(kind="page", number=pages[at]))
        if stripped.strip():
            segments = _segments(stripped, position, mark, heart, target)
            if any(segment.is_target for segment in segments):
                target = None
            level = headings.get(position, 0)
            result.append(Block(kind="heading" if level else "paragraph", segments=segments, level=level))
        position += len(line)
    return result


def _segments(
    line: str, position: int, mark: Range | None, heart: Range | None, target: Range | None
) -> list[Segment]:
    """The line cut where the ranges begin and end."""
    cuts = {place - position for found in (mark, heart) if found for place in found}
    places = [0, *sorted(cut for cut in cuts if 0 < cut < len(line)), len(line)]
    segments = []
    for left, right in pairwise(places):
        at = position + left
        is_target = _holds(target, at)
        segments.append(Segment(line[left:right], _holds(mark, at), _holds(heart, at), is_target))
        target = None if is_target else target
    return segments


def _holds(found: Range | None, position: int) -> bool:
    return found is not None and found[0] <= position < found[1]
