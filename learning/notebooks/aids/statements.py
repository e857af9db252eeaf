"""The passages laid out as sentences under their headings, each with its exact place and cleaned for reading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from learning.notebooks.aids.drafts import AidPassage, Material, Quote, Tick
from learning.rag.analysers import LANGUAGES
from learning.rag.analysers.terms import stems, words
from learning.rag.blocks import BULLET, HEADING, HEADING_MARK, POINT, PROSE, blocks, title_of
from learning.rag.languages import detect, spoken
from learning.rag.sentences import spans
from learning.rag.splitting import PATH_SEPARATOR
from learning.rag.standing import is_whole, stands_alone

REFERENCE = re.compile(r"\s?\[(?:\d{1,4}|[a-z]|citation needed|edit)\](?=\W|$)")
EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)|`")
TICKS = 20  # calls of tick while the material is laid out


@dataclass(frozen=True)
class Statement:
    """`passage.text[start:end]` as one sentence or point; `text` is the same cleaned.

    `path` are the headings above it, the outermost first. `kind` is prose or point, `language` is "" where
    it is not sure; `opens` tells the first sentence of its paragraph.
    """

    passage: AidPassage
    start: int
    end: int
    text: str
    path: tuple[str, ...]
    kind: str
    language: str
    opens: bool
    place: int

    @property
    def quote(self) -> Quote:
        return Quote(self.passage.id, self.passage.start + self.start, self.passage.start + self.end)

    @property
    def section(self) -> tuple[object, tuple[str, ...]]:
        return self.passage.source_id, self.path

    @cached_property
    def is_whole(self) -> bool:
        return bool(self.language) and is_whole(self.text, self.language)

    @cached_property
    def stands_alone(self) -> bool:
        return self.is_whole and stands_alone(self.text, self.language)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """Its content words by their stems, in order."""
        return content_of(self.text, self.language)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(self.content)


@dataclass(frozen=True)
class Heading:
    """A heading where it stands, and the headings above it including itself."""

    passage: AidPassage
    start: int
    end: int
    path: tuple[str, ...]
    place: int

    @property
    def quote(self) -> Quote:
        return Quote(self.passage.id, self.passage.start + self.start, self.passage.start + self.end)


@dataclass(frozen=True)
class Layout:
    """All statements and headings of a material in reading order; `place` counts both together."""

    statements: tuple[Statement, ...]
    headings: tuple[Heading, ...]


def lay_out(material: Material, tick: Tick, *, share: int = 40) -> Layout:
    """Linear in the length of the material; `tick` goes from 0 to `share`."""
    statements: list[Statement] = []
    headings: list[Heading] = []
    before: dict[object, tuple[str, ...]] = {}
    total = len(material.passages)
    for number, passage in enumerate(material.passages):
        if number % max(total // TICKS, 1) == 0:
            tick(share * number // max(total, 1))
        for part in parts_of(passage, before.get(passage.source_id, ())):
            part = replace(part, place=len(statements) + len(headings))
            before[passage.source_id] = part.path
            if isinstance(part, Heading):
                headings.append(part)
            else:
                statements.append(part)
    tick(share)
    return Layout(tuple(statements), tuple(headings))


def parts_of(passage: AidPassage, before: tuple[str, ...]) -> Iterator[Statement | Heading]:
    """The headings and statements of one passage; `before` are the headings that held at the end of the last.

    A passage knows the headings it begins under. One within it is taken for a sister of the last of them,
    or for a child if the passage begins with a heading that is itself the title of the whole.
    """
    path = tuple(part for part in passage.heading_path.split(PATH_SEPARATOR) if part)
    language = spoken(passage.text)
    for block in blocks(passage.text, (*path, *before)):
        raw = passage.text[block.start : block.end]
        if block.kind == HEADING:
            path = path_with(path, title_of(raw))
            yield Heading(passage, block.start, block.end, path, 0)
        elif block.kind in (PROSE, POINT):
            yield from _statements(passage, block.start, block.end, block.kind, path, language)


def path_with(path: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The headings that hold below `title`."""
    titles = [title_of(part) for part in path]
    if title in titles:
        return path[: titles.index(title) + 1]
    return (*path[:1], title)


def _statements(
    passage: AidPassage, start: int, end: int, kind: str, path: tuple[str, ...], language: str
) -> Iterator[Statement]:
    opens = True
    for first, last in spans(passage.text[start:end]):
        begin, finish = start + first, start + last
        bullet = BULLET.match(passage.text, begin, finish)
        if bullet:
            begin = bullet.end()
        text = cleaned(passage.text[begin:finish])
        if not text:
            continue
        own = language if not language or detect(text) in ("", language) else ""
        yield Statement(passage, begin, finish, text, path, kind, own, opens, 0)
        opens = False


def cleaned(text: str) -> str:
    """A quote for reading: blanks folded; without bullet, Markdown's emphasis and heading marks, and reference
    numbers such as [12]. Nothing else is changed."""
    without = text.strip()
    for mark in (HEADING_MARK, BULLET):
        if found := mark.match(without):
            without = without[found.end() :]
    return " ".join(EMPHASIS.sub("", REFERENCE.sub("", without)).split())


def content_of(text: str, language: str) -> tuple[str, ...]:
    """The stems of all words but function words; every word where the language is not known."""
    stops = LANGUAGES[language].stop_words if language else frozenset()
    return tuple(stems([word for word in words(text) if word not in stops], language))


def by_section(statements: Sequence[Statement]) -> dict[tuple[object, tuple[str, ...]], list[Statement]]:
    """The statements of each section, in reading order."""
    found: dict[tuple[object, tuple[str, ...]], list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.section, []).append(statement)
    return found
