"""An answer as server-sent events. The generator holds no thread and no connection between its steps."""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from django.db import close_old_connections, connection

from hub.people.models import User
from learning.notebooks import asking
from learning.notebooks.models import Notebook

PING_SECONDS = 15


def event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _ask(**arguments: Any) -> dict[str, Any]:
    close_old_connections()
    try:
        return asking.ask(**arguments).answer
    finally:
        connection.close()


async def answer_events(
    *, notebook: Notebook, user: User, question: str, language: str
) -> AsyncIterator[str]:
    """`searching`, then a `sentence` each, then the whole `answer`; comments keep the line open meanwhile."""
    yield event("searching", {"notebook": str(notebook.pk)})
    work = partial(_ask, notebook=notebook, user=user, question=question, language=language)
    answering = asyncio.get_running_loop().run_in_executor(None, work)
    while True:
        done, _pending = await asyncio.wait([answering], timeout=PING_SECONDS)
        if done:
            break
        yield ": still at it\n\n"
    answer = answering.result()
    for sentence in answer["sentences"]:
        yield event("sentence", sentence)
    yield event("answer", answer)
