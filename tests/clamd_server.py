"""A server on loopback that speaks clamd's INSTREAM as a test wants: a verdict, a limit, silence, a cut line."""

import contextlib
import socket
import struct
import threading
from typing import Self


class ClamdServer:
    """`with ClamdServer() as server:` answers at `server.address`; the bytes it was sent stand in `received`.

    `reply` is what it answers after the last chunk, None never; `limit` makes it refuse and hang up in the
    middle of a stream of more bytes; `cut` closes the line in the middle of the reply.
    """

    def __init__(
        self, reply: str | None = "stream: OK", *, limit: int | None = None, cut: bool = False, path: str = ""
    ) -> None:
        self.reply, self.limit, self.cut = reply, limit, cut
        self.received: list[bytes] = []
        if path:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._socket.bind(path)
            self._socket.listen()
            self.address = path
        else:
            self._socket = socket.create_server(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._held: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        for line in (self._socket, *self._held):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._socket.accept()
            except OSError:
                return
            with contextlib.suppress(OSError, EOFError):
                self._answer(line)
            if self.reply is None:
                self._held.append(line)
            else:
                line.close()

    def _answer(self, line: socket.socket) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self._exactly(line, 1)
        if command != b"zINSTREAM\0":
            line.sendall(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!I", self._exactly(line, 4))[0]:
            content += self._exactly(line, size)
            if self.limit is not None and len(content) > self.limit:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.received.append(content)
        if self.reply is not None:
            reply = self.reply.encode() + b"\0"
            line.sendall(reply[: len(reply) // 2] if self.cut else reply)

    def _exactly(self, line: socket.socket, size: int) -> bytes:
        received = b""
        while len(received) < size:
            piece = line.recv(size - len(received))
            if not piece:
                raise EOFError
            received += piece
        return received
