"""Aids written by a chat model: passages chosen first, every element checked here, the extractive aid as the net.

The model is asked in several small calls, never with a whole source. An element whose quote does not stand in
its passage, whose text the passages do not bear out, or that is in another language is discarded and counted.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_noop

from learning.notebooks.aids import prompts
from learning.notebooks.aids.drafts import AidPassage, ItemDraft, Made, Quote
from learning.notebooks.aids.replies import elements, reply_of
from learning.notebooks.aids.statements import cleaned
from learning.notebooks.aids.survey import Survey
from learning.rag.budget import budget_for
from learning.rag.errors import ChatUnavailable
from learning.rag.generate import Chat
from learning.rag.index import LexicalIndex
from learning.rag.languages import detect, spoken
from learning.rag.retrieve import PassageText
from learning.rag.salience import in_turns
from learning.rag.verify import is_supported

A_CALL = 8  # elements
MOST_CALLS = 8
LONGEST_TEXT, LONGEST_QUOTE = 600, 600  # characters
SHORTEST_QUOTE = 3  # words
ENOUGH = 0.5  # of what the extractive aid has


class Unfit(Exception):
    """An element does not hold."""


@dataclass(frozen=True)
class Element:
    """One object of a reply whose quote was found: `quote` is its place, `quoted` its words."""

    values: Mapping[str, Any]
    passage: AidPassage
    quote: Quote
    quoted: str
    index: LexicalIndex

    def text(self, key: str) -> str:
        """A text of at most LONGEST_TEXT characters on one line. Raises Unfit if there is none."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
            raise Unfit(key)
        return " ".join(value.split())

    def supported(self, *texts: str) -> str:
        """The texts in one. Raises Unfit unless the passage bears them out and they are in its language."""
        text = " ".join(texts)
        own = spoken(self.passage.text)
        if own and detect(text) not in ("", own):
            raise Unfit("language")
        if not is_supported(self.index, text, [as_text(self.passage)]):
            raise Unfit("support")
        return text


@dataclass(frozen=True)
class Request:
    """What an aid wants of a model: a sentence, the keys of an element, and how one becomes an item.

    `build` raises Unfit for an element that does not hold.
    """

    wanted: str
    keys: tuple[str, ...]
    build: Callable[[Element], ItemDraft]


def better(
    survey: Survey,
    own: Sequence[ItemDraft],
    request: Request,
    *,
    chat: Chat | None,
    count: int,
    own_count: int | None = None,
    arrange: Callable[[list[ItemDraft]], Sequence[ItemDraft]] = list,
) -> Made:
    """The model's aid if there is a model and at least half as much of it holds as the extractive one has.

    `own_count` is how many of `own` count, if not all. Raises what `survey.tick` raises, nothing else.
    """
    if chat is None or not survey.material.passages:
        return Made(tuple(own))
    generation = Generation(survey, request, chat, count)
    try:
        items = generation.items()
    except ChatUnavailable:
        return Made(tuple(own), discarded=generation.discarded, notice=unavailable())
    needed = ENOUGH * min(len(own) if own_count is None else own_count, count)
    if not items or len(items) < needed:
        return Made(tuple(own), discarded=generation.discarded, notice=too_few())
    return Made(tuple(arrange(items)), "generated", chat.model, generation.discarded)


def unavailable() -> str:
    """In English, as a row keeps it; translated when it is shown."""
    return gettext_noop(
        "The chat model did not answer, so this was made without it, from sentences of the sources."
    )


def too_few() -> str:
    return gettext_noop(
        "Too little of what the chat model wrote held against the sources, "
        "so this was made without it, from their sentences."
    )


