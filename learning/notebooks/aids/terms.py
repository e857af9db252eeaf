"""Key terms: what the material itself says that its terms are."""

from dataclasses import replace

from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import Element, Request, Unfit, better
from learning.notebooks.aids.survey import Defined, Survey
from learning.rag.generate import Chat

ITEMS = {"short": 10, "medium": 20, "long": 40}


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """At most 10, 20 or 40 terms, in alphabetical order."""
    survey = Survey(material, tick)
    own = [entry(defined) for defined in best(survey, ITEMS[wish.length])]
    made = better(survey, own, REQUEST, chat=chat, count=ITEMS[wish.length])
    tick(100)
    return replace(made, items=tuple(sorted(made.items, key=lambda item: item.heading.casefold())))


def best(survey: Survey, count: int) -> list[Defined]:
    """The definitions of what the material speaks of most, in reading order; sources take turns."""
    wanted = {id(held) for held in survey.ranked([one.statement for one in survey.defined])[:count]}
    return [defined for defined in survey.defined if id(defined.statement) in wanted]


def build(element: Element) -> ItemDraft:
    """A term must stand in the quote, and the quote's passage must bear out what is said of it."""
    term, definition = element.text("term"), element.text("definition")
    if term.casefold() not in element.quoted.casefold():
        raise Unfit("term")
    element.supported(term, definition)
    return ItemDraft("term", term, definition, (element.quote,))


REQUEST = Request(
    'Each one explains a key term: "term" as it is written in the quote, "definition" in one sentence.',
    ("term", "definition"),
    build,
)


def entry(defined: Defined) -> ItemDraft:
    return ItemDraft("term", defined.term, defined.body, defined.quotes)
