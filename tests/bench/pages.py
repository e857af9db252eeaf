"""Pages and API calls of the demo company against a bare view behind the same middleware, in one process.

`python -m tests.bench.pages [rounds]` prints milliseconds, queries and the ratio to the floor.
"""

import os
import sys
import time
from collections.abc import Callable

import tests.environment  # noqa: F401  (before Django reads its settings)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
os.environ["LOG_LEVEL"] = "WARNING"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client

from hub.people.demo import DEMO_DOMAIN
from hub.people.models import User
from hub.people.tokens import create_token
from learning.hours.models import StudySession
from learning.notebooks.models import Notebook

ROUNDS = 60
FLOOR = "bare view with a session"


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share)] * 1000


def count_queries(call: Callable[[], object]) -> int:
    statements: list[str] = []

    def note(execute: Callable, sql: str, *rest: object) -> object:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        call()
    return len(statements)


def calls() -> dict[str, Callable[[], object]]:
    emma = User.objects.get(email=f"emma.lindner@{DEMO_DOMAIN}")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(emma)
    token = {"HTTP_AUTHORIZATION": f"Token {create_token(user=emma)}"}
    notebook = Notebook.objects.get(title__contains="What data")
    session = StudySession.objects.filter(title__contains="·").latest("starts_at")
    ask, question = (
        f"/api/v1/notebooks/{notebook.pk}/ask/",
        {"question": "Wie lange bleibt eine Aufzeichnung?"},
    )
    return {
        FLOOR: lambda: client.get("/healthz"),
        "Today": lambda: client.get("/"),
        "hour": lambda: client.get(f"/hours/{session.pk}/"),
        "hours": lambda: client.get("/hours/"),
        "notebook": lambda: client.get(f"/notebooks/{notebook.pk}/"),
        "API me": lambda: client.get("/api/v1/me/", **token),
        "API search": lambda: client.get(f"/api/v1/notebooks/{notebook.pk}/search/?q=Aufzeichnung", **token),
        "API ask, extractive": lambda: client.post(ask, question, content_type="application/json", **token),
    }


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_demo", "--today", "--json", "--without-aids", stdout=nowhere)
    floor = 0.0
    print(f"{'':<26}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'ratio':>7}")
    for name, call in calls().items():
        call()
        queries = count_queries(call)
        seconds = []
        for _round in range(rounds):
            started = time.perf_counter()
            response = call()
            seconds.append(time.perf_counter() - started)
            assert response.status_code == 200, name
        p50 = percentile(seconds, 0.5)
        floor = p50 if name == FLOOR else floor
        print(f"{name:<26}{p50:>8.1f}{percentile(seconds, 0.95):>8.1f}{queries:>9}{p50 / floor:>7.1f}")


if __name__ == "__main__":
    main()
