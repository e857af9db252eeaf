"""Notes: one's own alone, saved answers with their citations, nothing overwritten, nothing of a gone source."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from learning.notebooks import actions, asking
from learning.notebooks.models import Note
from tests.factories import make_notebook, make_source


@pytest.fixture
def notebook(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook)
    return notebook


@pytest.fixture
def exchange(notebook: Any, cast: SimpleNamespace) -> Any:
    return asking.ask(notebook=notebook, user=cast.emma, question="Wie hoch ist die Verpflegungspauschale?")


def path(notebook: Any, tail: str = "") -> str:
    return f"/notebooks/{notebook.pk}/{tail}"


def test_an_answer_is_saved_once_with_its_citations(
    notebook: Any, exchange: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    emma = sign_in(cast.emma)
    for _again in range(2):
        emma.post(path(notebook, f"exchanges/{exchange.pk}/save/"))

    note = Note.objects.get()
    assert (note.author, note.answer) == (cast.emma, exchange.answer)
    page = emma.get(path(notebook, "notes/")).content.decode()
    assert "14 Euro" in page
    assert "#quote" in page
    assert "14 Euro" in emma.get(path(notebook, "notes/markdown/")).content.decode()


def test_a_saved_answer_loses_the_words_of_a_source_that_goes(
    notebook: Any, exchange: Any, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    emma = sign_in(cast.emma)
    emma.post(path(notebook, f"exchanges/{exchange.pk}/save/"))
    actions.remove(source=notebook.sources.get(), user=cast.farid)

    for tail in ("notes/", "notes/markdown/"):
        assert "14 Euro" not in emma.get(path(notebook, tail)).content.decode()
    listed = api(cast.emma).get(f"/api/v1/notebooks/{notebook.pk}/notes/")
    assert "14 Euro" not in listed.content.decode()

    actions.purge_removed(now=timezone.now() + actions.UNDO_FOR * 2)
    assert "14 Euro" not in str(Note.objects.get().answer)


def test_nobody_else_sees_saves_or_changes_a_note(
    notebook: Any, exchange: Any, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    sign_in(cast.emma).post(path(notebook, "notes/"), {"title": "Geheim", "body": "nur für mich"})
    note = Note.objects.get()

    for person in (cast.farid, cast.ada, cast.otto, cast.hanna):
        client, program = sign_in(person), api(person)
        assert "Geheim" not in client.get(path(notebook, "notes/")).content.decode()
        assert client.get(path(notebook, f"notes/{note.pk}/")).status_code == 404
        assert client.post(path(notebook, f"notes/{note.pk}/remove/")).status_code == 404
        assert client.post(path(notebook, f"exchanges/{exchange.pk}/save/")).status_code == 404
        url = f"/api/v1/notebooks/{notebook.pk}/notes/"
        assert program.get(url).json()["count"] == 0
        assert program.get(f"{url}{note.pk}/").status_code == 404
        assert program.post(url, {"exchange": exchange.pk}).status_code == 404
    assert Note.objects.count() == 1


def test_a_note_changed_in_two_tabs_keeps_both(notebook: Any, cast: SimpleNamespace, sign_in: Any) -> None:
    emma = sign_in(cast.emma)
    emma.post(path(notebook, "notes/"), {"body": "Erste Fassung"})
    note = Note.objects.get()
    edit = path(notebook, f"notes/{note.pk}/")
    emma.post(edit, {"revision": 1, "title": "T", "body": "Aus dem einen"})

    late = emma.post(edit, {"revision": 1, "title": "T", "body": "Aus dem anderen"})

    assert late.status_code == 409
    assert "Aus dem einen" in late.content.decode()
    assert "Aus dem anderen" in late.content.decode()
    note.refresh_from_db()
    assert note.body == "Aus dem einen"


def test_an_empty_note_is_refused_and_markup_is_text(
    notebook: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    emma = sign_in(cast.emma)
    assert emma.post(path(notebook, "notes/"), {"title": " ", "body": " \x00 "}).status_code == 422

    emma.post(path(notebook, "notes/"), {"body": "<script>alert(1)</script>\n# keine Überschrift"})
    page = emma.get(path(notebook, "notes/")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_programs_write_change_and_delete_notes(
    notebook: Any, exchange: Any, cast: SimpleNamespace, api: Any
) -> None:
    program, url = api(cast.emma), f"/api/v1/notebooks/{notebook.pk}/notes/"
    made = program.post(url, {"body": "Merken"})
    assert (made.status_code, made.json()["title"]) == (201, "Merken")
    one = f"{url}{made.json()['id']}/"
    assert program.patch(one, {"revision": 1, "title": "Neu", "body": "Anders"}).json()["revision"] == 2
    assert program.patch(one, {"revision": 1, "title": "Alt", "body": "x"}).status_code == 409
    kept = program.post(url, {"exchange": exchange.pk})
    assert kept.json()["answer"]["citations"]
    assert program.post(url, {}).status_code == 422
    assert program.delete(one).status_code == 204
