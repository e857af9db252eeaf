"""Cuts a reading into passages of about 120 to 180 words.

Paragraphs are packed together up to that size; a page, and a heading after enough text, begin a new
passage. Only a paragraph that is too long itself is cut, between sentences, by llama-index; what has no
blanks at all is cut by characters.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from learning.rag.languages import detect
from learning.rag.reading import LONGEST_WORD, Heading, Reading, count_words
from learning.rag.sentences import pieces, spans

SINGLE = 250  # words; a text up to this length stays whole
TARGET = 150
LARGEST = 180
SMALLEST = 60  # a heading does not close a passage shorter than this
REST = 30  # a last passage shorter than this joins the one before
SLACK = 10  # words, about half a sentence, so that equal parts do not leave a rest
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
RUN = re.compile(r"\S++")
LONGEST_RUN = TARGET * LONGEST_WORD  # characters; a longer run is no text, and is cut by characters
STRETCH = 12_000  # characters that are looked at together; the time for one grows faster than its length
WORDS = re.compile(rf"\S{{1,{LONGEST_WORD}}}")  # as `count_words` counts them
CLAUSES = "[^;,]+[;,]*|[;,]+"
PATH_SEPARATOR = " › "


@dataclass(frozen=True)
class Draft:
    """A passage before it is stored: `reading.text[start:end]`; `content_hash` is its SHA-256 in hex."""

    start: int
    end: int
    page: int | None
    heading_path: str
    language: str
    content_hash: str


@dataclass(frozen=True)
class Block:
    """A paragraph or heading of the text."""

    start: int
    end: int
    page: int | None
    is_heading: bool
    size: int


def split(reading: Reading, *, progress: Callable[[int, int], None] | None = None) -> list[Draft]:
    """The passages in reading order; they do not overlap and none crosses a page.

    `progress(done, total)` counts characters. Raises what `progress` raises.
    """
    blocks = list(blocks_of(reading))
    main_language = detect(reading.text)
    path_at = heading_paths(reading.headings)
    drafts = []
    for start, end, page in ranges(reading.text, blocks):
        passage = reading.text[start:end]
        drafts.append(
            Draft(
                start=start,
                end=end,
                page=page,
                heading_path=path_at(start),
                language=detect(passage) or main_language,
                content_hash=sha256(passage.encode()).hexdigest(),
            )
        )
        if progress is not None:
            progress(end, len(reading.text))
    return drafts


def blocks_of(reading: Reading) -> Iterator[Block]:
    """The paragraphs; every page and every heading of a reading begins one."""
    heading_starts = {heading.start for heading in reading.headings}
    page_starts = [page.start for page in reading.pages]
    text, start = reading.text, 0
    gaps = [(gap.start(), gap.end()) for gap in BLANK_LINE.finditer(text)]
    for gap_start, gap_end in [*gaps, (len(text), len(text))]:
        if gap_start > start:
            place = bisect_right(page_starts, start) - 1
            yield Block(
                start=start,
                end=gap_start,
                page=reading.pages[place].number if place >= 0 else None,
                is_heading=start in heading_starts,
                size=count_words(text[start:gap_start]),
            )
        start = gap_end


def ranges(text: str, blocks: list[Block]) -> Iterator[tuple[int, int, int | None]]:
    """Start, end and page of each passage."""
    if not blocks:
        return
    if blocks[0].page == blocks[-1].page and sum(block.size for block in blocks) <= SINGLE:
        yield blocks[0].start, blocks[-1].end, blocks[0].page
        return
    for pack in joined_rests(packs(blocks)):
        start, end, page = pack[0].start, pack[-1].end, pack[0].page
        if size_of(pack) <= SINGLE:
            yield start, end, page
        else:
            for piece_start, piece_end in cut(text, start, end):
                yield piece_start, piece_end, page


def packs(blocks: list[Block]) -> Iterator[list[Block]]:
    """Neighbouring blocks of one page that make a passage; too long only if a block or a row of headings is."""
    pack: list[Block] = []
    for block in blocks:
        if pack and closes(pack, block):
            kept = pack if block.page != pack[-1].page else without_last_headings(pack)
            if not kept and size_of(pack) > SINGLE:
                kept = pack
            if kept:
                yield kept
                pack = pack[len(kept) :]
        pack.append(block)
    if pack:
        yield pack


def closes(pack: list[Block], block: Block) -> bool:
    """Whether `block` has to begin a new passage."""
    if block.page != pack[-1].page:
        return True
    size = size_of(pack)
    if block.is_heading and size >= SMALLEST:
        return True
    return size + block.size > LARGEST and (size >= SMALLEST or block.size > LARGEST)


def without_last_headings(pack: list[Block]) -> list[Block]:
    """A heading belongs to what follows it; empty if there are only headings."""
    end = len(pack)
    while end and pack[end - 1].is_heading:
        end -= 1
    return pack[:end]


def joined_rests(all_packs: Iterator[list[Block]]) -> Iterator[list[Block]]:
    """The packs, a short one joined to the one before it on the same page."""
    last: list[Block] = []
    for pack in all_packs:
        is_rest = bool(last) and size_of(pack) < REST and pack[0].page == last[0].page
        if is_rest and size_of(last) + size_of(pack) <= SINGLE:
            last = last + pack
        else:
            if last:
                yield last
            last = pack
    if last:
        yield last


def size_of(pack: list[Block]) -> int:
    return sum(block.size for block in pack)


def cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of about TARGET words that end with a sentence where possible."""
    for run in RUN.finditer(text, start, end):
        if run.end() - run.start() > LONGEST_RUN:
            yield from cut_sentences(text, start, run.start())
            yield from equal_parts(run.start(), run.end())
            start = run.end()
    yield from cut_sentences(text, start, end)


