"""Questions and answers: few and well worded rather than many."""

from learning.notebooks.aids.asking import Asked, Questions
from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.survey import Survey
from learning.rag.generate import Chat

ITEMS = {"short": 5, "medium": 10, "long": 20}


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """At most 5, 10 or 20 entries, in reading order."""
    chosen = Questions(Survey(material, tick)).chosen(ITEMS[wish.length])
    tick(100)
    return Made(tuple(entry(asked) for asked in chosen))


def entry(asked: Asked) -> ItemDraft:
    return ItemDraft("entry", asked.question, asked.answer, asked.quotes)
