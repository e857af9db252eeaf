"""Supervisors learn whether the process lives and whether it can work, and nothing else."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client

from hub import health
from hub.celery import app
from tests.required import REDIS_URL


def test_healthz_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_ok_when_every_part_answers(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.json() == {"status": "ok", "parts": {"database": "ok", "migrations": "ok", "broker": "ok"}}
    assert answer.status_code == 200


@pytest.mark.django_db
def test_readyz_names_a_missing_migration(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["migrations"] == "failed"


@pytest.mark.django_db
def test_readyz_names_a_broker_that_is_away_and_keeps_the_reason_to_itself(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = app.connection_for_read(url="sqlitefile:////nowhere/secret/broker.sqlite3")
    monkeypatch.setattr(app, "connection_for_read", lambda **options: away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": "ok", "migrations": "ok", "broker": "failed"}
    assert "secret" not in answer.text


@pytest.mark.django_db
def test_readyz_says_when_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ConnectionError("host=db password=secret")

    monkeypatch.setitem(health.PARTS, "database", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "failed"
    assert "secret" not in answer.text


def test_only_get_and_head_are_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


SCRIPT = """
import django
django.setup()
from django.core.cache import cache
from hub.health import check_broker
check_broker()
cache.set("colour", "brass")
assert cache.get("colour") == "brass", cache
print(type(cache._connections[cache._alias]).__module__)
"""


@pytest.mark.needs("redis")
def test_broker_and_cache_may_be_a_redis() -> None:
    environment = {
        **os.environ,
        "BROKER_URL": REDIS_URL,
        "CACHE_URL": REDIS_URL.replace("redis://", "rediscache://"),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "redis" in done.stdout
