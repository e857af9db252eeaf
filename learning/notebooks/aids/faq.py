"""Questions and answers: few and well worded rather than many."""

from learning.notebooks.aids.asking import Asked, Questions
from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import Element, Request, Unfit, better
from learning.notebooks.aids.survey import Survey
from learning.rag.generate import Chat

ITEMS = {"short": 5, "medium": 10, "long": 20}


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """At most 5, 10 or 20 entries, in reading order."""
    survey = Survey(material, tick)
    own = [entry(asked) for asked in Questions(survey).chosen(ITEMS[wish.length])]
    made = better(survey, own, REQUEST, chat=chat, count=ITEMS[wish.length])
    tick(100)
    return made


def build(element: Element) -> ItemDraft:
    """An entry whose question and answer the passage bears out."""
    question, answer = element.text("question"), element.text("answer")
    if not question.endswith("?"):
        raise Unfit("question")
    element.supported(question, answer)
    element.supported(answer)
    return ItemDraft("entry", question, answer, (element.quote,))


REQUEST = Request(
    'Each one is a question that a reader would ask, and its answer: "question", "answer" in one or two sentences.',
    ("question", "answer"),
    build,
)


def entry(asked: Asked) -> ItemDraft:
    return ItemDraft("entry", asked.question, asked.answer, asked.quotes)
