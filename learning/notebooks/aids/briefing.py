"""A briefing: the whole material on one page, the sentences that carry most and no two that say the same."""

from learning.notebooks.aids.drafts import Made, Material, Tick, Wish
from learning.notebooks.aids.guide import outline
from learning.notebooks.aids.survey import Survey
from learning.rag.generate import Chat

POINTS = {"short": 6, "medium": 12, "long": 20}


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """About 6, 12 or 20 points under their headings, in reading order."""
    survey = Survey(material, tick)
    items = tuple(outline(survey, survey.chosen(POINTS[wish.length]), deepest=1))
    tick(100)
    return Made(items)
