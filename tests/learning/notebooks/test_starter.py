"""The starter notebooks: both languages say as much, what they say holds, and each answers from itself."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from learning.notebooks import asking, starter
from learning.notebooks.models import Notebook, Source
from learning.notebooks.starter import STARTERS, load_starter_notebooks

HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LANGUAGES = ("de", "en")
FEWEST_WORDS, MOST_WORDS = 500, 1_000
# Of every notebook a German and an English question, and words of the passage that answers it.
QUESTIONS = {
    "basics": (
        ("Was ist eine Halluzination?", "erfundene Angabe"),
        ("What is a language model?", "A language model is"),
    ),
    "prompts": (
        ("Welche Bausteine hat ein guter Prompt?", "vier Bausteine"),
        ("When does an example help?", "like last time"),
    ),
    "meetings": (
        ("Was ist ein Protokoll?", "eine Zusage auf Papier"),
        ("Which mistakes do automatic minutes make?", "A suggestion becomes a decision"),
    ),
    "research": (
        ("Ist die Antwort eines Sprachmodells eine Quelle?", "ist keine Quelle"),
        ("What is a call sheet?", "half a page"),
    ),
    "offers": (
        ("Was bedeutet das Vier-Augen-Prinzip?", "eine zweite Person"),
        ("May the model invent a price?", "must not invent a price"),
    ),
    "data": (
        ("Binnen wie vielen Stunden muss eine Datenpanne gemeldet werden?", "72 Stunden"),
        ("What may never be used to rate people?", "How often somebody uses an AI tool"),
    ),
    "agent": (
        ("Darf der Agent mein Passwort benutzen?", "nie dein Passwort"),
        ("What is an agent?", "divide a goal into steps"),
    ),
    "steps": (
        ("Was ist eine Übergabe?", "zwischen zwei Schritten"),
        ("What is a baseline?", "as it was before the change"),
    ),
}


def text_of(slug: str, language: str) -> str:
    return (starter.FOLDER / f"{slug}-{language}.md").read_text()


def test_there_are_eight_and_no_text_without_its_notebook() -> None:
    assert len(STARTERS) == 8
    expected = {f"{one.slug}-{language}.md" for one in STARTERS for language in LANGUAGES}
    assert {path.name for path in Path(starter.FOLDER).iterdir()} == expected


@pytest.mark.parametrize("slug", [one.slug for one in STARTERS])
def test_both_languages_say_the_same_in_as_many_steps(slug: str) -> None:
    shapes, numbered, bullets = set(), set(), set()
    for language in LANGUAGES:
        text = text_of(slug, language)
        found = HEADING.findall(text)
        shapes.add(tuple(marks for marks, _title in found))
        numbered.add(len(re.findall(r"^\d\. ", text, re.MULTILINE)))
        bullets.add(len(re.findall(r"^- ", text, re.MULTILINE)))
        assert found[0][0] == "#"
        assert {marks for marks, _title in found[1:]} == {"##"}
        assert any(title.endswith("?") for _marks, title in found)
        assert FEWEST_WORDS <= len(text.split()) <= MOST_WORDS
        assert "!" not in text
    assert (len(shapes), len(numbered), len(bullets)) == (1, 1, 1)


@pytest.mark.parametrize("slug", [one.slug for one in STARTERS])
def test_quotation_marks_are_those_of_the_language(slug: str) -> None:
    german, english = text_of(slug, "de"), text_of(slug, "en")
    assert '"' not in german + english
    assert german.count("„") == german.count("“")
    assert "”" not in german
    assert english.count("“") == english.count("”")
    assert "„" not in english


def test_every_one_is_read_and_answers_in_both_languages(cast: SimpleNamespace) -> None:
    loaded = load_starter_notebooks(owner=cast.farid)
    assert [notebook.title for notebook in loaded] == [one.title for one in STARTERS]
    assert set(Source.objects.values_list("state", "error_code")) == {("ready", "")}
    assert sorted(Source.objects.values_list("language", flat=True)) == ["de"] * 8 + ["en"] * 8
    for one, notebook in zip(STARTERS, loaded, strict=True):
        for language, (question, words) in zip(LANGUAGES, QUESTIONS[one.slug], strict=True):
            result = asking.answer_question(
                notebook=notebook, user=cast.otto, question=question, language=language
            )
            assert not result.refused, question
            assert words in result.citations[0].quote, question


def test_loading_them_again_adds_nothing_and_keeps_what_was_changed(cast: SimpleNamespace) -> None:
    load_starter_notebooks(owner=cast.farid)
    Notebook.objects.filter(title__contains="offers").update(title="Unsere Angebote")
    Source.objects.filter(notebook__title="Unsere Angebote").first().delete()
    load_starter_notebooks(owner=cast.farid)
    assert Notebook.objects.count() == 8
    assert Source.objects.count() == 15
    assert Notebook.objects.filter(title="Unsere Angebote").exists()
