"""The embedded message broker: a kombu transport on one SQLite file, for a site without Redis or RabbitMQ.

A fetched message is hidden for `visibility_timeout` seconds and deleted only when it is acknowledged, so a
worker that dies with `kill -9` loses nothing. While the worker lives, a thread keeps its messages hidden.
A message that was fetched `max_tries` times without an acknowledgement is put aside in the table `dead`.

URL: `sqlitefile:////absolute/path/broker.sqlite3`. `hub/celery.py` registers the scheme.
"""

import logging
import os
import sqlite3
import threading
import time
import uuid
from queue import Empty
from typing import Any

from kombu.transport import virtual
from kombu.utils.json import dumps, loads

SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, tag TEXT NOT NULL UNIQUE, queue TEXT NOT NULL,
    payload TEXT NOT NULL, visible_at REAL NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS message_by_queue ON message (queue, seq);
CREATE TABLE IF NOT EXISTS binding (
    exchange TEXT NOT NULL, routing_key TEXT NOT NULL, pattern TEXT NOT NULL, queue TEXT NOT NULL,
    PRIMARY KEY (exchange, routing_key, pattern, queue)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead (
    tag TEXT PRIMARY KEY, queue TEXT NOT NULL, payload TEXT NOT NULL, died_at REAL NOT NULL
);
"""
NEXT = "SELECT seq FROM message WHERE queue = ? AND visible_at <= ? ORDER BY seq LIMIT 1"
BUSY_SECONDS = 20

logger = logging.getLogger(__name__)
_open = threading.local()


def _connect(path: str) -> sqlite3.Connection:
    """This thread's own connection to the file. Asked by process too: a forked one must not be shared."""
    key = (os.getpid(), path)
    connections: dict[tuple[int, str], sqlite3.Connection] = _open.__dict__.setdefault("connections", {})
    if key not in connections:
        if sqlite3.sqlite_version_info < (3, 35):
            raise sqlite3.NotSupportedError(
                f"The embedded broker needs SQLite 3.35, not {sqlite3.sqlite_version}"
            )
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        _prepare(connection)
        connections[key] = connection
    return connections[key]


def _prepare(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            # SQLite does not wait for this lock by itself; another process is switching the same file.
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(SCHEMA)


class Channel(virtual.Channel):
    supports_fanout = True
    visibility_timeout = 30.0
    max_tries = 5
    from_transport_options = (*virtual.Channel.from_transport_options, "visibility_timeout", "max_tries")

    def __init__(self, connection: "Transport", **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        self._transport = connection
        self._path = connection.client.virtual_host
        self._unacknowledged: set[str] = set()
        self._unacknowledging: set[str] = set()
        self._closing = threading.Event()
        self._renewal: threading.Thread | None = None
        self._execute("SELECT 1")

    def _execute(self, statement: str, *values: Any) -> list[tuple]:
        """Run one statement to its end: an unread RETURNING would leave its transaction open."""
        return _connect(self._path).execute(statement, values).fetchall()

    # --- queues ----------------------------------------------------------------------------------
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        # One publication may reach several queues; each copy is acknowledged on its own.
        tag = uuid.uuid4().hex
        copy = {**payload, "properties": {**payload["properties"], "delivery_tag": tag}}
        self._execute("INSERT INTO message (tag, queue, payload) VALUES (?, ?, ?)", tag, queue, dumps(copy))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        while True:
            now = time.time()
            # Reading first: an idle worker must not take the write lock ten times a second.
            if not self._execute(NEXT, queue, now):
                raise Empty
            fetched = self._execute(
                f"UPDATE message SET visible_at = ?, tries = tries + 1 WHERE seq = ({NEXT}) "
                "RETURNING tag, payload, tries",
                now + self.visibility_timeout,
                queue,
                now,
            )
            if not fetched:
                raise Empty
            tag, text, tries = fetched[0]
            if tries > self.max_tries:
                self._bury(tag)
                continue
            payload = loads(text)
            payload["properties"].setdefault("delivery_info", {})["redelivered"] = tries > 1
            if queue in self._unacknowledging:
                self._forget(tag)
            else:
                self._keep_hidden(tag)
            return payload

    def _bury(self, tag: str) -> None:
        self._execute(
            "INSERT OR REPLACE INTO dead SELECT tag, queue, payload, ? FROM message WHERE tag = ?",
            time.time(),
            tag,
        )
        self._forget(tag)
        logger.error("put a message aside that was fetched %d times and never acknowledged", self.max_tries)

    def _forget(self, tag: str) -> None:
        self._unacknowledged.discard(tag)
        self._execute("DELETE FROM message WHERE tag = ?", tag)

    def _size(self, queue: str) -> int:
        return self._execute("SELECT count(*) FROM message WHERE queue = ?", queue)[0][0]

    def _purge(self, queue: str) -> int:
        """Remove what nobody has fetched; returns how many."""
        return len(
            self._execute(
                "DELETE FROM message WHERE queue = ? AND visible_at <= ? RETURNING 1", queue, time.time()
            )
        )

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        # A worker's control queue outlives a killed worker here; its successor must not obey old commands.
        if kwargs.get("auto_delete"):
            self._purge(queue)

    def _delete(self, queue: str, *args: Any, **kwargs: Any) -> None:
        self._execute("DELETE FROM message WHERE queue = ?", queue)
        self._execute("DELETE FROM binding WHERE queue = ?", queue)

    # --- exchanges -------------------------------------------------------------------------------
    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        self._execute(
            "INSERT OR IGNORE INTO binding VALUES (?, ?, ?, ?)",
            exchange,
            routing_key or "",
            pattern or "",
            queue,
        )

    def get_table(self, exchange: str) -> list[tuple]:
        return self._execute("SELECT routing_key, pattern, queue FROM binding WHERE exchange = ?", exchange)

    def _put_fanout(self, exchange: str, payload: dict[str, Any], routing_key: str, **kwargs: Any) -> None:
        for _, _, queue in self.get_table(exchange):
            self._put(queue, payload)

    # --- delivery --------------------------------------------------------------------------------
    def basic_consume(self, queue: str, no_ack: bool, *args: Any, **kwargs: Any) -> Any:
        if no_ack:
            self._unacknowledging.add(queue)
        return super().basic_consume(queue, no_ack, *args, **kwargs)

    def basic_get(self, queue: str, no_ack: bool = False, **kwargs: Any) -> virtual.Message | None:
        message = super().basic_get(queue, no_ack=no_ack, **kwargs)
        if message and no_ack:
            self._forget(message.delivery_tag)
        return message

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        self._forget(delivery_tag)
        super().basic_ack(delivery_tag, multiple)
        self._transport.has_room.set()

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        super().basic_reject(delivery_tag, requeue)
        if not requeue:
            self._forget(delivery_tag)
        self._transport.has_room.set()

    def _restore_at_beginning(self, message: virtual.Message) -> None:
        """Rejected to be tried again."""
        self._show(message.delivery_tag)

    def _restore(self, message: virtual.Message) -> None:
        """Handed back because this worker ends, which is no fault of the message."""
        self._show(message.delivery_tag, tries=-1)

    def _show(self, tag: str, *, tries: int = 0) -> None:
        self._unacknowledged.discard(tag)
        self._execute("UPDATE message SET visible_at = 0, tries = tries + ? WHERE tag = ?", tries, tag)

    # --- renewal ---------------------------------------------------------------------------------
    def _keep_hidden(self, tag: str) -> None:
        self._unacknowledged.add(tag)
        if self._renewal is None:
            self._renewal = threading.Thread(target=self._renew, name="broker-renewal", daemon=True)
            self._renewal.start()

    def _renew(self) -> None:
        while not self._closing.wait(self.visibility_timeout / 3):
            until = time.time() + self.visibility_timeout
            try:
                for tag in tuple(self._unacknowledged):
                    self._execute(
                        "UPDATE message SET visible_at = ? WHERE tag = ? AND visible_at > 0", until, tag
                    )
            except sqlite3.OperationalError:
                logger.warning("could not renew the hold on fetched messages, trying again", exc_info=True)

    def close(self) -> None:
        self._closing.set()
        if self._renewal is not None and self._renewal is not threading.current_thread():
            self._renewal.join()
        super().close()


class Transport(virtual.Transport):
    Channel = Channel
    polling_interval = 0.05
    driver_type = "sqlite"
    driver_name = "sqlite3"
    connection_errors = (*virtual.Transport.connection_errors, sqlite3.OperationalError)
    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset({"direct", "topic", "fanout"})
    )

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.has_room = threading.Event()

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        """As kombu's, but an acknowledgement ends the pause: the worker has room for the next message."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            self.has_room.clear()
            try:
                return self.cycle.get(self._deliver, timeout=timeout)
            except Empty:
                if deadline is not None and time.monotonic() >= deadline:
                    raise TimeoutError from None
                self.has_room.wait(self.polling_interval)

    @property
    def default_connection_params(self) -> dict[str, Any]:
        """None: kombu would fall back on the host "localhost" and say so in the log."""
        return {}

    def driver_version(self) -> str:
        return sqlite3.sqlite_version
