"""A copy of a shared notebook: one's own, whole, cut loose from the original."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hub.refusals import Refusal
from learning.notebooks import actions, aid_actions, asking
from learning.notebooks.aid_presenting import present
from learning.notebooks.copying import copy
from learning.notebooks.models import Note, Notebook, Source
from learning.notebooks.reading import read_source
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import RULES, hand_made

DAY = "Beschäftigte in Vollzeit haben in jedem Kalenderjahr Anspruch auf dreißig Arbeitstage Erholungsurlaub."


@pytest.fixture
def notebook(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.farid, audience="company", title="Regeln")
    file = SimpleUploadedFile("regeln.md", RULES.encode())
    source = actions.add_file(notebook=notebook, user=cast.farid, file=file)
    read_source(source.pk)
    make_source(notebook, text="Das hier ist bald weg.", title="Weg")
    return notebook


def test_a_copy_answers_is_private_and_has_the_released_aids(notebook: Any, cast: SimpleNamespace) -> None:
    shown = hand_made(notebook, "guide", [{"kind": "point", "body": DAY, "says": DAY}])
    aid_actions.release(aid=shown, by=cast.farid)
    hand_made(notebook, "guide", [{"kind": "point", "body": DAY, "says": DAY}], by=cast.bertha)
    asking.ask(notebook=notebook, user=cast.emma, question="Wie viele Tage?")
    actions.remove(source=notebook.sources.get(title="Weg"), user=cast.farid)

    own = copy(notebook=notebook, user=cast.emma)

    assert (own.owner, own.audience) == (cast.emma, Notebook.Audience.PRIVATE)
    assert [source.title for source in own.sources.all()] == ["regeln"]
    answer = asking.ask(notebook=own, user=cast.emma, question="Wie viele Arbeitstage Urlaub?").answer
    assert "dreißig" in answer["answer"]
    twin = own.aids.get()
    assert (twin.made_by, twin.is_released) == (cast.emma, False)
    item = present(twin)[0]
    assert item.quotes[0].source == own.sources.get().pk
    assert Note.objects.count() == 0
    assert own.exchanges.count() == 1


def test_the_original_may_go_and_the_copy_stays(notebook: Any, cast: SimpleNamespace, sign_in: Any) -> None:
    own = copy(notebook=notebook, user=cast.emma)
    stored = Path(own.sources.get(title="regeln").file.path)
    for source in Source.objects.filter(notebook=notebook):
        actions.remove(source=source, user=cast.farid)
    actions.purge_removed(now=timezone.now() + actions.UNDO_FOR * 2)

    assert stored.exists()
    source = own.sources.get(title="regeln")
    file = sign_in(cast.emma).get(f"/notebooks/{own.pk}/sources/{source.pk}/file/")
    assert b"".join(file.streaming_content) == RULES.encode()


def test_the_last_copy_takes_the_file_along(
    notebook: Any, cast: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    own = copy(notebook=notebook, user=cast.emma)
    stored = Path(own.sources.get(title="regeln").file.path)
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_notebook(notebook=notebook, user=cast.farid)
    assert stored.exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_notebook(notebook=own, user=cast.emma)
    assert not stored.exists()


def test_a_stranger_copies_nothing(cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    private = make_notebook(cast.farid)
    make_source(private)

    assert sign_in(cast.otto).post(f"/notebooks/{private.pk}/copy/").status_code == 404
    assert api(cast.otto).post(f"/api/v1/notebooks/{private.pk}/copy/").status_code == 404
    assert Notebook.objects.count() == 1


def test_pages_and_programs_copy(notebook: Any, cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    page = sign_in(cast.emma).post(f"/notebooks/{notebook.pk}/copy/", follow=True)
    assert page.context["notebook"].owner == cast.emma
    made = api(cast.otto).post(f"/api/v1/notebooks/{notebook.pk}/copy/")
    assert (made.status_code, made.json()["source_count"]) == (201, 2)


def test_a_notebook_in_which_nothing_answers_is_not_copied(cast: SimpleNamespace) -> None:
    empty = make_notebook(cast.farid, audience="company")
    with pytest.raises(Refusal):
        copy(notebook=empty, user=cast.emma)
    assert Notebook.objects.count() == 1
