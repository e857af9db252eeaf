"""An index written to files answers like the one in memory."""

from pathlib import Path

import numpy as np

from learning.rag import snapshot
from learning.rag.index import LexicalIndex
from learning.rag.vocabulary import Vocabulary
from tests.learning.rag.cast import HANDBOOK

QUERIES = ("Urlaubsantrag stellen", "broken laptop", "§ 87 Abs. 1 Nr. 6", "xyzzy")


def test_the_same_is_found_from_files(tmp_path: Path) -> None:
    index = LexicalIndex.build(enumerate(HANDBOOK))
    snapshot.save(index, tmp_path / "one")
    loaded = snapshot.load(tmp_path / "one")
    assert loaded is not None
    assert (loaded.languages, loaded.main_language) == (index.languages, index.main_language)
    for query in QUERIES:
        assert loaded.search(query, 5) == index.search(query, 5)
    assert isinstance(loaded.stems.weights.base, np.memmap)
    assert snapshot.size_of(loaded) == snapshot.size_of(index)


def test_an_empty_index_can_be_written(tmp_path: Path) -> None:
    snapshot.save(LexicalIndex.build([]), tmp_path / "none")
    loaded = snapshot.load(tmp_path / "none")
    assert loaded is not None
    assert loaded.search("Urlaub", 5) == []


def test_what_is_missing_or_damaged_is_no_index(tmp_path: Path) -> None:
    assert snapshot.load(tmp_path / "nowhere") is None
    snapshot.save(LexicalIndex.build(enumerate(HANDBOOK)), tmp_path / "cut")
    (tmp_path / "cut" / "grams.weights.npy").unlink()
    assert snapshot.load(tmp_path / "cut") is None
    snapshot.save(LexicalIndex.build(enumerate(HANDBOOK)), tmp_path / "torn")
    file = tmp_path / "torn" / "stems.passages.npy"
    file.write_bytes(file.read_bytes()[:20])
    assert snapshot.load(tmp_path / "torn") is None


def test_writing_twice_keeps_one_and_leaves_no_drafts(tmp_path: Path) -> None:
    index = LexicalIndex.build(enumerate(HANDBOOK))
    for _ in range(2):
        snapshot.save(index, tmp_path / "same")
    assert [path.name for path in tmp_path.iterdir()] == ["same"]


def test_a_file_holds_no_words(tmp_path: Path) -> None:
    snapshot.save(LexicalIndex.build([(1, "Gehaltserhöhung für Erika Mustermann")]), tmp_path / "one")
    held = b"".join(path.read_bytes() for path in (tmp_path / "one").iterdir()).lower()
    assert b"mustermann" not in held
    assert b"gehalt" not in held


def test_terms_are_numbered() -> None:
    vocabulary = Vocabulary.build({"urlaub": 0, "reise": 1, "überstunde": 2})
    assert vocabulary.find(["reise", "nichts", "überstunde"]) == [1, -1, 2]
    assert vocabulary.known(["nichts", "urlaub"]) == [0]
    assert Vocabulary.build({}).find(["urlaub"]) == [-1]
