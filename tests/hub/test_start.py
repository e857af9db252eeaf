"""What `make run` promises: a clear word about the port, the right first people, one Ctrl-C for everything."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hub.audit.models import AuditEntry
from hub.management.commands import create_administrator, prepare_site
from hub.people.access import is_administrator
from hub.people.models import User
from tests.factories import make_user

STOP_SECONDS = 15


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that prepare_site calls, recorded instead of run."""
    names: list[str] = []
    monkeypatch.setattr(prepare_site, "call_command", lambda name, **options: names.append(name))
    return names


def test_a_busy_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use.*make run PORT={port + 1}"):
            prepare_site.check_port("127.0.0.1", port)


@pytest.mark.django_db
def test_the_first_start_loads_the_demo_company(called: list[str], port: int) -> None:
    call_command("prepare_site", port=port)
    assert called == ["migrate", "load_demo"]


@pytest.mark.django_db
def test_the_first_start_without_demo_asks_for_an_account(called: list[str], port: int) -> None:
    call_command("prepare_site", port=port, no_demo=True)
    assert called == ["migrate", "create_administrator"]


@pytest.mark.django_db
@pytest.mark.parametrize("no_demo", [True, False])
def test_a_site_with_real_people_never_gets_the_demo_company(
    called: list[str], port: int, no_demo: bool
) -> None:
    make_user("Rita")
    call_command("prepare_site", port=port, no_demo=no_demo)
    assert called == ["migrate"]


class Answers:
    """Plays the person at the terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, typed: list[str], passwords: list[str]) -> None:
        self.typed, self.passwords = iter(typed), iter(passwords)
        monkeypatch.setattr("builtins.input", lambda question: next(self.typed))
        monkeypatch.setattr(create_administrator.getpass, "getpass", lambda question: next(self.passwords))
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)


@pytest.mark.django_db
def test_the_first_administrator_is_asked_until_the_answers_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    Answers(
        monkeypatch,
        typed=["nobody", "Rita@Example.com", "", "Rita", "Berg", "fr", ""],
        passwords=["short", "Long-enough-1", "something else", "Long-enough-1", "Long-enough-1"],
    )
    call_command("create_administrator")
    user = User.objects.get(email="rita@example.com")
    assert is_administrator(user)
    assert user.check_password("Long-enough-1")
    assert user.language == "de"
    assert AuditEntry.objects.filter(action="roles.changed", object_id=str(user.subject_key)).count() == 1


@pytest.mark.django_db
def test_an_administrator_is_not_made_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user("Rita", email="rita@example.com")
    Answers(monkeypatch, typed=[], passwords=[])
    with pytest.raises(CommandError, match="already"):
        call_command("create_administrator", email="RITA@example.com")


@pytest.mark.django_db
def test_without_a_terminal_no_account_is_made() -> None:
    with pytest.raises(CommandError, match="terminal"):
        call_command("create_administrator")


@pytest.fixture
def supervisor(tmp_path: Path, port: int) -> Iterator[subprocess.Popen]:
    environment = {
        **os.environ,
        "PORT": str(port),
        "VAR_DIR": str(tmp_path),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hub.supervisor"], env=environment, stdout=log, stderr=log, process_group=0
        )
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(STOP_SECONDS)


def processes_of(folder: Path) -> list[str]:
    """Command lines of every process that was started with this VAR_DIR."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"VAR_DIR={folder}".encode() in environment.read_bytes().split(b"\0"):
                found.append((environment.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
def test_ctrl_c_ends_web_worker_and_beat(supervisor: subprocess.Popen, tmp_path: Path, port: int) -> None:
    log, deadline = tmp_path / "log", time.monotonic() + 30
    while "Hatpin is open" not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        assert supervisor.poll() is None, log.read_text()
        time.sleep(0.05)
    assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
    running: Any = " ".join(processes_of(tmp_path))
    assert all(part in running for part in ("uvicorn", "hub worker", "hub beat"))
    os.killpg(supervisor.pid, signal.SIGINT)
    assert supervisor.wait(STOP_SECONDS) == 0
    assert processes_of(tmp_path) == []