def equal_parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most LONGEST_RUN characters."""
    count = ceil((end - start) / LONGEST_RUN)
    for number in range(count):
        yield start + (end - start) * number // count, start + (end - start) * (number + 1) // count


def cut_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The same for text whose runs without blanks are short."""
    while end - start > STRETCH:
        middle = stretch_end(text, start)
        yield from cut_stretch(text, start, middle)
        start = middle
    yield from cut_stretch(text, start, end)


def stretch_end(text: str, start: int) -> int:
    """Where the last whole sentence within a stretch ends; a blank if the sentences are very long."""
    last, _end = spans(text[start : start + STRETCH])[-1]
    if last > STRETCH // 2:
        return start + last
    position = start + STRETCH
    while not text[position - 1].isspace():
        position -= 1
    return position


def cut_stretch(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    from llama_index.core.node_parser import SentenceSplitter

    size = count_words(text[start:end])
    if not size:
        return
    splitter = SentenceSplitter(
        chunk_size=ceil(size / ceil(size / TARGET)) + SLACK,
        chunk_overlap=0,
        tokenizer=WORDS.findall,
        chunking_tokenizer_fn=pieces_or_lines,
        secondary_chunking_regex=CLAUSES,
    )
    cursor = start
    for chunk in splitter.split_text(text[start:end]):
        found = text.find(chunk, cursor, end)
        assert found >= 0, "a passage is a part of its text"
        cursor = found + len(chunk)
        yield found, cursor


def pieces_or_lines(text: str) -> list[str]:
    """The sentences; the lines of one that has no spaces, as an encoded file within a letter."""
    found = []
    for piece in pieces(text):
        found += [piece] if " " in piece else piece.splitlines(keepends=True)
    return found


def heading_paths(headings: tuple[Heading, ...]) -> Callable[[int], str]:
    """A function from a position to the titles of the headings it stands under."""
    starts = [heading.start for heading in headings]
    paths, stack = [], []
    for heading in headings:
        while stack and stack[-1].level >= heading.level:
            stack.pop()
        stack.append(heading)
        paths.append(PATH_SEPARATOR.join(held.title for held in stack))

    def path_at(position: int) -> str:
        place = bisect_right(starts, position) - 1
        return paths[place] if place >= 0 else ""

    return path_at
