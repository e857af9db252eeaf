"""Key terms: what the material itself says that its terms are."""

from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.survey import Defined, Survey
from learning.rag.generate import Chat

ITEMS = {"short": 10, "medium": 20, "long": 40}


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """At most 10, 20 or 40 terms, in alphabetical order."""
    survey = Survey(material, tick)
    found = tuple(entry(defined) for defined in best(survey, ITEMS[wish.length]))
    tick(100)
    return Made(tuple(sorted(found, key=lambda item: item.heading.casefold())))


def best(survey: Survey, count: int) -> list[Defined]:
    """The definitions of what the material speaks of most, in reading order; sources take turns."""
    wanted = {id(held) for held in survey.ranked([one.statement for one in survey.defined])[:count]}
    return [defined for defined in survey.defined if id(defined.statement) in wanted]


def entry(defined: Defined) -> ItemDraft:
    return ItemDraft("term", defined.term, defined.body, defined.quotes)
