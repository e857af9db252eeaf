"""The embedded broker loses nothing and delivers nothing twice, in one process and to real workers."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest
from celery import Celery
from kombu import Connection, Exchange, Queue

import hub  # noqa: F401  (registers the scheme sqlitefile)
from tests.hub.broker_app import make_app

WORK = Queue("work", Exchange("work", type="direct"), routing_key="work")
OPTIONS = {"visibility_timeout": 0.4, "polling_interval": 0.02, "max_tries": 3}


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[[], Connection]]:
    opened: list[Connection] = []

    def open_one() -> Connection:
        opened.append(Connection(f"sqlitefile:///{tmp_path / 'broker.sqlite3'}", transport_options=OPTIONS))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.release()


def publish(connection: Connection, *numbers: int) -> None:
    with connection.Producer() as producer:
        for number in numbers:
            producer.publish(number, exchange=WORK.exchange, routing_key="work", declare=[WORK])


def rows(tmp_path: Path, table: str) -> int:
    with sqlite3.connect(tmp_path / "broker.sqlite3") as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_an_acknowledged_message_is_gone(connect: Callable[[], Connection], tmp_path: Path) -> None:
    connection = connect()
    publish(connection, 1, 2)
    queue = WORK(connection.default_channel)
    first = queue.get()
    first.ack()
    assert first.payload == 1
    assert rows(tmp_path, "message") == 1


def test_a_message_in_work_stays_hidden_beyond_the_timeout(connect: Callable[[], Connection]) -> None:
    ours, theirs = connect(), connect()
    publish(ours, 1)
    assert WORK(ours.default_channel).get().payload == 1
    time.sleep(2.5 * OPTIONS["visibility_timeout"])
    assert WORK(theirs.default_channel).get() is None


def test_a_message_of_a_silent_worker_comes_back(connect: Callable[[], Connection]) -> None:
    ours, theirs = connect(), connect()
    publish(ours, 1)
    message = WORK(ours.default_channel).get()
    ours.default_channel._closing.set()
    time.sleep(1.5 * OPTIONS["visibility_timeout"])
    again = WORK(theirs.default_channel).get()
    assert again.payload == message.payload == 1
    assert again.delivery_info["redelivered"] is True


def test_a_rejected_message_comes_back_at_once_if_asked(
    connect: Callable[[], Connection], tmp_path: Path
) -> None:
    connection = connect()
    publish(connection, 1)
    queue = WORK(connection.default_channel)
    queue.get().requeue()
    queue.get().reject()
    assert queue.get() is None
    assert rows(tmp_path, "message") == 0


def test_a_poisonous_message_is_put_aside(
    connect: Callable[[], Connection], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    connection = connect()
    publish(connection, 1, 2)
    queue = WORK(connection.default_channel)
    for _ in range(OPTIONS["max_tries"]):
        message = queue.get()
        assert message.payload == 1
        message.requeue()
    assert queue.get().payload == 2
    assert rows(tmp_path, "dead") == 1
    assert "put a message aside" in caplog.text


def test_a_worker_that_ends_hands_back_without_counting_a_try(connect: Callable[[], Connection]) -> None:
    publish(connect(), 1)
    for _ in range(OPTIONS["max_tries"] + 2):
        connection = connect()
        assert WORK(connection.default_channel).get().payload == 1
        connection.release()


def test_the_renewal_ends_with_its_channel(connect: Callable[[], Connection]) -> None:
    connection = connect()
    publish(connection, 1)
    channel = connection.channel()
    WORK(channel).get()
    renewal = channel._renewal
    assert renewal.is_alive()
    channel.close()
    assert not renewal.is_alive()


def test_a_broadcast_reaches_every_bound_queue_once(
    connect: Callable[[], Connection], tmp_path: Path
) -> None:
    connection = connect()
    everybody = Exchange("everybody", type="fanout")
    queues = [Queue(name, everybody)(connection.default_channel) for name in ("left", "right")]
    for queue in queues:
        queue.declare()
    with connect().Producer() as producer:
        producer.publish("hello", exchange=everybody, declare=[everybody])
    left, right = (queue.get() for queue in queues)
    left.ack()
    assert right.payload == "hello"
    assert rows(tmp_path, "message") == 1
    assert queues[1].get(no_ack=True) is None


def test_a_message_taken_without_acknowledgement_is_gone(
    connect: Callable[[], Connection], tmp_path: Path
) -> None:
    connection = connect()
    publish(connection, 1)
    assert WORK(connection.default_channel).get(no_ack=True).payload == 1
    assert rows(tmp_path, "message") == 0


def test_consumers_side_by_side_share_the_messages(connect: Callable[[], Connection]) -> None:
    publish(connect(), *range(150))

    def drain(connection: Connection) -> list[int]:
        taken, queue = [], WORK(connection.default_channel)
        while message := queue.get():
            taken.append(message.payload)
            message.ack()
        return taken

    with ThreadPoolExecutor(3) as pool:
        taken = [number for part in pool.map(drain, [connect() for _ in range(3)]) for number in part]
    assert sorted(taken) == list(range(150))


# --- real workers --------------------------------------------------------------------------------
class Site:
    """A folder with a broker in it, and the workers that were started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app: Celery = make_app(folder)
        self.workers: list[subprocess.Popen] = []

    def start_worker(self, name: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "tests.hub.broker_app", "worker"]
        options = [
            "-P",
            "threads",
            "-c",
            "2",
            "-n",
            name,
            "--without-gossip",
            "--without-mingle",
            "-l",
            "warning",
        ]
        environment = {**os.environ, "BROKER_TEST_FOLDER": str(self.folder)}
        with (self.folder / f"{name}.log").open("w") as log:
            self.workers.append(
                subprocess.Popen([*command, *options], env=environment, stdout=log, stderr=subprocess.STDOUT)
            )
        return self.workers[-1]

    def lines(self, kind: str) -> list[str]:
        path = self.folder / kind
        return path.read_text().splitlines() if path.exists() else []

    def wait_for(self, kind: str, count: int, seconds: float = 20) -> list[str]:
        deadline = time.monotonic() + seconds
        while len(self.lines(kind)) < count:
            if time.monotonic() > deadline:
                logs = "\n".join(path.read_text() for path in self.folder.glob("*.log"))
                pytest.fail(f"{len(self.lines(kind))} of {count} {kind} after {seconds} s\n{logs}")
            time.sleep(0.02)
        return self.lines(kind)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.app.close()
    for worker in site.workers:
        worker.kill()
        worker.wait()


def test_two_workers_do_every_task_once_and_soon(site: Site) -> None:
    for name in ("one", "two"):
        site.start_worker(name)
    deadline = time.monotonic() + 20
    while len(site.app.control.ping(timeout=0.3, limit=2)) < 2:
        assert time.monotonic() < deadline, "the workers do not answer a broadcast"
    for number in range(60):
        site.app.send_task("mark", (number, time.time()))
    site.wait_for("marked", 60)
    for number in range(60, 70):
        site.app.send_task("mark", (number, time.time()))
        site.wait_for("marked", number + 1)
    marked = [line.split() for line in site.lines("marked")]
    assert sorted(int(number) for number, _ in marked) == list(range(70))
    assert median(float(seconds) for number, seconds in marked if int(number) >= 60) < 0.5


def test_kill_9_loses_neither_running_nor_waiting_tasks(site: Site) -> None:
    for number in range(4):
        site.app.send_task("wait_for_gate", (number,))
    worker = site.start_worker("victim")
    assert sorted(site.wait_for("begun", 2)) == ["0", "1"]
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    (site.folder / "gate").touch()
    site.start_worker("heir")
    assert sorted(site.wait_for("done", 4)) == ["0", "1", "2", "3"]
