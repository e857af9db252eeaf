"""The line of one call to an endpoint: bounded in time and size, and cut by a clock or by another thread.

A client's own timeout counts from one byte to the next, so that an endpoint that drips would be waited for
all day. Here the whole call has one deadline.
"""

import contextlib
import logging
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any, Self

import httpx

TAIL = 64  # bytes

# At its level DEBUG the client library writes whole requests into the log: questions, passages, recordings.
logging.getLogger("openai").setLevel(logging.WARNING)


class Line:
    """`with Line(seconds=60, most_bytes=…) as line:` lends `line.client` to whoever makes the call.

    The time begins with the first request; a second one on the same line gets what is left of it.
    After a cut whatever was read is not to be believed to be whole: ask `is_cut`.
    """

    def __init__(self, *, seconds: float, most_bytes: int) -> None:
        self.seconds, self.ends_at = seconds, 0.0
        self.most_bytes = most_bytes
        self.is_cut = False
        self.content_type = ""
        self.tail = b""
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._clock = threading.Timer(seconds, self.cut)
        self._clock.daemon = True
        hooks = {"request": [self._prepare], "response": [self._bound]}
        self.client = httpx.Client(event_hooks=hooks, follow_redirects=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._clock.cancel()
        self.client.close()

    def cut(self) -> None:
        """Wakes a thread that waits for the endpoint; closing the socket alone would leave it waiting."""
        with self._lock:
            self.is_cut = True
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    # Closed at once and for good: an endpoint that goes on writing must not wait for a reader.
                    self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _prepare(self, request: httpx.Request) -> None:
        if not self.ends_at:
            # Not before: loading the client library takes a while, the first time.
            self.ends_at = time.monotonic() + self.seconds
            self._clock.start()
        left = self.ends_at - time.monotonic()
        if self.is_cut or left <= 0:
            raise httpx.ReadTimeout("The time for this call is over.", request=request)
        request.headers["Accept-Encoding"] = "identity"
        request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)
        request.extensions["trace"] = self._note

    def _note(self, name: str, info: dict[str, Any]) -> None:
        if not name.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        with self._lock:
            self._socket = info["return_value"].get_extra_info("socket")
        if self.is_cut:
            self.cut()

    def _bound(self, response: httpx.Response) -> None:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise httpx.DecodingError("The reply is compressed, though that was not offered.")
        self.content_type = response.headers.get("Content-Type", "")
        response.stream = _Bounded(response.stream, self)


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: Any, line: Line) -> None:
        self.stream, self.line, self.count = stream, line, 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.stream:
            self.count += len(chunk)
            if self.count > self.line.most_bytes:
                raise httpx.ReadError("The reply is longer than any answer.")
            self.line.tail = (self.line.tail + chunk)[-TAIL:]
            yield chunk

    def close(self) -> None:
        self.stream.close()
