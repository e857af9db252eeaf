"""The seam to models, against a real server on loopback."""

from typing import Any

import numpy as np
import pytest

from hub.ai.chat import get_chat_model
from hub.ai.embeddings import get_embedding_model
from hub.ai.errors import ModelError
from hub.ai.models import AIUsage
from hub.ai.usage import record_use
from tests.models_server import ModelServer

MESSAGES = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}]


@pytest.fixture
def configure(settings: Any) -> Any:
    def factory(server: ModelServer, timeout: float = 5) -> None:
        settings.AI_CHAT_URL = settings.AI_EMBEDDING_URL = server.url
        settings.AI_CHAT_MODEL = settings.AI_EMBEDDING_MODEL = "probe"
        settings.AI_CHAT_KEY = "secret-key"
        settings.AI_TIMEOUT_SECONDS = timeout

    return factory


def test_without_a_setting_there_is_no_model() -> None:
    assert get_chat_model() is None
    assert get_embedding_model() is None


def test_a_chat_model_is_asked_with_its_key(configure: Any) -> None:
    with ModelServer(reply="Good morning.") as server:
        configure(server)
        assert get_chat_model().complete(MESSAGES) == "Good morning."
    asked = server.requests[0]
    assert (asked["model"], asked["key"]) == ("probe", "Bearer secret-key")
    assert asked["messages"] == MESSAGES


def test_an_embedding_model_gives_one_vector_a_text(configure: Any) -> None:
    with ModelServer() as server:
        configure(server)
        vectors = get_embedding_model().of_passages(["a", "abc"])
    assert np.allclose(vectors, [[0.5**0.5] * 2, [0.9**0.5, 0.1**0.5]])


@pytest.mark.parametrize(
    ("server", "permanent"),
    [
        (ModelServer(status=401, body=b'{"error": {"message": "no"}}'), True),
        (ModelServer(status=429, body=b'{"error": {"message": "slow down"}}'), False),
        (ModelServer(status=500, body=b"oops"), False),
        (ModelServer(body=b"{not json"), False),
        (ModelServer(body=b'{"choices": []}'), False),
        (ModelServer(reply="half", cut=True), False),
        (ModelServer(reply="late", delay=1.5), False),
    ],
    ids=["401", "429", "500", "malformed", "no choices", "cut", "hangs"],
)
def test_every_failure_is_an_error_of_our_own(server: ModelServer, permanent: bool, configure: Any) -> None:
    with server:
        configure(server, timeout=0.4)
        with pytest.raises(ModelError) as caught:
            get_chat_model().complete(MESSAGES)
    assert caught.value.permanent is permanent
    assert "secret-key" not in str(caught.value)


def test_nobody_listening_is_an_error_of_our_own(settings: Any) -> None:
    settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = "http://127.0.0.1:9/v1", "probe"
    with pytest.raises(ModelError):
        get_chat_model().complete(MESSAGES)


@pytest.mark.django_db
def test_uses_add_up_a_day_and_name_nobody() -> None:
    for failed in (False, True, False):
        record_use(system="hatpin-answers", purpose="ask", model="probe", failed=failed)

    usage = AIUsage.objects.get()
    assert (usage.calls, usage.failures) == (3, 1)
    assert not any(field.related_model and "user" in field.name for field in AIUsage._meta.fields)


@pytest.mark.django_db
def test_a_use_needs_a_row_in_the_register() -> None:
    with pytest.raises(KeyError):
        record_use(system="unknown", purpose="ask", model="x")
