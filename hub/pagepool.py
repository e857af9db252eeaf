"""Serves pages from a bounded pool of threads, and streams from the event loop.

Django's own handler starts a thread for every request and keeps it as long as its answer streams. Here a
page takes one of WEB_THREADS threads until its response is made, one that may wait for a model a thread of
another pool; a stream (a sync view that returns
`StreamingHttpResponse` over an async generator) then holds none, and must not touch the database.
It overrides undocumented methods of Django 5.2; `tests/hub/test_pagepool.py` holds what is relied upon.
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.db import close_old_connections
from django.http import FileResponse, HttpRequest, HttpResponseBase

from hub.limits import TOO_LARGE, largest_body

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class PagePoolHandler(ASGIHandler):
    def __init__(self) -> None:
        super().__init__()
        self.pool = ThreadPoolExecutor(settings.WEB_THREADS, thread_name_prefix="page")
        self.slow_pool = ThreadPoolExecutor(settings.SLOW_THREADS, thread_name_prefix="slow-page")
        self.is_slow = re.compile(settings.SLOW_PATHS).search

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self.handle(scope, receive, send)
        else:
            raise ValueError(f"Only HTTP is answered here, not {scope['type']}")

    async def _live(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": f"{message['type']}.complete"})
        for pool in (self.pool, self.slow_pool):
            pool.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def read_body(self, receive: Receive) -> BinaryIO:
        """As Django's, but nothing beyond the allowed size reaches the disk: it is read and dropped."""
        body = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115
        left, is_too_large, is_complete = largest_body(), False, False
        while not is_complete:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.close()
                raise RequestAborted
            chunk = message.get("body", b"")
            left -= len(chunk)
            if left >= 0:
                body.write(chunk)
            elif not is_too_large:
                is_too_large = True
                body.truncate(0)
            is_complete = not message.get("more_body", False)
        body.seek(0)
        setattr(body, TOO_LARGE, is_too_large)
        return body

    def create_request(self, scope: dict[str, Any], body_file: BinaryIO) -> tuple[ASGIRequest | None, Any]:
        request, refusal = super().create_request(scope, body_file)
        if request is not None:
            setattr(request, TOO_LARGE, getattr(body_file, TOO_LARGE))
        return request, refusal

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        pool = self.slow_pool if self.is_slow(request.path) else self.pool
        page = asyncio.get_running_loop().run_in_executor(
            pool, copy_context().run, self._make_response, request
        )
        try:
            response = await asyncio.shield(page)
        except asyncio.CancelledError:
            # The reader left. A page cannot be stopped halfway, and its files stay open until it ends.
            (await page).close()
            raise
        if isinstance(response, FileResponse) and not response.is_async:
            response.streaming_content = self._read_in_pool(response.streaming_content)
        return response

    def _make_response(self, request: HttpRequest) -> HttpResponseBase:
        close_old_connections()
        try:
            return self.get_response(request)
        finally:
            close_old_connections()

    async def _read_in_pool(self, file: Iterator[bytes]) -> AsyncIterator[bytes]:
        """Django would read the whole file into memory before sending its first byte."""
        loop = asyncio.get_running_loop()
        while chunk := await loop.run_in_executor(self.pool, next, file, b""):
            yield chunk
