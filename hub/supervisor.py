"""Starts the Procfile's processes side by side; when one ends, or at Ctrl-C, all of them end."""

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

from honcho.environ import parse_procfile
from honcho.manager import Manager

BASE_DIR = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def _close_terminal(signum: int, frame: object) -> None:
    """The window was closed: the same as Ctrl-C, but nothing can be printed any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.kill(os.getpid(), signal.SIGTERM)


def _announce(host: str, port: int, url: str) -> None:
    """Say so once the web process answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            print(f"\nHatpin is open at {url} (Ctrl-C ends it)\n", flush=True)
            return


def main() -> int:
    host, port = os.environ.setdefault("HOST", "127.0.0.1"), os.environ.setdefault("PORT", "8000")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1"}
    manager = Manager()
    for name, command in parse_procfile((BASE_DIR / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(BASE_DIR))
    signal.signal(signal.SIGHUP, _close_terminal)
    url = os.environ.get("SITE_URL", f"http://127.0.0.1:{port}")
    threading.Thread(target=_announce, args=(host, int(port), url), daemon=True).start()
    manager.loop()
    asked_to_end = {130, 143}
    return 0 if manager.returncode in asked_to_end else manager.returncode or 0


if __name__ == "__main__":
    sys.exit(main())
