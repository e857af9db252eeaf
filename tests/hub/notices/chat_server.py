"""A real HTTP server on loopback that answers as messengers do: also 429, 410, 500, a redirect, or never."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Chat:
    """What the server got. `answers` maps a path to (status, headers); other paths answer 200.

    `hang`, `drip` and `flood` as a status: no answer, one byte now and then, or one without an end.
    """

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answers: dict[str, tuple[int | str, dict[str, str]]] = field(default_factory=dict)
    is_over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/ok") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, status: int | str, **headers: str) -> str:
        """From now on that path answers so; gives its address."""
        self.answers[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.url(path)


@contextmanager
def chat_server() -> Iterator[Chat]:
    chat = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            chat.got.append(Got(self.path, headers, body))
            status, fields = chat.answers.get(self.path, (200, {}))
            if isinstance(status, int):
                self.send_response(status)
                for name, value in fields.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            elif status == "hang":
                chat.is_over.wait(30)
            elif status == "drip":
                self._drip()
            else:
                self._flood()

        do_GET = do_POST

        def _drip(self) -> None:
            try:
                for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                return

        def _flood(self) -> None:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            try:
                while not chat.is_over.is_set():
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    chat.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        chat.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
