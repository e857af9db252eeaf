"""The prepared hours: complete in both languages, an hour long, and fit for the fields they are copied into."""

import re

from learning.hours.session_templates import LANGUAGES, SessionTemplate, template, templates
from learning.notebooks.starter import STARTERS

PERSONAL = re.compile(r"@(?!example\.com)|\+49|\b0\d{3,}[ /]\d{4,}")


def shape(one: SessionTemplate) -> tuple:
    """What must not depend on the language."""
    return (
        one.slug,
        one.notebook,
        [(step.kind, step.minutes) for step in one.agenda],
        [(task.data_class, task.instructions.count("\n"), task.prompt.count("---")) for task in one.lab],
    )


def test_there_are_twelve_in_both_languages_from_captions_to_an_agent() -> None:
    german, english = (templates(language) for language in LANGUAGES)
    assert len(german) == len({one.slug for one in german}) == 12
    assert [german[0].slug, german[-1].slug] == ["live-captions", "first-agent"]
    for one, other in zip(german, english, strict=True):
        assert shape(one) == shape(other), one.slug
        assert one.title != other.title
        assert not {task.prompt for task in one.lab} & {task.prompt for task in other.lab}
    assert templates("de-at") == german
    assert templates("fr") == templates("en-gb") == english
    assert template("first-agent", "en") == english[-1]
    assert template("nothing", "en") is None


def test_each_is_an_hour_on_a_starter_notebook_and_fits_its_fields() -> None:
    notebooks = {starter.slug for starter in STARTERS}
    used = set()
    for one in (*templates("de"), *templates("en")):
        used.add(one.notebook)
        assert one.minutes == 60, one.slug
        assert [step.kind for step in one.agenda] == ["talk", "lab", "quiz", "share"]
        assert all(0 < len(step.title) <= 120 for step in one.agenda)
        assert 0 < len(one.title) <= 160
        assert 40 < len(one.aim) <= 200
        assert 200 < len(one.description) <= 2000
        assert one.question.endswith("?")
        assert 2 <= len(one.lab) <= 3
        for task in one.lab:
            assert 0 < len(task.title) <= 120
            assert 0 < len(task.expected) <= 300
            # The expected result is written below the instructions where there is one field for both.
            assert 100 < len(task.instructions) + len(task.expected) + 2 <= 1500
            assert 100 < len(task.prompt) <= 1500
            assert [line[:2] for line in task.instructions.split("\n")] == [
                f"{n}." for n in range(1, task.instructions.count("\n") + 2)
            ]
            assert task.data_class in {"public", "internal", "confidential"}
            assert not PERSONAL.search(task.prompt), task.title
    assert used == notebooks
