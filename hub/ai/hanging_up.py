"""Ending a call to a model from another thread, because nobody waits for its answer any more."""

import threading
from collections.abc import Callable


class HangUp:
    """What was given to `then` is called once; at once, if that comes after the hang-up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Callable[[], None]] = []
        self.is_done = False

    def then(self, act: Callable[[], None]) -> None:
        with self._lock:
            if not self.is_done:
                self._waiting.append(act)
                return
        act()

    def __call__(self) -> None:
        with self._lock:
            waiting, self._waiting, self.is_done = self._waiting, [], True
        for act in waiting:
            act()
