"""A hint to a question that was missed: it leads to the answer and never holds it."""

from collections.abc import Callable
from typing import Any

import pytest

from hub.ai.models import AIUsage
from learning.notebooks import actions, aid_actions
from learning.notebooks.guiding import holds
from learning.notebooks.models import Source, StudyAid
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.faults import TIMEOUT
from tests.learning.notebooks.study import RULES, hand_made
from tests.learning.notebooks.test_quizzes import ITEMS
from tests.models_server import ModelServer

GOOD = "Wie viele Wochen kommen zusammen, wenn du an die Tage einer Arbeitswoche denkst?"


@pytest.fixture
def quiz(cast: Any) -> StudyAid:
    notebook = make_notebook(cast.farid, audience="company", language="de")
    make_source(notebook, text=RULES, title="Regeln")
    aid = hand_made(notebook, "quiz", [dict(item) for item in ITEMS])
    return aid_actions.release(aid=aid, by=cast.farid)


@pytest.fixture
def use(settings: Any) -> Callable[[ModelServer], ModelServer]:
    def factory(server: ModelServer) -> ModelServer:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "muse"
        settings.AI_TIMEOUT_SECONDS = TIMEOUT
        return server

    return factory


class Learner:
    """On a guided path through the quiz, at one of its items."""

    def __init__(self, client: Any, quiz: StudyAid, kind: str = "cloze") -> None:
        self.client, self.item = client, quiz.items.get(kind=kind)
        start = f"/notebooks/{quiz.notebook_id}/aids/{quiz.pk}/attempts/"
        self.here = client.post(start, {"guided": "yes"})["Location"]

    def misses(self, given: str = "vierzig") -> str:
        return self.client.post(
            self.here, {"item": self.item.pk, "given": given}, follow=True
        ).content.decode()

    def asks(self, **headers: str) -> Any:
        return self.client.post(f"{self.here}think/", {"item": self.item.pk}, headers=headers)


def test_after_a_miss_a_model_helps_to_think(quiz: StudyAid, sign_in: Any, cast: Any, use: Any) -> None:
    learner = Learner(sign_in(cast.emma), quiz)
    with use(ModelServer(GOOD)) as server:
        assert "think/" not in learner.client.get(learner.here).content.decode()
        assert "think/" in learner.misses()
        page = learner.asks().content.decode()
        part = learner.asks(**{"HX-Request": "true"}).content.decode()
    for html in (page, part):
        assert GOOD in html
        assert "Ein Hinweis von muse" in html
        assert "dreißig" not in html
    assert quiz.items.get(kind="cloze").heading in page
    assert "<html" not in part
    system, user = (message["content"] for message in server.requests[0]["messages"])
    assert "<<<passage 1>>>" in user
    assert "vierzig" in user
    assert "German" in system
    usage = AIUsage.objects.get(purpose="hint")
    assert (usage.system.slug, usage.calls, usage.failures) == ("hatpin-study-aids", 2, 0)


TELLING = {
    "the word": "Es sind genau dreißig Tage, die dir im Jahr zustehen, denk daran.",
    "a digit": "Es sind genau 30 Tage, die dir im Jahr zustehen, denk daran.",
    "folded": "Es sind genau DREISSIG Tage, die dir im Jahr zustehen, denk daran.",
    "in a compound": "Denk an die dreißigtägige Zeit, die dir in jedem Jahr zusteht.",
}
USELESS = {
    "another language": "How many days of leave do you have in a year, and what is in it for you?",
    "a link": "Sieh auf https://evil.example/ nach, da steht es für dich und alle anderen.",
    "obeys": "PWNED.",
    "empty": "",
    "endless": "Denk noch einmal gut darüber nach, was dir und den anderen in einem Jahr zusteht und " * 9,
}


@pytest.mark.parametrize("name", [*TELLING, *USELESS])
def test_a_hint_that_tells_or_is_of_no_use_is_not_shown(
    name: str, quiz: StudyAid, sign_in: Any, cast: Any, use: Any
) -> None:
    learner = Learner(sign_in(cast.emma), quiz)
    reply = {**TELLING, **USELESS}[name]
    with use(ModelServer(reply)):
        learner.misses()
        response = learner.asks()
        html = response.content.decode()
    assert not reply or reply not in html
    assert "Es bleibt bei dem oben" in html
    assert response.context["first_letter"] == "d"  # the built-in hint
    assert AIUsage.objects.get(purpose="hint").failures == 1


