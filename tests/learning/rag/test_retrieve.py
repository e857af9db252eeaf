"""Hits are what the reader may see now, not what was indexed."""

from learning.rag.retrieve import retrieve
from tests.learning.rag.cast import make_notebook

SAME = ["Der Urlaub beginnt am Montag." for _ in range(30)]


def test_a_hit_is_the_row_as_it_is_now() -> None:
    notebook = make_notebook()
    hits = retrieve(notebook.index, "Überstunden", top_k=3, reread=notebook.reread)
    assert hits[0].passage is notebook.passages[4]


def test_what_may_not_be_seen_is_no_hit_and_others_take_its_place() -> None:
    notebook = make_notebook(SAME, hidden=range(1, 21))
    hits = retrieve(notebook.index, "Urlaub", top_k=5, reread=notebook.reread)
    assert [hit.passage.id for hit in hits] == [21, 22, 23, 24, 25]


def test_a_notebook_without_visible_passages_gives_nothing() -> None:
    notebook = make_notebook(SAME, hidden=range(1, 31))
    assert retrieve(notebook.index, "Urlaub", top_k=5, reread=notebook.reread) == []


def test_no_row_is_read_twice() -> None:
    notebook = make_notebook(SAME, hidden=range(1, 31))
    retrieve(notebook.index, "Urlaub", top_k=3, reread=notebook.reread)
    assert sorted(notebook.asked) == list(range(1, 31))


def test_nothing_is_read_without_a_match() -> None:
    notebook = make_notebook()
    assert retrieve(notebook.index, "xyzzy", top_k=3, reread=notebook.reread) == []
    assert notebook.asked == []
