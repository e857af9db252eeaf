"""An audio overview as a file: made turn by turn, played from the middle, and gone when its script is."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from hub.ai.models import AIUsage
from hub.ai.mp3 import sound_of
from hub.jobs import MAX_ATTEMPTS
from learning.notebooks import aid_actions, recordings
from learning.notebooks.actions import delete_notebook
from learning.notebooks.actions import remove as remove_source
from learning.notebooks.models import AidItem, AidRecording, Notebook, Source, StudyAid
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.faults import TIMEOUT
from tests.learning.notebooks.study import hand_made
from tests.models_server import ModelServer
from tests.mp3s import FRAME

PAYS = (
    "Für eine Dienstreise von mehr als acht Stunden zahlt die Firma eine Verpflegungspauschale von 14 Euro."
)
SCRIPT = (("A", "Was zahlt die Firma unterwegs?"), ("B", "Sie zahlt 14 Euro."), ("A", "Gut zu wissen."))


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(recordings, "PAUSES", (0.01,))


@pytest.fixture
def aid(cast: Any) -> StudyAid:
    notebook = make_notebook(cast.bertha, audience="company", language="de")
    source = make_source(notebook)
    says = next(line for line in source.text.splitlines() if "14 Euro" in line)
    turns = [{"kind": "turn", "heading": who, "body": text, "says": says} for who, text in SCRIPT]
    made = hand_made(notebook, "audio", turns, by=cast.bertha)
    return aid_actions.release(aid=made, by=cast.bertha)


@pytest.fixture
def use(settings: Any) -> Callable[[ModelServer], ModelServer]:
    def factory(server: ModelServer) -> ModelServer:
        settings.AI_SPEECH_URL, settings.AI_SPEECH_MODEL = server.url, "mouth-1"
        settings.AI_SPEECH_KEY, settings.AI_SPEECH_VOICES = "key", ["ada", "bob"]
        settings.AI_TIMEOUT_SECONDS = TIMEOUT
        return server

    return factory


def page_of(aid: StudyAid, tail: str = "") -> str:
    return f"/notebooks/{aid.notebook_id}/aids/{aid.pk}/{tail}"


def words(client: Client, aid: StudyAid) -> str:
    response = client.get(page_of(aid))
    assert response.status_code == 200
    return response.content.decode()


def made(aid: StudyAid) -> AidRecording:
    """Asked for and made by the worker's own function."""
    recording = recordings.request_recording(aid=aid)
    recordings.make_recording(recording.pk)
    recording.refresh_from_db()
    return recording


def stored(settings: Any) -> list[Path]:
    return sorted((Path(settings.MEDIA_ROOT) / "recordings").glob("*"))


def test_every_turn_is_read_by_its_voice_and_joined_to_one_file(
    aid: StudyAid, use: Any, settings: Any
) -> None:
    with use(ModelServer()) as server:
        recording = made(aid)
    asked = [(r["path"], r["model"], r["voice"], r["input"], r["response_format"]) for r in server.requests]
    voices = {"A": "ada", "B": "bob"}
    assert asked == [("/v1/audio/speech", "mouth-1", voices[who], text, "mp3") for who, text in SCRIPT]
    assert {request["key"] for request in server.requests} == {"Bearer key"}
    assert (recording.state, recording.progress, recording.model) == ("ready", 100, "mouth-1")
    content = stored(settings)[0].read_bytes()
    sound = sound_of(content)
    assert sound.content == content
    assert content.startswith(FRAME)
    assert (recording.byte_count, recording.seconds) == (len(content), round(sound.seconds))
    usage = AIUsage.objects.get()
    assert (usage.system.slug, usage.calls, usage.failures) == ("hatpin-speech", 1, 0)


