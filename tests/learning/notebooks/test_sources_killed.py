"""A real worker is killed while it reads: the source is read after all, once, and the others are not held up."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.killing import SWEEP, KillableSite

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


def states(site: KillableSite) -> dict[str, str]:
    return dict(site.query("SELECT file_name, state FROM notebooks_source"))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[KillableSite]:
    site = KillableSite(tmp_path)
    yield site
    site.end_workers()


def test_kill_9_while_reading_loses_nothing_and_doubles_nothing(site: KillableSite) -> None:
    site.run("manage.py", "migrate", "--verbosity", "0")
    site.run("-c", PREPARE)
    worker = site.start_worker("victim")
    site.wait_until(lambda: states(site)["gross.txt"] in ("reading", "indexing"), "the large file is taken")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert states(site)["gross.txt"] in ("reading", "indexing")
    assert site.query("SELECT count(*) FROM notebooks_passage") == [(0,)]

    site.start_worker("heir")
    # One that was left does not hold up the others, nor does one that cannot be read.
    site.wait_until(
        lambda: (states(site)["kaputt.pdf"], states(site)["klein.txt"]) == ("failed", "ready"), "the others"
    )
    site.query("UPDATE notebooks_source SET leased_until = '2020-01-01 00:00:00' WHERE is_done = 0")
    site.run("-c", SWEEP)
    site.run("-c", SWEEP)
    site.wait_until(lambda: states(site)["gross.txt"] == "ready", "the large file is read")

    assert site.query("SELECT attempts FROM notebooks_source WHERE file_name = 'gross.txt'") == [(2,)]
    passages = "SELECT start, end, count(*) FROM notebooks_passage GROUP BY source_id, start, end"
    assert {count for _start, _end, count in site.query(passages)} == {1}
    text, covered = site.query(
        "SELECT length(text), (SELECT sum(end - start) FROM notebooks_passage WHERE source_id = s.id) "
        "FROM notebooks_source s WHERE file_name = 'gross.txt'"
    )[0]
    assert 0.9 * text < covered <= text
    assert site.query("SELECT generation FROM notebooks_notebook") == [(2,)]
