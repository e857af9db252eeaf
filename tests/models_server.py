"""An OpenAI-compatible server on loopback that answers as a test wants: well, badly, slowly, or not at all."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class ModelServer:
    """`with ModelServer(reply="…") as server:` serves chat and embeddings at `server.url`.

    `status` answers an error, `body` replaces the whole response, `delay` waits before answering, and
    `cut` closes the line in the middle. What was asked stands in `requests`.
    """

    def __init__(
        self,
        reply: str = "",
        *,
        status: int = 200,
        body: bytes | None = None,
        delay: float = 0,
        cut: bool = False,
    ) -> None:
        self.reply, self.status, self.body, self.delay, self.cut = reply, status, body, delay, cut
        self.requests: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _response(self, path: str, asked: dict[str, Any]) -> bytes:
        if self.body is not None:
            return self.body
        if path.endswith("/embeddings"):
            texts = asked["input"]
            data = [
                {"object": "embedding", "index": n, "embedding": [float(len(t)), 1.0]}
                for n, t in enumerate(texts)
            ]
            return json.dumps({"object": "list", "model": asked["model"], "data": data, "usage": {}}).encode()
        message = {"role": "assistant", "content": self.reply}
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

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append({"path": self.path, "key": self.headers.get("Authorization"), **asked})
                time.sleep(outer.delay)
                content = outer._response(self.path, asked)
                self.send_response(outer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                with contextlib.suppress(BrokenPipeError):
                    self.wfile.write(content[: len(content) // 2] if outer.cut else content)

            def log_message(self, *args: object) -> None:
                pass

        return Handler