def test_the_page_offers_the_file_where_there_is_one(
    aid: StudyAid, use: Any, sign_in: Any, cast: Any
) -> None:
    reader = sign_in(cast.emma)
    assert "data-audio-play" in words(reader, aid)
    assert "<audio" not in words(reader, aid)
    with use(ModelServer()):
        made(aid)
    html = words(reader, aid)
    assert f'<audio controls preload="none" src="{page_of(aid, "recording.mp3")}"' in html
    assert "data-audio-play" not in html
    assert "mouth-1" in html
    assert all(text in html for _who, text in SCRIPT)  # the transcript
    response = reader.get(page_of(aid, "recording.mp3"))
    assert (response["Content-Type"], response["Accept-Ranges"]) == ("audio/mpeg", "bytes")
    assert "attachment" not in response.get("Content-Disposition", "")
    assert sound_of(b"".join(response.streaming_content)).seconds > 0
    assert "media-src 'self'" in reader.get(page_of(aid))["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("header", "status", "start", "stop"),
    [
        ("bytes=0-", 206, 0, None),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=-5", 206, -5, None),
        ("bytes=100-99999999", 206, 100, None),
        ("bytes=99999999-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("items=0-1", 200, 0, None),
        ("bytes=" + "9" * 400 + "-", 200, 0, None),
    ],
)
def test_a_player_can_begin_in_the_middle(
    header: str, status: int, start: int, stop: int | None, aid: StudyAid, use: Any, sign_in: Any, cast: Any
) -> None:
    with use(ModelServer()):
        recording = made(aid)
    with recording.file.open("rb") as file:
        content = file.read()
    response = sign_in(cast.emma).get(page_of(aid, "recording.mp3"), headers={"Range": header})
    assert response.status_code == status
    got = b"".join(response.streaming_content) if response.streaming else response.content
    assert got == content[start:stop]
    if status == 206:
        first = start % len(content)
        assert response["Content-Range"] == f"bytes {first}-{first + len(got) - 1}/{len(content)}"
    if status == 416:
        assert response["Content-Range"] == f"bytes */{len(content)}"


def test_nobody_hears_what_they_may_not_see(aid: StudyAid, use: Any, sign_in: Any, cast: Any) -> None:
    with use(ModelServer()):
        made(aid)
        url, all_of_it = page_of(aid, "recording.mp3"), {"Range": "bytes=0-"}
        assert sign_in(cast.emma).get(url, headers=all_of_it).status_code == 206
        aid_actions.take_back(aid=aid, by=cast.bertha)
        assert sign_in(cast.emma).get(url).status_code == 404
        assert sign_in(cast.bertha).get(url, headers=all_of_it).status_code == 206
        Notebook.objects.update(audience="private")
        for name in ("emma", "otto", "ada", "farid"):
            client = sign_in(getattr(cast, name))
            assert client.get(url).status_code == 404
            assert client.post(page_of(aid, "recording/")).status_code == 404
            assert client.post(page_of(aid, "recording/cancel/")).status_code == 404
    assert Client().get(url).status_code == 302


def test_only_who_may_edit_it_has_it_made(aid: StudyAid, use: Any, sign_in: Any, cast: Any) -> None:
    with use(ModelServer()):
        assert sign_in(cast.emma).post(page_of(aid, "recording/")).status_code == 403
        assert "recording/" not in words(sign_in(cast.emma), aid)
        assert page_of(aid, "recording/") in words(sign_in(cast.bertha), aid)
        assert sign_in(cast.bertha).post(page_of(aid, "recording/")).status_code == 302
    assert AidRecording.objects.get().state == "queued"


def test_without_a_service_it_is_not_offered(aid: StudyAid, sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.bertha)
    assert client.post(page_of(aid, "recording/")).status_code == 404
    assert page_of(aid, "recording/") not in words(client, aid)
    assert client.get(page_of(aid, "recording.mp3")).status_code == 404
    assert not AidRecording.objects.exists()


FAULTS: dict[str, Callable[[], ModelServer]] = {
    "429": lambda: ModelServer(status=429, body=b"{}", headers={"Retry-After": "30"}),
    "500": lambda: ModelServer(status=500, body=b"oops"),
    "401": lambda: ModelServer(status=401, body=b"{}"),
    "hangs": lambda: ModelServer(delay=60),
    "cut": lambda: ModelServer(cut=True),
    "a page": lambda: ModelServer(body=b"<html>Bad gateway</html>" * 50),
    "JSON": lambda: ModelServer(body=b'{"error": "no voice"}'),
    "empty": lambda: ModelServer(body=b""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_service_that_fails_leaves_the_browsers_voices_and_a_notice(
    name: str, aid: StudyAid, use: Any, sign_in: Any, cast: Any, settings: Any
) -> None:
    with use(FAULTS[name]()):
        recording = made(aid)
        assert (recording.state, recording.error_code) == ("failed", "no_voice")
        html = words(sign_in(cast.bertha), aid)
    assert "data-audio-play" in html
    assert "Die Stimmen des Browsers lesen vor" in html
    assert "Sprachdienst" not in words(sign_in(cast.emma), aid)  # readers have nothing to do with it
    assert stored(settings) == []
    assert AIUsage.objects.get().failures == 1
    with use(ModelServer()):
        assert sign_in(cast.bertha).post(page_of(aid, "recording/")).status_code == 302
        recordings.make_recording(recording.pk)
    assert "<audio" in words(sign_in(cast.emma), aid)


def test_a_service_that_stumbles_once_is_asked_again(aid: StudyAid, use: Any) -> None:
    with use(ModelServer(status=503)) as server:
        recording = recordings.request_recording(aid=aid)

        def recover(asked: dict[str, Any]) -> None:
            server.status = 200

        server.on_request = recover
        recordings.make_recording(recording.pk)
    recording.refresh_from_db()
    assert recording.is_ready
    assert len(server.requests) == len(SCRIPT) + 1


def test_asking_twice_makes_it_once(aid: StudyAid, use: Any, sign_in: Any, cast: Any, settings: Any) -> None:
    client = sign_in(cast.bertha)
    with use(ModelServer()) as server:
        for _time in range(2):
            client.post(page_of(aid, "recording/"))
        recording = AidRecording.objects.get()
        for _time in range(2):
            recordings.make_recording(recording.pk)
        client.post(page_of(aid, "recording/"))
        assert AidRecording.objects.get().is_ready
    assert len(server.requests) == len(SCRIPT)
    assert len(stored(settings)) == 1


def test_a_changed_script_is_not_offered_and_can_be_made_anew(
    aid: StudyAid, use: Any, sign_in: Any, cast: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, item = sign_in(cast.bertha), aid.items.last()
    with use(ModelServer()) as server:
        made(aid)
        before = stored(settings)
        aid_actions.edit_item(item=item, by=cast.bertha, revision=1, heading="A", body="Das ist neu.")
        assert client.get(page_of(aid, "recording.mp3")).status_code == 404
        html = words(client, aid)
        assert "<audio" not in html
        assert "data-audio-play" in html
        assert "Datei neu machen" in html
        with django_capture_on_commit_callbacks(execute=True):
            client.post(page_of(aid, "recording/"))
        recordings.make_recording(AidRecording.objects.get().pk)
    assert server.requests[-1]["input"] == "Das ist neu."
    assert "<audio" in words(client, aid)
    assert len(stored(settings)) == 1
    assert stored(settings) != before


def test_with_a_withdrawn_source_it_is_gone_at_once_and_erased_by_the_next_purge(
    aid: StudyAid, use: Any, sign_in: Any, cast: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(cast.emma)
    with use(ModelServer()):
        made(aid)
    remove_source(source=Source.objects.get(), user=cast.bertha)
    assert client.get(page_of(aid, "recording.mp3")).status_code == 404
    assert "<audio" not in words(client, aid)
    with django_capture_on_commit_callbacks(execute=True):
        assert recordings.purge() == 1
    assert stored(settings) == []
    assert not AidRecording.objects.exists()


def test_it_goes_with_its_aid_and_its_notebook(
    aid: StudyAid, use: Any, cast: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with use(ModelServer()):
        made(aid)
    aid_actions.remove(aid=aid, by=cast.bertha)
    aid_actions.purge_removed(timezone.now() + timedelta(days=2))
    assert not AidRecording.objects.exists()
    assert recordings.purge() == 0  # a young file may belong to a worker that has not finished
    assert recordings.purge(timezone.now() + timedelta(hours=2)) == 1
    assert stored(settings) == []

    notebook = make_notebook(cast.bertha)
    make_source(notebook)
    turn = {"kind": "turn", "heading": "A", "body": "Hallo.", "says": "14 Euro"}
    with use(ModelServer()):
        made(hand_made(notebook, "audio", [turn]))
    assert len(stored(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        delete_notebook(notebook=notebook, user=cast.bertha)
    assert stored(settings) == []


def test_it_can_be_stopped_and_made_later(aid: StudyAid, use: Any, sign_in: Any, cast: Any) -> None:
    client = sign_in(cast.bertha)
    with use(ModelServer()) as server:
        client.post(page_of(aid, "recording/"))
        assert "hx-get" in words(client, aid)
        client.post(page_of(aid, "recording/cancel/"))
        recording = AidRecording.objects.get()
        recordings.make_recording(recording.pk)
        recording.refresh_from_db()
        assert (recording.state, recording.error_code) == ("failed", "cancelled")
        assert not server.requests
        client.post(page_of(aid, "recording/"))
        recordings.make_recording(recording.pk)
        client.post(page_of(aid, "recording/cancel/"))
    recording.refresh_from_db()
    assert recording.is_ready


@pytest.mark.django_db(transaction=True)
def test_while_the_service_speaks_no_connection_is_held_and_stopping_stops(
    aid: StudyAid, use: Any, settings: Any
) -> None:
    mine, held = connections["default"], []
    with use(ModelServer()) as server:
        recording = recordings.request_recording(aid=aid)

        def stop_at_the_second(asked: dict[str, Any]) -> None:
            held.append(mine.connection is not None)
            if len(server.requests) == 2:
                recordings.cancel(recording=AidRecording.objects.get())
                connections.close_all()

        server.on_request = stop_at_the_second
        recordings.make_recording(recording.pk)
    recording.refresh_from_db()
    assert held == [False, False]
    assert (recording.state, recording.error_code) == ("failed", "cancelled")
    assert stored(settings) == []


@pytest.mark.django_db(transaction=True)
def test_a_source_withdrawn_while_it_is_read_aloud_leaves_no_file(
    aid: StudyAid, use: Any, cast: Any, settings: Any
) -> None:
    with use(ModelServer()) as server:
        recording = recordings.request_recording(aid=aid)

        def withdraw(asked: dict[str, Any]) -> None:
            if len(server.requests) == 1:
                remove_source(source=Source.objects.get(), user=cast.bertha)
                connections.close_all()

        server.on_request = withdraw
        recordings.make_recording(recording.pk)
    recording.refresh_from_db()
    assert (recording.state, recording.error_code) == ("failed", "changed")
    assert stored(settings) == []


def test_a_worker_that_dies_is_followed_by_another(aid: StudyAid, use: Any) -> None:
    with use(ModelServer()):
        recording = recordings.request_recording(aid=aid)
        taken = AidRecording.objects.take(recording.pk)
        recordings.make_recording(recording.pk)
        recording.refresh_from_db()
        assert not recording.is_ready  # the other one holds it
        AidRecording.objects.filter(pk=taken.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
        assert AidRecording.objects.claimable(timezone.now()).count() == 1
        recordings.make_recording(recording.pk)
    recording.refresh_from_db()
    assert recording.is_ready
    AidRecording.objects.update(is_done=False, state="queued", attempts=MAX_ATTEMPTS)
    recordings.make_recording(recording.pk)
    recording.refresh_from_db()
    assert (recording.state, recording.error_code) == ("failed", "gave_up")


def test_limits_hold(aid: StudyAid, use: Any, sign_in: Any, cast: Any, monkeypatch: Any) -> None:
    with use(ModelServer()) as server:
        AidItem.objects.update(body="Sehr lang. " * 2000)
        recording = made(aid)
        assert (recording.state, recording.error_code) == ("failed", "too_long")
        AidItem.objects.update(body="Kurz.")
        monkeypatch.setattr(recordings, "MOST_BYTES", 100)
        recordings.request_recording(aid=aid)
        recordings.make_recording(recording.pk)
        recording.refresh_from_db()
        assert (recording.state, recording.error_code) == ("failed", "no_voice")
        assert len(server.requests) == 1
        guide = hand_made(aid.notebook, "guide", [{"kind": "heading", "heading": "Nur zum Lesen"}])
        response = sign_in(cast.bertha).post(page_of(guide, "recording/"))
    assert response.status_code == 409
