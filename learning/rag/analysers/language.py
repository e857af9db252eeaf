"""What the engine has to know about a language."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Language:
    """One language; all words are in lower case.

    `markers` are function words that hardly occur in the other languages, `abbreviations` are written
    without their last full stop, `cues` pair a kind of answer with words that ask for it, `refusals` are
    what a model says when it finds no answer. `prepositions` pair the plain form with
    each form of it, `opens` finds the first words of a question that follows
    another, `leans` a pronoun in it that stands for something said before.
    """

    code: str
    stemmer: str
    stop_words: frozenset[str]
    question_words: frozenset[str]
    markers: frozenset[str]
    endings: tuple[str, ...]
    abbreviations: frozenset[str]
    months: frozenset[str]
    cues: tuple[tuple[str, tuple[str, ...]], ...]
    refusals: tuple[str, ...]
    prepositions: tuple[tuple[str, str], ...] = ()
    opens: re.Pattern[str] | None = None
    leans: re.Pattern[str] | None = None
    query_stops: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "query_stops", self.stop_words | self.question_words)
