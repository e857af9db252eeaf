"""A short question that leans on the one before is understood so, for the person who asked and nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from learning.notebooks import actions, asking
from learning.notebooks.models import Exchange, Notebook, Source
from tests.factories import make_notebook, make_source
from tests.models_server import ModelServer

FIRST = "Wie hoch ist die Verpflegungspauschale in Deutschland?"
NEXT = "Und in Österreich?"
TEXT = """# Reisen

Die Verpflegungspauschale in Deutschland beträgt 14 Euro am Tag.

Die Verpflegungspauschale in Österreich beträgt 40 Euro am Tag.
"""
OFFICE = """# Büros

In Österreich liegt unser Büro am Donaukanal. Österreich hat neun Bundesländer, und in Österreich arbeiten
zwölf von uns; wer Österreich besucht, meldet sich an.
"""


@pytest.fixture
def notebook(cast: Any) -> Notebook:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook, text=OFFICE, title="Büros")
    make_source(notebook, text=TEXT, title="Reisen")
    return notebook


def ask(api: Any, user: Any, notebook: Notebook, question: str, **fields: Any) -> dict[str, Any]:
    url = f"/api/v1/notebooks/{notebook.pk}/ask/"
    return api(user).post(url, {"question": question, **fields}).json()


def test_a_follow_up_is_searched_with_the_words_before_it(api: Any, cast: Any, notebook: Notebook) -> None:
    assert ask(api, cast.emma, notebook, FIRST)["follows"] == ""
    body = ask(api, cast.emma, notebook, NEXT)
    assert body["follows"] == FIRST
    assert "40 Euro" in body["sentences"][0]["text"]
    assert Exchange.objects.latest("pk").question == NEXT


def test_it_can_be_asked_by_itself(api: Any, cast: Any, notebook: Notebook) -> None:
    ask(api, cast.emma, notebook, FIRST)
    body = ask(api, cast.emma, notebook, NEXT, follow_up=False)
    assert body["follows"] == ""
    assert "40 Euro" not in body["sentences"][0]["text"]


def test_a_chain_leads_back_to_its_first_question(api: Any, cast: Any, notebook: Notebook) -> None:
    for question in (FIRST, NEXT):
        ask(api, cast.emma, notebook, question)
    body = ask(api, cast.emma, notebook, "Und am Tag?")
    assert body["follows"] == FIRST
    assert "Euro" in body["sentences"][0]["text"]


def test_nobody_elses_question_is_followed(api: Any, cast: Any, notebook: Notebook) -> None:
    ask(api, cast.farid, notebook, FIRST)
    assert ask(api, cast.emma, notebook, NEXT)["follows"] == ""


def test_nor_one_of_another_notebook_or_of_yesterday(api: Any, cast: Any, notebook: Notebook) -> None:
    other = make_notebook(cast.emma)
    make_source(other, text=TEXT)
    ask(api, cast.emma, other, FIRST)
    assert ask(api, cast.emma, notebook, NEXT)["follows"] == ""

    exchange = Exchange.objects.get(notebook=other)
    Exchange.objects.filter(pk=exchange.pk).update(asked_at=exchange.asked_at - timedelta(hours=2))
    assert ask(api, cast.emma, other, NEXT)["follows"] == ""


def test_a_question_of_its_own_is_not_changed(api: Any, cast: Any, notebook: Notebook) -> None:
    question = "Wo liegt unser Büro in Österreich?"
    alone = ask(api, cast.emma, notebook, question)
    ask(api, cast.emma, notebook, FIRST)
    assert ask(api, cast.emma, notebook, question) == alone


def test_the_page_says_so_and_offers_the_other_reading(sign_in: Any, cast: Any, notebook: Notebook) -> None:
    client, url = sign_in(cast.emma), f"/notebooks/{notebook.pk}/"
    for question in (f"{FIRST} <b>", NEXT):
        client.post(f"{url}ask/", {"question": question})
    html = client.get(url).content.decode()
    assert html.count("data-alone") == 1
    assert "Deutschland? &lt;b&gt;" in html
    assert "<b>" not in html

    client.post(f"{url}ask/", {"question": NEXT, "follow_up": "no"})
    assert Exchange.objects.latest("pk").answer["follows"] == ""


def test_a_model_is_told_what_was_said(api: Any, cast: Any, notebook: Notebook, settings: Any) -> None:
    with ModelServer("In Österreich sind es 40 Euro am Tag [1].") as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "probe"
        for question in (FIRST, NEXT):
            body = ask(api, cast.emma, notebook, question)
    first, second = (request["messages"][-1]["content"] for request in server.requests)
    assert "earlier in this conversation" not in first
    assert f"Question: {FIRST}\nAnswer: In Österreich" in second
    assert second.endswith(f"Question: {NEXT}")
    assert second.index("40 Euro am Tag.") < second.index("earlier in this conversation")
    assert (body["mode"], body["follows"]) == ("generated", FIRST)


def test_what_was_withdrawn_is_told_to_no_model(
    api: Any, cast: Any, notebook: Notebook, settings: Any
) -> None:
    ask(api, cast.emma, notebook, FIRST)
    actions.remove(source=Source.objects.get(title="Reisen"), user=cast.farid)
    with ModelServer("NO ANSWER") as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "probe"
        ask(api, cast.emma, notebook, NEXT)
    content = server.requests[0]["messages"][-1]["content"]
    assert FIRST in content
    assert "14 Euro" not in content


def test_the_command_follows_nothing(cast: Any, notebook: Notebook) -> None:
    asking.ask(notebook=notebook, user=cast.emma, question=FIRST)
    assert asking.answer_question(notebook=notebook, user=cast.emma, question=NEXT).follows == ""
