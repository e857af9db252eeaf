"""Finding passages by words, parts of words and pairs of words."""

import pickle
import random
import threading
from pathlib import Path

import pytest

from learning.rag.index import LexicalIndex
from tests.learning.rag.cast import HANDBOOK, make_notebook


def best(query: str) -> int | None:
    """The passage that the handbook answers a query with."""
    found = make_notebook().index.search(query, 1)
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("query", "passage"),
    [
        ("Arbeitszeit", 1),
        ("Arbeitszeiterfassungen", 1),
        ("Vereinbarung", 2),
        ("Vereinbarungen im Betrieb", 2),
        ("§ 87 Abs. 1 Nr. 6 BetrVG", 3),
        ("Ueberstunden", 4),
        ("UBERSTUNDEN", 4),
        ("Übersṭunden".replace("ṭ", "t"), 4),
        ("U\u0308berstunden", 4),
        ("Wann verfällt Resturlaub?", 5),
        ("Wie stelle ich einen Antrag auf Urlaub?", 5),
        ("travel policy hotel", 6),
        ("Which broken screen gets repaired?", 7),
    ],
)
def test_a_passage_is_found_by_a_form_of_its_words(query: str, passage: int) -> None:
    assert best(query) == passage


@pytest.mark.parametrize("query", ["", "?!", "xyzzy", "Müller", "Quantenphysik", "\x00", "。"])
def test_no_match_gives_no_hit(query: str) -> None:
    assert best(query) is None


def test_a_name_in_capitals_is_no_stop_word() -> None:
    index = LexicalIndex.build([(1, "WHO guidance on masks."), (2, "Masks are worn by staff.")])
    assert index.search("What did WHO say?", 5)[0][0] == 1


def test_accents_do_not_matter() -> None:
    assert LexicalIndex.build([(1, "Erdoğan und André trafen sich.")]).search("Erdogan Andre", 5)


def test_both_languages_live_in_one_notebook() -> None:
    index = make_notebook().index
    assert set(index.languages) == {"de", "en"}
    assert index.search("replaced laptops", 1)[0][0] == 7
    assert index.search("genehmigte Ausnahme", 1)[0][0] == 4


def test_names_and_numbers_are_found_across_languages() -> None:
    assert best("Wann werden Laptops nach 36 Monaten ersetzt?") == 7


def test_scores_fall_and_ties_are_settled_by_id() -> None:
    index = LexicalIndex.build(
        [(id, "Urlaub und Reise") for id in (9, 3, 7, 5)] + [(1, "Urlaub Urlaub Reise")]
    )
    found = index.search("Urlaub", 4)
    assert [id for id, _ in found] == [1, 3, 5, 7]
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_more_hits_begin_with_fewer_hits() -> None:
    index = LexicalIndex.build((n, random.Random(n % 40).choice(HANDBOOK)) for n in range(300))
    everything = index.search("Urlaub vor dem Betriebsrat", 1_000)
    for count in (1, 5, 50):
        assert index.search("Urlaub vor dem Betriebsrat", count) == everything[:count]


def test_an_empty_notebook_answers_nothing() -> None:
    assert LexicalIndex.build([]).search("Urlaub", 5) == []
    assert LexicalIndex.build([(1, ""), (2, "...")]).search("Urlaub", 5) == []
    assert make_notebook().index.search("Urlaub", 0) == []


def test_an_index_survives_pickling() -> None:
    index = make_notebook().index
    assert pickle.loads(pickle.dumps(index)).search("Urlaub", 3) == index.search("Urlaub", 3)


def test_threads_share_an_index() -> None:
    index = make_notebook().index
    alone = [index.search(text, 5) for text in HANDBOOK]
    together: list[list[list[tuple[int, float]]]] = []
    threads = [
        threading.Thread(target=lambda: together.append([index.search(text, 5) for text in HANDBOOK]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 8


@pytest.mark.parametrize(
    "name", ["bipia-text-attack-train.json", "xss-payloadbox-300.txt", "prompt-injection-patt.md"]
)
def test_hostile_queries_are_only_words(data_folder: Path, name: str) -> None:
    index = make_notebook().index
    for line in (data_folder / "payloads" / name).read_text(errors="replace").splitlines()[:300]:
        assert all(score > 0 for _, score in index.search(line, 3))


def test_a_compound_that_stands_in_every_passage_is_found_by_its_part() -> None:
    texts = [f"Die Verpflegungspauschale der Stufe {n} gilt im Inland." for n in range(12)]
    index = LexicalIndex.build(enumerate(texts))
    assert len(index.search("Pauschale", 20)) == 12
    assert index.search("Kantine", 20) == []
