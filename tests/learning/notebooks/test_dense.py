"""Search by meaning: vectors made in the background, a weight measured, words alone when the model is away."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone

from hub.ai.embeddings import get_embedding_model
from hub.ai.errors import ModelError
from hub.ai.models import AIUsage
from hub.celery import app
from hub.jobs import sweep
from learning.notebooks import dense, indexes, vectors
from learning.notebooks.actions import add_text, remove
from learning.notebooks.models import FusionWeight, Notebook, SourceVectors
from learning.notebooks.reading import read_source
from tests.factories import make_notebook, make_source

# Passages and what a model takes for the same; no word in common, and none that any dictionary knows.
PAIRS = {
    "Erholungsurlaub beträgt dreißig Werktage": "gromlik tawes",
    "Spesenabrechnung reicht man monatlich ein": "brusk",
    "Krankmeldung erfolgt vor Dienstbeginn telefonisch": "wimpel zafod",
    "Parkplätze vergibt der Empfang": "quorx jebin",
    "Kantinenessen kostet vier Euro": "lurmo",
    "Passwörter wechselt niemand ohne Anlass": "xintel",
    "Besucher tragen sichtbare Ausweise": "fropp",
    "Brandmelder prüft die Haustechnik": "dwelo",
    "Fahrräder stehen im Innenhof": "tarsk",
    "Pakete nimmt die Poststelle an": "mizzel",
}
DIMENSIONS = len(PAIRS) + 1


def vector(text: str) -> list[float]:
    """A model that knows the pairs: one direction each, and one for all else."""
    found = [0.0] * DIMENSIONS
    for place, (passage, question) in enumerate(PAIRS.items()):
        if passage.split()[0] in text or question in text or f"Nummer {place}." in text:
            found[place] = 1.0
    return found if any(found) else [*found[:-1], 1.0]


class EmbeddingServer:
    """An OpenAI-compatible endpoint over `vector`; `status` makes it fail."""

    def __init__(self, of: Callable[[str], list[float]] = vector) -> None:
        self.status, self.asked = 200, 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.asked += 1
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                data = [
                    {"object": "embedding", "index": n, "embedding": of(text)}
                    for n, text in enumerate(body["input"])
                ]
                content = json.dumps({"object": "list", "model": body["model"], "data": data, "usage": {}})
                self.send_response(outer.status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(content.encode())

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()


@pytest.fixture
def endpoint(settings: Any) -> Iterator[EmbeddingServer]:
    server = EmbeddingServer()
    settings.AI_EMBEDDING_URL, settings.AI_EMBEDDING_MODEL = server.url, "pairs"
    was_eager, app.conf.task_always_eager = app.conf.task_always_eager, True
    yield server
    app.conf.task_always_eager = was_eager
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def notebook(cast: Any) -> Notebook:
    """Every passage a source, each with a second sentence that only the number joins to it."""
    notebook = make_notebook(cast.emma)
    for place, passage in enumerate(PAIRS):
        make_source(
            notebook, title=f"Blatt {place}", text=f"{passage}. Das steht so in Blatt Nummer {place}."
        )
    return notebook


@pytest.fixture
def search(api: Any, cast: Any, notebook: Notebook) -> Callable[..., dict[str, Any]]:
    def factory(query: str) -> dict[str, Any]:
        response = api(cast.emma).get(f"/api/v1/notebooks/{notebook.pk}/search/", {"q": query, "top_k": 3})
        assert response.status_code == 200
        return response.json()

    return factory


def settle(rounds: int = 4) -> None:
    """The periodic sweep, as often as it takes."""
    for _ in range(rounds):
        SourceVectors.objects.filter(is_done=False).update(leased_until=None)
        sweep(timezone.now())


def test_a_question_without_a_common_word_finds_its_passage(
    endpoint: EmbeddingServer, search: Callable[..., Any]
) -> None:
    assert search("gromlik tawes")["results"] == []
    settle()
    found = search("gromlik tawes")
    assert found["results"][0]["text"].startswith("Erholungsurlaub")
    assert found["notice"] == ""
    assert FusionWeight.objects.get().weight > 0
    assert AIUsage.objects.filter(system__slug="hatpin-search", purpose="search").get().calls == 1


def test_while_vectors_are_missing_search_is_lexical_and_says_nothing(
    endpoint: EmbeddingServer, search: Callable[..., Any]
) -> None:
    found = search("Kantinenessen")
    assert (found["results"][0]["text"][:14], found["notice"]) == ("Kantinenessen ", "")
    assert endpoint.asked == 0


def test_an_endpoint_that_is_down_gives_words_and_a_notice_and_is_left_alone(
    endpoint: EmbeddingServer, search: Callable[..., Any]
) -> None:
    settle()
    endpoint.status = 500
    before = endpoint.asked
    for _ in range(3):
        found = search("Kantinenessen kostet")
        assert found["results"][0]["text"].startswith("Kantinenessen")
        assert found["notice"]
    assert endpoint.asked == before + 1


def test_an_answer_carries_the_notice_too(
    endpoint: EmbeddingServer, api: Any, cast: Any, notebook: Notebook
) -> None:
    settle()
    endpoint.status = 503
    answer = api(cast.emma).post(
        f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": "Was kostet Kantinenessen?"}
    )
    assert answer.json()["notice"]
    assert not answer.json()["refused"]


def test_another_model_is_embedded_anew_and_the_old_vectors_go(
    endpoint: EmbeddingServer, search: Callable[..., Any], settings: Any
) -> None:
    settle()
    old = set(SourceVectors.objects.values_list("signature", flat=True))
    settings.AI_EMBEDDING_MODEL = "pairs-2"
    assert search("gromlik tawes")["results"] == []
    settle()
    assert search("gromlik tawes")["results"][0]["text"].startswith("Erholungsurlaub")
    signatures = set(SourceVectors.objects.values_list("signature", flat=True))
    assert len(signatures) == 1
    assert signatures.isdisjoint(old)


def test_a_removed_source_is_not_found_by_its_meaning(
    endpoint: EmbeddingServer, search: Callable[..., Any], notebook: Notebook, cast: Any
) -> None:
    settle()
    assert search("gromlik tawes")["results"]
    remove(source=notebook.sources.get(title="Blatt 0"), user=cast.emma)
    assert not any(hit["text"].startswith("Erholungsurlaub") for hit in search("gromlik tawes")["results"])


def test_a_new_source_is_embedded_as_soon_as_it_was_read(
    endpoint: EmbeddingServer, notebook: Notebook, django_capture_on_commit_callbacks: Any
) -> None:
    settle()
    text = "Homeoffice ist an zwei Tagen möglich."
    source = add_text(notebook=notebook, user=notebook.owner, title="Homeoffice", text=text)
    with django_capture_on_commit_callbacks(execute=True):
        read_source(source.pk)
    assert source.vectors.get().is_done


def test_a_failing_endpoint_is_asked_again_later_and_nothing_is_lost(
    endpoint: EmbeddingServer, notebook: Notebook
) -> None:
    endpoint.status = 500
    sweep(timezone.now())
    assert SourceVectors.objects.filter(is_done=True).count() == 0
    assert SourceVectors.objects.filter(leased_until__gt=timezone.now(), attempts=0).count() == len(PAIRS)
    asked = endpoint.asked
    sweep(timezone.now())
    assert endpoint.asked == asked
    endpoint.status = 200
    settle()
    assert SourceVectors.objects.filter(is_done=True).count() == len(PAIRS)


def test_vectors_of_another_length_are_not_compared(
    endpoint: EmbeddingServer, search: Callable[..., Any], notebook: Notebook
) -> None:
    settle()
    row = SourceVectors.objects.filter(source__title="Blatt 3").get()
    row.dimension, row.data = 1, b"\x00\x00\x80\x3f" * row.count
    row.save()
    vectors.forget_all()
    assert search("gromlik tawes")["results"][0]["text"].startswith("Erholungsurlaub")
    assert not any(hit["text"].startswith("Parkplätze") for hit in search("quorx jebin")["results"])


@pytest.mark.parametrize(
    "answer",
    [lambda text: [float("nan")] * 3, lambda text: [1.0] * (1 + len(text) % 2), lambda text: []],
    ids=["not numbers", "unequal", "empty"],
)
def test_vectors_that_make_no_sense_are_refused(answer: Callable[[str], list[float]], settings: Any) -> None:
    server = EmbeddingServer(answer)
    settings.AI_EMBEDDING_URL, settings.AI_EMBEDDING_MODEL = server.url, "odd"
    with pytest.raises(ModelError):
        get_embedding_model().of_passages(["eins", "zwei!"])
    server.server.shutdown()
    server.server.server_close()


def test_vectors_lie_in_one_file_for_all_processes(
    endpoint: EmbeddingServer, search: Callable[..., Any], notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "SHARED_FROM", 1)
    monkeypatch.setattr(vectors, "SHARED_FROM", 1)
    settle()
    first = search("gromlik tawes")
    assert len(list(indexes.folder_of(notebook).glob("vectors-*.npy"))) == 1
    vectors.forget_all()
    dense.forget_all()
    SourceVectors.objects.update(data=b"")  # whoever read the rows now would find nothing
    assert search("gromlik tawes") == first


def test_without_a_setting_nobody_is_asked(notebook: Notebook, search: Callable[..., Any]) -> None:
    sweep(timezone.now())
    assert not SourceVectors.objects.exists()
    assert search("Kantinenessen")["notice"] == ""
