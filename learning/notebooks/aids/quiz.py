"""A quiz: multiple choice, gaps and short answers about single sentences, from easy to hard."""

from collections import Counter
from collections.abc import Iterator

from learning.notebooks.aids import distractors
from learning.notebooks.aids.cloze import Gap, accepted, noun_gaps, phrase_gaps
from learning.notebooks.aids.drafts import BLANK, ItemDraft, Made, Material, Tick, Wish
from learning.notebooks.aids.generating import better
from learning.notebooks.aids.quiz_request import REQUEST
from learning.notebooks.aids.statements import Statement
from learning.notebooks.aids.survey import Defined, Survey
from learning.notebooks.aids.validation import answer_of, faults
from learning.rag.answer_kinds import DURATION, NUMBER, PERCENTAGE
from learning.rag.generate import Chat
from learning.rag.questions import how_much
from learning.rag.salience import Said

ITEMS = {"short": 5, "medium": 10, "long": 20}
# Of a quiz, at most; what one kind cannot give another one may.
SHARES = {"multiple_choice": 0.5, "cloze": 0.35, "short_answer": 0.3}
LONG_SENTENCE = 24  # words
NOUN_GAPS = 3  # tried in one sentence


def make(material: Material, wish: Wish, *, chat: Chat | None, tick: Tick) -> Made:
    """5, 10 or 20 items, fewer where the material does not give as many good ones."""
    survey, count = Survey(material, tick), ITEMS[wish.length]
    own = extractive(survey, count)
    made = better(survey, own, REQUEST, chat=chat, count=count, arrange=easy_first)
    tick(100)
    return made


def easy_first(items: list[ItemDraft]) -> list[ItemDraft]:
    return sorted(items, key=lambda item: item.data["level"])


def extractive(survey: Survey, count: int) -> list[ItemDraft]:
    """The items in order; the same material always gives the same."""
    kept: list[ItemDraft] = []
    kinds: Counter[str] = Counter()
    waiting: list[ItemDraft] = []
    for item in items(survey):
        if kinds[item.kind] < SHARES[item.kind] * count:
            kinds[item.kind] += 1
            kept.append(item)
        else:
            waiting.append(item)
        if len(kept) == count:
            break
    kept += waiting[: count - len(kept)]
    return easy_first(kept)


def items(survey: Survey, *, each: int = 1) -> Iterator[ItemDraft]:
    """At most `each` good items a sentence, spread over sources and sections, no answer twice."""
    passages = {passage.id: passage for passage in survey.material.passages}
    by_statement = {id(defined.statement): defined for defined in survey.defined}
    said, answers = Said(), set()
    candidates = survey.ranked([*survey.standing, *_leaning(survey)])
    for number, held in enumerate(candidates):
        if number % 50 == 0:
            survey.tick(60 + 39 * number // len(candidates))
        if said.repeats(held.stems):
            continue
        made = 0
        for item in _of_statement(survey, held, by_statement.get(id(held))):
            key = answer_of(item).casefold()
            if key in answers or faults(item, passages):
                continue
            answers.add(key)
            yield item
            made += 1
            if made == each:
                break
        if made:
            said.add(held.stems)


def _leaning(survey: Survey) -> list[Statement]:
    """Definitions that are told in two sentences."""
    standing = {id(held) for held in survey.standing}
    return [defined.statement for defined in survey.defined if id(defined.statement) not in standing]


def _of_statement(survey: Survey, held: Statement, defined: Defined | None) -> Iterator[ItemDraft]:
    """The items that a sentence gives, the best first."""
    if defined is not None:
        yield from _about_term(survey, defined)
        if defined.body != held.text:
            return
    for gap in phrase_gaps(survey, held):
        yield from _about_figure(survey, gap)
    for gap in noun_gaps(survey, held)[:NOUN_GAPS]:
        wrong = distractors.for_gap(survey, gap)
        if wrong:
            yield choice(gap, wrong, level=1)
        elif gap.is_telling:
            yield filling(gap, level=2)


def _about_term(survey: Survey, defined: Defined) -> Iterator[ItemDraft]:
    """Which of the material's own terms is defined here?"""
    own = defined.definition
    option = distractors.term_as_option(defined)
    start = defined.body.find(option) if not own.opens else 0
    heading = f"{defined.body[:start]}{BLANK}{defined.body[start + len(option) :]}"
    wrong = distractors.for_term(defined, survey.defined)
    if start >= 0 and wrong:
        arranged = distractors.arranged(option, wrong, heading)
        data = {"options": list(arranged.options), "right": arranged.right, "level": 1}
        yield ItemDraft("multiple_choice", heading, defined.body, defined.quotes, data=data)
    elif not own.opens and start >= 0:
        data = {"answer": own.term, "accepted": [own.term], "level": 2}
        yield ItemDraft("cloze", heading, defined.body, defined.quotes, data=data)


def _about_figure(survey: Survey, gap: Gap) -> Iterator[ItemDraft]:
    held, phrase = gap.statement, gap.phrase
    question = how_much(held.text, phrase, held.language) if phrase else None
    if question is not None:
        answer = phrase.figure if phrase.kind in (DURATION, PERCENTAGE) else gap.answer
        data = {"answer": answer, "accepted": list(dict.fromkeys([answer, *accepted(gap)])), "level": 3}
        yield ItemDraft("short_answer", question, held.text, (held.quote,), data=data)
    wrong = distractors.for_gap(survey, gap)
    if wrong:
        yield choice(gap, wrong, level=2)
    elif phrase and phrase.kind != NUMBER:
        yield filling(gap, level=3)


def choice(gap: Gap, wrong: list[str], *, level: int) -> ItemDraft:
    arranged = distractors.arranged(gap.answer, wrong, gap.sentence)
    data = {"options": list(arranged.options), "right": arranged.right, "level": _level(gap, level)}
    return ItemDraft("multiple_choice", gap.sentence, gap.statement.text, (gap.statement.quote,), data=data)


def filling(gap: Gap, *, level: int) -> ItemDraft:
    data = {"answer": gap.answer, "accepted": accepted(gap), "level": _level(gap, level)}
    return ItemDraft("cloze", gap.sentence, gap.statement.text, (gap.statement.quote,), data=data)


def _level(gap: Gap, level: int) -> int:
    return min(level + (len(gap.sentence.split()) > LONG_SENTENCE), 3)
