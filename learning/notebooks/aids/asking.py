"""Questions with their answers out of single sentences, worded in the language of the passage.

They come from headings that ask, from definitions, and from sentences that offer a number or a date.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from learning.notebooks.aids.drafts import Quote
from learning.notebooks.aids.statements import Heading, Statement
from learning.notebooks.aids.survey import Survey
from learning.rag.blocks import POINT
from learning.rag.questions import how_much, what_is
from learning.rag.salience import Said, in_turns

MOST_ANSWER = 320  # characters
MOST_SENTENCES = 3


@dataclass(frozen=True)
class Asked:
    """A question and the sentences that answer it, as they stand in one passage."""

    question: str
    answer: str
    quotes: tuple[Quote, ...]
    statement: Statement


class Questions:
    """All questions that a material answers by itself."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey

    def chosen(self, count: int) -> list[Asked]:
        """At most `count`, spread over sources, each sentence used once, in reading order."""
        by_source: dict[object, list[Asked]] = {}
        for asked in self.all:
            by_source.setdefault(asked.statement.passage.source_id, []).append(asked)
        said, kept, seen = Said(), [], set()
        for asked in in_turns([self._best_first(group) for group in by_source.values()]):
            if (
                len(kept) < count
                and asked.question.casefold() not in seen
                and not said.repeats(asked.statement.stems)
            ):
                seen.add(asked.question.casefold())
                said.add(asked.statement.stems)
                kept.append(asked)
        return sorted(kept, key=lambda one: one.statement.place)

    def _best_first(self, group: list[Asked]) -> list[Asked]:
        return sorted(group, key=lambda asked: (-self.survey.worth(asked.statement), asked.statement.place))

    @cached_property
    def all(self) -> list[Asked]:
        return [*self._from_headings(), *self._from_definitions(), *self._from_figures()]

    def _from_headings(self) -> Iterator[Asked]:
        first = _first_below(self.survey)
        for heading in self.survey.layout.headings:
            question = heading.path[-1]
            if question.endswith("?") and len(question.split()) >= 2 and id(heading) in first:
                statements = _answer(first[id(heading)])
                if statements:
                    yield _asked(question, statements)

    def _from_definitions(self) -> Iterator[Asked]:
        for defined in self.survey.defined:
            question = what_is(defined.definition, defined.statement.language)
            yield Asked(question, defined.body, defined.quotes, defined.statement)

    def _from_figures(self) -> Iterator[Asked]:
        for held in self.survey.standing:
            found = self.survey.phrases.get(held.place, ())
            for phrase in found:
                if sum(other.kind == phrase.kind for other in found) > 1:
                    continue
                question = how_much(held.text, phrase, held.language)
                if question:
                    yield Asked(question, held.text, (held.quote,), held)
                    break


def _first_below(survey: Survey) -> Mapping[int, list[Statement]]:
    """For every heading the statements right below it in its passage."""
    found: dict[int, list[Statement]] = {}
    parts = sorted([*survey.layout.headings, *survey.layout.statements], key=lambda part: part.place)
    current: Heading | None = None
    for part in parts:
        if isinstance(part, Heading):
            current = part
        elif current is not None and part.passage is current.passage and part.path == current.path:
            found.setdefault(id(current), []).append(part)
    return found


def _answer(statements: list[Statement]) -> list[Statement]:
    """The first sentences, as many as are short enough together and follow each other."""
    kept: list[Statement] = []
    for held in statements:
        if held.kind == POINT and not kept:
            return []
        length = held.end - (kept[0].start if kept else held.start)
        if len(kept) == MOST_SENTENCES or length > MOST_ANSWER or (kept and held.opens):
            break
        kept.append(held)
    return kept if kept and kept[-1].text.endswith((".", "!")) else []


def _asked(question: str, statements: list[Statement]) -> Asked:
    first, last = statements[0], statements[-1]
    quote = Quote(first.passage.id, first.quote.start, last.quote.end)
    return Asked(question, " ".join(held.text for held in statements), (quote,), first)
