"""Guides, briefings, maps, terms, questions, cards, timelines and scripts without a model."""

import itertools
from pathlib import Path

import pytest

from learning.notebooks.aids.audio import MINUTES, WORDS_A_MINUTE
from learning.notebooks.aids.drafts import ItemDraft, Material
from learning.notebooks.aids.guide import outline
from learning.notebooks.aids.mind_map import LONGEST_LABEL
from learning.notebooks.aids.statements import Statement
from learning.rag.salience import Said
from tests.learning.notebooks.aids.material import FOLDER, make, make_material, quoted, starter_texts


@pytest.fixture(scope="module", params=["*-de.md", "*-en.md"])
def starters(request: pytest.FixtureRequest) -> Material:
    return starter_texts(request.param)


def kinds(items: tuple[ItemDraft, ...]) -> set[str]:
    return {item.kind for item in items}


def test_a_guide_follows_the_headings_of_the_material() -> None:
    items = make("guide", starter_texts("data-de.md")).items
    headings = [item.heading for item in items if item.kind == "section"]
    own = [line[3:] for line in (FOLDER / "data-de.md").read_text().splitlines() if line.startswith("## ")]
    assert len(own) > 5
    assert headings == [*own, "Begriffe", "Fragen zur Selbstkontrolle"]
    assert kinds(items) == {"section", "point", "question"}


def test_a_heading_is_shown_again_where_the_text_comes_back_to_it(tmp_path: Path) -> None:
    statements = [
        Statement(passage, 0, len(passage.text), passage.text, path, "prose", "de", True, place)
        for place, (passage, path) in enumerate(
            (passage, path)
            for passage in make_material("Die Regel gilt für alle im Haus.", folder=tmp_path).passages
            for path in (("Regeln", "Ausnahmen"), ("Regeln",))
        )
    ]
    shown = [(item.depth, item.heading) for item in outline(statements) if item.kind == "section"]
    assert shown == [(0, "Regeln"), (1, "Ausnahmen"), (0, "Regeln")]


def test_points_are_quotes_and_sections_are_not(starters: Material) -> None:
    for item in make("guide", starters).items:
        if item.kind == "section":
            assert (item.body, item.quotes) == ("", ())
            assert item.depth in (0, 1, 2)
        else:
            assert item.body == quoted(item, starters)


@pytest.mark.parametrize(("length", "most"), [("short", 6), ("medium", 12), ("long", 20)])
def test_a_briefing_is_short_and_says_nothing_twice(starters: Material, length: str, most: int) -> None:
    points = [item.body for item in make("briefing", starters, length).items if item.kind == "point"]
    assert most - 2 <= len(points) <= most
    said = Said()
    for point in points:
        content = frozenset(word for word in point.lower().split() if len(word) > 5)
        if len(content) < 4:
            continue  # too short to tell
        assert not said.repeats(content)
        said.add(content)


def test_terms_are_explained_in_the_words_of_the_source() -> None:
    material = starter_texts("[bd]*.md")
    found = {item.heading: item for item in make("terms", material).items}
    assert {"Öffentlich", "Vertraulich", "Halluzinationen", "Public", "Personal", "Hallucinations"} <= set(
        found
    )
    for item in found.values():
        assert item.kind == "term"
        assert item.body == quoted(item, material)
    assert "schreibt dann weiter" in found["Halluzinationen"].body


def test_questions_are_those_that_the_text_answers(tmp_path: Path) -> None:
    text = """# Urlaub

## Wie viel Urlaub habe ich?

Alle haben 30 Tage Urlaub im Jahr. Teilzeit ändert daran nichts.

## Antrag

Ein Urlaubsantrag ist eine Bitte um freie Tage. Der Antrag wird nach drei Tagen entschieden.
"""
    material = make_material(text, folder=tmp_path)
    found = [(item.heading, item.body) for item in make("faq", material).items]
    assert found == [
        ("Wie viel Urlaub habe ich?", "Alle haben 30 Tage Urlaub im Jahr. Teilzeit ändert daran nichts."),
        ("Was ist ein Urlaubsantrag?", "Ein Urlaubsantrag ist eine Bitte um freie Tage."),
        (
            "Nach wie vielen Tagen wird der Antrag entschieden?",
            "Der Antrag wird nach drei Tagen entschieden.",
        ),
    ]
    for item in make("faq", material).items:
        assert item.body == quoted(item, material)


@pytest.mark.parametrize(("length", "most"), [("short", 8), ("medium", 16), ("long", 32)])
def test_cards_have_two_sides_and_no_answer_on_the_front(starters: Material, length: str, most: int) -> None:
    items = make("cards", starters, length).items
    assert 0 < len(items) <= most
    for item in items:
        assert item.kind == "card"
        assert item.heading
        assert item.body
        assert item.body.casefold() not in item.heading.casefold()
        assert item.body in quoted(item, starters)


def test_a_timeline_is_in_order_and_leaves_out_what_recurs(tmp_path: Path) -> None:
    text = """# Chronik

Im Jahr 1999 zog die Firma in das neue Haus. Am 3. Oktober 2026 beginnt der erste Kurs für alle.
Jedes Jahr am 31. März 2020 endet die Frist für den Urlaub. Im März 2021 wurde der Betriebsrat neu gewählt.
Der Vertrag mit dem Haus gilt seit dem 01.02.2021 für alle.
"""
    items = make("timeline", make_material(text, folder=tmp_path)).items
    assert [(item.heading, item.data["sort"]) for item in items] == [
        ("1999", "1999"),
        ("01.02.2021", "2021-02-01"),
        ("März 2021", "2021-03"),
        ("3. Oktober 2026", "2026-10-03"),
    ]


def test_an_empty_timeline_is_a_legal_result() -> None:
    assert make("timeline", starter_texts("basics-de.md")).items == ()


@pytest.mark.parametrize(("length", "most"), [("short", 25), ("medium", 45), ("long", 60)])
def test_a_map_is_a_tree_of_at_most_four_levels(starters: Material, length: str, most: int) -> None:
    nodes = make("mind_map", starters, length).items
    assert 10 < len(nodes) <= most
    assert [node.depth for node in nodes].count(0) == 1
    assert nodes[0].heading == starters.title
    for before, node in itertools.pairwise(nodes):
        assert 1 <= node.depth <= min(before.depth + 1, 3)
        assert 0 < len(node.heading) <= LONGEST_LABEL
        if node.body:
            assert node.body == quoted(node, starters)


@pytest.mark.parametrize("length", MINUTES)
def test_a_script_is_a_talk_of_about_its_length(starters: Material, length: str) -> None:
    turns = make("audio", starters, length).items
    assert [turn.heading for turn in turns] == ["A", "B"] * (len(turns) // 2)
    spoken = sum(len(turn.body.split()) for turn in turns)
    assert spoken <= 1.2 * MINUTES[length] * WORDS_A_MINUTE
    if length == "short":
        assert spoken >= 0.7 * MINUTES[length] * WORDS_A_MINUTE
    assert all(turn.data["lang"] == starters.language for turn in turns)
    assert all(turn.quotes for turn in turns[2:-2])
    assert not any(turn.quotes for turn in (*turns[:2], *turns[-2:]))  # a greeting quotes nothing


def test_a_quote_in_the_other_language_keeps_it() -> None:
    material = starter_texts("data-*.md")
    turns = make("audio", Material(material.title, "de", material.passages), "long").items
    english = [turn for turn in turns if turn.data["lang"] == "en"]
    assert english
    assert all(turn.heading == "B" and turn.body == quoted(turn, material) for turn in english)
