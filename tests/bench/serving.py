"""What benches of whole requests stand on: a PostgreSQL database of their own, web processes, a worker, people."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import psycopg

import tests.environment  # noqa: F401  (before Django reads its settings)
from tests.required import POSTGRES_URL

PROCESSES = 2
DATABASE = f"hatpin_bench_{os.getpid()}"
os.environ.update(
    DJANGO_SETTINGS_MODULE="hub.settings",
    LOG_LEVEL="ERROR",
    DATABASE_URL=f"{POSTGRES_URL.rsplit('/', 1)[0]}/{DATABASE}",
)


@contextmanager
def database() -> Iterator[None]:
    """Migrated, with Django set up on it."""
    with psycopg.connect(POSTGRES_URL, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {DATABASE}")
        try:
            import django

            django.setup()
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            yield
        finally:
            admin.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


@contextmanager
def served(settings: str = "hub.settings", application: str = "hub.asgi:application") -> Iterator[list[int]]:
    """Web processes, by default of the product's own handler, each on a port of its own; gives their ports.

    Connections are spread evenly, as a balancer does: of processes that share a port one may accept nearly all.
    """
    ports = [free_port() for _process in range(PROCESSES)]
    command = [sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1"]
    command += ["--no-access-log", "--log-level", "error"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    processes = [subprocess.Popen([*command, "--port", str(port)], env=environment) for port in ports]
    try:
        for port in ports:
            wait_for(port)
        yield ports
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(20)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port: int) -> None:
    for _try in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    raise AssertionError("a web process did not start")


@contextmanager
def worker() -> Iterator[None]:
    options = "--pool threads --concurrency 2 --without-gossip --without-mingle --loglevel ERROR"
    command = [sys.executable, "-m", "celery", "--app", "hub", "worker", *options.split()]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def make_people(count: int) -> list[str]:
    """Session keys of as many signed-in people."""
    from django.utils import timezone

    from hub.people.models import BrowserSession, User
    from hub.people.sessions import SessionStore
    from tests.factories import make_team

    team = make_team("Werk", parent=make_team("Technik"))
    people = [
        User(email=f"p{n}@hatpin.example", first_name="P", last_name=str(n), password="!", team=team)
        for n in range(count)
    ]
    people = User.objects.bulk_create(people, batch_size=1000)
    store, expires = SessionStore(), timezone.now() + timedelta(days=1)
    sessions = []
    for person in people:
        data = {
            "_auth_user_id": str(person.pk),
            "_auth_user_backend": "hub.people.backends.PersonBackend",
            "_auth_user_hash": person.get_session_auth_hash(),
        }
        sessions.append(
            BrowserSession(
                session_key=f"{person.pk:032d}",
                session_data=store.encode(data),
                expire_date=expires,
                user=person,
            )
        )
    BrowserSession.objects.bulk_create(sessions, batch_size=1000)
    return [session.session_key for session in sessions]
