"""An answer as server-sent events. The generator holds no thread and no connection between its steps."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from typing import Any

from django.db import close_old_connections, connection
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from hub.ai.hanging_up import HangUp
from hub.problems import problem
from hub.refusals import Refusal
from learning.notebooks import asking, asking_back
from learning.notebooks.models import Exchange
from learning.rag.answer import Sentence

PING_SECONDS = 15
# A thread each waits for a model, without a database connection; more streams wait for a thread.
MOST_AT_ONCE = 32

logger = logging.getLogger(__name__)
pool = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="answer")

# The name and the data of the last event, made where the database may be used.
Last = Callable[[Exchange], tuple[str, Any]]


def event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def stream_answer(*, language: str, last: Last | None = None, **arguments: Any) -> StreamingHttpResponse:
    """The response to a request that accepts `text/event-stream`. Raises Refusal before it begins."""
    checked = {name: arguments.get(name) for name in ("notebook", "user", "question", "sources")}
    asking.check(**checked)
    return StreamingHttpResponse(
        answer_events(language=language, last=last or _whole, **arguments),
        content_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _whole(exchange: Exchange) -> tuple[str, Any]:
    return "answer", exchange.answer


def _ask(*, language: str, last: Last, **arguments: Any) -> tuple[list[dict[str, Any]], tuple[str, Any]]:
    """Runs in a thread of its own, where no language is active yet; the sentences and the last event."""
    close_old_connections()
    try:
        with translation.override(language):
            exchange = asking_back.ask(language=language, **arguments)
            return exchange.answer["sentences"], last(exchange)
    finally:
        connection.close()


def _problem(error: BaseException, language: str) -> dict[str, object]:
    with translation.override(language):
        if isinstance(error, Refusal):
            return problem(status=error.status, detail=str(error.message), code=error.code)
        logger.error("answering failed in a stream", exc_info=error)
        return problem(status=500, detail=_("That did not work. Try again in a minute."), code="server_error")


async def answer_events(*, language: str, last: Last, **arguments: Any) -> AsyncIterator[str]:
    """`searching`, then a `sentence` each as it comes, then the whole `answer`; comments keep the line open.

    The last event is what holds: it takes the place of every sentence told before. What goes wrong on the way
    is an `error` with a problem's fields: the status of the stream is long sent. A reader who leaves ends the
    model's call, and nothing is kept.
    """
    yield event("searching", {"notebook": str(arguments["notebook"].pk)})
    loop, news, hang_up = asyncio.get_running_loop(), asyncio.Queue(), HangUp()

    def tell(sentence: Sentence) -> None:
        with contextlib.suppress(RuntimeError):  # the server is going down
            loop.call_soon_threadsafe(news.put_nowait, asdict(sentence))

    work = partial(_ask, language=language, last=last, on_sentence=tell, hang_up=hang_up, **arguments)
    answering = loop.run_in_executor(pool, work)
    answering.add_done_callback(lambda _done: news.put_nowait(None))
    has_told = False
    try:
        while True:
            try:
                sentence = await asyncio.wait_for(news.get(), PING_SECONDS)
            except TimeoutError:
                yield ": still at it\n\n"
                continue
            if sentence is None:
                break
            has_told = True
            yield event("sentence", sentence)
        if error := answering.exception():
            yield event("error", _problem(error, language))
            return
        sentences, (name, data) = answering.result()
        for sentence in [] if has_told else sentences:
            yield event("sentence", sentence)
        yield event(name, data)
    finally:
        answering.cancel()
        hang_up()
