"""What people put into notebooks besides good prose: every aid gives fewer items or none, never nonsense."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from learning.notebooks.aids.drafts import Material
from tests.learning.notebooks.aids.material import ALL, make, make_material, quoted, starter_texts

TABLE = """| Stufe | Betrag | Frist |
|---|---|---|
| Eins | 100 Euro | 14 Tage |
| Zwei | 250 Euro | 30 Tage |
| Drei | 900 Euro | 60 Tage |
"""
FRENCH = """# Les congés

Les salariés déposent leur demande au moins deux semaines avant le départ. Le responsable du service répond
dans un délai de cinq jours ouvrables. La direction a signé le nouvel accord le 3 mai 2021.
Un refus est toujours motivé par écrit.
"""
FORMULAS = """# Räume

Sei $f: X \\to Y$ stetig und $U \\subseteq Y$ offen. Dann ist f⁻¹(U) ∈ 𝔗 offen, siehe Gleichung (3).
<b>Fett</b> x_1 = 4.
`pip install werkzeug` lädt das Paket [hier](https://example.org/a_b) herunter.
"""


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_an_empty_material_gives_an_empty_aid(kind: str, length: str) -> None:
    made = make(kind, Material("Leer", "de", ()), length)
    assert (made.items, made.mode, made.notice) == ((), "extractive", "")


@pytest.mark.parametrize("kind", ALL)
def test_one_sentence_is_enough_for_what_it_gives(kind: str, tmp_path: Path) -> None:
    material = make_material("Die Aufzeichnung wird nach 30 Tagen gelöscht.", folder=tmp_path)
    items = make(kind, material).items
    for item in items:
        if item.quotes:
            assert quoted(item, material) == "Die Aufzeichnung wird nach 30 Tagen gelöscht."
    if kind not in ("timeline", "terms"):
        assert items


@pytest.mark.parametrize("kind", ["quiz", "cards", "faq", "terms", "timeline", "briefing", "audio"])
def test_a_table_alone_gives_no_sentences(kind: str, tmp_path: Path) -> None:
    assert make(kind, make_material(TABLE, folder=tmp_path)).items == ()


@pytest.mark.parametrize("kind", ["quiz", "cards", "faq", "terms"])
def test_nothing_is_inflected_in_a_third_language(kind: str, tmp_path: Path) -> None:
    assert make(kind, make_material(FRENCH, folder=tmp_path)).items == ()


def test_a_timeline_and_a_map_work_in_a_third_language(tmp_path: Path) -> None:
    material = make_material(FRENCH.replace("3 mai 2021", "2021-05-03"), folder=tmp_path)
    assert [item.data["sort"] for item in make("timeline", material).items] == ["2021-05-03"]
    assert "Les congés" in [item.heading for item in make("mind_map", material).items]


@pytest.mark.parametrize("kind", ["quiz", "cards", "faq", "terms", "guide", "briefing", "audio"])
def test_no_markup_and_no_formula_is_left_in_an_item(kind: str, tmp_path: Path) -> None:
    for item in make(kind, make_material(FORMULAS, folder=tmp_path)).items:
        assert not set("<>$\\∈=") & set(item.heading + item.body)
        assert "http" not in item.body


@pytest.mark.parametrize("kind", ALL)
def test_every_item_of_two_languages_keeps_its_own(kind: str) -> None:
    material = starter_texts("*.md")
    passages = {passage.id: passage for passage in material.passages}
    items = [item for item in make(kind, material, "long").items if item.quotes]
    if kind != "timeline":
        assert {passages[item.quotes[0].passage].language for item in items} == {"de", "en"}
    for item in items:
        if item.kind == "turn":
            continue
        said = quoted(item, material)
        assert (
            not item.body
            or item.body in said
            or said.endswith(item.body)
            or item.body in said.replace("____", "")
        )


@pytest.mark.parametrize("kind", ALL)
def test_work_is_reported_in_order_and_can_be_stopped(kind: str) -> None:
    told: list[int] = []
    make(kind, starter_texts("*.md"), tick=told.append)
    assert told == sorted(told)
    assert told[-1] == 100

    class Stopped(Exception):
        pass

    def stop(done: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        make(kind, starter_texts("*.md"), tick=stop)


def test_three_hundred_sources_take_linear_time() -> None:
    base = starter_texts("*.md")

    def copies(sources: int) -> Material:
        passages = [
            replace(passage, id=number * 1_000 + passage.id, source_id=f"{number}-{passage.source_id}")
            for number in range(sources // 6)
            for passage in base.passages
        ]
        return Material("Viel", "de", passages)

    def seconds(sources: int) -> float:
        started = time.process_time()
        make("quiz", copies(sources), "long")
        return time.process_time() - started

    few, many = seconds(60), seconds(300)
    assert many < 15 * few + 1
