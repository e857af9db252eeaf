"""An answer as an event stream, through the real server."""

import json
from collections.abc import Iterator

import httpx
import pytest

from hub.pagepool import PagePoolHandler
from hub.people.models import User
from hub.people.tokens import create_token
from learning.notebooks.models import Exchange, Notebook
from tests.factories import make_notebook, make_source, make_user
from tests.serving import LiveSite

QUESTION = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"


@pytest.fixture
def emma(transactional_db: None) -> User:
    return make_user("Emma")


@pytest.fixture
def notebook(emma: User) -> Notebook:
    notebook = make_notebook(emma)
    make_source(notebook)
    return notebook


@pytest.fixture
def program(notebook: Notebook, emma: User) -> Iterator[httpx.Client]:
    with LiveSite(PagePoolHandler()) as site:
        headers = {"Authorization": f"Token {create_token(user=emma)}", "Accept": "text/event-stream"}
        with httpx.Client(base_url=site.url, headers=headers, timeout=20) as client:
            yield client


def events_of(text: str) -> list[tuple[str, dict]]:
    blocks = [
        dict(line.split(": ", 1) for line in block.splitlines()) for block in text.split("\n\n") if block
    ]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def test_the_answer_arrives_in_steps(program: httpx.Client, notebook: Notebook) -> None:
    response = program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": QUESTION})

    assert response.headers["Content-Type"] == "text/event-stream"
    events = events_of(response.text)
    names = [name for name, _data in events]
    assert names[0] == "searching"
    assert names[-1] == "answer"
    answer = events[-1][1]
    assert [data for name, data in events if name == "sentence"] == answer["sentences"]
    assert answer == Exchange.objects.get().answer


def test_the_stream_speaks_the_readers_language(program: httpx.Client, notebook: Notebook) -> None:
    answers = set()
    for language in ("en", "de"):
        response = program.post(
            f"/api/v1/notebooks/{notebook.pk}/ask/",
            json={"question": "Wer gewann 1990 den Eurovision Song Contest?"},
            headers={"Accept-Language": language},
        )
        plain = program.post(
            f"/api/v1/notebooks/{notebook.pk}/ask/",
            json={"question": "Wer gewann 1990 den Eurovision Song Contest?"},
            headers={"Accept-Language": language, "Accept": "application/json"},
        ).json()
        assert events_of(response.text)[-1][1]["answer"] == plain["answer"]
        answers.add(plain["answer"])
    assert len(answers) == 2


def test_a_refused_request_is_a_problem_and_no_stream(program: httpx.Client, notebook: Notebook) -> None:
    response = program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": ""})
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 400
