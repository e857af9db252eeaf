"""A chat model's reply as a stream: bounded in time and size, whatever the endpoint does."""

import threading
from typing import Any

import pytest

from hub.ai.chat import get_chat_model
from hub.ai.errors import ModelError
from hub.ai.hanging_up import HangUp
from hub.ai.providers import openai_like
from tests.models_server import ModelServer, wait_until

MESSAGES = [{"role": "user", "content": "Hello"}]
REPLY = "Good morning, everybody. It is a fine day."
FOREVER = 60  # seconds; nothing here waits that long


@pytest.fixture
def configure(settings: Any) -> Any:
    def factory(server: ModelServer, timeout: float = FOREVER) -> None:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "probe"
        settings.AI_TIMEOUT_SECONDS = timeout

    return factory


@pytest.mark.parametrize("streams", [True, False], ids=["streams", "answers whole"])
def test_the_reply_comes_whole_from_endpoints_of_both_kinds(streams: bool, configure: Any) -> None:
    with ModelServer(REPLY, streams=streams) as server:
        configure(server)
        pieces = list(get_chat_model().stream(MESSAGES))
    assert "".join(pieces) == REPLY
    assert (len(pieces) > 3) is streams
    assert server.requests[0]["stream"] is True


def test_a_piece_is_there_before_the_next_is_made(configure: Any) -> None:
    with ModelServer(REPLY, hang_after=3) as server:
        configure(server)
        pieces = get_chat_model().stream(MESSAGES)
        assert next(pieces) == REPLY[:7]
        pieces.close()
        wait_until(lambda: server.left == 1)


@pytest.mark.parametrize(
    "server",
    [
        ModelServer(status=429, body=b"{}", headers={"Retry-After": "30"}),
        ModelServer(status=500, body=b"oops"),
        ModelServer(status=401, body=b"{}"),
        ModelServer(body=b"{not json"),
        ModelServer(stream_body=b"data: {not json\n\n"),
        ModelServer(stream_body=b'data: {"choices": [{"delta": 7}]}\n\n'),
        ModelServer(stream_body=b'data: {"error": {"message": "out of memory"}}\n\n'),
        ModelServer(stream_body=b"<html>Good morning</html>"),
        ModelServer(stream_body=b""),
        ModelServer(REPLY, cut=True),
        ModelServer(REPLY, delay=FOREVER),
        ModelServer(REPLY, hang_after=3),
        ModelServer(REPLY, pause=0.15),
        ModelServer(stream_body=b"data: " * 1000, pause=0.1),
        ModelServer("<think>well", endless=True),
    ],
    ids=[
        "429", "500", "401", "malformed", "malformed events", "other shape", "error in the stream", "a page",
        "nothing", "cut", "hangs", "hangs in the middle", "drips events", "drips bytes", "never ends",
    ],
)  # fmt: skip
def test_every_failure_is_an_error_of_our_own(server: ModelServer, configure: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(openai_like, "MOST_BYTES", 200_000)
    with server:
        configure(server, timeout=0.5)
        with pytest.raises(ModelError):
            list(get_chat_model().stream(MESSAGES))
        wait_until(lambda: not server.waiting or bool(server.delay))


def test_a_reply_larger_than_any_is_not_read_to_its_end(configure: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(openai_like, "MOST_BYTES", 100_000)
    with ModelServer("word " * 200_000, piece=20_000) as server:
        configure(server)
        with pytest.raises(ModelError):
            list(get_chat_model().stream(MESSAGES))


def test_hanging_up_ends_a_call_that_waits(configure: Any) -> None:
    hang_up, raised = HangUp(), []
    with ModelServer(REPLY, hang_after=2) as server:
        configure(server)

        def listen() -> None:
            try:
                list(get_chat_model().stream(MESSAGES, hang_up))
            except ModelError as error:
                raised.append(error)

        listener = threading.Thread(target=listen)
        listener.start()
        assert server.reached.wait(20)
        hang_up()
        listener.join(20)
        assert not listener.is_alive()
        wait_until(lambda: server.left == 1)
    assert len(raised) == 1


def test_after_hanging_up_nobody_is_called(configure: Any) -> None:
    hang_up = HangUp()
    hang_up()
    with ModelServer(REPLY) as server:
        configure(server)
        with pytest.raises(ModelError):
            list(get_chat_model().stream(MESSAGES, hang_up))
    assert not server.requests
