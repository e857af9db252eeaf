"""Processes to begin with, in German and in English: what happens in most companies, in our own words.

A file each in `starters/`, with numbers that are estimates to be corrected, not measurements.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from challenges.processes.steps_csv import StepLine

FOLDER = Path(__file__).parent / "starters"
LANGUAGES = ("de", "en")
KEYS = (
    "order-to-cash",
    "procure-to-pay",
    "lead-to-order",
    "hire-to-retire",
    "project-reporting",
    "customer-service",
    "travel-expenses",
)


@dataclass(frozen=True)
class Template:
    key: str
    language: str
    title: str
    description: str
    cases_per_week: float
    lines: tuple[StepLine, ...]

    @property
    def lane_count(self) -> int:
        return len({line.lane for line in self.lines})


@cache
def all_templates() -> Sequence[Template]:
    return tuple(_read(key, language) for key in KEYS for language in LANGUAGES)


def _read(key: str, language: str) -> Template:
    told = tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
    return Template(
        key=key,
        language=language,
        cases_per_week=float(told["cases_per_week"]),
        lines=tuple(_line(step, language) for step in told["step"]),
        **told[language],
    )


def _line(step: Mapping[str, Any], language: str) -> StepLine:
    lane, name = step[language]
    return StepLine(
        lane=lane,
        name=name,
        kind=step["kind"],
        touch_minutes=float(step["touch_minutes"]),
        wait_hours=float(step["wait_hours"]),
        probability=float(step["probability"]),
        loop_factor=float(step["loop_factor"]),
        value=step["value"],
    )


def get_template(key: str, language: str) -> Template | None:
    return next((found for found in all_templates() if (found.key, found.language) == (key, language)), None)


def templates_for(language: str) -> list[Template]:
    """Those in the reader's language first."""
    return sorted(all_templates(), key=lambda template: template.language != language)
