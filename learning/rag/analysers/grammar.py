"""What a language's grammar tells about single sentences: what study aids need and retrieval does not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Definer:
    """`pattern` finds a sentence that says what `term` is; `is_sure` if no noun need follow to believe it."""

    pattern: re.Pattern[str]
    is_sure: bool = False


@dataclass(frozen=True)
class Wording:
    """How a question is worded; blanks are the names in braces."""

    what_is: str
    what_are: str
    what_means: str
    how_many: str
    when: str


@dataclass(frozen=True)
class Grammar:
    """Words are in lower case unless the language writes them with a capital.

    `determiners` may stand before a noun, `finite` are verbs with which a yes-or-no question may begin.
    `points_back` finds a sentence that needs the one before it, `points_away` one that needs something else
    of its document ("see table 3"). `months` and `numbers` give the value of a word, `units` the plain form
    of a unit's forms. `pronouns` and `not_terms` are no terms, however they are explained. `gendered` gives the
    genders (m, f, n, p for the plural) that a word before a noun leaves open, `heads` those of common nouns,
    with which compounds end.
    """

    determiners: frozenset[str]
    finite: frozenset[str]
    points_back: re.Pattern[str]
    points_away: re.Pattern[str]
    definers: tuple[Definer, ...]
    months: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    wording: Wording
    pronouns: frozenset[str] = frozenset()
    not_terms: frozenset[str] = frozenset()
    gendered: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)


def points_back(
    openers: str, near: str, leaning: str, pointing: str, *, phrases: tuple[str, ...] = ()
) -> re.Pattern[str]:
    """Finds words that refer to what was said before.

    `openers` do so as first words, `near` (pronouns) among the first five, before they can stand for anything
    in the sentence itself, `leaning` in the first clause, `pointing` anywhere.
    """
    opening = "|".join([*phrases, *openers.split()])
    return re.compile(
        rf"^\W*(?i:{opening})\b|^(?:[^\s,;:]+\s+){{1,4}}(?:{'|'.join(near.split())})\b"
        rf"|^(?:\w+ing|In|At|On|From|By|With|Like|Within|As|To|For)\b[^,]*,\s(?:{'|'.join(near.split())})\b"
        rf"|^[^,;:.]*\b(?:{'|'.join(leaning.split())})\b|\b(?:{'|'.join(pointing.split())})\b"
    )
