"""With a scanner configured no parser opens a file without its word."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hub.audit.models import AuditEntry
from hub.refusals import Refusal
from learning.notebooks import actions, reading, tasks
from learning.notebooks.models import Notebook, Source
from tests.clamd_server import ClamdServer
from tests.factories import make_notebook

HTML = b"<html><body><p>Die Pauschale liegt bei 14 Euro je Tag.</p></body></html>"


@pytest.fixture
def notebook(cast: Any) -> Notebook:
    return make_notebook(cast.emma)


def add(notebook: Notebook) -> Source:
    return actions.add_file(
        notebook=notebook, user=notebook.owner, file=SimpleUploadedFile("spesen.html", HTML)
    )


def read(source: Source) -> Source:
    reading.read_source(source.pk)
    source.refresh_from_db()
    return source


def test_a_clean_file_is_read(notebook: Notebook, settings: Any) -> None:
    with ClamdServer() as server:
        settings.CLAMD_ADDRESS = server.address
        assert read(add(notebook)).is_ready
    assert server.received == [HTML]


def test_a_harmful_file_is_erased_and_said_so(notebook: Notebook, settings: Any, api: Any, sign_in: Any,
    django_capture_on_commit_callbacks: Any) -> None:  # fmt: skip
    source = add(notebook)
    name = source.file.name
    with (
        ClamdServer("stream: Win.Test.EICAR_HDB-1 FOUND") as server,
        django_capture_on_commit_callbacks(execute=True),
    ):
        settings.CLAMD_ADDRESS = server.address
        read(source)
    assert (source.state, source.error_code, source.file.name) == ("failed", "malware", "")
    assert not default_storage.exists(name)
    entry = AuditEntry.objects.get(action="source.malware")
    assert (entry.actor_key, entry.facts) == (None, {"found": "Win.Test.EICAR_HDB-1"})
    assert (entry.object_type, entry.object_id) == ("source", str(source.pk))

    url = f"/notebooks/{notebook.pk}/sources/{source.pk}/"
    assert api(notebook.owner).post(f"/api/v1{url}retry/").status_code == 409
    page = sign_in(notebook.owner).get(f"/notebooks/{notebook.pk}/").content.decode()
    assert url + "retry/" not in page
    with pytest.raises(Refusal, match="malware"):
        add(notebook)


def test_pasted_text_needs_no_scanner(notebook: Notebook, settings: Any) -> None:
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    text = actions.add_text(notebook=notebook, user=notebook.owner, title="", text="Ein Satz.")
    assert read(text).is_ready


def test_a_file_above_the_scanners_limit_is_not_opened(notebook: Notebook, settings: Any) -> None:
    with ClamdServer("INSTREAM size limit exceeded. ERROR") as server:
        settings.CLAMD_ADDRESS = server.address
        source = read(add(notebook))
    assert (source.state, source.error_code) == ("failed", "scan_limit")
    assert default_storage.exists(source.file.name)


def test_a_scanner_that_comes_back_lets_the_file_be_read(notebook: Notebook, settings: Any) -> None:
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    source = read(add(notebook))
    assert (source.state, source.is_done, source.text) == ("queued", False, "")
    assert source.error.endswith(".")
    assert tasks.wake_sources(timezone.now()) == 0
    assert tasks.wake_sources(timezone.now() + timedelta(hours=1)) == 1

    Source.objects.update(leased_until=None)
    with ClamdServer() as server:
        settings.CLAMD_ADDRESS = server.address
        assert read(source).is_ready
    assert source.error == ""


def test_a_scanner_that_stays_away_is_named_in_the_end(notebook: Notebook, settings: Any) -> None:
    settings.CLAMD_ADDRESS = "127.0.0.1:1"
    source = add(notebook)
    for _attempt in range(4):
        assert source.state == "queued"
        Source.objects.update(leased_until=None)
        read(source)
    assert (source.state, source.error_code) == ("failed", "scanner_unavailable")
