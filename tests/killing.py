"""A site of its own on disk with real workers, so that a test can kill one of them and look at what is left."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 90
SWEEP = "import django; django.setup(); from hub.jobs import sweep; sweep()"


class KillableSite:
    """A database, a broker and files of its own in `folder`, and the workers that were started on them."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "hub.settings",
            "PYTHONPATH": str(ROOT),
            **environment,
        }
        self.workers: list[subprocess.Popen] = []

    def run(self, *command: str) -> None:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    def start_worker(self, name: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "hub", "worker", "-P", "threads"]
        options = ["-c", "1", "-n", name, "--without-gossip", "--without-mingle", "-l", "warning"]
        with (self.folder / f"{name}.log").open("w") as log:
            self.workers.append(
                subprocess.Popen(
                    [*command, *options], cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
                )
            )
        return self.workers[-1]

    def end_workers(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.folder / "hub.sqlite3", timeout=20) as database:
            return database.execute(statement).fetchall()

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + SECONDS
        while not is_so():
            if time.monotonic() > deadline:
                logs = "\n".join(path.read_text() for path in self.folder.glob("*.log"))
                pytest.fail(f"not within {SECONDS} s: {what}\n{logs}")
            time.sleep(0.02)
