"""Logs for machines: one line of JSON an event, and nothing in it that names a person.

Requests are logged by the name of their route, never by path or query. Values that slip into messages
of libraries are cut out; of an exception its type, its place and its text without quoted values remain.
"""

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

FRAMES_KEPT = 12
ROOT = str(Path(__file__).resolve().parent.parent) + "/"
EMAIL = re.compile(r"[^\s@'\"<>()=]+@[^\s@'\"<>()]+")
QUERY = re.compile(r"(?<=[\w/])\?[^\s'\"]+")
# Columns and constraints are named in snake_case and stay; whatever else is quoted is somebody's data.
QUOTED = re.compile(r"(['\"])(?![a-z]+(?:_[a-z0-9]+)+\1).*?\1")

_request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("hub.requests")


def route_of(request: HttpRequest) -> str:
    """The route's name, or "" for what no route answered (a static file, a wrong address)."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""


def without_personal_data(text: str, *, is_error: bool = False) -> str:
    text = QUERY.sub("?…", EMAIL.sub("[e-mail]", text))
    return QUOTED.sub(r"\1…\1", text.splitlines()[0]) if is_error and text else text


def describe_error(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_KEPT:]
    described = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins."),
        "text": without_personal_data(str(error), is_error=True),
        "where": [f"{frame.filename.removeprefix(ROOT)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if error.__cause__:
        described["cause"] = describe_error(error.__cause__)
    return described


class JsonFormatter(logging.Formatter):
    """Fields of one's own come as `extra={"fields": {...}}`: numbers and codes, no names, no free text."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        error = record.exc_info[1] if record.exc_info else None
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_personal_data(self._message(record, request), is_error=error is not None),
            "request": getattr(request, "request_id", "") or _request_id.get(),
            **getattr(record, "fields", {}),
        }
        if error:
            line["error"] = describe_error(error)
        return json.dumps(
            {key: value for key, value in line.items() if value != ""}, ensure_ascii=False, default=str
        )

    @staticmethod
    def _message(record: logging.LogRecord, request: Any) -> str:
        """Django passes the path of a failed request as an argument; the route's name takes its place."""
        path = getattr(request, "path", None)
        if path is None or not isinstance(record.args, tuple):
            return record.getMessage()
        args = tuple(route_of(request) or "[path]" if arg == path else arg for arg in record.args)
        return str(record.msg) % args if args else str(record.msg)


class RequestLogMiddleware:
    """Gives each request an id (also sent as X-Request-ID) and logs how it was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.request_id = uuid.uuid4().hex[:16]
        token = _request_id.set(request.request_id)
        try:
            response = self.get_response(request)
            self._log(request, response, time.perf_counter() - started)
        finally:
            _request_id.reset(token)
        response.headers["X-Request-ID"] = request.request_id
        return response

    @staticmethod
    def _log(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = route_of(request)
        is_static_file = not route and response.status_code < 400
        logger.log(
            logging.DEBUG if is_static_file else logging.INFO,
            "answered",
            extra={
                "fields": {
                    "method": request.method,
                    "route": route,
                    "status": response.status_code,
                    "milliseconds": round(seconds * 1000, 1),
                }
            },
        )
