"""Sources: uploaded, read, removed, put back; bad ones refused with a sentence and nothing half done."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from hub.people.models import User
from hub.points.models import PointEntry
from learning.notebooks import actions, asking, reading, tasks
from learning.notebooks.models import Notebook, Passage, Source
from tests.factories import POLICY, make_notebook, make_source, make_user

HTML = b"<html><body><h1>Spesen</h1><p>Die Pauschale liegt bei 14 Euro je Tag.</p></body></html>"


def upload(name: str = "spesen.html", content: bytes = HTML) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def search(notebook: Notebook, user: User, query: str = "Pauschale Euro") -> list[Any]:
    return asking.search(notebook=notebook, user=user, query=query)


def test_an_upload_is_read_and_found(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    program = api(cast.emma)
    url = f"/api/v1/notebooks/{notebook.pk}/sources/"

    created = program.post(url, {"file": upload()}, format="multipart")
    assert created.status_code == 201
    assert created.json()["state"] == "queued"

    tasks.read_source(created.json()["id"])
    body = program.get(f"{url}{created.json()['id']}/").json()
    assert (body["state"], body["error"], body["format"], body["language"]) == ("ready", "", "html", "de")
    results = program.get(
        f"/api/v1/notebooks/{notebook.pk}/search/", {"q": "Wie hoch ist die Pauschale?"}
    ).json()["results"]
    assert results[0]["title"] == "spesen"
    source = Source.objects.get()
    assert source.text[results[0]["start"] : results[0]["end"]] == results[0]["text"]


def test_subtitles_are_read_and_named_in_the_list(cast: Any, sign_in: Any) -> None:
    notebook = make_notebook(cast.emma)
    film = b"WEBVTT\n\n00:00.000 --> 00:04.000\n<v Anna>Die Pauschale liegt bei 14 Euro.</v>\n"
    source = actions.add_file(notebook=notebook, user=cast.emma, file=upload("sitzung.vtt", film))
    reading.read_source(source.pk)
    source.refresh_from_db()
    assert (source.format, source.text) == ("transcript", "Anna: Die Pauschale liegt bei 14 Euro.")
    client = sign_in(cast.emma)
    for page in (f"/notebooks/{notebook.pk}/", f"/notebooks/{notebook.pk}/sources/{source.pk}/"):
        shown = client.get(page, headers={"accept-language": "de"}).content.decode()
        assert "Untertitel ·" in shown or "Subtitles ·" in shown


def test_pasted_text_is_read_too(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    created = api(cast.emma).post(
        f"/api/v1/notebooks/{notebook.pk}/sources/", {"title": "Reisen", "text": POLICY}, format="json"
    )
    tasks.read_source(created.json()["id"])
    assert search(notebook, cast.emma)[0].passage.title == "Reisen"


@pytest.mark.parametrize(
    ("file", "status", "code"),
    [
        (upload("leer.pdf", b""), 422, "empty"),
        (upload("folien.key", b"PK\x03\x04"), 422, "unknown_format"),
        (upload("programm", b"\x7fELF"), 422, "unknown_format"),
        (upload("Mappe.XLSM", b"PK\x03\x04"), 422, "macro"),
        (upload("brief.doc", b"\xd0\xcf\x11\xe0"), 422, "old_office"),
        (upload("gross.txt", b"x" * 2000), 413, "too_large"),
    ],
    ids=["empty", "unknown", "without extension", "with macros", "old Office", "too large"],
)
def test_a_file_nobody_can_read_is_refused_at_once(
    file: SimpleUploadedFile, status: int, code: str, api: Any, cast: Any, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    notebook = make_notebook(cast.emma)
    response = api(cast.emma).post(
        f"/api/v1/notebooks/{notebook.pk}/sources/",
        {"file": file},
        format="multipart",
        HTTP_ACCEPT_LANGUAGE="en",
    )
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"].endswith(code)
    assert response.json()["detail"].endswith(".")
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("pypdf__resources__crazyones-encrypted-256.pdf", "encrypted"),
        ("pdf.js__test__pdfs__poppler-85140-0.pdf", "broken"),
        ("tika__microsoft-module__testWORD_truncated.docx", "broken"),
        ("pdf.js__test__pdfs__empty.pdf", "no_text"),
    ],
)
def test_a_broken_file_fails_by_itself_with_its_sentence(
    name: str, code: str, cast: Any, data_folder: Path, sign_in: Any
) -> None:
    notebook = make_notebook(cast.emma)
    good = make_source(notebook)
    content = (data_folder / "documents" / name).read_bytes()
    source = actions.add_file(notebook=notebook, user=cast.emma, file=upload(name, content))
    reading.read_source(source.pk)

    source.refresh_from_db()
    assert (source.state, source.error_code) == ("failed", code)
    assert source.error.endswith(".")
    assert Notice.objects.get(user=cast.emma).kind == "source_failed"
    assert search(notebook, cast.emma)[0].passage.source_id == good.pk
    page = sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/")
    assert source.error in page.content.decode().replace("&#x27;", "'")


def test_the_same_file_twice_is_one_source(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    program, url = api(cast.emma), f"/api/v1/notebooks/{notebook.pk}/sources/"

    assert program.post(url, {"file": upload()}, format="multipart").status_code == 201
    again = program.post(url, {"file": upload("anderer-name.html")}, format="multipart")

    assert again.status_code == 409
    assert "spesen" in again.json()["detail"]
    assert Source.objects.count() == 1


def test_uploading_a_failed_file_again_tries_again(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    file = upload("kaputt.pdf", b"%PDF-1.4 nothing")
    source = actions.add_file(notebook=notebook, user=cast.emma, file=file)
    reading.read_source(source.pk)
    again = actions.add_file(
        notebook=notebook, user=cast.emma, file=upload("kaputt.pdf", b"%PDF-1.4 nothing")
    )

    assert again.pk == source.pk
    assert (again.state, again.error, again.is_done) == ("queued", "", False)


def test_a_page_upload_of_several_files_keeps_the_good_ones(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    files = [upload(), upload("leer.txt", b""), upload("notiz.md", b"# Notiz\n\nEin Satz.")]
    response = sign_in(cast.emma).post(f"/notebooks/{notebook.pk}/sources/add/", {"file": files})

    assert response.status_code == 422
    assert set(Source.objects.values_list("title", flat=True)) == {"spesen", "notiz"}
    assert "leer.txt" in str(response.context["upload_form"].errors)


def test_nothing_chosen_gets_a_sentence(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    response = sign_in(cast.emma).post(f"/notebooks/{notebook.pk}/sources/add/", {})
    assert response.status_code == 422


def test_a_full_notebook_says_so(cast: Any, settings: Any, api: Any) -> None:
    settings.NOTEBOOK_MAX_SOURCES = 1
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    url = f"/api/v1/notebooks/{notebook.pk}/sources/"
    assert api(cast.emma).post(url, {"text": "mehr"}, format="json").status_code == 409


def test_a_removed_source_answers_nothing_and_can_be_put_back(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    client = sign_in(cast.emma)
    assert search(notebook, cast.emma)

    client.post(f"/notebooks/{notebook.pk}/sources/{source.pk}/remove/")
    assert not search(notebook, cast.emma)
    assert client.get(f"/notebooks/{notebook.pk}/sources/{source.pk}/").status_code == 404
    assert client.get(f"/notebooks/{notebook.pk}/").context["undo"]["url"].endswith("put-back/")

    client.post(f"/notebooks/{notebook.pk}/sources/{source.pk}/put-back/")
    assert search(notebook, cast.emma)


def test_a_stale_index_cannot_bring_a_removed_source_back(cast: Any) -> None:
    """The index is a snapshot: what it finds is read again."""
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    search(notebook, cast.emma)
    Source.objects.filter(pk=source.pk).update(removed_at=timezone.now())

    assert not search(notebook, cast.emma)


def test_what_was_removed_is_erased_after_a_day(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = actions.add_file(notebook=notebook, user=cast.emma, file=upload())
    reading.read_source(source.pk)
    name = Source.objects.get().file.name
    actions.remove(source=source, user=cast.emma)

    assert actions.purge_removed(timezone.now() + timedelta(hours=23)) == 0
    assert actions.purge_removed(timezone.now() + timedelta(hours=25)) == 1
    assert not Passage.objects.exists()
    assert not default_storage.exists(name)


def test_deleting_a_notebook_needs_its_title_and_takes_everything(
    sign_in: Any, cast: Any, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    notebook = make_notebook(cast.emma, title="Reisen")
    source = actions.add_file(notebook=notebook, user=cast.emma, file=upload())
    client = sign_in(cast.emma)

    client.post(f"/notebooks/{notebook.pk}/delete/", {"title": "reise"})
    assert Notebook.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/notebooks/{notebook.pk}/delete/", {"title": "Reisen"})
    assert not Notebook.objects.exists()
    assert not default_storage.exists(source.file.name)


def test_files_lie_under_random_names(cast: Any) -> None:
    source = actions.add_file(
        notebook=make_notebook(cast.emma), user=cast.emma, file=upload("../../etc/böse.html")
    )
    assert source.file_name == "böse.html"
    assert "böse" not in source.file.name
    assert ".." not in source.file.name


def test_sharing_a_source_with_others_earns_points_once(cast: Any) -> None:
    make_source(make_notebook(cast.emma))
    assert PointEntry.objects.of(cast.emma).total() == 0
    make_source(make_notebook(cast.emma, audience="company"))
    assert PointEntry.objects.of(cast.emma).total() == 3


def test_a_file_that_cannot_be_read_earns_nothing(cast: Any) -> None:
    notebook = make_notebook(cast.emma, audience="company")
    source = actions.add_file(
        notebook=notebook, user=cast.emma, file=upload("kaputt.pdf", b"%PDF-1.4 nothing")
    )
    reading.read_source(source.pk)
    assert PointEntry.objects.of(cast.emma).total() == 0


def test_points_go_back_when_the_source_is_erased(cast: Any) -> None:
    source = make_source(make_notebook(cast.emma, audience="company"))
    actions.remove(source=source, user=cast.emma)
    assert PointEntry.objects.of(cast.emma).total() == 3
    actions.purge_removed(timezone.now() + timedelta(hours=25))
    assert PointEntry.objects.of(cast.emma).total() == 0


def test_an_erased_source_leaves_no_quote_in_the_database(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    exchange = asking.ask(
        notebook=notebook, user=cast.emma, question="Wie hoch ist die Verpflegungspauschale?"
    )
    assert "14 Euro" in str(exchange.answer)
    actions.remove(source=source, user=cast.emma)
    actions.purge_removed(timezone.now() + timedelta(hours=25))

    exchange.refresh_from_db()
    assert "14 Euro" not in str(exchange.answer)
    assert len(exchange.answer["citations"]) > 0


def test_changing_somebody_elses_notebook_is_audited(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.bertha, audience="company", title="Regeln")
    data = {"title": "Regeln", "language": "de", "audience": "company"}
    for person in (cast.bertha, cast.farid):
        assert sign_in(person).post(f"/notebooks/{notebook.pk}/edit/", data).status_code == 302
    entry = AuditEntry.objects.get(action="notebook.changed")
    assert (entry.actor_key, entry.facts) == (cast.farid.subject_key, {"audience": "company"})


def test_a_dead_workers_source_is_read_after_all(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = actions.add_text(notebook=notebook, user=cast.emma, title="Reisen", text=POLICY)
    Source.objects.take(source.pk)

    assert tasks.wake_sources(timezone.now()) == 0
    reading.read_source(source.pk)
    source.refresh_from_db()
    assert source.state == "queued"

    later = timezone.now() + timedelta(minutes=2)
    assert tasks.wake_sources(later) == 1
    Source.objects.filter(pk=source.pk).update(leased_until=timezone.now())
    reading.read_source(source.pk)
    source.refresh_from_db()
    assert source.state == "ready"
    assert tasks.wake_sources(later) == 0


def test_a_source_that_kills_its_reader_fails_after_a_few_attempts(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = actions.add_text(notebook=make_notebook(cast.emma), user=cast.emma, title="x", text=POLICY)

    def crash(source: Source) -> None:
        raise MemoryError

    monkeypatch.setattr(reading, "_read", crash)
    for _attempt in range(4):
        with pytest.raises(MemoryError):
            reading.read_source(source.pk)
    reading.read_source(source.pk)

    source.refresh_from_db()
    assert (source.state, source.error_code) == ("failed", "gave_up")


def test_removing_while_reading_stops_the_reader(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = make_notebook(cast.emma)
    source = actions.add_text(notebook=notebook, user=cast.emma, title="x", text=POLICY)
    original = reading._read

    def slow(leased: Source) -> Any:
        actions.remove(source=source, user=cast.emma)
        return original(leased)

    monkeypatch.setattr(reading, "_read", slow)
    reading.read_source(source.pk)

    assert not Passage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_read_a_source_once() -> None:
    emma = make_user("Emma")
    notebook = make_notebook(emma)
    source = actions.add_text(notebook=notebook, user=emma, title="Reisen", text=POLICY)

    def work() -> None:
        try:
            reading.read_source(source.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    source.refresh_from_db()
    assert (source.state, source.attempts) == ("ready", 1)
    notebook.refresh_from_db()
    assert notebook.generation == 1


@pytest.mark.parametrize("count", [1, 7])
def test_a_notebook_page_costs_the_same_queries_for_many_sources(
    count: int, sign_in: Any, cast: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notebook = make_notebook(cast.farid, audience="company")
    for number in range(count):
        make_source(notebook, text=f"{POLICY} {number}", title=f"Quelle {number}")
        asking.ask(notebook=notebook, user=cast.emma, question=f"Wie hoch ist die Pauschale {number}?")
    client = sign_in(cast.emma)
    with django_assert_num_queries(8):
        client.get(f"/notebooks/{notebook.pk}/")
