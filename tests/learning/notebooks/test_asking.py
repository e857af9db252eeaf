"""Asking: exact citations, permission at every step, refusal, and text that stays data."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from hub.ai.models import AIUsage
from learning.notebooks import actions, asking
from learning.notebooks.models import Exchange, Passage, Source
from tests.factories import POLICY, make_notebook, make_source

QUESTION = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"
SHAPE = {
    "answer",
    "sentences",
    "citations",
    "mode",
    "model",
    "refused",
    "dropped_markers",
    "notice",
    "follows",
}


def test_an_answer_cites_the_exact_passage(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    body = api(cast.emma).post(f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": QUESTION}).json()

    assert set(body) == SHAPE
    assert (body["mode"], body["refused"]) == ("extractive", False)
    assert any("14 Euro" in citation["quote"] for citation in body["citations"])
    for citation in body["citations"]:
        assert citation["source"] == str(source.pk)
        assert source.text[citation["start"] : citation["end"]] == citation["quote"]
    cited = {n for sentence in body["sentences"] for n in sentence["citations"]}
    assert cited == {citation["n"] for citation in body["citations"]}


def test_what_the_sources_do_not_say_is_refused(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    url = f"/api/v1/notebooks/{notebook.pk}/ask/"
    body = (
        api(cast.emma).post(url, {"question": "Wer gewann 1990 die Fußballweltmeisterschaft in Rom?"}).json()
    )

    assert body["refused"]
    assert not body["citations"]


def test_an_empty_notebook_refuses(cast: Any) -> None:
    result = asking.answer_question(notebook=make_notebook(cast.emma), user=cast.emma, question=QUESTION)
    assert result.refused


def test_a_citation_opens_the_source_at_the_highlighted_passage(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    client = sign_in(cast.emma)
    client.post(f"/notebooks/{notebook.pk}/ask/", {"question": QUESTION})
    view = client.get(f"/notebooks/{notebook.pk}/").context["exchanges"][0]["view"]
    citation = view["citations"][0]

    page = client.get(citation["url"])
    marked = " ".join(
        segment.text for block in page.context["blocks"] for segment in block.segments if segment.is_marked
    )
    assert marked.split() == citation["quote"].split()
    assert 'id="quote"' in page.content.decode()


def test_the_quoted_sentence_is_singled_out_in_its_passage(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    client = sign_in(cast.emma)
    client.post(f"/notebooks/{notebook.pk}/ask/", {"question": QUESTION})
    view = client.get(f"/notebooks/{notebook.pk}/").context["exchanges"][0]["view"]
    sentence = view["sentences"][0]
    citation = sentence["citations"][0]

    page = client.get(citation["url"])
    segments = [segment for block in page.context["blocks"] for segment in block.segments]
    heart = " ".join(segment.text for segment in segments if segment.is_heart)
    assert heart.split() == sentence["text"].split()
    assert all(segment.is_marked for segment in segments if segment.is_heart)
    assert len(heart.split()) < len(citation["quote"].split())
    # The link leads to the sentence, and to one place only.
    targets = [segment for segment in segments if segment.is_target]
    assert len(targets) == 1
    assert targets[0].is_heart
    assert page.content.decode().count('id="quote"') == 1
    lines = ("".join(segment.text for segment in block.segments) for block in page.context["blocks"])
    assert " ".join(lines).split() == source.text.split()


@pytest.mark.parametrize("places", ["", "&from=3", "&from=9&to=2", "&from=0&to=9999", "&from=x&to=5"])
def test_a_link_with_a_wrong_sentence_still_shows_the_passage(places: str, sign_in: Any, cast: Any) -> None:
    source = make_source(make_notebook(cast.emma))
    page = sign_in(cast.emma).get(
        f"/notebooks/{source.notebook_id}/sources/{source.pk}/?start=0&end=40{places}"
    )
    segments = [segment for block in page.context["blocks"] for segment in block.segments]
    assert [segment.is_target for segment in segments if segment.is_marked].count(True) == 1
    assert not any(segment.is_heart for segment in segments)


def test_a_conversation_is_private_even_to_the_notebooks_owner(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook)
    sign_in(cast.emma).post(f"/notebooks/{notebook.pk}/ask/", {"question": QUESTION})

    assert sign_in(cast.farid).get(f"/notebooks/{notebook.pk}/").context["exchanges"] == []
    assert len(sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/").context["exchanges"]) == 1


def test_forgetting_erases_only_ones_own(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook)
    for person in (cast.emma, cast.farid):
        asking.ask(notebook=notebook, user=person, question=QUESTION)
    sign_in(cast.emma).post(f"/notebooks/{notebook.pk}/forget/")

    assert list(Exchange.objects.values_list("asker", flat=True)) == [cast.farid.pk]


def test_a_withdrawn_source_leaves_no_quote_in_old_answers(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    asking.ask(notebook=notebook, user=cast.emma, question=QUESTION)
    actions.remove(source=source, user=cast.emma)

    page = sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/")
    view = page.context["exchanges"][0]["view"]
    assert all(sentence["is_withdrawn"] for sentence in view["sentences"])
    assert "14 Euro" not in page.content.decode()


def test_permission_is_asked_again_between_index_and_answer(cast: Any) -> None:
    """Otto knows the id and the index is in memory: he still gets nothing."""
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    asking.search(notebook=notebook, user=cast.emma, query="Pauschale")

    assert not asking.search(notebook=notebook, user=cast.otto, query="Pauschale")
    assert asking.answer_question(notebook=notebook, user=cast.otto, question=QUESTION).refused


def test_a_use_is_counted_without_a_person(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook)
    for _twice in range(2):
        api(cast.emma).post(f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": QUESTION})

    usage = AIUsage.objects.get()
    assert (usage.system.slug, usage.model, usage.calls, usage.failures) == (
        "hatpin-answers",
        "extractive",
        2,
        0,
    )


@pytest.mark.parametrize(("question", "status"), [("", 400), ("   ", 400), ("?" * 3000, 400), (None, 400)])
def test_a_question_that_is_none_gets_a_problem(
    question: str | None, status: int, api: Any, cast: Any
) -> None:
    notebook = make_notebook(cast.emma)
    response = api(cast.emma).post(f"/api/v1/notebooks/{notebook.pk}/ask/", {"question": question})
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("question", ["", "  ", "x" * 2001])
def test_the_page_says_what_is_wrong_with_a_question(question: str, sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    client = sign_in(cast.emma)
    assert client.post(f"/notebooks/{notebook.pk}/ask/", {"question": question}).status_code == 422
    fragment = client.post(
        f"/notebooks/{notebook.pk}/ask/", {"question": question}, headers={"HX-Request": "true"}
    )
    assert fragment.status_code == 422
    assert b"<html" not in fragment.content


def test_markup_in_documents_and_questions_stays_text(sign_in: Any, cast: Any, data_folder: Path) -> None:
    lines = (
        (data_folder / "payloads" / "xss-payloadbox-300.txt").read_text(encoding="utf-8").splitlines()[:120]
    )
    notebook = make_notebook(cast.emma, title="<script>alert(1)</script>")
    text = "Die Pauschale beträgt 14 Euro.\n\n" + "\n\n".join(lines)
    source = make_source(notebook, text=text, title="<img src=x onerror=alert(1)>")
    client = sign_in(cast.emma)
    client.post(
        f"/notebooks/{notebook.pk}/ask/", {"question": "<svg onload=alert(1)> Wie hoch ist die Pauschale?"}
    )

    for url in (
        f"/notebooks/{notebook.pk}/",
        f"/notebooks/{notebook.pk}/sources/{source.pk}/",
        "/notebooks/",
        "/",
    ):
        html = client.get(url).content.decode()
        for attack in ("<script>alert(1)", "<img src=x", "<svg onload", "onerror=alert(1)>"):
            assert attack not in html.replace("&lt;", "‹").replace("&gt;", "›"), url


def test_instructions_in_a_document_change_no_answer(cast: Any, data_folder: Path) -> None:
    attacks = json.loads((data_folder / "payloads" / "bipia-text-attack-train.json").read_text())
    lines = [line for group in attacks.values() for line in group]
    clean, dirty = make_notebook(cast.emma), make_notebook(cast.emma)
    make_source(clean)
    make_source(dirty)
    make_source(dirty, text="\n\n".join(lines), title="Angriff")

    before = asking.answer_question(notebook=clean, user=cast.emma, question=QUESTION)
    after = asking.answer_question(notebook=dirty, user=cast.emma, question=QUESTION)
    assert after.citations[0].quote == before.citations[0].quote
    assert not after.refused


def test_a_withdrawn_notebook_share_closes_the_conversation(sign_in: Any, cast: Any) -> None:
    notebook = make_notebook(cast.farid, audience="company")
    make_source(notebook)
    asking.ask(notebook=notebook, user=cast.emma, question=QUESTION)
    notebook.audience = "private"
    notebook.save()

    assert sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/").status_code == 404
    assert not Exchange.objects.visible_to(cast.emma).exists()


@pytest.mark.parametrize("count", [1, 12])
def test_a_search_costs_the_same_queries_for_many_passages(
    count: int, cast: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notebook = make_notebook(cast.emma)
    for number in range(count):
        make_source(notebook, text=f"{POLICY} {number}")
    asking.search(notebook=notebook, user=cast.emma, query="Verpflegungspauschale")
    with django_assert_num_queries(2):
        assert asking.search(notebook=notebook, user=cast.emma, query="Verpflegungspauschale")


def test_every_passage_is_its_range_of_the_text(cast: Any, data_folder: Path) -> None:
    notebook = make_notebook(cast.emma)
    text = (
        data_folder / "documents" / "NADOO-Wiki__docs__01-organisation__01-zeiterfassung__README.md"
    ).read_text()
    source = make_source(notebook, text=text)
    passages = list(Passage.objects.filter(source=source))
    assert passages
    assert all(source.text[passage.start : passage.end] == passage.text for passage in passages)
    assert Source.objects.get().word_count > 300


def test_a_conversation_read_by_a_program_quotes_nothing_that_was_removed(api: Any, cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    program, url = api(cast.emma), f"/api/v1/notebooks/{notebook.pk}/"
    program.post(f"{url}ask/", {"question": QUESTION})
    kept = program.get(f"{url}conversation/").json()["results"][0]["answer"]
    assert any("14 Euro" in citation["quote"] for citation in kept["citations"])
    actions.remove(source=source, user=cast.emma)
    after = program.get(f"{url}conversation/").json()["results"][0]["answer"]
    assert "14 Euro" not in str(after)
    assert [citation["quote"] for citation in after["citations"]] == [""] * len(kept["citations"])
    actions.put_back(source=source)
    assert program.get(f"{url}conversation/").json()["results"][0]["answer"] == kept
