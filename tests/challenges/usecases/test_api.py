"""The same as the pages, for programs; and a proposal that is spoken."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from challenges.processes.models import Process
from challenges.usecases.models import UseCase, Vote
from tests.factories import make_process, make_use_case
from tests.models_server import ModelServer

API = "/api/v1/use-cases/"
PROPOSAL = {"kind": "use_case", "title": "Angebote entwerfen", "body": "Ein Entwurf aus der Anfrage."}


def test_a_proposal_lives_its_life(cast: SimpleNamespace, api: Any) -> None:
    process, emma, otto, bertha = make_process(cast.bertha), api(cast.emma), api(cast.otto), api(cast.bertha)
    made = emma.post(API, {**PROPOSAL, "process": str(process.pk), "is_named": False}, format="json")
    assert made.status_code == 201, made.content
    path = f"{API}{made.json()['id']}/"
    seen = otto.get(path).json()
    assert (seen["author"], seen["answerer"]) == ("Jemand aus dem Kollegium", "Bertha Ringer")
    assert (seen["is_mine"], seen["vote_count"], seen["process"]) == (False, 0, str(process.pk))

    changed = emma.patch(path, {"title": "Angebote vorschreiben"}, format="json")
    assert (changed.status_code, changed.json()["title"]) == (200, "Angebote vorschreiben")
    assert (changed.json()["is_named"], changed.json()["process"]) == (False, str(process.pk))
    assert otto.patch(path, {"title": "Meins"}, format="json").status_code == 403

    for _twice in range(2):
        assert otto.post(f"{path}vote/").json()["vote_count"] == 1
    assert otto.delete(f"{path}vote/").json()["vote_count"] == 0
    assert emma.post(f"{path}vote/").status_code == 409

    said = otto.post(f"{path}comments/", {"text": "Gern."}, format="json")
    assert (said.status_code, said.json()["author"]) == (201, "Otto Fremd")
    assert [one["text"] for one in emma.get(f"{path}comments/").json()["results"]] == ["Gern."]
    assert otto.delete(f"/api/v1/use-case-comments/{said.json()['id']}/").status_code == 204

    assert bertha.post(f"{path}answer/", {"answer": "no"}, format="json").status_code == 400
    answered = bertha.post(f"{path}answer/", {"answer": "no", "text": "Zu selten."}, format="json").json()
    assert (answered["answer"], answered["answer_text"]) == ("no", "Zu selten.")
    assert bertha.post(f"{path}answer/", {"answer": "process"}, format="json").status_code == 409


def test_lists_are_filtered_and_hold_nothing_that_is_not_seen(cast: SimpleNamespace, api: Any) -> None:
    private = make_process(cast.bertha, audience=Process.Audience.PRIVATE)
    make_use_case(cast.emma, title="Vertraulich", process=private, answerer=cast.bertha)
    taken = {"hidden_at": timezone.now(), "hidden_reason": "Ein Name"}
    make_use_case(cast.emma, title="Verborgen", **taken)
    make_use_case(cast.emma, title="Alt", answer_due_on="2020-01-01")
    popular = make_use_case(cast.emma, title="Beliebt")
    Vote.objects.create(use_case=popular, person=cast.carl)

    def titles(person: Any, query: str) -> list[str]:
        return [one["title"] for one in api(person).get(f"{API}?{query}").json()["results"]]

    assert titles(cast.otto, "") == ["Beliebt", "Alt", "Vertraulich"]
    assert titles(cast.otto, "state=overdue") == ["Alt"]
    assert titles(cast.otto, "state=mine") == []
    assert titles(cast.bertha, "state=for_me") == ["Vertraulich"]
    assert titles(cast.otto, "q=verborgen") == []
    near = api(cast.otto).get(f"{API}similar/?title=Verborgen").json()
    assert near == []
    assert api(cast.emma).get(f"{API}?state=mine&q=vertraulich").json()["results"][0]["process"] is None
    assert api(cast.otto).get(f"{API}?q=vertraulich").json()["results"][0]["process"] is None


def test_a_hidden_one_is_gone_for_programs_too(cast: SimpleNamespace, api: Any) -> None:
    use_case = make_use_case(cast.emma)
    path = f"{API}{use_case.pk}/"
    assert api(cast.otto).post(f"{path}hide/", {"reason": "x"}, format="json").status_code == 403
    assert api(cast.farid).post(f"{path}hide/", {"reason": "Namen"}, format="json").status_code == 200
    assert api(cast.otto).get(path).status_code == 404
    assert api(cast.emma).get(path).json()["hidden_reason"] == "Namen"
    assert api(cast.farid).delete(f"{path}hide/").json()["hidden_at"] is None
    UseCase.objects.update(withdrawn_at=timezone.now())
    assert api(cast.emma).delete(f"{path}withdraw/").json()["withdrawn_at"] is None


@pytest.fixture
def ears(settings: Any) -> Any:
    with ModelServer("Die Übergabe dauert zu lange.") as server:
        settings.AI_TRANSCRIPTION_URL, settings.AI_TRANSCRIPTION_MODEL = server.url, "ears-1"
        yield server


def test_a_spoken_proposal_becomes_text_and_is_kept_nowhere(
    cast: SimpleNamespace, api: Any, sign_in: Any, ears: ModelServer, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    file = SimpleUploadedFile("question", bytes(range(256)) * 800, content_type="audio/webm")
    heard = api(cast.emma).post(f"{API}transcribe/", {"audio": file}, format="multipart")
    assert (heard.status_code, heard.json()) == (200, {"text": "Die Übergabe dauert zu lange."})
    assert not UseCase.objects.exists()
    assert list(tmp_path.iterdir()) == []
    shown = sign_in(cast.emma).get("/use-cases/new/").content.decode()
    assert 'data-voice-for="id_body"' in shown
    assert "voice.js" in shown


def test_without_a_service_one_types(cast: SimpleNamespace, api: Any, sign_in: Any) -> None:
    file = SimpleUploadedFile("question", b"RIFF", content_type="audio/webm")
    assert api(cast.emma).post(f"{API}transcribe/", {"audio": file}, format="multipart").status_code == 404
    assert "data-voice" not in sign_in(cast.emma).get("/use-cases/new/").content.decode()
