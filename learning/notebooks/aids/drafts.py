"""What every aid is made of and makes: passages in, items with exact quotes out. No models, no queries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

BLANK = "____"  # in the heading of an item
# Called with the percentage done; raises when the work was cancelled, which an aid lets through.
Tick = Callable[[int], None]


@dataclass(frozen=True)
class AidPassage:
    """A passage as the database holds it; `start` and `end` are offsets in its source's text.

    `title` is the source's, `heading_path` its headings from the outermost on, joined by " › ".
    """

    id: int
    source_id: Any
    title: str
    text: str
    start: int
    end: int
    page: int | None
    heading_path: str
    language: str


@dataclass(frozen=True)
class Material:
    """The passages that were chosen, by source and in reading order; `language` is that of the frame."""

    title: str
    language: str
    passages: Sequence[AidPassage]


@dataclass(frozen=True)
class Wish:
    """`length` is short, medium or long; each aid says what that means for it."""

    length: str = "medium"


@dataclass(frozen=True)
class Quote:
    """`source.text[start:end]`, within one passage."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True)
class ItemDraft:
    """One item of an aid before it is kept.

    `heading` is a title, a question, a term, a date, the front of a card or the speaker; `body` what is
    said to it; `depth` its level in an outline, from 0. `data` depends on `kind` and is JSON.
    """

    kind: str
    heading: str = ""
    body: str = ""
    quotes: tuple[Quote, ...] = ()
    depth: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """`mode` is extractive or generated; `discarded` counts a model's items that did not hold.

    `notice` tells the reader why the aid is not what it could be, or is "": a sentence in English that gettext
    knows, to be translated when it is shown.
    """

    items: tuple[ItemDraft, ...]
    mode: str = "extractive"
    model: str = ""
    discarded: int = 0
    notice: str = ""
