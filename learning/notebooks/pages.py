"""A source's text as a page shows it: parts of bounded length, made of headings, page marks and paragraphs."""

from dataclasses import dataclass, field

from learning.notebooks.models import Source

PART_CHARACTERS = 20_000


@dataclass(frozen=True)
class Segment:
    text: str
    is_marked: bool = False
    is_first_mark: bool = False


@dataclass(frozen=True)
class Block:
    kind: str  # heading | paragraph | page
    segments: list[Segment] = field(default_factory=list)
    level: int = 0
    number: int = 0


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


def blocks(source: Source, start: int, end: int, mark: tuple[int, int] | None) -> list[Block]:
    """The blocks of `source.text[start:end]`, with the marked range of the text cut out as segments."""
    headings = {position: level for level, _title, position in source.headings}
    pages = {position: number for number, position, _end in source.pages}
    result: list[Block] = []
    is_marked_before = False
    position = start
    for line in source.text[start:end].splitlines(keepends=True):
        stripped = line.rstrip("\n")
        for at in sorted(place for place in pages if position <= place < position + len(line)):
            result.append(Block(kind="page", number=pages[at]))
        if stripped.strip():
            segments = _segments(stripped, position, mark, is_marked_before)
            is_marked_before = is_marked_before or any(segment.is_marked for segment in segments)
            level = headings.get(position, 0)
            result.append(Block(kind="heading" if level else "paragraph", segments=segments, level=level))
        position += len(line)
    return result


def _segments(
    line: str, position: int, mark: tuple[int, int] | None, is_marked_before: bool
) -> list[Segment]:
    if mark is None or mark[1] <= position or mark[0] >= position + len(line):
        return [Segment(line)]
    left, right = max(mark[0] - position, 0), min(mark[1] - position, len(line))
    pieces = [
        Segment(line[:left]),
        Segment(line[left:right], is_marked=True, is_first_mark=not is_marked_before),
        Segment(line[right:]),
    ]
    return [piece for piece in pieces if piece.text]
