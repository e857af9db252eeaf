"""Wrong options: from the same material, of the same kind, and surely wrong."""

from pathlib import Path

import pytest

from learning.notebooks.aids.cloze import Gap, noun_gaps, phrase_gaps
from learning.notebooks.aids.distractors import arranged, for_gap
from learning.notebooks.aids.survey import Survey
from tests.learning.notebooks.aids.material import make_material

DEADLINES = """# Fristen

Die Aufzeichnung wird nach 30 Tagen vom Server gelöscht.

## Verträge

Ein Vertrag wird nach 20 Tagen im Archiv abgelegt. Eine Rechnung wird nach 14 Tagen von der Bank bezahlt.

## Anträge

Ein Antrag wird nach 5 Tagen von der Leitung entschieden. Das Gerät wird nach 90 Tagen beim Hersteller getauscht.
"""


def survey_of(*texts: str, folder: Path) -> Survey:
    return Survey(make_material(*texts, folder=folder), lambda done: None)


def gap_in(survey: Survey, beginning: str) -> Gap:
    held = next(held for held in survey.standing if held.text.startswith(beginning))
    return next(phrase_gaps(survey, held))


def test_a_duration_is_set_against_other_durations(tmp_path: Path) -> None:
    survey = survey_of(DEADLINES, folder=tmp_path)
    wrong = for_gap(survey, gap_in(survey, "Die Aufzeichnung"))
    assert len(wrong) == 3
    assert set(wrong) <= {"20 Tagen", "14 Tagen", "5 Tagen", "90 Tagen"}


def test_what_another_source_says_of_the_same_thing_is_no_wrong_option(tmp_path: Path) -> None:
    other = "# Anders\n\nDie Aufzeichnung wird nach 45 Tagen vom Server gelöscht."
    survey = survey_of(DEADLINES, other, folder=tmp_path)
    for _ in range(2):
        assert "45 Tagen" not in for_gap(survey, gap_in(survey, "Die Aufzeichnung"))


def test_equal_times_in_other_units_are_no_wrong_option(tmp_path: Path) -> None:
    text = """# Fristen

Die Aufzeichnung wird nach 2 Tagen vom Server gelöscht. Ein Vertrag wird nach 48 Stunden im Archiv abgelegt.
Eine Rechnung wird nach 14 Tagen von der Bank bezahlt. Ein Antrag wird nach 5 Tagen von der Leitung entschieden.
"""
    survey = survey_of(text, folder=tmp_path)
    assert for_gap(survey, gap_in(survey, "Die Aufzeichnung")) == []


NOUNS = """# Ablauf

Die Leitung erteilt die Genehmigung für jede Dienstreise.

## Büro

Die Abteilung bucht das Zimmer. Danach folgt die Abrechnung im System. Die Verwaltung prüft die Verpflegung.

## Ende

Am Schluss steht die Erstattung der Auslagen. Die Vorschrift nennt die Dienstreisegenehmigung. Die Bewertung ist frei.
"""


def test_a_noun_is_set_against_nouns_that_fit_and_never_against_its_own_compound(tmp_path: Path) -> None:
    survey = survey_of(NOUNS, folder=tmp_path)
    held = next(held for held in survey.standing if held.text.startswith("Die Leitung"))
    gap = next(gap for gap in noun_gaps(survey, held) if gap.answer == "Genehmigung")
    wrong = for_gap(survey, gap)
    assert "Dienstreisegenehmigung" not in wrong
    assert not {"Zimmer", "System", "Auslagen"} & set(wrong)


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_the_order_of_options_depends_on_the_content_alone(seed: str) -> None:
    one = arranged("x", ["y", "z", "w"], seed)
    assert one == arranged("x", ["w", "z", "y"], seed)
    assert one.options[one.right] == "x"


def test_the_right_option_is_not_always_in_the_same_place() -> None:
    places = {arranged("x", ["y", "z", "w"], str(seed)).right for seed in range(40)}
    assert places == {0, 1, 2, 3}