class Generation:
    """The calls for one aid; `discarded` counts elements that did not hold."""

    def __init__(self, survey: Survey, request: Request, chat: Chat, count: int) -> None:
        self.survey, self.request, self.chat, self.count = survey, request, chat, count
        self.discarded = 0

    def items(self) -> list[ItemDraft]:
        """At most `count` items that hold, in reading order. Raises ChatUnavailable."""
        kept: dict[tuple[str, str], ItemDraft] = {}
        batches = self.batches
        for number, batch in enumerate(batches):
            self.survey.tick(60 + 39 * number // len(batches))
            if len(kept) >= self.count:
                break
            asked = min(A_CALL, self.count - len(kept))
            reply = reply_of(
                self.chat.stream(
                    prompts.messages(batch, wanted=self.request.wanted, keys=self.request.keys, count=asked)
                )
            )
            for item in self._held(reply, batch):
                kept.setdefault((item.heading.casefold(), item.body.casefold()), item)
        order = {passage.id: place for place, passage in enumerate(self.survey.material.passages)}
        items = list(kept.values())[: self.count]
        return sorted(items, key=lambda item: (order[item.quotes[0].passage], item.quotes[0].start))

    def _held(self, reply: str, batch: Sequence[AidPassage]) -> Iterator[ItemDraft]:
        for values in elements(reply):
            try:
                yield self.request.build(self._located(values, batch))
            except Unfit:
                self.discarded += 1

    def _located(self, values: Mapping[str, Any], batch: Sequence[AidPassage]) -> Element:
        """The element with its quote found in the passage that it names. Raises Unfit."""
        number, words = values.get("passage"), values.get("quote")
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= len(batch):
            raise Unfit("passage")
        if not isinstance(words, str) or len(words) > LONGEST_QUOTE or len(words.split()) < SHORTEST_QUOTE:
            raise Unfit("quote")
        passage = batch[number - 1]
        place = find(words, passage.text)
        if place is None:
            raise Unfit("quote")
        quote = Quote(passage.id, passage.start + place[0], passage.start + place[1])
        return Element(values, passage, quote, cleaned(passage.text[slice(*place)]), self.index)

    @cached_property
    def batches(self) -> list[list[AidPassage]]:
        """The passages that carry most, as many in a call as the model's window leaves room for."""
        room = budget_for(self.chat.context_tokens, "").passages
        calls = min(-(-self.count // A_CALL) + 1, MOST_CALLS)
        groups: list[list[AidPassage]] = [[]]
        for passage in best_passages(self.survey):
            passage = shortened(passage, room)
            if groups[-1] and sum(len(one.text) for one in groups[-1]) + len(passage.text) > room:
                if len(groups) == calls:
                    break
                groups.append([])
            groups[-1].append(passage)
        return [group for group in groups if group]

    @cached_property
    def index(self) -> LexicalIndex:
        """Over what the model sees; it tells which words are rare."""
        return LexicalIndex.build((passage.id, passage.text) for batch in self.batches for passage in batch)


def best_passages(survey: Survey) -> list[AidPassage]:
    """The passages by the worth of their statements, the sources in turns; without statements as they come."""
    worth: dict[int, float] = {}
    for held in survey.standing:
        worth[held.passage.id] = worth.get(held.passage.id, 0.0) + survey.worth(held)
    by_source: dict[object, list[AidPassage]] = {}
    for passage in survey.material.passages:
        by_source.setdefault(passage.source_id, []).append(passage)
    groups = [sorted(held, key=lambda one: -worth.get(one.id, 0.0)) for held in by_source.values()]
    return list(in_turns(groups))


def shortened(passage: AidPassage, characters: int) -> AidPassage:
    if len(passage.text) <= characters:
        return passage
    text = passage.text[:characters].rpartition(" ")[0] or passage.text[:characters]
    return replace(passage, text=text, end=passage.start + len(text))


def find(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand in the text one by one, whatever the blanks between them; None if they do not."""
    found = re.search(r"\s+".join(re.escape(word) for word in words.split()), text)
    return found.span() if found else None


def as_text(passage: AidPassage) -> PassageText:
    return PassageText(
        id=passage.id,
        source_id=passage.source_id,
        title=passage.title,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        page=passage.page,
        language=passage.language,
    )
