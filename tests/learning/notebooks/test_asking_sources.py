"""Sources switched on and off: only those that are on answer, and nobody learns of others."""

from typing import Any
from uuid import uuid4

import pytest

from learning.notebooks import actions
from learning.notebooks.models import Exchange, Notebook, Source
from tests.factories import make_notebook, make_source

QUESTION = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"
OTHER = "Die Verpflegungspauschale bei einer Dienstreise nach Wien beträgt 33 Euro am Tag."


@pytest.fixture
def notebook(cast: Any) -> Notebook:
    return make_notebook(cast.emma)


@pytest.fixture
def sources(notebook: Notebook) -> list[Source]:
    return [make_source(notebook), make_source(notebook, text=OTHER, title="Wien")]


def cited(body: dict[str, Any]) -> set[str]:
    return {citation["source"] for citation in body["citations"]}


def test_only_what_is_switched_on_answers(
    api: Any, cast: Any, notebook: Notebook, sources: list[Source]
) -> None:
    url = f"/api/v1/notebooks/{notebook.pk}/ask/"
    for source in sources:
        body = api(cast.emma).post(url, {"question": QUESTION, "sources": [str(source.pk)]}).json()
        assert cited(body) == {str(source.pk)}
    both = [str(source.pk) for source in sources]
    assert cited(api(cast.emma).post(url, {"question": QUESTION, "sources": both}).json()) == set(both)
    assert cited(api(cast.emma).post(url, {"question": QUESTION}).json()) == set(both)


def test_a_search_can_be_limited_too(api: Any, cast: Any, notebook: Notebook, sources: list[Source]) -> None:
    url = f"/api/v1/notebooks/{notebook.pk}/search/?q=Verpflegungspauschale"
    first, second = (str(source.pk) for source in sources)
    client = api(cast.emma)
    assert {hit["source"] for hit in client.get(url).json()["results"]} == {first, second}
    assert {hit["source"] for hit in client.get(f"{url}&source={second}").json()["results"]} == {second}
    both = client.get(f"{url}&source={first}&source={second}").json()
    assert {hit["source"] for hit in both["results"]} == {first, second}
    assert both["notice"] == ""


@pytest.mark.parametrize("kind", ["unknown", "another notebook's", "a stranger's", "removed"])
def test_an_id_that_is_not_there_is_refused_and_tells_nothing(
    kind: str, api: Any, cast: Any, notebook: Notebook, sources: list[Source]
) -> None:
    if kind == "removed":
        actions.remove(source=sources[1], user=cast.emma)
    id = {
        "unknown": lambda: uuid4(),
        "another notebook's": lambda: make_source(make_notebook(cast.emma)).pk,
        "a stranger's": lambda: make_source(make_notebook(cast.otto)).pk,
        "removed": lambda: sources[1].pk,
    }[kind]()
    client, url = api(cast.emma), f"/api/v1/notebooks/{notebook.pk}/"
    asked = client.post(f"{url}ask/", {"question": QUESTION, "sources": [str(sources[0].pk), str(id)]})
    unknown = client.post(
        f"{url}ask/", {"question": QUESTION, "sources": ["11111111-2222-4333-8444-555555555555"]}
    )
    found = client.get(f"{url}search/?q=Pauschale&source={id}")

    assert asked.status_code == found.status_code == unknown.status_code == 422
    assert asked.json()["type"].endswith(":unknown_source")
    assert asked.json()["detail"] == unknown.json()["detail"] == found.json()["detail"]
    assert not Exchange.objects.exists()


def test_none_switched_on_is_said(api: Any, cast: Any, notebook: Notebook, sources: list[Source]) -> None:
    response = api(cast.emma).post(
        f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": QUESTION, "sources": []}
    )
    assert response.status_code == 422
    assert response.json()["type"].endswith(":no_source")


def test_a_malformed_id_is_a_problem(api: Any, cast: Any, notebook: Notebook) -> None:
    response = api(cast.emma).post(
        f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": QUESTION, "sources": ["1' OR 1=1"]}
    )
    assert response.status_code == 400


def test_the_page_has_a_box_for_every_source_that_answers(
    sign_in: Any, cast: Any, notebook: Notebook, sources: list[Source]
) -> None:
    html = sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/").content.decode()
    for source in sources:
        assert html.count(f'form="ask" name="source" value="{source.pk}" checked') == 1
    assert html.count('name="source_shown"') == 2


def test_the_pages_form_asks_those_that_are_checked(
    sign_in: Any, cast: Any, notebook: Notebook, sources: list[Source]
) -> None:
    client, url = sign_in(cast.emma), f"/notebooks/{notebook.pk}/ask/"
    ids = [str(source.pk) for source in sources]
    for chosen, expected in (([ids[1]], {ids[1]}), (ids, set(ids)), ([], None)):
        Exchange.objects.all().delete()
        response = client.post(url, {"question": QUESTION, "source": chosen, "source_shown": ["1", "1"]})
        if expected is None:
            assert response.status_code == 422
        else:
            assert cited(Exchange.objects.get().answer) == expected


@pytest.mark.parametrize("id", ["x", "", "'; DROP TABLE", "11111111-2222-4333-8444-555555555555"])
def test_a_wrong_id_from_the_page_is_a_sentence(
    id: str, sign_in: Any, cast: Any, notebook: Notebook, sources: list[Source]
) -> None:
    response = sign_in(cast.emma).post(
        f"/notebooks/{notebook.pk}/ask/", {"question": QUESTION, "source": id, "source_shown": ["1", "1"]}
    )
    assert response.status_code == 422


def test_switched_off_sources_are_in_no_prompt(
    api: Any, cast: Any, notebook: Notebook, sources: list[Source], settings: Any
) -> None:
    from tests.models_server import ModelServer

    client, url = api(cast.emma), f"/api/v1/notebooks/{notebook.pk}/ask/"
    with ModelServer("Nach Wien sind es 33 Euro [1].") as server:
        settings.AI_CHAT_URL, settings.AI_CHAT_MODEL = server.url, "probe"
        client.post(url, {"question": QUESTION})
        client.post(url, {"question": "Und bei acht Stunden Dienstreise?", "sources": [str(sources[0].pk)]})
    whole, limited = (request["messages"][-1]["content"] for request in server.requests)
    assert "33 Euro" in whole
    assert "14 Euro" in limited
    assert "33 Euro" not in limited
