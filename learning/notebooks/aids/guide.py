"""A study guide: the material's own headings with what matters below each, its terms, and questions."""

from collections.abc import Iterator

from learning.notebooks.aids import points
from learning.notebooks.aids.asking import Questions
from learning.notebooks.aids.drafts import ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import better
from learning.notebooks.aids.phrasebook import say
from learning.notebooks.aids.statements import Statement, by_section
from learning.notebooks.aids.survey import Defined, Survey
from learning.notebooks.aids.terms import best
from learning.rag.generate import Chat
from learning.rag.salience import Said

POINTS = {"short": 12, "medium": 30, "long": 70}  # of the whole guide
IN_SECTION = {"short": 2, "medium": 3, "long": 5}
TERMS = {"short": 4, "medium": 8, "long": 16}
QUESTIONS = {"short": 3, "medium": 6, "long": 12}
DEEPEST = 2
LONGEST_HEADING = 120  # characters


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """Sections in the order of the material; a section without a sentence worth quoting is left out."""
    survey = Survey(material, tick)
    chosen = chosen_points(survey, wish.length)
    terms = best(survey, TERMS[wish.length])
    end = [*_terms(survey, terms), *_questions(survey, wish.length, terms)]

    def arranged(items: list[ItemDraft]) -> list[ItemDraft]:
        return [*outline(points.placed(survey, items)), *end]

    own = [*outline(chosen), *end]
    count = POINTS[wish.length]
    made = better(
        survey, own, points.REQUEST, chat=chat, count=count, own_count=len(chosen), arrange=arranged
    )
    tick(100)
    return made


def chosen_points(survey: Survey, length: str) -> list[Statement]:
    """The best statements of every section, the sections in turns until the guide is full, in reading order."""
    said, kept, taken = Said(), [], {}
    for held in survey.ranked():
        if len(kept) == POINTS[length]:
            break
        if taken.get(held.section, 0) < IN_SECTION[length] and not said.repeats(held.stems):
            said.add(held.stems)
            taken[held.section] = taken.get(held.section, 0) + 1
            kept.append(held)
    return sorted(kept, key=lambda held: held.place)


def outline(statements: list[Statement], *, deepest: int = DEEPEST) -> Iterator[ItemDraft]:
    """The points under their headings; a heading appears before the first point below it.

    `deepest` is the depth of the lowest heading that is shown.
    """
    is_several = len({held.passage.source_id for held in statements}) > 1
    shown: tuple[object, ...] = ()
    for (source, path), held in by_section(statements).items():
        titles = _titles(held[0].passage.title, path, is_several=is_several)[: deepest + 1]
        wanted = (source, *titles)
        for depth, title in enumerate(titles):
            is_back = depth == len(titles) - 1 and len(shown) > len(wanted)
            if shown[: depth + 2] != wanted[: depth + 2] or is_back:
                yield ItemDraft("section", title[:LONGEST_HEADING], depth=depth)
        shown = wanted
        for one in held:
            yield ItemDraft(
                "point", body=one.text, quotes=(one.quote,), depth=len(titles) - 1 if titles else 0
            )


def _titles(source: str, path: tuple[str, ...], *, is_several: bool) -> tuple[str, ...]:
    """At most three headings; the source's title stands for a first heading that says the same."""
    own = path[1:] if path and path[0].casefold() == source.casefold() else path
    titles = (source, *own) if is_several or not own else own
    return titles if len(titles) <= DEEPEST + 1 else (*titles[:DEEPEST], titles[-1])


def _terms(survey: Survey, found: list[Defined]) -> Iterator[ItemDraft]:
    if found:
        yield ItemDraft("section", say(survey.material.language, "terms"))
    for defined in found:
        yield ItemDraft("point", defined.term, defined.body, defined.quotes)


def _questions(survey: Survey, length: str, terms: list[Defined]) -> Iterator[ItemDraft]:
    """What the terms above do not answer already, unless there is nothing else to ask."""
    told = {defined.quotes for defined in terms}
    asked = Questions(survey).chosen(QUESTIONS[length] + len(terms))
    found = [one for one in asked if one.quotes not in told][: QUESTIONS[length]] or asked[
        : QUESTIONS[length]
    ]
    if found:
        yield ItemDraft("section", say(survey.material.language, "questions"))
    for asked in found:
        yield ItemDraft("question", asked.question, asked.answer, asked.quotes)
