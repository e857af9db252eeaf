"""A real worker is killed while it reads: the source is read after all, once, and the others are not held up."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 90
PREPARE = """
import django; django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from learning.notebooks import actions
from tests.factories import make_notebook, make_user
emma = make_user("Emma")
notebook = make_notebook(emma)
text = "\\n\\n".join(f"{n}. Die Pauschale der Reise {n} liegt bei {n % 97} Euro je Tag." for n in range(20_000))
files = {"gross.txt": text.encode(), "kaputt.pdf": b"%PDF-1.4 nothing", "klein.txt": b"Ein Satz."}
for name, content in files.items():
    actions.add_file(notebook=notebook, user=emma, file=SimpleUploadedFile(name, content))
"""
SWEEP = "import django; django.setup(); from hub.jobs import sweep; sweep()"


class Site:
    """A database, a broker and files of its own, and the workers that were started on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "hub.settings",
            "PYTHONPATH": str(ROOT),
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

    def states(self) -> dict[str, str]:
        return dict(self.query("SELECT file_name, state FROM notebooks_source"))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    for worker in site.workers:
        worker.kill()
        worker.wait()


def test_kill_9_while_reading_loses_nothing_and_doubles_nothing(site: Site) -> None:
    site.run("manage.py", "migrate", "--verbosity", "0")
    site.run("-c", PREPARE)
    worker = site.start_worker("victim")
    site.wait_until(lambda: site.states()["gross.txt"] in ("reading", "indexing"), "the large file is taken")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert site.states()["gross.txt"] in ("reading", "indexing")
    assert site.query("SELECT count(*) FROM notebooks_passage") == [(0,)]

    site.start_worker("heir")
    # One that was left does not hold up the others, nor does one that cannot be read.
    site.wait_until(
        lambda: (site.states()["kaputt.pdf"], site.states()["klein.txt"]) == ("failed", "ready"), "the others"
    )
    site.query("UPDATE notebooks_source SET leased_until = '2020-01-01 00:00:00' WHERE is_done = 0")
    site.run("-c", SWEEP)
    site.run("-c", SWEEP)
    site.wait_until(lambda: site.states()["gross.txt"] == "ready", "the large file is read")

    assert site.query("SELECT attempts FROM notebooks_source WHERE file_name = 'gross.txt'") == [(2,)]
    passages = "SELECT start, end, count(*) FROM notebooks_passage GROUP BY source_id, start, end"
    assert {count for _start, _end, count in site.query(passages)} == {1}
    text, covered = site.query(
        "SELECT length(text), (SELECT sum(end - start) FROM notebooks_passage WHERE source_id = s.id) "
        "FROM notebooks_source s WHERE file_name = 'gross.txt'"
    )[0]
    assert 0.9 * text < covered <= text
    assert site.query("SELECT generation FROM notebooks_notebook") == [(2,)]
