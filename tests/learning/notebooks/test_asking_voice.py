"""A spoken question becomes text; the sound is written nowhere."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub.ai.dictating import MOST_BYTES
from hub.ai.models import AIUsage
from learning.notebooks.models import Notebook
from tests.factories import make_notebook
from tests.models_server import ModelServer

SOUND = bytes(range(256)) * 800  # 200 kB; what it says is up to the server
HEARD = "Wie hoch ist die Verpflegungspauschale?"


@pytest.fixture
def notebook(cast: Any) -> Notebook:
    return make_notebook(cast.emma)


@pytest.fixture
def use(settings: Any) -> Any:
    def factory(server: ModelServer) -> ModelServer:
        settings.AI_TRANSCRIPTION_URL, settings.AI_TRANSCRIPTION_MODEL = server.url, "ears-1"
        settings.AI_TIMEOUT_SECONDS = 0.5
        return server

    return factory


def say(client: Any, notebook: Notebook, sound: bytes = SOUND, kind: str = "audio/webm") -> Any:
    file = SimpleUploadedFile("question", sound, content_type=kind)
    return client.post(f"/api/v1/notebooks/{notebook.pk}/transcribe/", {"audio": file}, format="multipart")


def test_words_come_back_and_nothing_is_asked(api: Any, cast: Any, notebook: Notebook, use: Any) -> None:
    with use(ModelServer(f"  {HEARD}\n")) as server:
        response = say(api(cast.emma), notebook, kind="audio/webm;codecs=opus")
    assert (response.status_code, response.json()) == (200, {"text": HEARD})
    assert [request["path"] for request in server.requests] == ["/v1/audio/transcriptions"]
    assert not notebook.exchanges.exists()
    usage = AIUsage.objects.get()
    assert (usage.system.slug, usage.model, usage.calls, usage.failures) == ("hatpin-voice", "ears-1", 1, 0)


def test_without_a_service_there_is_no_route_and_no_button(
    api: Any, sign_in: Any, cast: Any, notebook: Notebook, use: Any
) -> None:
    def page() -> str:
        return sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/").content.decode()

    assert say(api(cast.emma), notebook).status_code == 404
    assert "data-voice" not in page()
    assert "voice.js" not in page()
    with use(ModelServer(HEARD)):
        assert "data-voice" in page()


def test_a_stranger_is_not_heard(api: Any, cast: Any, notebook: Notebook, use: Any) -> None:
    with use(ModelServer(HEARD)) as server:
        assert say(api(cast.otto), notebook).status_code == 404
        assert say(api(None), notebook).status_code == 401
    assert not server.requests


@pytest.mark.parametrize(
    ("sound", "kind", "status"),
    [
        (b"", "audio/webm", 422),
        (b"MZ", "application/x-msdownload", 422),
        (b"x" * (MOST_BYTES + 1), "audio/webm", 413),
    ],
    ids=["empty", "no sound", "too long"],
)
def test_what_is_no_spoken_question_is_refused_with_a_sentence(
    sound: bytes, kind: str, status: int, api: Any, cast: Any, notebook: Notebook, use: Any
) -> None:
    with use(ModelServer(HEARD)) as server:
        response = say(api(cast.emma), notebook, sound, kind)
    assert response.status_code == status
    assert response.json()["detail"]
    assert not server.requests


def test_a_form_without_a_recording_is_refused(api: Any, cast: Any, notebook: Notebook, use: Any) -> None:
    url = f"/api/v1/notebooks/{notebook.pk}/transcribe/"
    with use(ModelServer(HEARD)):
        assert api(cast.emma).post(url, {"audio": "words"}, format="multipart").status_code == 422


@pytest.mark.parametrize(
    ("server", "status"),
    [
        (ModelServer(status=500, body=b"oops"), 503),
        (ModelServer(status=429, body=b"{}"), 503),
        (ModelServer(body=b"{not json"), 503),
        (ModelServer(HEARD, delay=5), 503),
        (ModelServer("  "), 422),
    ],
    ids=["500", "429", "malformed", "hangs", "silence"],
)
def test_a_failing_service_is_said(
    server: ModelServer, status: int, api: Any, cast: Any, notebook: Notebook, use: Any
) -> None:
    with use(server):
        response = say(api(cast.emma), notebook)
    assert response.status_code == status
    assert response.json()["detail"]
    assert AIUsage.objects.get().failures == int(status == 503)


def test_a_long_speech_is_cut_to_a_question(api: Any, cast: Any, notebook: Notebook, use: Any) -> None:
    with use(ModelServer("Wort " * 1000)):
        assert len(say(api(cast.emma), notebook).json()["text"]) <= 2000


def test_the_sound_touches_no_disk_and_no_log(
    api: Any, cast: Any, notebook: Notebook, use: Any, settings: Any, caplog: Any, tmp_path: Path
) -> None:
    """There is nowhere to write to: an upload that is written at all fails here, as a source does."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "missing"
    sound = b"geheim" * 20_000
    caplog.set_level("DEBUG")
    with use(ModelServer(HEARD)) as server:
        settings.AI_TIMEOUT_SECONDS = 20
        assert say(api(cast.emma), notebook, sound).json() == {"text": HEARD}
        page = Client(enforce_csrf_checks=True)
        page.force_login(cast.emma)
        page.get(f"/notebooks/{notebook.pk}/")
        url = f"/api/v1/notebooks/{notebook.pk}/transcribe/"
        file = SimpleUploadedFile("question", sound, content_type="audio/webm")
        refused = page.post(url, {"audio": file})
        file.seek(0)
        token = {"X-CSRFToken": page.cookies["csrftoken"].value}
        assert page.post(url, {"audio": file}, headers=token).json() == {"text": HEARD}
    assert refused.status_code == 403
    assert [sound in request["body"] for request in server.requests] == [True, True]
    said = [word for word in ("geheim", HEARD) if word in caplog.text]
    assert said == [], "in the log"
    assert list(tmp_path.iterdir()) == []
    file.seek(0)
    with pytest.raises(FileNotFoundError):
        page.post(f"/api/v1/notebooks/{notebook.pk}/sources/", {"file": file}, headers=token)


def test_the_server_keeps_such_a_body_in_memory(settings: Any) -> None:
    assert MOST_BYTES + 100_000 < settings.FILE_UPLOAD_MAX_MEMORY_SIZE
