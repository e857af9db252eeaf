"""The same through the API, the command and the starters."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.processes.actions import create_from_template, import_process
from challenges.processes.models import Process, Step
from challenges.processes.starter import load_starter_processes
from hub.refusals import Refusal
from tests.challenges.processes.drawings import two_steps
from tests.factories import make_process, make_user

IMPORT = "/api/v1/processes/import/"


def file(text: str = "", name: str = "a.bpmn") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (text or two_steps()).encode())


def test_a_program_imports_reads_changes_and_deletes(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    made = program.post(IMPORT, {"file": file(), "title": "Ablauf"}, format="multipart")

    assert made.status_code == 201
    body = made.json()
    assert [step["name"] for step in body["steps"]] == ["Prüfen", "Buchen"]
    assert (body["step_count"], body["title"], body["audience"]) == (2, "Ablauf", "private")
    url = f"/api/v1/processes/{body['id']}/"
    assert program.get(url).json() == body
    changed = program.patch(url, {"audience": "company"})
    assert (changed.status_code, changed.json()["audience"], changed.json()["title"]) == (
        200,
        "company",
        "Ablauf",
    )
    assert program.patch(url, {"title": ""}).status_code == 400
    assert program.patch(url, {"origin": "csv", "bpmn": "<a/>"}).json()["origin"] == "bpmn"
    assert program.delete(url).status_code == 204
    assert program.get(url).status_code == 404


def test_the_same_bytes_are_answered_with_what_is_there(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    first = program.post(IMPORT, {"file": file()}, format="multipart")
    second = program.post(IMPORT, {"file": file()}, format="multipart")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


def test_a_template_through_the_api(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    body = {"template": "procure-to-pay", "language": "en"}
    made = program.post("/api/v1/processes/from-template/", body)
    assert (made.status_code, made.json()["step_count"], made.json()["language"]) == (201, 12, "en")
    assert program.post("/api/v1/processes/from-template/", body).status_code == 200
    wrong = program.post("/api/v1/processes/from-template/", {"template": "x", "language": "fr"})
    assert wrong.status_code == 400
    assert set(wrong.json()["errors"]) == {"template", "language"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"file": "text"}, 400),
        ({"file": file("<a/>")}, 422),
        ({"file": file("x", "a.exe")}, 422),
        ({"file": file(), "audience": "world"}, 400),
        ({"file": file(), "title": "x" * 161}, 400),
    ],
)
def test_bad_input_is_refused_as_a_problem(body: dict[str, Any], status: int, api: Any, cast: Any) -> None:
    response = api(cast.emma).post(IMPORT, body, format="multipart")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert not Process.objects.exists()


def test_only_a_form_with_a_file_is_read(api: Any, cast: Any) -> None:
    assert api(cast.emma).post(IMPORT, {"file": "x"}, format="json").status_code == 415
    assert api(cast.emma).post("/api/v1/processes/", {}).status_code == 405


def test_a_stranger_sees_what_is_shared_and_changes_nothing(api: Any, cast: Any) -> None:
    private = make_process(cast.emma, audience="private")
    shared = make_process(cast.emma)
    program = api(cast.otto)
    assert [row["id"] for row in program.get("/api/v1/processes/").json()["results"]] == [str(shared.pk)]
    assert program.get(f"/api/v1/processes/{private.pk}/").status_code == 404
    for method in ("patch", "delete"):
        assert getattr(program, method)(f"/api/v1/processes/{private.pk}/").status_code == 404
        assert getattr(program, method)(f"/api/v1/processes/{shared.pk}/").status_code == 403
    assert api(None).get("/api/v1/processes/").status_code == 401


def test_the_list_asks_no_more_for_many(api: Any, cast: Any) -> None:
    program = api(cast.emma)
    counts = []
    for _round in range(2):
        make_process(cast.otto)
        with CaptureQueriesContext(connection) as queries:
            program.get("/api/v1/processes/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_eight_imports_at_once_make_one_process() -> None:
    person = make_user()

    def bring(_number: int) -> bool:
        try:
            return import_process(user=person, file_name="a.bpmn", content=two_steps().encode())[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(bring, range(8)))
    assert sum(new) == 1
    assert (Process.objects.count(), Step.objects.count()) == (1, 2)


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_process", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_imports_for_the_first_administrator(cast: Any, tmp_path: Path) -> None:
    path = tmp_path / "ablauf.csv"
    path.write_text("lane,step\nVertrieb,Prüfen\n")
    body = json.loads(command(str(path), "--title", "Mein Ablauf", "--json"))

    found = Process.objects.get()
    assert (found.owner, body["id"], body["title"]) == (cast.ada, str(found.pk), "Mein Ablauf")
    assert [step["name"] for step in body["steps"]] == ["Prüfen"]
    assert command(str(path)).startswith("already there")


def test_the_command_imports_for_somebody_named(cast: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.bpmn"
    path.write_text(two_steps())
    assert "2 steps" in command(str(path), "--owner", cast.emma.email.upper())
    assert Process.objects.get().owner == cast.emma


@pytest.mark.parametrize(
    ("name", "content", "more", "said"),
    [
        ("fehlt.bpmn", None, (), "No such file"),
        ("a.bpmn", "<a/>", (), "not BPMN 2.0"),
        ("a.txt", "x", (), "Only these kinds"),
        ("a.bpmn", two_steps(), ("--owner", "nobody@example.com"), "No active person"),
    ],
)
def test_the_command_fails_with_one_sentence(
    name: str, content: str | None, more: tuple[str, ...], said: str, cast: Any, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=said):
        command(str(path), *more)
    assert not Process.objects.exists()


def test_the_starters_are_made_once_and_shared(cast: Any) -> None:
    first = load_starter_processes(cast.bertha)
    assert set(first) == {"order-to-cash-de", "procure-to-pay-de", "order-to-cash-en"}
    assert load_starter_processes(cast.bertha) == first
    assert Process.objects.visible_to(cast.otto).count() == 3
    assert all(process.has_drawing for process in first.values())


def test_an_unknown_template_is_refused(cast: Any) -> None:
    with pytest.raises(Refusal):
        create_from_template(user=cast.emma, key="order-to-cash", language="fr")
