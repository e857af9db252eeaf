"""A Celery app for `test_broker.py`, run by real workers. Each task leaves one line of what it did."""

import os
import time
from pathlib import Path

from celery import Celery

import hub  # noqa: F401  (registers the scheme sqlitefile)

FOLDER = Path(os.environ.get("BROKER_TEST_FOLDER", "."))


def make_app(folder: Path) -> Celery:
    app = Celery(
        "broker_test", broker=f"sqlitefile:///{folder / 'broker.sqlite3'}", set_as_current=False, fixups=[]
    )
    app.conf.update(
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": 1.5, "polling_interval": 0.05},
        task_acks_late=True,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
    )
    return app


app = make_app(FOLDER)


def note(kind: str, text: str) -> None:
    """Append one line; O_APPEND keeps lines of several processes whole."""
    with (FOLDER / kind).open("a") as file:
        file.write(f"{text}\n")


@app.task(name="mark")
def mark(number: int, sent_at: float) -> None:
    note("marked", f"{number} {time.time() - sent_at:.3f}")


@app.task(name="wait_for_gate")
def wait_for_gate(number: int) -> None:
    note("begun", str(number))
    while not (FOLDER / "gate").exists():
        time.sleep(0.02)
    note("done", str(number))
