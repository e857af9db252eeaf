"""Speech to text behind its seam, against a real server on loopback."""

from typing import Any

import pytest

from hub.ai.errors import ModelError
from hub.ai.speech import get_transcriber, is_configured
from tests.models_server import ModelServer


def transcribe(server: ModelServer, settings: Any) -> str:
    settings.AI_TRANSCRIPTION_URL, settings.AI_TRANSCRIPTION_MODEL = server.url, "probe"
    settings.AI_TRANSCRIPTION_KEY, settings.AI_TIMEOUT_SECONDS = "secret-key", 0.5
    with server:
        return get_transcriber().transcribe(
            b"sound" * 9, file_name="question.webm", content_type="audio/webm"
        )


def test_without_a_setting_there_is_none(settings: Any) -> None:
    assert get_transcriber() is None
    settings.AI_TRANSCRIPTION_URL = "http://127.0.0.1:9/v1"
    assert not is_configured(), "an address without a model's name"


def test_the_sound_is_sent_once_with_the_key(settings: Any) -> None:
    server = ModelServer("Wie hoch ist die Pauschale?")
    assert transcribe(server, settings) == "Wie hoch ist die Pauschale?"
    [asked] = server.requests
    assert (asked["path"], asked["key"]) == ("/v1/audio/transcriptions", "Bearer secret-key")
    assert b"sound" * 9 in asked["body"]
    assert b"probe" in asked["body"]


@pytest.mark.parametrize(
    "server",
    [
        ModelServer(status=429, body=b"{}"),
        ModelServer(status=500, body=b"oops"),
        ModelServer(body=b"{not json"),
        ModelServer(body=b'{"words": 3}'),
        ModelServer("late", delay=5),
        ModelServer("half", cut=True),
        ModelServer("long " * 200_000),
    ],
    ids=["429", "500", "malformed", "other shape", "hangs", "cut", "1 MB"],
)
def test_every_failure_is_an_error_of_our_own(server: ModelServer, settings: Any) -> None:
    with pytest.raises(ModelError) as caught:
        transcribe(server, settings)
    assert "secret-key" not in str(caught.value)
