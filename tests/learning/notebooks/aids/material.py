"""Material in memory, read and cut like any source, and a chat model that says what a test wants."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from learning.notebooks.aids.drafts import AidPassage, ItemDraft, Made, Material, Wish
from learning.notebooks.aids.statements import cleaned
from learning.notebooks.starter import FOLDER
from learning.rag.errors import ChatUnavailable
from learning.rag.languages import detect
from learning.rag.readers import read
from learning.rag.splitting import split

ALL = ("guide", "briefing", "faq", "timeline", "terms", "mind_map", "quiz", "cards", "audio")


def make_material(*texts: str, folder: Path, language: str = "", title: str = "Handbuch") -> Material:
    """Each text is the Markdown of one source."""
    files = []
    for number, text in enumerate(texts, start=1):
        path = folder / f"source-{number}.md"
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return material_of(files, language=language, title=title)


def starter_texts(pattern: str) -> Material:
    return material_of(sorted(FOLDER.glob(pattern)), title="KI bei der Arbeit")


def material_of(files: Sequence[Path], *, language: str = "", title: str) -> Material:
    ids, passages = count(1), []
    for number, path in enumerate(files, start=1):
        reading = read(path, name=path.name)
        for draft in split(reading):
            passages.append(
                AidPassage(
                    id=next(ids),
                    source_id=number,
                    title=reading.title or path.stem,
                    text=reading.text[draft.start : draft.end],
                    start=draft.start,
                    end=draft.end,
                    page=draft.page,
                    heading_path=draft.heading_path,
                    language=draft.language,
                )
            )
    main = detect(" ".join(passage.text for passage in passages)[:4000])
    return Material(title, language or main or "en", passages)


def make(
    kind: str,
    material: Material,
    length: str = "medium",
    *,
    chat: Any = None,
    tick: Callable[[int], None] | None = None,
) -> Made:
    module = import_module(f"learning.notebooks.aids.{kind}")
    return module.make(material, Wish(length), chat=chat, tick=tick or (lambda done: None))


def quoted(item: ItemDraft, material: Material) -> str:
    """The words that the item's quotes point at; fails where a quote leaves its passage."""
    passages = {passage.id: passage for passage in material.passages}
    parts = []
    for quote in item.quotes:
        passage = passages[quote.passage]
        assert passage.start <= quote.start < quote.end <= passage.end
        parts.append(cleaned(passage.text[quote.start - passage.start : quote.end - passage.start]))
    return " ".join(parts)


@dataclass
class Told:
    """A chat model that gives one reply after the other, the last one again and again; None is no answer."""

    replies: Sequence[str | None]
    model: str = "probe"
    context_tokens: int = 8_192
    asked: list[list[dict[str, str]]] = field(default_factory=list)

    def stream(self, messages: list[dict[str, str]]) -> Iterator[str]:
        reply = self.replies[min(len(self.asked), len(self.replies) - 1)]
        self.asked.append(messages)
        if reply is None:
            raise ChatUnavailable
        yield from (reply[at : at + 11] for at in range(0, len(reply), 11))
