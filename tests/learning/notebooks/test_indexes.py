"""One snapshot of a notebook for all processes: built once, mapped by the others, gone with the notebook."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from learning.notebooks import indexes
from learning.notebooks.actions import remove
from learning.notebooks.models import Notebook, Passage
from learning.rag.index import LexicalIndex
from tests.factories import make_notebook, make_source

QUERY = "Verpflegungspauschale"


@pytest.fixture
def notebook(cast: Any, monkeypatch: pytest.MonkeyPatch) -> Notebook:
    monkeypatch.setattr(indexes, "SHARED_FROM", 1)
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    return notebook


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Notebook]:
    """The notebooks whose index was built, once for each time."""
    calls: list[Notebook] = []
    real = indexes._build

    def counting(notebook: Notebook) -> LexicalIndex:
        calls.append(notebook)
        return real(notebook)

    monkeypatch.setattr(indexes, "_build", counting)
    return calls


def as_another_process() -> None:
    """What a process knows that has just begun: nothing."""
    indexes._cache.clear()


def snapshots(notebook: Notebook) -> list[Path]:
    return [path for path in indexes.folder_of(notebook).iterdir() if path.is_dir()]


def test_another_process_maps_what_the_first_one_built(notebook: Notebook, built: list[Notebook]) -> None:
    first = indexes.index_of(notebook).search(QUERY, 5)
    as_another_process()
    assert indexes.index_of(notebook).search(QUERY, 5) == first
    assert first
    assert len(built) == 1


def test_a_small_notebook_writes_no_file(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    assert indexes.index_of(notebook).search(QUERY, 5)
    assert not indexes.folder_of(notebook).exists()


def test_a_changed_notebook_gets_another_file_and_the_old_one_goes(
    notebook: Notebook, built: list[Notebook]
) -> None:
    indexes.index_of(notebook)
    before = snapshots(notebook)
    make_source(notebook, text="Der Hund darf mit ins Büro.", title="Hunde")
    assert indexes.index_of(notebook).search("Hund", 1)
    assert len(snapshots(notebook)) == 1
    assert snapshots(notebook) != before
    assert len(built) == 2


def test_a_database_put_back_is_not_searched_with_the_index_of_another_time(
    notebook: Notebook, cast: Any
) -> None:
    indexes.index_of(notebook)
    generation = Notebook.objects.get(pk=notebook.pk).generation
    remove(source=notebook.sources.get(), user=cast.emma)
    make_source(notebook, text="Der Hund darf mit ins Büro.", title="Hunde")
    Notebook.objects.filter(pk=notebook.pk).update(generation=generation)
    as_another_process()
    assert indexes.index_of(notebook).search("Hund", 1)


def test_memory_is_bounded_and_the_oldest_goes(cast: Any, settings: Any, built: list[Notebook]) -> None:
    settings.INDEX_MEMORY_BYTES = 1
    one, two = make_notebook(cast.emma), make_notebook(cast.emma)
    for notebook in (one, two, one, one):
        make_source(notebook, text=f"Text Nummer {notebook.sources.count()}", title="Text")
        indexes.index_of(notebook)
    assert len(indexes._cache) == 1
    built.clear()
    indexes.index_of(one)
    indexes.index_of(two)
    assert built == [two]


def test_a_disk_that_cannot_be_written_to_costs_no_answer(
    notebook: Notebook, settings: Any, tmp_path: Path
) -> None:
    settings.INDEX_DIR = tmp_path / "file"
    settings.INDEX_DIR.write_text("not a folder")
    assert indexes.index_of(notebook).search(QUERY, 5)


def test_a_damaged_file_is_built_anew(notebook: Notebook, built: list[Notebook]) -> None:
    indexes.index_of(notebook)
    (snapshots(notebook)[0] / "ids.npy").write_bytes(b"")
    as_another_process()
    assert indexes.index_of(notebook).search(QUERY, 5)
    assert len(built) == 2
    as_another_process()
    indexes.index_of(notebook)
    assert len(built) == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_wait_for_one_who_builds(cast: Any, monkeypatch: Any, built: list[Notebook]) -> None:
    monkeypatch.setattr(indexes, "SHARED_FROM", 1)
    notebook = make_notebook(cast.emma)
    make_source(notebook)

    def search(_: int) -> list[tuple[int, float]]:
        try:
            return indexes.index_of(notebook).search(QUERY, 5)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(search, range(8)))
    assert found == [found[0]] * 8
    assert len(built) == 1


def test_what_lies_there_for_a_notebook_that_is_gone_is_erased(notebook: Notebook, cast: Any) -> None:
    indexes.index_of(notebook)
    kept = make_notebook(cast.emma)
    make_source(kept)
    indexes.index_of(kept)
    folder = indexes.folder_of(notebook)
    notebook.delete()
    assert indexes.forget_gone() == 1
    assert not folder.exists()
    assert indexes.folder_of(kept).exists()


def test_a_search_costs_one_query_for_the_index(
    notebook: Notebook, django_assert_num_queries: Callable[[int], Any]
) -> None:
    indexes.index_of(notebook)
    with django_assert_num_queries(1):
        indexes.index_of(notebook)
    assert Passage.objects.exists()
