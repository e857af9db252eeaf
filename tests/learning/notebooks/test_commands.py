"""The commands a person or a script calls."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from learning.notebooks.models import Exchange, Notebook, Source
from tests.factories import POLICY

QUESTIONS = {
    "data": [
        {
            "title": "Reisen",
            "paragraphs": [
                {
                    "context": "Für eine Dienstreise zahlt die Firma eine Verpflegungspauschale von 14 Euro am Tag.",
                    "qas": [
                        {
                            "id": "1",
                            "question": "Wie hoch ist die Verpflegungspauschale?",
                            "answers": [{"text": "14 Euro", "answer_start": 68}],
                        }
                    ],
                },
                {
                    "context": "Der Betriebsrat tagt jeden Dienstag um neun Uhr im Raum Ladenburg.",
                    "qas": [
                        {
                            "id": "2",
                            "question": "Wann tagt der Betriebsrat?",
                            "answers": [{"text": "Dienstag", "answer_start": 27}],
                        }
                    ],
                },
                {
                    "context": "Belege werden bis zum fünften Werktag des folgenden Monats im Portal eingereicht.",
                    "qas": [
                        {
                            "id": "3",
                            "question": "Bis wann werden Belege eingereicht?",
                            "answers": [{"text": "fünften Werktag", "answer_start": 22}],
                        }
                    ],
                },
            ],
        }
    ]
}


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "reisen.txt").write_text(POLICY, encoding="utf-8")
    (tmp_path / "notiz.md").write_text("# Parken\n\nGäste parken im Hof hinter Tor 3.", encoding="utf-8")
    return [str(tmp_path / "reisen.txt"), str(tmp_path / "notiz.md")]


def test_ingest_search_and_ask(cast: Any, files: list[str]) -> None:
    results = run("ingest", "Regeln", *files)
    assert [result["state"] for result in results] == ["ready", "ready"]
    notebook = Notebook.objects.get()
    assert (notebook.owner, notebook.audience) == (cast.ada, "private")

    hits = run("search", "Regeln", "Wo parken Gäste?", "--top-k", "1")["results"]
    assert [hit["title"] for hit in hits] == ["notiz"]
    answer = run("ask", str(notebook.pk), "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?")
    assert "14 Euro" in answer["citations"][0]["quote"]
    assert not Exchange.objects.exists()


def test_ingesting_again_changes_nothing(cast: Any, files: list[str]) -> None:
    first, second = run("ingest", "Regeln", *files), run("ingest", "Regeln", *files)
    assert [result["id"] for result in first] == [result["id"] for result in second]
    assert Source.objects.count() == 2


def test_one_bad_file_fails_the_command_and_keeps_the_rest(
    cast: Any, files: list[str], tmp_path: Path
) -> None:
    (tmp_path / "leer.pdf").touch()
    out = StringIO()
    with pytest.raises(CommandError, match="2 of 4 files"):
        call_command(
            "ingest",
            "Regeln",
            *files,
            str(tmp_path / "leer.pdf"),
            str(tmp_path / "fehlt.pdf"),
            "--json",
            stdout=out,
        )

    results = json.loads(out.getvalue())
    assert [result["state"] for result in results] == ["ready", "ready", "failed", "failed"]
    assert all(result["error"] for result in results[2:])


def test_a_title_is_looked_up_within_the_owners_notebooks(cast: Any, files: list[str]) -> None:
    run("ingest", "Regeln", files[0], "--owner", cast.emma.email)
    with pytest.raises(CommandError, match="has no notebook"):
        run("ask", "Regeln", "Wie hoch ist die Pauschale?")
    with pytest.raises(CommandError, match="No active person"):
        run("ask", "Regeln", "Wie hoch?", "--owner", "nobody@hatpin.example")


def test_an_id_respects_permission(cast: Any, files: list[str]) -> None:
    run("ingest", "Regeln", files[0], "--owner", cast.emma.email)
    with pytest.raises(CommandError, match="may read"):
        run("search", str(Notebook.objects.get().pk), "Pauschale", "--owner", cast.otto.email)


def test_without_an_administrator_a_sentence_says_what_to_do(db: None, files: list[str]) -> None:
    with pytest.raises(CommandError, match="name an owner"):
        run("ingest", "Regeln", files[0])


def test_a_token_signs_in(cast: Any) -> None:
    from rest_framework.test import APIClient

    out = StringIO()
    call_command("create_token", cast.emma.email, stdout=out)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {out.getvalue().strip()}")
    assert program.get("/api/v1/me/").json()["email"] == cast.emma.email
    with pytest.raises(CommandError, match="No active person"):
        call_command("create_token", "nobody@hatpin.example")


def test_evaluations_print_what_they_measure_and_leave_no_rows(db: None, tmp_path: Path) -> None:
    file = tmp_path / "fragen.json"
    file.write_text(json.dumps(QUESTIONS), encoding="utf-8")

    [found] = run("evaluate_retrieval", str(file))
    assert list(found) == [
        "file",
        "n",
        "hit@1",
        "hit@3",
        "hit@5",
        "hit@10",
        "mrr@10",
        "ndcg@10",
        "ms_per_query",
    ]
    assert (found["file"], found["n"], found["hit@1"], found["ndcg@10"]) == ("fragen.json", 3, 1.0, 1.0)
    [answered] = run("evaluate_answers", str(file))
    assert list(answered) == [
        "file",
        "n",
        "answer_in_citation",
        "exact_quote",
        "refusal_precision",
        "refusal_recall",
        "doubt_precision",
        "doubt_recall",
    ]
    assert answered["exact_quote"] == 1.0
    assert not Notebook.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"data": [{"paragraphs": "x"}]}', "\udcff"])
@pytest.mark.parametrize("command", ["evaluate_retrieval", "evaluate_answers"])
def test_a_wrong_question_file_gets_a_sentence(command: str, content: str, db: None, tmp_path: Path) -> None:
    file = tmp_path / "fragen.json"
    file.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(CommandError) as caught:
        call_command(command, str(file), stdout=StringIO())
    assert len(str(caught.value).splitlines()) == 1
