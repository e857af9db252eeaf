"""Friday at nine: check-ins at 64 connections against a bare view, on PostgreSQL, by two web processes each.

`python -m tests.bench.check_ins [people]` prints the rates of three rounds each, in turn, and the ratio of their
medians; then counts rows, duplicates and the ledger's sum. The floor is a Django view on the same server that reads
the session, checks CSRF and makes one INSERT.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from uuid import UUID

import psycopg

import tests.environment  # noqa: F401  (before Django reads its settings)
from tests.required import POSTGRES_URL

CONNECTIONS, ROUNDS, PROCESSES, PEOPLE = 64, 3, 2, 2000
DATABASE = f"hatpin_bench_{os.getpid()}"
os.environ.update(
    DJANGO_SETTINGS_MODULE="hub.settings",
    LOG_LEVEL="ERROR",
    DATABASE_URL=f"{POSTGRES_URL.rsplit('/', 1)[0]}/{DATABASE}",
)
SECRET = "s" * 32


@contextmanager
def database() -> Iterator[None]:
    with psycopg.connect(POSTGRES_URL, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE}")
        try:
            yield
        finally:
            admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@contextmanager
def served(settings: str) -> Iterator[int]:
    """Two uvicorn processes of the product's own handler; gives their port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "hub.asgi:application", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(PROCESSES), "--no-access-log", "--log-level", "error"]
    process = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings})
    try:
        for _try in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                break
            time.sleep(0.1)
        time.sleep(2)  # both processes
        yield port
    finally:
        process.terminate()
        process.wait(20)


def make_people(count: int) -> list[str]:
    """Session keys of as many signed-in people."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from hub.people.models import User

    people = [
        User(email=f"p{n}@hatpin.example", first_name="P", last_name=str(n), password="!")
        for n in range(count)
    ]
    people = User.objects.bulk_create(people, batch_size=1000)
    store, expires = SessionStore(), timezone.now() + timedelta(days=1)
    sessions = []
    for person in people:
        data = {
            "_auth_user_id": str(person.pk),
            "_auth_user_backend": "django.contrib.auth.backends.ModelBackend",
            "_auth_user_hash": person.get_session_auth_hash(),
        }
        sessions.append(
            Session(session_key=f"{person.pk:032d}", session_data=store.encode(data), expire_date=expires)
        )
    Session.objects.bulk_create(sessions, batch_size=1000)
    return [session.session_key for session in sessions]


async def press(port: int, path: str, keys: list[str], body: object) -> tuple[float, int]:
    """All of them POST once over 64 connections kept open; (seconds, how many were answered by a redirect)."""
    from django.conf import settings

    waiting, done, cookie = iter(keys), 0, settings.SESSION_COOKIE_NAME

    async def one() -> None:
        nonlocal done
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for key in waiting:
            content = body().encode()
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                f"Cookie: {cookie}={key}; csrftoken={SECRET}\r\nX-CSRFToken: {SECRET}\r\n"
                f"Content-Length: {len(content)}\r\n\r\n".encode()
                + content
            )
            head = await reader.readuntil(b"\r\n\r\n")
            length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            if length:
                await reader.readexactly(int(length[0].split(b":")[1]))
            elif b"transfer-encoding: chunked" in head.lower():
                await reader.readuntil(b"0\r\n\r\n")
            done += head.startswith(b"HTTP/1.1 302")
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return time.perf_counter() - began, done


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with database():
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, person text)")
        keys = make_people(count)
        hours = [make_hour(n) for n in range(ROUNDS)]
        connection.close()
        rates: dict[str, list[float]] = {"check-in": [], "bare": []}
        with served("hub.settings") as product, served("tests.bench.bare_settings") as floor:
            for port, path in ((product, "/healthz"), (floor, "/bare/")):
                asyncio.run(press(port, path, keys[:200], lambda: ""))  # warm
            for hour, secret in hours:
                seconds, done = asyncio.run(press(floor, "/bare/", keys, lambda: "code=123456"))
                assert done == count, f"the bare view answered {done} of {count}"
                rates["bare"].append(count / seconds)
                seconds, done = asyncio.run(
                    press(
                        product,
                        f"/hours/{hour}/check-in/",
                        keys,
                        lambda secret=secret: f"code={code(secret)}",
                    )
                )
                assert done == count, f"{done} of {count} check-ins succeeded"
                rates["check-in"].append(count / seconds)
        for name, found in rates.items():
            print(f"{name:<10}{'  '.join(f'{rate:7.0f}/s' for rate in found)}")
        ratio = statistics.median(rates["check-in"]) / statistics.median(rates["bare"])
        print(f"ratio     {ratio:.2f} of the bare view's rate (bar: 0.6)")
        check(count)


def make_hour(number: int) -> tuple[UUID, str]:
    from hub.people.models import User
    from tests.factories import make_session

    facilitator = User.objects.order_by("pk").last()
    hour = make_session(facilitator, title=f"Stunde {number}")
    return hour.pk, hour.code_secret


def code(secret: str) -> str:
    from django.utils import timezone

    from learning.hours import codes

    return codes.code_at(secret, timezone.now())


def check(count: int) -> None:
    """Rows are successes, none twice, and the ledger adds up within five seconds."""
    from django.db.models import Sum

    from hub.points.models import PointEntry
    from hub.points.rules import RULES
    from learning.hours.models import Attendance

    wanted = ROUNDS * count
    assert Attendance.objects.count() == wanted
    assert Attendance.objects.values("session", "user").distinct().count() == wanted
    points = wanted * RULES["attended"].points + ROUNDS * RULES["facilitated"].points
    assert PointEntry.objects.aggregate(sum=Sum("points"))["sum"] == points
    print(f"rows      {wanted} attendances, none twice, {points} points in the ledger")


if __name__ == "__main__":
    main()
