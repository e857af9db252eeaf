"""A briefing: the whole material on one page, the sentences that carry most and no two that say the same."""

from learning.notebooks.aids import points
from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import better
from learning.notebooks.aids.guide import outline
from learning.notebooks.aids.survey import Survey
from learning.rag.generate import Chat

POINTS = {"short": 6, "medium": 12, "long": 20}
DEEPEST = 1  # depth of a heading


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """About 6, 12 or 20 points under their headings, in reading order."""
    survey = Survey(material, tick)
    count = POINTS[wish.length]
    chosen = survey.chosen(count)

    def arranged(items: list[ItemDraft]) -> list[ItemDraft]:
        return list(outline(points.placed(survey, items), deepest=DEEPEST))

    own = list(outline(chosen, deepest=DEEPEST))
    made = better(
        survey, own, points.REQUEST, chat=chat, count=count, own_count=len(chosen), arrange=arranged
    )
    tick(100)
    return made
