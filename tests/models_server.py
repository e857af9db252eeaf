"""An OpenAI-compatible server on loopback that answers as a test wants: well, badly, slowly, or not at all."""

import contextlib
import faulthandler
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.mp3s import make_mp3

PIECE = 7  # characters a streamed event


class ModelServer:
    """`with ModelServer(reply="…") as server:` serves chat, embeddings, transcription and speech at `server.url`.

    A chat that asks for a stream gets one, unless `streams` is False. `reply` may be a function of the request.
    `status` answers an error, `body` replaces the whole response, `delay` waits before answering, `cut`
    closes the line in the middle, `headers` are added. In a stream, `pause` waits before every event,
    `hang_after` falls silent after that many of them, `stream_body` replaces all events, and `endless`
    repeats the reply until nobody listens. `embed` gives a text's vector. What was asked stands in `requests`,
    how many wait for an answer in `waiting`, and how many readers left in the middle in `left`. `on_request` is
    called with each request before it is answered.
    """

    def __init__(
        self,
        reply: str | Callable[[dict[str, Any]], str] = "",
        *,
        status: int = 200,
        body: bytes | None = None,
        delay: float = 0,
        cut: bool = False,
        streams: bool = True,
        pause: float = 0,
        hang_after: int | None = None,
        stream_body: bytes | None = None,
        endless: bool = False,
        headers: dict[str, str] | None = None,
        piece: int = PIECE,
        embed: Callable[[str], list[float]] | None = None,
    ) -> None:
        self.reply, self.status, self.body, self.delay, self.cut = reply, status, body, delay, cut
        self.streams, self.pause, self.hang_after, self.endless = streams, pause, hang_after, endless
        self.stream_body, self.headers, self.piece = stream_body, headers or {}, piece
        self.embed = embed or (lambda text: [float(len(text)), 1.0])
        self.on_request: Callable[[dict[str, Any]], None] = lambda asked: None
        self.requests: list[dict[str, Any]] = []
        self.waiting = 0
        self.left = 0
        self.reached = threading.Event()
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()

    def _text(self, asked: dict[str, Any]) -> str:
        return self.reply(asked) if callable(self.reply) else self.reply

    def _response(self, path: str, asked: dict[str, Any]) -> bytes:
        if self.body is not None:
            return self.body
        if path.endswith("/audio/transcriptions"):
            return json.dumps({"text": self._text(asked)}).encode()
        if path.endswith("/audio/speech"):
            return make_mp3(len(asked["input"].split()) / 3)
        if path.endswith("/embeddings"):
            texts = asked["input"]
            data = [
                {"object": "embedding", "index": n, "embedding": self.embed(text)}
                for n, text in enumerate(texts)
            ]
            return json.dumps({"object": "list", "model": asked["model"], "data": data, "usage": {}}).encode()
        message = {"role": "assistant", "content": self._text(asked)}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        answer = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": asked["model"],
            "usage": usage,
        }
        return json.dumps({**answer, "choices": [choice]}).encode()

    def _events(self, asked: dict[str, Any]) -> Iterator[bytes]:
        """The chunks of a streamed chat completion, as OpenAI's API sends them."""
        if self.stream_body is not None:
            yield self.stream_body
            return

        def event(delta: dict[str, str], finish_reason: str | None = None) -> bytes:
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": asked["model"]}
            choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
            return f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode()

        yield event({"role": "assistant", "content": ""})
        text = self._text(asked)
        pieces = [text[at : at + self.piece] for at in range(0, len(text), self.piece)]
        while True:
            yield from (event({"content": piece}) for piece in pieces)
            if not self.endless:
                break
        yield event({}, "stop")
        yield b"data: [DONE]\n\n"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                is_json = self.headers.get("Content-Type", "").startswith("application/json")
                asked = json.loads(body) if is_json else {"model": "", "body": body}
                outer.requests.append({"path": self.path, "key": self.headers.get("Authorization"), **asked})
                outer.waiting += 1
                outer.reached.set()
                try:
                    outer.released.wait(outer.delay)
                    status = outer.status
                    outer.on_request(asked)
                    self.answer(asked, status)
                except OSError:
                    outer.left += 1
                finally:
                    outer.waiting -= 1

            def answer(self, asked: dict[str, Any], status: int) -> None:
                if asked.get("stream") and outer.streams and status == 200 and outer.body is None:
                    self.stream(asked)
                    return
                content = outer._response(self.path, asked)
                self.send_response(status)
                kind = "audio/mpeg" if self.path.endswith("/audio/speech") else "application/json"
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if outer.cut else content)

            def stream(self, asked: dict[str, Any]) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                events = outer._events(asked)
                if outer.cut:
                    events = (whole := list(events))[: len(whole) // 2]
                for number, event in enumerate(events):
                    if outer.hang_after == number:
                        self.wait_for_the_reader_to_leave()
                        return
                    if outer.pause:
                        self.drip(event)
                    else:
                        self.wfile.write(event)

            def drip(self, event: bytes) -> None:
                """The event at the given pace, a `stream_body` byte by byte; notices when nobody listens."""
                size = 1 if outer.stream_body is not None else len(event)
                for at in range(0, len(event), size):
                    if outer.released.wait(outer.pause):
                        raise ConnectionAbortedError
                    self.wfile.write(event[at : at + size])
                    self.wfile.flush()

            def wait_for_the_reader_to_leave(self) -> None:
                self.connection.settimeout(0.02)
                while not outer.released.is_set():
                    with contextlib.suppress(TimeoutError):
                        if self.connection.recv(1, socket.MSG_PEEK) == b"":
                            outer.left += 1
                            return

            def log_message(self, *args: object) -> None:
                pass

        return Handler


def wait_until(is_true: Callable[[], bool], seconds: float = 30) -> None:
    """Fails when it is still not true by then."""
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            faulthandler.dump_traceback(sys.__stderr__)  # whoever waits for whom
            raise AssertionError("it never became true")
        time.sleep(0.01)
