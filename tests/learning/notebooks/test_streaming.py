"""An answer as an event stream, through the real server, for programs and for the page."""

import gc
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from django.conf import settings as django_settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from hub.pagepool import PagePoolHandler
from hub.people.models import User
from hub.people.tokens import create_token
from learning.notebooks import streaming
from learning.notebooks.models import Exchange, Notebook
from tests.factories import make_notebook, make_source, make_user
from tests.learning.notebooks.faults import FAULTS, GOOD, SLOW, TIMEOUT
from tests.models_server import ModelServer, wait_until
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
def site(notebook: Notebook) -> Iterator[LiveSite]:
    with LiveSite(PagePoolHandler()) as site:
        yield site


@pytest.fixture
def program(site: LiveSite, emma: User) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Token {create_token(user=emma)}", "Accept": "text/event-stream"}
    with httpx.Client(base_url=site.url, headers=headers, timeout=20) as client:
        yield client


@pytest.fixture
def browser(site: LiveSite, emma: User, notebook: Notebook) -> Iterator[httpx.Client]:
    """Posts as the page's script does."""
    inside = Client()
    inside.force_login(emma)
    cookies = {django_settings.SESSION_COOKIE_NAME: inside.cookies[django_settings.SESSION_COOKIE_NAME].value}
    with httpx.Client(base_url=site.url, cookies=cookies, timeout=20) as client:
        client.get(f"/notebooks/{notebook.pk}/")
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        client.headers["Accept"] = "text/event-stream"
        yield client


@pytest.fixture
def use(settings: Any) -> Any:
    def factory(server: ModelServer, timeout: float = SLOW) -> ModelServer:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "probe"
        settings.AI_TIMEOUT_SECONDS = timeout
        return server

    return factory


