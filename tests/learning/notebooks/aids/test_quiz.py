"""Quizzes without a model: items that can be answered from one sentence and do not give themselves away."""

from pathlib import Path

import pytest

from learning.notebooks.aids.drafts import BLANK, ItemDraft, Material
from learning.notebooks.aids.quiz import ITEMS
from learning.notebooks.aids.validation import answer_of, faults, folded
from tests.learning.notebooks.aids.material import make, make_material, quoted, starter_texts

STARTERS = ("*-de.md", "*-en.md")


@pytest.fixture(scope="module", params=STARTERS)
def starters(request: pytest.FixtureRequest) -> Material:
    return starter_texts(request.param)


@pytest.fixture(scope="module")
def long_quiz(starters: Material) -> tuple[ItemDraft, ...]:
    return make("quiz", starters, "long").items


@pytest.mark.parametrize("length", ITEMS)
def test_a_quiz_has_5_10_or_20_items(starters: Material, length: str) -> None:
    found = make("quiz", starters, length).items
    assert len(found) == {"short": 5, "medium": 10, "long": 20}[length] or len(found) > 12


def test_every_answer_stands_in_its_quote(starters: Material, long_quiz: tuple[ItemDraft, ...]) -> None:
    for item in long_quiz:
        assert folded(answer_of(item)) in folded(quoted(item, starters))


def test_no_item_breaks_a_rule(starters: Material, long_quiz: tuple[ItemDraft, ...]) -> None:
    passages = {passage.id: passage for passage in starters.passages}
    assert [faults(item, passages) for item in long_quiz] == [[]] * len(long_quiz)


def test_easy_items_come_before_hard_ones(long_quiz: tuple[ItemDraft, ...]) -> None:
    levels = [item.data["level"] for item in long_quiz]
    assert levels == sorted(levels)
    assert set(levels) <= {1, 2, 3}


def test_kinds_are_mixed_and_the_right_option_moves(long_quiz: tuple[ItemDraft, ...]) -> None:
    assert {item.kind for item in long_quiz} >= {"multiple_choice", "short_answer"}
    assert len({item.data["right"] for item in long_quiz if item.kind == "multiple_choice"}) > 1


def test_no_answer_is_asked_for_twice(long_quiz: tuple[ItemDraft, ...]) -> None:
    answers = [answer_of(item).casefold() for item in long_quiz]
    assert len(answers) == len(set(answers))


def test_items_are_spread_over_sources(starters: Material, long_quiz: tuple[ItemDraft, ...]) -> None:
    sources = {passage.id: passage.source_id for passage in starters.passages}
    assert {sources[item.quotes[0].passage] for item in long_quiz} == set(sources.values())


def test_the_same_material_gives_the_same_quiz(starters: Material, long_quiz: tuple[ItemDraft, ...]) -> None:
    assert make("quiz", starters, "long").items == long_quiz


def test_terms_of_the_material_are_options_for_each_other(tmp_path: Path) -> None:
    text = """# Vier Klassen

Öffentlich ist, was auf der Website steht oder dort stehen könnte: Produktblätter und Stellenanzeigen.
Intern ist, was jeder im Haus sehen darf und außerhalb niemand: Rundschreiben und Abläufe.
Vertraulich ist, was nur ein Teil des Hauses sehen darf: Preise, Angebote und Verträge.
Personenbezogen ist alles, was auf einen Menschen zeigt: Namen, Bewerbungen und Krankmeldungen.
"""
    items = make("quiz", make_material(text, folder=tmp_path), "long").items
    found = [item for item in items if item.heading.startswith(f"{BLANK} ist")]
    assert found
    for item in found:
        assert set(item.data["options"]) == {"Öffentlich", "Intern", "Vertraulich", "Personenbezogen"}


def test_a_duration_is_asked_for_in_whole_german(tmp_path: Path) -> None:
    material = make_material(
        "# Fristen\n\nDie Aufzeichnung wird nach 30 Tagen gelöscht. Belege werden hier nie vergessen.",
        folder=tmp_path,
    )
    item = next(item for item in make("quiz", material).items if item.kind == "short_answer")
    assert item.heading == "Nach wie vielen Tagen wird die Aufzeichnung gelöscht?"
    assert item.data["accepted"] == ["30", "30 Tagen"]


def test_without_three_good_distractors_an_item_is_a_gap(tmp_path: Path) -> None:
    material = make_material(
        "# Reisen\n\nDie Genehmigung der Dienstreise erteilt immer die Abteilungsleitung.", folder=tmp_path
    )
    items = make("quiz", material).items
    assert [item.kind for item in items] == ["cloze"]
    assert items[0].heading.count(BLANK) == 1
    assert items[0].data["answer"] in items[0].data["accepted"]


YEARS = """# Chronik

Die Firma wurde im Jahr 1912 in Ulm von zwei Schwestern gegründet. Das erste Werk in Bremen nahm im Jahr 1934
den Betrieb auf. Im Jahr 1951 übernahm der Enkel der Gründerin die Leitung des Hauses. Die Produktion von
Motoren endete im Jahr 1967 nach einem großen Brand.
"""


def test_years_are_options_for_years(tmp_path: Path) -> None:
    items = make("quiz", make_material(YEARS, folder=tmp_path), "long").items
    chosen = [item for item in items if item.kind == "multiple_choice" and item.data["options"][0].isdigit()]
    asked = [item for item in items if item.kind == "short_answer"]
    assert chosen or asked
    for item in chosen:
        assert set(item.data["options"]) == {"1912", "1934", "1951", "1967"}
