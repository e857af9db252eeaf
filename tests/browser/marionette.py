"""Firefox over its remote protocol: messages of JSON behind their length, on a socket of loopback.

The commands are those of WebDriver, and two of the browser's own: to install an extension and to run a script as the
browser itself. https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.required import firefox

SECONDS = 20
STARTS_WITHIN = 60
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class NotDone(Exception):
    """What the browser answers to a command that it cannot follow."""


class Firefox:
    """One headless Firefox with a profile of its own."""

    def __init__(self, profile: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        profile.mkdir()
        # Nothing it loads may come from elsewhere.
        nowhere = {"network.proxy.type": 1, "network.proxy.no_proxies_on": "127.0.0.1"}
        for kind in ("http", "ssl"):
            nowhere |= {f"network.proxy.{kind}": "127.0.0.1", f"network.proxy.{kind}_port": 9}
        wanted = {"marionette.port": port, **nowhere}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wanted.items())
        (profile / "user.js").write_text("\n".join(lines))
        self._process = subprocess.Popen(
            [
                firefox(),
                "--headless",
                "--marionette",
                "--remote-allow-system-access",
                "--no-remote",
                "--profile",
                str(profile),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._number = 0
        self._socket = self._connected(port)
        self._read()  # its greeting
        self.command("WebDriver:NewSession")

    def _connected(self, port: int) -> socket.socket:
        ends = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=STARTS_WITHIN)
            except ConnectionRefusedError:
                if time.monotonic() > ends:
                    self._process.kill()
                    raise
                time.sleep(0.1)

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._bytes(1)
        return json.loads(self._bytes(int(length[:-1])))

    def _bytes(self, number: int) -> bytes:
        found = b""
        while len(found) < number:
            part = self._socket.recv(number - len(found))
            if not part:
                raise ConnectionError("Firefox has gone")
            found += part
        return found

    def command(self, name: str, **parameters: object) -> Any:
        """What the browser answers; raises NotDone."""
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, answer = self._read()
        if error:
            raise NotDone(f"{error['error']}: {error['message']}")
        return answer["value"] if isinstance(answer, dict) and set(answer) == {"value"} else answer

    def install(self, folder: Path) -> str:
        """Until the browser ends; returns the extension's id."""
        return self.command("Addon:Install", path=str(folder), temporary=True)

    def go(self, url: str) -> None:
        self.command("WebDriver:Navigate", url=url)

    def tab_of(self, ending: str) -> None:
        """Wait for a tab whose address ends so, and go on in it."""

        def is_there() -> bool:
            for handle in self.command("WebDriver:GetWindowHandles"):
                self.command("WebDriver:SwitchToWindow", handle=handle)
                if self.command("WebDriver:GetCurrentURL").endswith(ending):
                    return True
            return False

        self.until(is_there)

    def _element(self, selector: str) -> str:
        """As soon as it is there."""
        return self.until(
            lambda: self.command("WebDriver:FindElement", using="css selector", value=selector)[ELEMENT]
        )

    def text(self, selector: str) -> str:
        return self.command("WebDriver:GetElementText", id=self._element(selector))

    def press(self, selector: str) -> None:
        self.command("WebDriver:ElementClick", id=self._element(selector))

    def fill(self, selector: str, text: str) -> None:
        element = self._element(selector)
        self.command("WebDriver:ElementClear", id=element)
        self.command("WebDriver:ElementSendKeys", id=element, text=text)

    def script(self, script: str, *arguments: object) -> Any:
        return self.command("WebDriver:ExecuteScript", script=script, args=arguments)

    def promise(self, script: str, *arguments: object) -> Any:
        """Of a script whose last argument is what it calls when it is done."""
        return self.command("WebDriver:ExecuteAsyncScript", script=script, args=arguments)

    @contextmanager
    def as_itself(self) -> Iterator[None]:
        """Scripts run as the browser's own, in its window."""
        self.command("Marionette:SetContext", value="chrome")
        yield
        self.command("Marionette:SetContext", value="content")

    def until(self, is_so: Callable[[], Any]) -> Any:
        """Its first answer that is true."""
        ends = time.monotonic() + SECONDS
        while True:
            problem = None
            try:
                if found := is_so():
                    return found
            except NotDone as error:
                problem = error
            if time.monotonic() > ends:
                raise AssertionError(f"not so after {SECONDS} s") from problem
            time.sleep(0.1)

    def close(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(SECONDS)
