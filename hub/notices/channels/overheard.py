"""What the other side answered to a library that says only yes or no: heard where `requests` sends, in one context.

It reads status and headers, and changes nothing of what is sent.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

_heard: ContextVar[Any] = ContextVar("what was answered", default=None)


@contextmanager
def overheard() -> Iterator["list[Response | Exception]"]:
    """The answers and the failures, in their order, of whatever is sent inside."""
    _listen()
    heard: list[Response | Exception] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


@cache
def _listen() -> None:
    from requests import RequestException, Session

    send = Session.send

    @wraps(send)
    def listening(session: "Session", request: "PreparedRequest", **options: Any) -> "Response":
        heard = _heard.get()
        try:
            response = send(session, request, **options)
        except RequestException as error:
            if heard is not None:
                heard.append(error)
            raise
        if heard is not None:
            heard.append(response)
        return response

    Session.send = listening
