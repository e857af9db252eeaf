"""What `hub/pagepool.py` relies upon, over a real server: pages, streams, uploads, readers who leave."""

import asyncio
import gc
import hashlib
import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from hub.pagepool import PagePoolHandler
from tests.serving import LiveSite

STREAMS = 40
THREADS = 3
ended: list[str] = []
running = threading.Semaphore(0)
gate = threading.Event()


@login_not_required
def page(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"thread": threading.current_thread().name})


@login_not_required
def failing(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


@login_not_required
def slow(request: HttpRequest) -> HttpResponse:
    running.release()
    gate.wait(10)
    ended.append(request.body.decode())
    return HttpResponse("slow")


@login_not_required
def stream(request: HttpRequest) -> StreamingHttpResponse:
    async def events() -> AsyncIterator[str]:
        try:
            for number in range(1000):
                yield f"data: {number}\n\n"
                await asyncio.sleep(0.05 if number < 2 else 60)
        finally:
            ended.append("stream")

    return StreamingHttpResponse(events(), content_type="text/event-stream")


@csrf_exempt
@login_not_required
def upload(request: HttpRequest) -> JsonResponse:
    digest = hashlib.sha256()
    for chunk in request.FILES["file"].chunks():
        digest.update(chunk)
    return JsonResponse({"sha256": digest.hexdigest()})


@login_not_required
def download(request: HttpRequest) -> FileResponse:
    return FileResponse(open(request.GET["path"], "rb"))


urlpatterns = [
    path("page", page),
    path("failing", failing),
    path("slow", csrf_exempt(slow)),
    path("notebook/ask/", csrf_exempt(slow)),
    path("stream", stream),
    path("upload", upload),
    path("api/upload", upload),
    path("download", download),
    path("", include("hub.urls")),
]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.hub.test_pagepool")]


@pytest.fixture
def site(settings) -> Iterator[LiveSite]:
    settings.WEB_THREADS = THREADS
    settings.UPLOAD_MAX_BYTES = 3 * 1024 * 1024
    ended.clear()
    gate.clear()
    with LiveSite(PagePoolHandler()) as site:
        yield site
    gate.set()


def open_stream(site: LiveSite, target: str = "/stream") -> socket.socket:
    reader = socket.create_connection(("127.0.0.1", site.port), timeout=10)
    reader.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return reader


def read_until(reader: socket.socket, text: bytes) -> bytes:
    received = b""
    while text not in received:
        chunk = reader.recv(4096)
        assert chunk, f"closed after {received!r}"
        received += chunk
    return received


def wait_until(is_true, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.01)


def database_connections() -> int:
    """Connections that threads of this process hold now."""
    gc.collect()
    # type(): a lazy object of some other test would wake up at isinstance().
    wrappers = [thing for thing in gc.get_objects() if issubclass(type(thing), BaseDatabaseWrapper)]
    return sum(wrapper.connection is not None for wrapper in wrappers)


def test_pages_share_the_bounded_pool(site: LiveSite) -> None:
    with httpx.Client(base_url=site.url) as client:
        names = {client.get("/page").json()["thread"] for _ in range(3 * THREADS)}
    assert len(names) <= THREADS
    assert all(name.startswith("page") for name in names)


def test_questions_that_wait_for_a_model_leave_the_pages_free(site: LiveSite) -> None:
    asking = 3 * THREADS
    readers = [open_stream(site, "/notebook/ask/") for _ in range(asking)]
    assert running.acquire(timeout=10)
    with httpx.Client(base_url=site.url, timeout=5) as client:
        assert client.get("/page").status_code == 200
    gate.set()
    wait_until(lambda: len(ended) == asking)
    for reader in readers:
        reader.close()


def test_an_error_is_a_page_with_status_500(site: LiveSite) -> None:
    assert httpx.get(f"{site.url}/failing").status_code == 500
    assert httpx.get(f"{site.url}/page").status_code == 200


def test_a_stream_arrives_piece_by_piece(site: LiveSite) -> None:
    with open_stream(site) as reader:
        started = time.monotonic()
        read_until(reader, b"data: 2")
        assert time.monotonic() - started < 5


def test_open_streams_hold_no_thread_and_no_connection(site: LiveSite) -> None:
    assert httpx.get(f"{site.url}/page").status_code == 200
    threads, connections = threading.active_count(), database_connections()
    readers = [open_stream(site) for _ in range(STREAMS)]
    for reader in readers:
        read_until(reader, b"data: 2")
    assert httpx.get(f"{site.url}/page").status_code == 200
    assert threading.active_count() <= threads + THREADS
    assert database_connections() <= connections + THREADS
    for reader in readers:
        reader.close()
    wait_until(lambda: ended.count("stream") == STREAMS)


def test_a_stream_ends_when_its_reader_leaves(site: LiveSite) -> None:
    with open_stream(site) as reader:
        read_until(reader, b"data: 0")
    wait_until(lambda: ended == ["stream"])


def test_a_page_whose_reader_left_ends_in_peace(site: LiveSite, caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as reader:
        reader.sendall(b"POST /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello")
        assert running.acquire(timeout=10)
    assert httpx.get(f"{site.url}/page").status_code == 200
    gate.set()
    wait_until(lambda: ended == ["hello"])
    assert httpx.get(f"{site.url}/page").status_code == 200
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_an_upload_arrives_whole(site: LiveSite) -> None:
    content = os.urandom(2 * 1024 * 1024)
    answer = httpx.post(f"{site.url}/upload", files={"file": ("a.bin", content)})
    assert answer.json() == {"sha256": hashlib.sha256(content).hexdigest()}


@pytest.mark.parametrize(
    ("target", "language", "sentence"),
    [("/upload", "de", "</html>"), ("/api/upload", "en", "the most the hub takes")],
)
def test_an_oversized_upload_is_refused_in_a_sentence(
    site: LiveSite, target: str, language: str, sentence: str
) -> None:
    content = b"x" * (5 * 1024 * 1024)
    answer = httpx.post(
        f"{site.url}{target}", files={"file": ("a.bin", content)}, headers={"Accept-Language": language}
    )
    assert answer.status_code == 413
    assert sentence in answer.text
    assert answer.headers["Content-Language"] == language


def test_a_file_is_sent_whole(site: LiveSite, tmp_path: Path) -> None:
    file = tmp_path / "large.bin"
    file.write_bytes(os.urandom(1024 * 1024 + 17))
    answer = httpx.get(f"{site.url}/download", params={"path": str(file)})
    assert answer.content == file.read_bytes()
    assert answer.headers["Content-Length"] == str(len(answer.content))


def test_nothing_is_left_when_the_server_ends(settings) -> None:
    settings.WEB_THREADS = THREADS
    connection.ensure_connection()
    connections = database_connections()
    with LiveSite(PagePoolHandler()) as site, httpx.Client(base_url=site.url) as client:
        for _ in range(2 * THREADS):
            assert client.get("/page").status_code == 200
    wait_until(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("page")])
    assert database_connections() == connections
