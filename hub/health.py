"""What a supervisor or a load balancer asks: does the process live, can it do its work?

Open to everybody, so the answers name parts and nothing else; the reason of a failure goes to the log.
"""

import logging
from collections.abc import Callable
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.celery import app

BROKER_SECONDS = 3
logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A part answers, but not as it must."""


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    missing = _migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys()
    if missing:
        raise NotReady(f"{len(missing)} migrations are not applied")


def check_broker() -> None:
    with app.connection_for_read(connect_timeout=BROKER_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_SECONDS)


PARTS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "broker": check_broker,
}


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations and broker are there; 503 names the part that is not."""
    parts = {}
    for name, check in PARTS.items():
        try:
            check()
            parts[name] = "ok"
        except Exception:
            logger.exception("not ready: %s", name)
            parts[name] = "failed"
    is_ready = set(parts.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if is_ready else "unavailable", "parts": parts}, status=200 if is_ready else 503
    )
