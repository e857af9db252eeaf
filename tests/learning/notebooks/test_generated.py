"""Answers written by a model: checked here, and replaced by quotes whenever the model fails."""

from typing import Any

import pytest

from hub.ai.models import AIUsage
from learning.notebooks.models import Notebook
from tests.factories import make_notebook, make_source
from tests.models_server import ModelServer

QUESTION = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"
GOOD = "Für eine Dienstreise von mehr als acht Stunden zahlt die Firma 14 Euro Verpflegungspauschale [1]."


@pytest.fixture
def ask(api: Any, cast: Any, settings: Any) -> Any:
    notebook: Notebook = make_notebook(cast.emma)
    source = make_source(notebook)

    def factory(server: ModelServer) -> dict[str, Any]:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL, settings.AI_TIMEOUT_SECONDS = server.url, "probe", 0.5
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


@pytest.mark.parametrize(
    "server",
    [
        ModelServer(status=500, body=b"oops"),
        ModelServer(status=429, body=b"{}"),
        ModelServer(body=b"{not json"),
        ModelServer(reply=""),
        ModelServer(reply=GOOD, cut=True),
        ModelServer(reply=GOOD, delay=2),
    ],
    ids=["500", "429", "malformed", "empty", "cut", "hangs"],
)
def test_a_failing_model_gives_quotes_and_a_notice(server: ModelServer, ask: Any) -> None:
    body = ask(server)
    assert (body["mode"], body["refused"]) == ("extractive", False)
    assert body["notice"]
    assert any("14 Euro" in citation["quote"] for citation in body["citations"])
    assert AIUsage.objects.get().failures == 1


def test_the_prompt_says_that_documents_are_data(ask: Any) -> None:
    server = ModelServer(reply=GOOD)
    ask(server)
    system = server.requests[0]["messages"][0]["content"]
    assert "untrusted" in system
