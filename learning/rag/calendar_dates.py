"""Dates in German and English prose: where they stand, and a key that sorts them.

A date has a year at least. "Every 31 March" and "the 3rd of the month" come again each year or month and are
no dates.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from learning.rag.analysers.grammars import GRAMMARS

MONTHS = {name: number for grammar in GRAMMARS.values() for name, number in grammar.months.items()}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
DAY = r"(?P<day>[0-3]?\d)"
MONTH = rf"(?P<name>(?:{_NAMES})(?!\w))\.?"
PATTERNS = (
    re.compile(rf"\b{YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(rf"\b{DAY}\.\s?(?P<month>[01]?\d)\.\s?{YEAR}\b"),
    re.compile(rf"\b{DAY}(?:\.|st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?\s+{YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{MONTH}\s+{DAY}(?:st|nd|rd|th)?,?\s+{YEAR}\b", re.IGNORECASE),
    re.compile(rf"(?<!\d\s)(?<!\d\.\s)(?<!\d(?:st|nd|rd|th)\s)\b{MONTH},?\s+{YEAR}\b", re.IGNORECASE),
)
# A year by itself counts where the words around it say that it is one.
BARE_YEAR = re.compile(
    rf"\b(?:(?P<lead>[Ii]m Jahre?|[Ii]n the year|[Ii]n|[Ss]ince|[Ss]eit|[Uu]ntil|[Bb]is|[Bb]y|[Aa]b|[Aa]fter|[Nn]ach|"
    rf"[Bb]efore|[Vv]or|[Ff]rom|[Vv]on|[Dd]uring|[Uu]m|[Aa]round|[Ee]nde|[Aa]nfang|[Mm]itte|late|early|mid)\s+)"
    rf"{YEAR}(?![\d-]|[.,]\d|\s?[%€$])\b"
)
RECURRING = re.compile(
    r"\b(?:jede[nsrm]?|jährlich|alljährlich|monatlich|every|each|annually|yearly|monthly)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class CalendarDate:
    """`text[start:end]` is the date as written; `sort` is "YYYY", "YYYY-MM" or "YYYY-MM-DD"."""

    start: int
    end: int
    sort: str


def dates_in(text: str) -> list[CalendarDate]:
    """The dates in reading order, none inside another; impossible ones such as 31 February are left out."""
    found: list[CalendarDate] = []
    for date in _candidates(text):
        if not any(date.start < other.end and other.start < date.end for other in found):
            found.append(date)
    return sorted(found, key=lambda date: date.start)


def is_recurring(text: str) -> bool:
    """Whether the sentence speaks of something that comes again and again."""
    return bool(RECURRING.search(text))


def _candidates(text: str) -> Iterator[CalendarDate]:
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["month"]) if parts.get("month") else MONTHS[parts["name"].lower()]
            sort = sort_key(int(parts["year"]), month, int(parts["day"]) if parts.get("day") else None)
            if sort:
                start = match.start("name") if not parts.get("day") else match.start()
                yield CalendarDate(start, match.end(), sort)
    for match in BARE_YEAR.finditer(text):
        yield CalendarDate(match.start("year"), match.end("year"), match["year"])


def sort_key(year: int, month: int, day: int | None) -> str:
    """ "" where the calendar has no such day."""
    if not 1 <= month <= 12:
        return ""
    if day is None:
        return f"{year:04d}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= monthrange(year, month)[1] else ""
