"""The site, with all that reaches it written down."""

from collections.abc import Callable
from typing import Any


class Recorder:
    """The site, which writes down all that reaches it: path, query, headers and body, as they are on the wire."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.received: list[dict[str, Any]] = []

    async def __call__(self, scope: dict[str, Any], receive: Callable, send: Callable) -> None:
        if scope["type"] != "http":
            return await self.application(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        one = {"path": scope["path"], "query": query, "headers": headers, "body": b""}
        self.received.append(one)

        async def receive_and_note() -> dict[str, Any]:
            message = await receive()
            one["body"] += message.get("body", b"")
            return message

        return await self.application(scope, receive_and_note, send)
