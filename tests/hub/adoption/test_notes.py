"""Notes on weeks: written by HR of the company, read by everybody of it, numbered in the plot."""

from types import SimpleNamespace
from typing import Any

import pytest

from hub.adoption.models import Annotation
from hub.audit.models import AuditEntry
from hub.people.models import LegalEntity
from tests.hub.adoption.conftest import GMBH, LTD, MONDAYS, publish


@pytest.fixture
def gmbh(company: SimpleNamespace) -> LegalEntity:
    publish()
    return LegalEntity.objects.get(name=GMBH)


def given(of: LegalEntity, **more: Any) -> dict[str, Any]:
    note = {"entity": of.pk, "monday": MONDAYS[1].isoformat(), "text": "Copilot <b>für alle</b>"}
    return {**note, "back": "/adoption/attendance/", **more}


def test_a_note_stands_under_the_plot_with_its_number(
    sign_in: Any, company: SimpleNamespace, gmbh: LegalEntity
) -> None:
    browser = sign_in(company.hanna)
    answer = browser.post("/adoption/notes/", given(gmbh))
    assert (answer.status_code, answer.url) == (302, "/adoption/attendance/")
    for reader, path in (
        (company.hanna, "/adoption/attendance/"),
        (company.walter, "/adoption/attendance/"),
        (company.emma, "/adoption/for-everybody/attendance/"),
    ):
        page = sign_in(reader).get(path)
        assert "Copilot &lt;b&gt;für alle&lt;/b&gt;" in page.content.decode()
        layout = page.context["shown"].chart["layout"]
        assert [(one["x"], one["text"]) for one in layout["annotations"]] == [("2 November", "1")]
        assert ("/remove/" in page.content.decode()) == (reader is company.hanna)
    assert "Copilot" not in sign_in(company.olivia).get("/adoption/attendance/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": " \0 "},
        {"text": "x" * 201},
        {"monday": "2020-01-06"},
        {"monday": "soon"},
        {"entity": "x"},
    ],
)  # fmt: skip
def test_a_wrong_note_is_refused_in_a_sentence(
    wrong: dict, sign_in: Any, company: SimpleNamespace, gmbh: LegalEntity
) -> None:
    assert sign_in(company.hanna).post("/adoption/notes/", given(gmbh, **wrong)).status_code == 422
    assert not Annotation.objects.exists()


def test_only_hr_of_the_company_writes_and_removes(
    sign_in: Any, company: SimpleNamespace, gmbh: LegalEntity
) -> None:
    ltd = LegalEntity.objects.get(name=LTD)
    for user, entity in (
        (company.walter, gmbh),
        (company.emma, gmbh),
        (company.olivia, gmbh),
        (company.hanna, ltd),
    ):
        assert sign_in(user).post("/adoption/notes/", given(entity)).status_code == 403
    sign_in(company.hanna).post("/adoption/notes/", given(gmbh))
    note = Annotation.objects.get()
    for user, status in ((company.walter, 403), (company.emma, 403), (company.olivia, 404)):
        assert sign_in(user).post(f"/adoption/notes/{note.pk}/remove/").status_code == status
    away = sign_in(company.hanna).post(
        f"/adoption/notes/{note.pk}/remove/", {"back": "//evil.example/adoption/"}
    )
    assert (away.status_code, away.url) == (302, "/adoption/")
    assert not Annotation.objects.exists()
    done = AuditEntry.objects.filter(object_type="annotation").values_list("action", flat=True)
    assert sorted(done) == ["adoption.annotated", "adoption.annotation_removed"]


def test_a_week_has_room_for_five(sign_in: Any, company: SimpleNamespace, gmbh: LegalEntity) -> None:
    browser = sign_in(company.hanna)
    answers = [browser.post("/adoption/notes/", given(gmbh, text=f"Note {n}")).status_code for n in range(6)]
    assert answers == [302] * 5 + [422]


def test_programs_write_read_and_remove_notes(api: Any, company: SimpleNamespace, gmbh: LegalEntity) -> None:
    hanna, path = api(company.hanna), "/api/v1/adoption/notes/"
    told = {name: value for name, value in given(gmbh).items() if name != "back"}
    made = hanna.post(path, told, format="json")
    assert (made.status_code, made.json()["entity_name"], made.json()["text"]) == (201, GMBH, told["text"])
    assert [note["id"] for note in api(company.walter).get(path).json()["results"]] == [made.json()["id"]]
    assert api(company.olivia).get(path).json()["count"] == 0
    for wrong in ({"text": ""}, {"monday": "2020-01-06"}, {"monday": "gestern"}, {"entity": 10**9}):
        assert hanna.post(path, {**told, **wrong}, format="json").status_code in (400, 422), wrong
    other = LegalEntity.objects.get(name=LTD)
    assert hanna.post(path, {**told, "entity": other.pk}, format="json").status_code == 403
    assert api(company.olivia).delete(f"{path}{made.json()['id']}/").status_code == 404
    assert hanna.delete(f"{path}{made.json()['id']}/").status_code == 204
    assert not Annotation.objects.exists()
