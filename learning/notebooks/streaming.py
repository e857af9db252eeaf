"""An answer as server-sent events. The generator holds no thread and no connection between its steps."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from django.db import close_old_connections, connection
from django.utils import translation
from django.utils.translation import gettext as _

from hub.people.models import User
from hub.problems import problem
from hub.refusals import Refusal
from learning.notebooks import asking
from learning.notebooks.models import Notebook

PING_SECONDS = 15

logger = logging.getLogger(__name__)


def event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _ask(*, language: str, **arguments: Any) -> dict[str, Any]:
    """Runs in a thread of its own, where no language is active yet."""
    close_old_connections()
    try:
        with translation.override(language):
            return asking.ask(language=language, **arguments).answer
    finally:
        connection.close()


def _problem(error: BaseException, language: str) -> dict[str, object]:
    with translation.override(language):
        if isinstance(error, Refusal):
            return problem(status=error.status, detail=str(error.message), code=error.code)
        logger.error("answering failed in a stream", exc_info=error)
        return problem(status=500, detail=_("That did not work. Try again in a minute."), code="server_error")


async def answer_events(
    *, notebook: Notebook, user: User, question: str, language: str
) -> AsyncIterator[str]:
    """`searching`, then a `sentence` each, then the whole `answer`; comments keep the line open meanwhile.

    What goes wrong on the way is an `error` with a problem's fields: the status of the stream is long sent.
    """
    yield event("searching", {"notebook": str(notebook.pk)})
    work = partial(_ask, notebook=notebook, user=user, question=question, language=language)
    answering = asyncio.get_running_loop().run_in_executor(None, work)
    while True:
        done, _pending = await asyncio.wait([answering], timeout=PING_SECONDS)
        if done:
            break
        yield ": still at it\n\n"
    if error := answering.exception():
        yield event("error", _problem(error, language))
        return
    answer = answering.result()
    for sentence in answer["sentences"]:
        yield event("sentence", sentence)
    yield event("answer", answer)
