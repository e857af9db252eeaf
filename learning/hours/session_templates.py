"""Twelve prepared hours to choose from, in German and English: agenda, lab with prompts, and a question to talk about.

They rest on the starter notebooks; the texts stand in `session_plans/`, one file a session with both languages. What
is tried in a lab needs nobody's personal data and no particular product.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "session_plans"
LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Step:
    """`kind` is talk, lab, quiz or share."""

    kind: str
    title: str
    minutes: int


@dataclass(frozen=True)
class Task:
    """`data_class` is the strictest class that may go in: public, internal or confidential."""

    title: str
    instructions: str
    prompt: str
    data_class: str
    expected: str


@dataclass(frozen=True)
class SessionTemplate:
    """`notebook` is the slug of the starter notebook it rests on."""

    slug: str
    notebook: str
    title: str
    aim: str
    description: str
    agenda: tuple[Step, ...]
    lab: tuple[Task, ...]
    question: str

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.agenda)


@cache
def templates(language: str) -> tuple[SessionTemplate, ...]:
    """In the order of a course, from the first to the last; English for a language they do not speak."""
    spoken = language[:2] if language[:2] in LANGUAGES else "en"
    return tuple(_read(path, spoken) for path in sorted(FOLDER.glob("*.toml")))


def template(slug: str, language: str) -> SessionTemplate | None:
    return next((one for one in templates(language) if one.slug == slug), None)


def _read(path: Path, language: str) -> SessionTemplate:
    with path.open("rb") as file:
        plan = tomllib.load(file)
    said = plan[language]
    return SessionTemplate(
        slug=path.stem.split("-", 1)[1],
        notebook=plan["notebook"],
        title=said["title"],
        aim=said["aim"],
        description=said["description"].strip(),
        agenda=tuple(
            Step(kind, title, minutes)
            for (kind, minutes), title in zip(plan["agenda"], said["agenda"], strict=True)
        ),
        lab=tuple(
            Task(
                title=task["title"],
                instructions=task["instructions"].strip(),
                prompt=task["prompt"].strip(),
                data_class=data_class,
                expected=task["expected"],
            )
            for task, data_class in zip(said["lab"], plan["data"], strict=True)
        ),
        question=said["question"],
    )