def events_of(text: str) -> list[tuple[str, dict]]:
    blocks = [
        dict(line.split(": ", 1) for line in block.splitlines())
        for block in text.split("\n\n")
        if block and not block.startswith(":")
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


def test_a_question_that_is_asked_back_is_streamed_too(browser: httpx.Client, notebook: Notebook) -> None:
    data = {"question": QUESTION, "ask_back": "yes"}
    events = events_of(browser.post(f"/notebooks/{notebook.pk}/ask/", data=data).text)
    answer = Exchange.objects.get().answer
    assert answer["asks_back"]
    assert [data for name, data in events if name == "sentence"] == answer["sentences"]
    assert events[-1][0] == "exchange"
    assert answer["sentences"][0]["text"] in events[-1][1]["html"]


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


SECOND = "Belege werden bis zum fünften Werktag des folgenden Monats eingereicht [1]."


def test_a_models_sentences_arrive_while_it_goes_on_writing(
    program: httpx.Client, notebook: Notebook, use: Any
) -> None:
    # The server writes the first sentence and the next one's beginning, then waits until this test lets it go on.
    with use(ModelServer(f"{GOOD} {SECOND}", hang_after=len(GOOD) // 7 + 4)) as server:
        url = f"/api/v1/notebooks/{notebook.pk}/ask/"
        with program.stream("POST", url, json={"question": QUESTION}) as response:
            lines = response.iter_lines()
            seen = [next(line for line in lines if line.startswith("data")) for _event in range(2)]
            assert server.waiting == 1
            sentence = json.loads(seen[1].removeprefix("data: "))
            assert sentence == {"text": GOOD.replace(" [1]", ""), "citations": [1], "supported": True}


def test_the_answer_is_what_was_told(program: httpx.Client, notebook: Notebook, use: Any) -> None:
    with use(
        ModelServer(f"<think>Erst nachdenken [1]. Dann so.</think>{GOOD} {SECOND} Der Mond ist aus Käse.[9]")
    ):
        response = program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": QUESTION})
    events = events_of(response.text)
    answer = events[-1][1]
    told = [data for name, data in events if name == "sentence"]
    assert told == answer["sentences"]
    assert [sentence["supported"] for sentence in told] == [True, True, False]
    assert (answer["mode"], answer["dropped_markers"], answer["notice"]) == ("generated", 1, "")
    assert "nachdenken" not in response.text


@pytest.mark.parametrize(
    "reply", ["NO ANSWER", "**No answer.** Nothing in the passages.", "Dazu steht dort nichts. NO ANSWER",
              "Ich habe gesucht. Die Quellen beantworten diese Frage nicht."],
)  # fmt: skip
def test_nothing_of_a_refusal_is_told(
    reply: str, program: httpx.Client, notebook: Notebook, use: Any
) -> None:
    with use(ModelServer(reply, piece=3)):
        response = program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": QUESTION})
    events = events_of(response.text)
    assert [name for name, _data in events] == ["searching", "answer"]
    assert events[-1][1]["refused"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_failing_model_ends_in_quotes_and_a_notice(
    name: str, program: httpx.Client, browser: httpx.Client, notebook: Notebook, use: Any
) -> None:
    with use(FAULTS[name](), timeout=TIMEOUT):
        response = program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": QUESTION})
        page = browser.post(f"/notebooks/{notebook.pk}/ask/", data={"question": QUESTION})
    last, answer = events_of(response.text)[-1]
    assert (last, answer["mode"], answer["refused"]) == ("answer", "extractive", False)
    assert answer["notice"]
    last, shown = events_of(page.text)[-1]
    assert last == "exchange"
    assert "answer-notice" in shown["html"]
    assert "14 Euro" in shown["html"]


def test_what_was_told_before_a_model_broke_off_is_replaced(
    program: httpx.Client, notebook: Notebook, use: Any
) -> None:
    with use(FAULTS["hangs in the middle"](), timeout=TIMEOUT):
        response = program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": QUESTION})
    events = events_of(response.text)
    assert [name for name, _data in events] == ["searching", "sentence", "answer"]
    assert events[1][1]["text"] not in [sentence["text"] for sentence in events[2][1]["sentences"]]


def test_while_a_model_thinks_no_connection_is_held(
    program: httpx.Client, notebook: Notebook, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> None:
        program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": QUESTION})

    def held() -> int:
        """By the threads of this test's own pool; pages keep theirs on SQLite, where opening takes long."""
        answering = {thread.ident for thread in threading.enumerate() if thread.name.startswith("asked here")}
        assert answering
        return sum(one._thread_ident in answering for one in open_connections() if id(one) not in older)

    # Ids of threads are given again: what a thread that is gone left open is told apart by being older.
    kept = open_connections()
    older = {id(one) for one in kept}
    monkeypatch.setattr(streaming, "pool", ThreadPoolExecutor(5, thread_name_prefix="asked here"))
    ask()
    wait_until(lambda: held() == 0)
    with use(ModelServer(GOOD, delay=SLOW)) as server:
        readers = [threading.Thread(target=ask) for _reader in range(5)]
        for reader in readers:
            reader.start()
        wait_until(lambda: server.waiting == 5)
        assert held() == 0
        server.released.set()
        for reader in readers:
            reader.join(20)
    assert Exchange.objects.count() == 6


def open_connections() -> list[BaseDatabaseWrapper]:
    gc.collect()
    return [
        thing
        for thing in gc.get_objects()
        if issubclass(type(thing), BaseDatabaseWrapper) and thing.connection is not None
    ]


@pytest.mark.parametrize("way", ["program", "browser"])
def test_a_reader_who_leaves_ends_the_models_call(
    way: str, program: httpx.Client, browser: httpx.Client, notebook: Notebook, use: Any
) -> None:
    client, url = (
        (program, f"/api/v1/notebooks/{notebook.pk}/ask/")
        if way == "program"
        else (browser, f"/notebooks/{notebook.pk}/ask/")
    )
    body = {"json" if way == "program" else "data": {"question": QUESTION}}
    with use(ModelServer(f"{GOOD} {SECOND}", hang_after=3)) as server:
        with client.stream("POST", url, **body) as response:
            lines = response.iter_lines()
            next(lines)
            assert server.reached.wait(20)
        wait_until(lambda: server.left == 1)
        wait_until(lambda: server.waiting == 0)
    assert not Exchange.objects.exists()


def test_the_page_gets_the_exchange_as_it_is_rendered(
    browser: httpx.Client, notebook: Notebook, use: Any
) -> None:
    with use(ModelServer(f"{GOOD} <img src=x onerror=alert(1)> ist ein Bild.")):
        response = browser.post(
            f"/notebooks/{notebook.pk}/ask/",
            data={"question": "<script>alert(1)</script> Pauschale Dienstreise?"},
        )
    events = events_of(response.text)
    shown = events[-1][1]
    assert [name for name, _data in events] == ["searching", "sentence", "sentence", "exchange"]
    exchange = Exchange.objects.get()
    assert f'id="exchange-{exchange.pk}"' in shown["html"]
    assert "<script" not in shown["html"]
    assert "<img" not in shown["html"]
    assert "&lt;img" in shown["html"]


@pytest.mark.parametrize(
    ("data", "status"),
    [({"question": " "}, 422), ({"question": "x" * 2001}, 422), ({"question": QUESTION, "source_shown": "1"}, 422)],
    ids=["empty", "long", "no source"],
)  # fmt: skip
def test_the_page_is_told_before_a_stream_begins(
    data: dict, status: int, browser: httpx.Client, notebook: Notebook
) -> None:
    response = browser.post(f"/notebooks/{notebook.pk}/ask/", data=data)
    assert response.status_code == status
    assert "data-problem" in response.text
    assert response.headers["Content-Type"].startswith("text/html")


def test_a_stranger_gets_no_stream(program: httpx.Client, notebook: Notebook) -> None:
    stranger = {"Authorization": f"Token {create_token(user=make_user('Otto'))}"}
    url = f"/api/v1/notebooks/{notebook.pk}/ask/"
    assert program.post(url, json={"question": QUESTION}, headers=stranger).status_code == 404


def test_a_page_answers_while_many_wait_for_a_model(
    program: httpx.Client, browser: httpx.Client, notebook: Notebook, use: Any
) -> None:
    """More streams than the pools of pages have threads."""
    count = django_settings.WEB_THREADS + django_settings.SLOW_THREADS + 2

    def ask() -> None:
        program.post(f"/api/v1/notebooks/{notebook.pk}/ask/", json={"question": QUESTION})

    with use(ModelServer(GOOD, delay=SLOW)) as server:
        readers = [threading.Thread(target=ask) for _reader in range(count)]
        for reader in readers:
            reader.start()
        wait_until(lambda: server.waiting == count, 20)
        assert browser.get("/notebooks/", headers={"Accept": "text/html"}).status_code == 200
        server.released.set()
        for reader in readers:
            reader.join(20)
    assert Exchange.objects.count() == count
