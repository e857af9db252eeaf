"""Pilots to begin with, in German and in English, in our own words. A file each in `starters/`.

Thresholds are proposals; a hint says how to find today's value, which every team has to measure for itself.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "starters"
LANGUAGES = ("de", "en")
KEYS = (
    "meeting-minutes",
    "offer-drafts",
    "invoice-intake",
    "spec-risks",
    "service-answers",
    "dormant-customers",
)


@dataclass(frozen=True)
class StarterCriterion:
    measure: str
    unit: str
    hint: str
    direction: str
    threshold: Decimal


@dataclass(frozen=True)
class Starter:
    """`advice` is what to see to before the start; `notice` is a rule of law in plain words, mostly empty."""

    slug: str
    language: str
    data_class: str
    title: str
    hypothesis: str
    affected: str
    freed_time: str
    advice: tuple[str, ...]
    notice: str
    criteria: tuple[StarterCriterion, ...]


@cache
def all_starters() -> Sequence[Starter]:
    return tuple(_read(slug, language) for slug in KEYS for language in LANGUAGES)


def starters_in(language: str) -> list[Starter]:
    """One of each, in this language, or in English where it is not told in it."""
    wanted = language if language in LANGUAGES else "en"
    return [starter for starter in all_starters() if starter.language == wanted]


def starter_of(slug: str, language: str) -> Starter | None:
    return next((starter for starter in starters_in(language) if starter.slug == slug), None)


def _read(slug: str, language: str) -> Starter:
    told = tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))
    words = told[language]
    criteria = tuple(
        StarterCriterion(*each[language], each["direction"], Decimal(str(each["threshold"])))
        for each in told["criterion"]
    )
    return Starter(
        slug=slug,
        language=language,
        data_class=told["data_class"],
        title=words["title"],
        hypothesis=words["hypothesis"],
        affected=words["affected"],
        freed_time=words["freed_time"],
        advice=tuple(words["advice"]),
        notice=words.get("notice", ""),
        criteria=criteria,
    )
