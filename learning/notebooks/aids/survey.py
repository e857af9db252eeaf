"""A material studied once: its statements, how much each carries, what they define, count and date."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from learning.notebooks.aids.drafts import Material, Quote, Tick
from learning.notebooks.aids.statements import Layout, Statement, by_section, lay_out
from learning.rag.analysers.grammars import GRAMMARS
from learning.rag.analysers.terms import stems, words
from learning.rag.answer_kinds import Phrase, phrases_in
from learning.rag.blocks import PROSE
from learning.rag.definitions import Definition, define
from learning.rag.nouns import Nouns
from learning.rag.salience import Said, Salience, in_turns

OPENS, HEADED, DEFINES = 1.2, 1.3, 1.25  # how much more a sentence carries that does so
SHARED = 0.4  # share of content words from which on another sentence may say the same
_NUMBER_WORDS = "|".join(sorted({word for grammar in GRAMMARS.values() for word in grammar.numbers}))
HAS_FIGURE = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Defined:
    """A definition, the statement that gives it, and the words and quotes that say it by themselves."""

    definition: Definition
    statement: Statement
    body: str
    quotes: tuple[Quote, ...]

    @property
    def term(self) -> str:
        term = self.definition.term
        return f"{term[0].upper()}{term[1:]}"


class Survey:
    """Everything that aids ask of a material. Linear in its length; what only some aids need is made on use."""

    def __init__(self, material: Material, tick: Tick) -> None:
        self.material = material
        self.tick = tick
        self.layout: Layout = lay_out(material, tick)
        self.statements = self.layout.statements
        self._worths: dict[int, float] = {}
        self.salience = Salience([(held.passage.source_id, held.stems) for held in self.statements])

    @cached_property
    def standing(self) -> list[Statement]:
        """Those that can be read by themselves, each said once, in reading order."""
        found: dict[str, Statement] = {}
        for number, held in enumerate(self.statements):
            if number % 2_000 == 0:
                self.tick(40 + 20 * number // max(len(self.statements), 1))
            if held.stands_alone:
                found.setdefault(held.text, held)
        return list(found.values())

    @cached_property
    def _standing(self) -> frozenset[str]:
        return frozenset(held.text for held in self.standing)

    def stands(self, held: Statement) -> bool:
        """Whether a statement can be read by itself."""
        return held.text in self._standing

    def worth(self, held: Statement) -> float:
        """How much a statement carries; comparable within one source."""
        if held.place not in self._worths:
            titles = set(stems(words(held.path[-1]), held.language)) if held.path else set()
            worth = self.salience.of(held.passage.source_id, held.stems)
            worth *= OPENS if held.opens else 1
            worth *= HEADED if titles & held.stems else 1
            self._worths[held.place] = worth * (DEFINES if define(held.text, held.language) else 1)
        return self._worths[held.place]

    def ranked(self, statements: Iterable[Statement] | None = None) -> list[Statement]:
        """The standing statements, the best of every section first, then the second best of each, and so on.

        Sections in which more is said come first, and sources take turns.
        """
        sections = by_section(self.standing if statements is None else list(statements))
        by_source: dict[object, list[list[Statement]]] = defaultdict(list)
        for (source, _path), held in sections.items():
            by_source[source].append(sorted(held, key=lambda one: (-self.worth(one), one.place)))
        turns = [list(in_turns(groups)) for groups in by_source.values()]
        return list(in_turns(turns))

    def chosen(self, count: int) -> list[Statement]:
        """At most `count` statements that carry most and do not repeat each other, in reading order."""
        said, kept = Said(), []
        for held in self.ranked():
            if len(kept) == count:
                break
            if not said.repeats(held.stems):
                said.add(held.stems)
                kept.append(held)
        return sorted(kept, key=lambda one: one.place)

    @cached_property
    def defined(self) -> list[Defined]:
        """What the material says about its own terms, each term once, in reading order."""
        found: dict[tuple[str, str], Defined] = {}
        for before, held in _with_before(self.statements):
            if not held.language or not is_whole_enough(held):
                continue
            definition = define(held.text, held.language)
            if definition is None:
                continue
            made = _defined(definition, held, before)
            if made is not None:
                found.setdefault((held.language, definition.term.lower()), made)
        return list(found.values())

    @cached_property
    def phrases(self) -> dict[int, list[Phrase]]:
        """Of every standing statement, by its place, what can be asked for."""
        return {
            held.place: found
            for held in self.standing
            if HAS_FIGURE.search(held.text) and (found := phrases_in(held.text, held.language))
        }

    @cached_property
    def figures(self) -> dict[tuple[str, str], list[tuple[Phrase, Statement]]]:
        """All phrases by language and kind."""
        found: dict[tuple[str, str], list[tuple[Phrase, Statement]]] = defaultdict(list)
        for held in self.standing:
            for phrase in self.phrases.get(held.place, ()):
                found[held.language, phrase.kind].append((phrase, held))
        return found

    @cached_property
    def nouns(self) -> Nouns:
        found = Nouns()
        for held in self.statements:
            if held.is_whole:
                found.add(held.text, held.language)
        return found

    @cached_property
    def holders(self) -> dict[str, list[int]]:
        """For every content word the numbers of the statements that hold it."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, held in enumerate(self.statements):
            for stem in held.stems:
                found[stem].append(number)
        return found

    @cached_property
    def neighbours(self) -> set[tuple[str, str]]:
        """Content words that follow each other, function words left out."""
        return {pair for held in self.statements if held.language for pair in pairwise(held.content)}

    def goes_with(self, option: str, gap_before: str, gap_after: str, language: str) -> bool:
        """Whether the material says the option beside one of these content words itself ("financial market")."""
        stem = stems(words(option), language)[0]
        return (gap_before, stem) in self.neighbours or (stem, gap_after) in self.neighbours

    def is_near(self, option: str, held: Statement) -> bool:
        """Whether the passage speaks of the option too, so that it may be as true there."""
        stem = stems(words(option), held.language)[0]
        return any(
            self.statements[number].passage is held.passage for number in self.holders.get(stem, ())[:500]
        )

    def would_fit(self, option: str, held: Statement, without: frozenset[str]) -> bool:
        """Whether some sentence that holds the option says what this one says apart from `without`."""
        rest = held.stems - without
        wanted = [stem for stem in stems(words(option), held.language) if stem in self.holders]
        if not wanted:
            return False
        rarest = min(wanted, key=lambda stem: len(self.holders[stem]))
        return any(
            len(rest & self.statements[number].stems) >= SHARED * len(rest)
            for number in self.holders[rarest][:200]
            if self.statements[number] is not held
        )


def is_whole_enough(held: Statement) -> bool:
    return held.is_whole or (
        3 <= len(held.text.split()) <= 6 and held.text.endswith(".") and held.kind == PROSE
    )


def _with_before(statements: Iterable[Statement]) -> Iterator[tuple[Statement | None, Statement]]:
    before: Statement | None = None
    for held in statements:
        yield before, held
        before = held


def _defined(definition: Definition, held: Statement, before: Statement | None) -> Defined | None:
    """With the sentence before it where the definition leans on that one; None if neither can be read alone."""
    grammar = GRAMMARS[held.language]
    if not grammar.points_back.search(held.text):
        if grammar.points_away.search(held.text) or not held.is_whole:
            return None
        return Defined(definition, held, held.text, (held.quote,))
    if held.opens or before is None or before.passage is not held.passage or not definition.start:
        return None
    if not before.stands_alone:
        return None
    quote = Quote(held.passage.id, before.quote.start, held.quote.end)
    return Defined(definition, held, f"{before.text} {held.text}", (quote,))