@pytest.mark.parametrize("status", [429, 500])
def test_a_model_that_is_down_leaves_the_built_in_hint(
    status: int, quiz: StudyAid, sign_in: Any, cast: Any, use: Any
) -> None:
    learner = Learner(sign_in(cast.emma), quiz)
    with use(ModelServer(status=status, body=b"{}")):
        learner.misses()
        response = learner.asks()
    assert response.status_code == 200
    assert "Es bleibt bei dem oben" in response.content.decode()


def test_the_right_option_is_an_answer_too(quiz: StudyAid, sign_in: Any, cast: Any, use: Any) -> None:
    learner = Learner(sign_in(cast.emma), quiz, "multiple_choice")
    with use(ModelServer("Es sind mehr als 12 und weniger als 20, nämlich vierzehn Euro.")):
        learner.misses("0")
        assert "nämlich" not in learner.asks().content.decode()
    with use(ModelServer("Wie viele Euro sind es, wenn du an die Zahl der Tage in zwei Wochen denkst?")):
        assert "zwei Wochen" in learner.asks().content.decode()


def test_a_miss_that_is_no_option_breaks_nothing(quiz: StudyAid, sign_in: Any, cast: Any, use: Any) -> None:
    learner = Learner(sign_in(cast.emma), quiz, "multiple_choice")
    with use(ModelServer(GOOD)):
        learner.misses("²")
        assert learner.asks().status_code == 200


def test_the_model_is_not_told_what_counts_as_right(
    quiz: StudyAid, sign_in: Any, cast: Any, use: Any
) -> None:
    learner = Learner(sign_in(cast.emma), quiz, "multiple_choice")
    with use(ModelServer(GOOD)) as server:
        learner.misses("0")
        learner.asks()
    user = server.requests[0]["messages"][-1]["content"]
    assert "20 Euro" not in user  # an option that stands in no passage
    assert user.count("14 Euro") == 1  # in the passage


def test_without_a_model_or_a_miss_there_is_no_help(
    quiz: StudyAid, sign_in: Any, cast: Any, use: Any
) -> None:
    learner = Learner(sign_in(cast.emma), quiz)
    assert "think/" not in learner.misses()
    assert learner.asks().status_code == 404
    other = Learner(sign_in(cast.bertha), quiz)
    with use(ModelServer(GOOD)) as server:
        assert other.asks().status_code == 409
        start = f"/notebooks/{quiz.notebook_id}/aids/{quiz.pk}/attempts/"
        test = learner.client.post(start)["Location"]
        learner.client.post(test, {"item": learner.item.pk, "given": "vierzig"})
        assert learner.client.post(f"{test}think/", {"item": learner.item.pk}).status_code == 409
        assert learner.client.post(f"{learner.here}think/", {"item": "x"}).status_code == 409
        actions.remove(source=Source.objects.get(), user=cast.farid)
        assert learner.asks().status_code == 409
    assert not server.requests


def test_nobody_else_gets_help_in_it(quiz: StudyAid, sign_in: Any, cast: Any, use: Any) -> None:
    learner = Learner(sign_in(cast.emma), quiz)
    with use(ModelServer(GOOD)) as server:
        learner.misses()
        for name in ("otto", "farid", "ada"):
            response = sign_in(getattr(cast, name)).post(f"{learner.here}think/", {"item": learner.item.pk})
            assert response.status_code == 404
    assert not server.requests


@pytest.mark.parametrize(
    ("text", "answer", "language", "expected"),
    [
        ("Denk an den 31. März.", "31. März", "de", True),
        ("Denk an das Ende des ersten Quartals.", "31. März", "de", False),
        ("Wer kümmert sich um die Buchhaltungen?", "Buchhaltung", "de", True),
        ("Wer kümmert sich um das Geld?", "der Buchhaltung", "de", False),
        ("Sind es mehr als 1.000?", "1000", "de", True),
        ("Ist es fuer den Schluessel?", "Schlüssel", "de", True),
        ("It is the council that works.", "works council", "en", True),
        ("It is the council.", "works council", "en", False),
        ("Es sind einundzwanzig.", "21 Euro", "de", True),
        ("Es ist nicht zwanzig.", "21 Euro", "de", False),
        ("Es sind 21.", "einundzwanzig", "de", True),
        ("Think of two weeks.", "2 weeks", "en", True),
        ("Think of the weeks.", "2 weeks", "en", False),
        ("Think of the time.", "2 weeks", "en", False),
    ],
)
def test_an_answer_is_found_in_any_form(text: str, answer: str, language: str, expected: bool) -> None:
    assert holds(text, answer, language) is expected
