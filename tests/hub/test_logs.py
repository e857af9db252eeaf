"""A log line is one line of JSON, tells what happened, and names nobody."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from hub.logs import JsonFormatter, RequestLogMiddleware, without_personal_data


@login_not_required
def failing(request: HttpRequest, name: str) -> HttpResponse:
    raise ValueError(f"cannot greet {name!r}, column people_email_once")


urlpatterns = [path("greet/<name>/", failing, name="greet")]


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict]]]:
    """What was logged so far, formatted and parsed again."""
    written: list[str] = []
    formatter = JsonFormatter()

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(formatter.format(record))

    root, handler = logging.getLogger(), Collect()

    def parsed() -> list[dict]:
        assert not [line for line in written if "\n" in line]
        return [json.loads(line) for line in written]

    root.addHandler(handler)
    yield parsed
    root.removeHandler(handler)


def test_a_request_is_logged_by_its_route(client: Client, lines: Callable[[], list[dict]]) -> None:
    answer = client.get("/healthz?who=anna.berg@example.com")
    line = next(line for line in lines() if line["logger"] == "hub.requests")
    assert (line["method"], line["route"], line["status"]) == ("GET", "healthz", 200)
    assert line["milliseconds"] >= 0
    assert line["request"] == answer.headers["X-Request-ID"]
    assert "anna" not in json.dumps(lines())


@pytest.mark.urls("tests.hub.test_logs")
def test_an_error_tells_its_place_and_not_the_person(client: Client, lines: Callable[[], list[dict]]) -> None:
    client.raise_request_exception = False
    assert client.get("/greet/Anna/?mail=anna.berg@example.com").status_code == 500
    line = next(line for line in lines() if line["logger"] == "django.request")
    assert line["message"] == "Internal Server Error: greet"
    assert line["error"]["type"] == "ValueError"
    assert line["error"]["text"] == "cannot greet '…', column people_email_once"
    assert line["error"]["where"][-1].startswith("tests/hub/test_logs.py:")
    assert "Anna" not in json.dumps(lines())
    assert "anna" not in json.dumps(lines())


def test_lines_of_one_request_share_its_id(lines: Callable[[], list[dict]]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        logging.getLogger("somewhere").warning("half way")
        return HttpResponse()

    request = RequestFactory().get("/")
    RequestLogMiddleware(view)(request)
    logging.getLogger("somewhere").warning("afterwards")
    half_way, afterwards = lines()
    assert half_way["request"] == request.request_id
    assert "request" not in afterwards


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sent to Anna.Berg@example.com", "sent to [e-mail]"),
        ("GET /search?q=salary of anna", "GET /search?… of anna"),
        ("nothing to hide?", "nothing to hide?"),
    ],
)
def test_values_are_cut_out_of_messages(text: str, expected: str) -> None:
    assert without_personal_data(text) == expected


def test_only_the_first_line_of_an_error_remains() -> None:
    text = (
        'duplicate key violates "people_email_once"\nDETAIL: Key (email)=(anna@example.com) already exists.'
    )
    assert without_personal_data(text, is_error=True) == 'duplicate key violates "people_email_once"'


def test_causes_are_told(lines: Callable[[], list[dict]]) -> None:
    try:
        try:
            raise KeyError("Anna")
        except KeyError as error:
            raise RuntimeError("no such entry") from error
    except RuntimeError:
        logging.getLogger("somewhere").exception("failed")
    (line,) = lines()
    assert line["error"]["cause"]["type"] == "KeyError"
    assert "Anna" not in json.dumps(line)
