"""Phrases of a sentence that can be asked for, each with its kind: only like is compared with like.

Kinds are date, year, duration, money, percentage, and number with the noun that it counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from learning.rag.analysers.grammars import GRAMMARS
from learning.rag.calendar_dates import dates_in

DATE, YEAR, DURATION = "date", "year", "duration"
MONEY, PERCENTAGE, NUMBER = "money", "percentage", "number"
FIGURE = r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_WORDS = "|".join(
    sorted({word for grammar in GRAMMARS.values() for word in grammar.numbers}, key=len, reverse=True)
)
_UNITS = "|".join(
    sorted({form for grammar in GRAMMARS.values() for form in grammar.units}, key=len, reverse=True)
)
CURRENCY = r"Euro|Euros|EUR|€|US-Dollar|Dollars?|USD|Pfund|pounds?|CHF|Franken|Cent"
SCALE = r"(?:\s(?:Mio\.|Mrd\.|Millionen|Milliarden|million|billion|trillion|thousand|Tausend))?"
MONEY_AT = re.compile(
    rf"(?:(?P<before>[$€£])\s?(?P<a>{FIGURE}){SCALE}|(?P<b>{FIGURE}){SCALE}\s?(?P<after>{CURRENCY})(?!\w))"
)
PERCENT_AT = re.compile(
    rf"(?<![\w.,])(?P<figure>{FIGURE})\s?(?P<unit>%|Prozent(?:punkte)?\b|per\s?cent\b|percent\b)"
)
DURATION_AT = re.compile(
    rf"(?<![\w.,-])(?P<figure>{FIGURE}|{_WORDS})\s(?P<unit>{_UNITS})(?!\w)", re.IGNORECASE
)
COUNT_AT = re.compile(
    rf"(?<![\w.,§/-])(?P<figure>{FIGURE}|{_WORDS})\s(?P<noun>(?:[a-zäöüß]{{3,}}\s)?[A-Za-zÄÖÜäöüß]{{3,}}(?:-\w+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Phrase:
    """`text[start:end]`; `kind` as above, `unit` what must be the same to be comparable ("Tag", "%", "€")."""

    start: int
    end: int
    kind: str
    unit: str
    text: str
    figure: str = ""
    noun: str = ""


def phrases_in(text: str, language: str) -> list[Phrase]:
    """The phrases in reading order, none inside another."""
    found: list[Phrase] = []
    for phrase in _candidates(text, language):
        if not any(phrase.start < other.end and other.start < phrase.end for other in found):
            found.append(phrase)
    return sorted(found, key=lambda phrase: phrase.start)


def kind_of(text: str, language: str) -> str:
    """The kind of a phrase that stands by itself, or ""."""
    found = phrases_in(text, language)
    return found[0].kind if len(found) == 1 and found[0].end - found[0].start >= 0.6 * len(text) else ""


def value_of(figure: str, language: str) -> float | None:
    """The number that is written, by the language's marks; None if it cannot be told."""
    lowered = figure.lower()
    for grammar in GRAMMARS.values():
        if lowered in grammar.numbers:
            return float(grammar.numbers[lowered])
    plain = re.sub(r"[\s\u00a0]", "", figure)
    thousands, decimal = (".", ",") if language == "de" else (",", ".")
    plain = (
        plain.replace(thousands, "")
        if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d+)?", plain)
        else plain
    )
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None


def _candidates(text: str, language: str) -> Iterator[Phrase]:
    grammar = GRAMMARS[language]
    for date in dates_in(text):
        kind = DATE if len(date.sort) > 4 else YEAR
        yield Phrase(date.start, date.end, kind, str(len(date.sort)), text[date.start : date.end])
    for match in MONEY_AT.finditer(text):
        unit = match["before"] or match["after"]
        yield Phrase(*match.span(), MONEY, unit, match.group(), match["a"] or match["b"])
    for match in PERCENT_AT.finditer(text):
        yield Phrase(*match.span(), PERCENTAGE, "%", match.group(), match["figure"])
    units = {form.lower(): plain for form, plain in grammar.units.items()}
    for match in DURATION_AT.finditer(text):
        unit = units.get(match["unit"].lower())
        if unit and (match["figure"][0].isdigit() or match["figure"].lower() in grammar.numbers):
            yield Phrase(*match.span(), DURATION, unit, match.group(), match["figure"], match["unit"])
    yield from _counts(text, language)


def _counts(text: str, language: str) -> Iterator[Phrase]:
    """A number before the noun that it counts; the phrase is the number alone."""
    grammar = GRAMMARS[language]
    for match in COUNT_AT.finditer(text):
        figure, nouns = match["figure"], match["noun"].split()
        if not figure[0].isdigit() and figure.lower() not in grammar.numbers:
            continue
        if figure[0].isdigit() and len(figure) == 4 and figure[:2] in ("18", "19", "20"):
            continue
        if language == "de":
            nouns = nouns if nouns[-1][0].isupper() else nouns[:1]
            is_counted = nouns[-1][0].isupper() and all(word[0].islower() for word in nouns[:-1])
        else:
            nouns = nouns if nouns[-1].endswith("s") else nouns[:1]
            is_counted = nouns[-1].endswith("s") and not nouns[-1].endswith(("ss", "us", "is", "as"))
        if is_counted and (value_of(figure, language) or 0) > 1:
            start, end = match.span("figure")
            yield Phrase(start, end, NUMBER, nouns[-1].lower(), figure, figure, " ".join(nouns))
