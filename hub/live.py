"""Event streams: what many people watch is made once a second per process and sent to whoever watches it.

A topic is computed only while somebody watches it, in one thread for all topics, and only sections that changed
are sent. A stream holds no thread and no database connection. It ends after a while, so that permission is asked
anew when the browser comes back with the id of what it saw last.
"""

import asyncio
import json
import logging
import random
import re
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from hub.refusals import Refusal

EVERY_SECONDS = 1.0
PING_SECONDS = 15.0
LASTS_SECONDS = 600.0
# An event of its own, as browsers tell their pages nothing of comments.
BEAT = b"event: beat\ndata: 1\n\n"

# Sections by name, for each variant such as a language.
State = Mapping[str, Mapping[str, str]]

logger = logging.getLogger(__name__)
_thread = ThreadPoolExecutor(1, thread_name_prefix="live")
_topics: "WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, Topic]]" = WeakKeyDictionary()


class Topic:
    """What is watched under one key. All its methods run in the loop that it belongs to."""

    def __init__(self, compute: Callable[[], State]) -> None:
        self.compute = compute
        self.boot = secrets.token_hex(4)
        self.revision = 0
        self.watchers = 0
        self._sections: dict[str, dict[str, tuple[int, str]]] = {}
        self._frames: dict[tuple[str, int], bytes] = {}
        self._news = asyncio.Event()
        self._running: asyncio.Task | None = None

    def join(self) -> None:
        self.watchers += 1
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._run())

    def leave(self) -> None:
        self.watchers -= 1

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self.watchers > 0:
            began = loop.time()
            try:
                self._take(await loop.run_in_executor(_thread, self._computed))
            except Exception:
                logger.exception("what is watched could not be computed")
            await asyncio.sleep(max(0.05, EVERY_SECONDS - (loop.time() - began)))

    def _computed(self) -> State:
        close_old_connections()
        try:
            return self.compute()
        finally:
            close_old_connections()

    def _take(self, state: State) -> None:
        revision, has_changed = self.revision + 1, False
        for variant, sections in state.items():
            known = self._sections.setdefault(variant, {})
            for name, text in sections.items():
                if name not in known or known[name][1] != text:
                    known[name] = (revision, text)
                    has_changed = True
        if has_changed:
            self.revision = revision
            self._frames.clear()
            news, self._news = self._news, asyncio.Event()
            news.set()

    def seen_by(self, last_id: str) -> int:
        """The revision a browser has, 0 if it is of another process or none."""
        boot, _dash, revision = last_id.partition("-")
        is_ours = (
            boot == self.boot and re.fullmatch(r"[0-9]{1,9}", revision) and int(revision) <= self.revision
        )
        return int(revision) if is_ours else 0

    def frame(self, variant: str, seen: int) -> bytes:
        """One event with the sections newer than `seen`; the same bytes for everybody who saw the same."""
        if (frame := self._frames.get((variant, seen))) is None:
            known = self._sections.get(variant, {})
            newer = {name: text for name, (revision, text) in known.items() if revision > seen}
            data = json.dumps(newer, ensure_ascii=False)
            frame = f"id: {self.boot}-{self.revision}\nevent: state\ndata: {data}\n\n".encode()
            self._frames[(variant, seen)] = frame
        return frame

    async def wait(self, seconds: float) -> bool:
        """Whether there is news within that time."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return False
        return True


def watching() -> int:
    """How many streams this process serves now."""
    return sum(topic.watchers for topics in list(_topics.values()) for topic in list(topics.values()))


def stream(request: HttpRequest, *, key: str, variant: str, compute: Callable[[], State]) -> HttpResponseBase:
    """The response to whoever may watch `key`. Raises Refusal (503) where this process serves as many as it may."""
    if watching() >= settings.LIVE_STREAMS:
        raise Refusal(
            "too_many_watching",
            _("Too many are watching here at once. The page refreshes by itself."),
            status=503,
        )
    last_id = request.headers.get("Last-Event-ID", "")[:40]
    return StreamingHttpResponse(
        _events(key, variant, compute, last_id),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(key: str, variant: str, compute: Callable[[], State], last_id: str) -> AsyncIterator[bytes]:
    topics = _topics.setdefault(asyncio.get_running_loop(), {})
    topic = topics.setdefault(key, Topic(compute))
    topic.join()
    try:
        # Not all come back in the same moment after a restart.
        yield f"retry: {1000 + random.randrange(2000)}\n\n".encode()
        seen, ends = topic.seen_by(last_id), time.monotonic() + LASTS_SECONDS
        while time.monotonic() < ends:
            if seen < topic.revision:
                frame, seen = topic.frame(variant, seen), topic.revision
                yield frame
            elif not await topic.wait(PING_SECONDS):
                yield BEAT
    finally:
        topic.leave()
        if not topic.watchers:
            topics.pop(key, None)
