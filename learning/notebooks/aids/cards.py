"""Flashcards: terms, questions and gaps, each a thing to remember by itself."""

from collections.abc import Iterator

from learning.notebooks.aids.asking import Questions
from learning.notebooks.aids.cloze import Gap, noun_gaps, phrase_gaps, stands_elsewhere
from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import Element, Request, Unfit, better
from learning.notebooks.aids.statements import Statement
from learning.notebooks.aids.survey import Survey
from learning.rag.answer_kinds import NUMBER
from learning.rag.generate import Chat
from learning.rag.questions import what_is
from learning.rag.salience import Said

ITEMS = {"short": 8, "medium": 16, "long": 32}
ASKED = 0.5  # of the cards at most are questions about terms and figures


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """8, 16 or 32 cards in reading order, fewer where the material does not give as many good ones."""
    survey, count = Survey(material, tick), ITEMS[wish.length]
    own = extractive(survey, count)
    made = better(survey, own, REQUEST, chat=chat, count=count)
    tick(100)
    return made


def build(element: Element) -> ItemDraft:
    """A card whose back the passage bears out and whose front does not tell it."""
    front, back = element.text("front"), element.text("back")
    if stands_elsewhere(back, front, element.passage.language):
        raise Unfit("front")
    element.supported(front, back)
    return ItemDraft("card", front, back, (element.quote,))


REQUEST = Request(
    'Each one is a flashcard for one thing to remember: "front" a question or a term, "back" the answer, short.',
    ("front", "back"),
    build,
)


def extractive(survey: Survey, count: int) -> list[ItemDraft]:
    """Terms and questions first, the rest gaps; a sentence is on one card only."""
    said, answers = Said(), set()
    kept: list[tuple[int, ItemDraft]] = []
    terms = {what_is(one.definition, one.statement.language): one.term for one in survey.defined}
    for asked in Questions(survey).chosen(max(int(ASKED * count), 1)):
        front = terms.get(asked.question, asked.question)
        said.add(asked.statement.stems)
        kept.append((asked.statement.place, ItemDraft("card", front, asked.answer, asked.quotes)))
    for held in survey.ranked():
        if len(kept) >= count:
            break
        if said.repeats(held.stems):
            continue
        gap = next((gap for gap in _gaps(survey, held) if gap.answer.casefold() not in answers), None)
        if gap is not None:
            answers.add(gap.answer.casefold())
            said.add(held.stems)
            kept.append((held.place, ItemDraft("card", gap.sentence, gap.answer, (held.quote,))))
    return [card for _, card in sorted(kept, key=lambda one: one[0])]


def _gaps(survey: Survey, held: Statement) -> Iterator[Gap]:
    """A mere count is not worth a card."""
    yield from (gap for gap in phrase_gaps(survey, held) if gap.phrase and gap.phrase.kind != NUMBER)
    yield from (gap for gap in noun_gaps(survey, held) if gap.is_telling)
