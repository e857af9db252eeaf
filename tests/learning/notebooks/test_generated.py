"""Answers written by a model: checked here, and replaced by quotes whenever the model fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from hub.ai.models import AIUsage
from learning.notebooks.asking import reread_for
from learning.notebooks.indexes import index_of
from learning.notebooks.models import Notebook, Source
from learning.rag.answer import Answer, answer
from learning.rag.sentences import pieces
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.faults import FAULTS, GOOD, TIMEOUT
from tests.models_server import ModelServer

QUESTION = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"


@pytest.fixture
def ask(api: Any, cast: Any, settings: Any) -> Any:
    notebook: Notebook = make_notebook(cast.emma)
    source = make_source(notebook)

    def factory(server: ModelServer) -> dict[str, Any]:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL, settings.AI_TIMEOUT_SECONDS = (
            server.url,
            "probe",
            TIMEOUT,
        )
        with server:
            response = api(cast.emma).post(f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": QUESTION})
        assert response.status_code == 200
        body = response.json()
        for citation in body["citations"]:
            assert source.text[citation["start"] : citation["end"]] == citation["quote"]
        return body

    return factory


def test_a_supported_sentence_keeps_its_citation(ask: Any) -> None:
    body = ask(ModelServer(reply=GOOD))
    assert (body["mode"], body["model"], body["notice"]) == ("generated", "probe", "")
    assert body["sentences"][0]["supported"]
    assert "14 Euro" in body["citations"][0]["quote"]
    assert AIUsage.objects.get().model == "probe"


def test_no_model_is_shown_the_whole_of_a_short_source(api: Any, cast: Any, settings: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    [passage] = source.passages.all()
    with ModelServer(reply=GOOD) as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "probe"
        body = api(cast.emma).post(f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": QUESTION}).json()
    prompt = server.requests[0]["messages"][1]["content"]
    held = [sentence for sentence in pieces(passage.text) if sentence.strip() in prompt]
    assert 0 < len(held) < len(pieces(passage.text))
    assert any("14 Euro" in sentence for sentence in held)
    [citation] = body["citations"]
    assert source.text[citation["start"] : citation["end"]] == citation["quote"]


def test_invented_markers_are_dropped_and_counted(ask: Any) -> None:
    body = ask(ModelServer(reply=f"{GOOD} Das gilt seit 1888 [7][99]."))
    assert body["dropped_markers"] == 2
    assert [citation["n"] for citation in body["citations"]] == [1]
    assert not body["sentences"][1]["supported"]


def test_an_unsupported_sentence_is_marked(ask: Any) -> None:
    body = ask(ModelServer(reply=f"{GOOD} Die Pauschale steigt im Mai auf 99 Euro [1]."))
    assert [sentence["supported"] for sentence in body["sentences"]] == [True, False]


def test_a_model_that_finds_nothing_is_a_refusal(ask: Any) -> None:
    assert ask(ModelServer(reply="NO ANSWER"))["refused"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_failing_model_gives_quotes_and_a_notice(name: str, ask: Any) -> None:
    body = ask(FAULTS[name]())
    assert (body["mode"], body["refused"]) == ("extractive", False)
    assert body["notice"]
    assert any("14 Euro" in citation["quote"] for citation in body["citations"])
    assert AIUsage.objects.get().failures == 1


@pytest.mark.parametrize("name", FAULTS)
def test_the_page_shows_quotes_and_a_notice_too(name: str, sign_in: Any, cast: Any, settings: Any) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    client = sign_in(cast.emma)
    with FAULTS[name]() as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL, settings.AI_TIMEOUT_SECONDS = (
            server.url,
            "probe",
            TIMEOUT,
        )
        response = client.post(f"/notebooks/{notebook.pk}/ask/", {"question": QUESTION})
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "answer-notice" in page
    assert "14 Euro" in page


@pytest.mark.parametrize(
    "server", [ModelServer(f"{GOOD} ", endless=True), ModelServer(f"{GOOD} " * 12_000, piece=9_000)],
    ids=["endless", "1 MB"],
)  # fmt: skip
def test_what_is_said_without_an_end_is_taken_once(server: ModelServer, ask: Any) -> None:
    body = ask(server)
    assert body["mode"] == "generated"
    assert [sentence["supported"] for sentence in body["sentences"]] == [True]


def test_of_a_long_reply_the_beginning_is_taken(ask: Any) -> None:
    said = [GOOD.replace("14 Euro", " ".join(["14 Euro"] * times)) for times in range(1, 16)]
    body = ask(ModelServer(" ".join(said)))
    assert body["mode"] == "generated"
    assert [sentence["text"].count("Euro") for sentence in body["sentences"]] == list(range(1, 13))
    assert all(sentence["supported"] for sentence in body["sentences"])


def test_an_endpoint_that_does_not_stream_answers_too(ask: Any) -> None:
    assert ask(ModelServer(GOOD, streams=False))["mode"] == "generated"


def test_a_source_withdrawn_while_the_model_thinks_is_in_no_answer(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    make_source(notebook, text="Die Verpflegungspauschale bei einer Dienstreise steht im Anhang.", title="B")

    def ask_while(happens: Callable[[], object]) -> Answer:
        return answer(
            QUESTION, index=index_of(notebook), reread=reread_for(cast.emma), language="de",
            chat=Thoughtful(happens),
        )  # fmt: skip

    assert "14 Euro" in ask_while(lambda: None).answer
    after = ask_while(lambda: Source.objects.filter(pk=source.pk).update(removed_at=timezone.now()))
    assert all(citation.source != source.pk for citation in after.citations)
    assert "14 Euro" not in after.answer


class Thoughtful:
    """A chat model during whose thoughts something happens."""

    model, context_tokens = "thoughtful", 8192

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def stream(self, messages: list[dict[str, str]]) -> Iterator[str]:
        self.happens()
        yield GOOD


def test_the_prompt_is_bounded_by_the_models_window(ask: Any, settings: Any) -> None:
    settings.AI_CHAT_CONTEXT_TOKENS = 2_048
    server = ModelServer(GOOD)
    ask(server)
    assert sum(len(message["content"]) for message in server.requests[0]["messages"]) < 2_048 * 3 * 0.8


def test_the_prompt_says_that_documents_are_data(ask: Any) -> None:
    server = ModelServer(reply=GOOD)
    ask(server)
    system = server.requests[0]["messages"][0]["content"]
    assert "untrusted" in system
