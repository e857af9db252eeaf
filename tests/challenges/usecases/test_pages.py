"""The pages of the idea box, as people use them."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from challenges.processes.models import Process
from challenges.usecases.models import ANSWER_DAYS, Comment, UseCase, Vote
from hub.audit.models import AuditEntry
from hub.notices.models import Notice
from tests.factories import make_process, make_use_case

SCRIPT = "<script>alert(1)</script>"
PROPOSAL = {
    "kind": "nuisance",
    "title": "Rechnungen abtippen",
    "body": "Jede Rechnung wird von Hand abgetippt.",
    "language": "de",
    "is_named": "on",
}


def page(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def kinds_told(user: Any) -> list[str]:
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True).order_by("pk"))


def test_one_is_proposed_and_its_process_owner_is_told(cast: SimpleNamespace, sign_in: Any) -> None:
    process = make_process(cast.bertha)
    response = sign_in(cast.emma).post("/use-cases/new/", {**PROPOSAL, "process": process.pk})
    use_case = UseCase.objects.get()
    assert response["Location"] == f"/use-cases/{use_case.pk}/"
    assert (use_case.author, use_case.answerer) == (cast.emma, cast.bertha)
    assert use_case.answer_due_on == timezone.localdate() + timedelta(days=ANSWER_DAYS)
    assert kinds_told(cast.bertha) == ["use_case_new"]
    assert kinds_told(cast.farid) == []
    assert f"{ANSWER_DAYS} Tagen" in page(sign_in(cast.emma).get("/use-cases/"))


def test_without_a_process_facilitators_and_administrators_are_told_but_never_the_author(
    cast: SimpleNamespace, sign_in: Any
) -> None:
    sign_in(cast.farid).post("/use-cases/new/", PROPOSAL)
    assert UseCase.objects.get().answerer is None
    assert kinds_told(cast.ada) == ["use_case_new"]
    assert kinds_told(cast.farid) == kinds_told(cast.emma) == []


def test_a_process_that_is_not_shared_cannot_be_chosen(cast: SimpleNamespace, sign_in: Any) -> None:
    hidden = make_process(cast.bertha, audience=Process.Audience.PRIVATE, title="Geheime Fusion")
    client = sign_in(cast.emma)
    assert "Geheime Fusion" not in page(client.get("/use-cases/new/"))
    assert client.post("/use-cases/new/", {**PROPOSAL, "process": hidden.pk}).status_code == 422
    assert not UseCase.objects.exists()


def test_the_name_of_a_process_no_longer_shared_is_told_to_nobody(
    cast: SimpleNamespace, sign_in: Any
) -> None:
    process = make_process(cast.bertha, title="Geheime Fusion")
    use_case = make_use_case(cast.emma, process=process, answerer=cast.bertha)
    Process.objects.update(audience=Process.Audience.PRIVATE)
    path = f"/use-cases/{use_case.pk}/"
    for stranger in (cast.otto, cast.farid, cast.ada):
        client = sign_in(stranger)
        for found in (path, "/use-cases/?q=Rechnungen", "/use-cases/similar/?title=Rechnungen"):
            shown = page(client.get(found))
            assert use_case.title in shown, "the proposal stays, so that an owner cannot make it go away"
            assert "Geheime Fusion" not in shown
    own = sign_in(cast.emma)
    assert "Geheime Fusion" not in page(own.get(path)) + page(own.get(f"{path}edit/"))
    assert own.post(f"{path}edit/", {**PROPOSAL, "title": "Belege abtippen"}).status_code == 302
    assert UseCase.objects.get().process == process
    assert "Geheime Fusion" in page(sign_in(cast.bertha).get(path))


def test_markup_is_shown_as_it_was_typed(cast: SimpleNamespace, sign_in: Any) -> None:
    client = sign_in(cast.emma)
    client.post("/use-cases/new/", {**PROPOSAL, "title": SCRIPT, "body": SCRIPT})
    use_case = UseCase.objects.get()
    sign_in(cast.otto).post(f"/use-cases/{use_case.pk}/comment/", {"text": SCRIPT})
    sign_in(cast.ada).post(f"/use-cases/{use_case.pk}/answer/", {"answer": "no", "text": SCRIPT})
    shown = page(client.get(f"/use-cases/{use_case.pk}/")) + page(client.get("/use-cases/"))
    shown += page(client.get("/use-cases/similar/", {"title": "alert script"}))
    assert SCRIPT not in shown
    assert shown.count("&lt;script&gt;") >= 6


def test_nobody_learns_who_proposed_without_a_name(cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    values = {name: value for name, value in PROPOSAL.items() if name != "is_named"}
    sign_in(cast.emma).post("/use-cases/new/", values)
    use_case = UseCase.objects.get()
    for reader in (cast.otto, cast.farid, cast.ada):
        client = sign_in(reader)
        shown = page(client.get(f"/use-cases/{use_case.pk}/")) + page(client.get("/use-cases/"))
        shown += page(client.get("/use-cases/similar/?title=Rechnungen"))
        shown += api(reader).get(f"/api/v1/use-cases/{use_case.pk}/").content.decode()
        shown += str(list(Notice.objects.filter(user=reader).values_list("facts", "dedupe_key")))
        assert "Lindner" not in shown
        assert str(cast.emma.subject_key) not in shown
    assert "ohne deinen Namen" in page(sign_in(cast.emma).get(f"/use-cases/{use_case.pk}/"))


def test_a_name_in_the_text_is_asked_about_first(cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    client, body = sign_in(cast.emma), "Otto Fremd braucht dafür jeden Tag zwei Stunden."
    response = client.post("/use-cases/new/", {**PROPOSAL, "body": body})
    assert response.status_code == 409
    assert "Otto Fremd" in response.content.decode()
    assert not UseCase.objects.exists()
    program = api(cast.emma)
    refused = program.post("/api/v1/use-cases/", {**PROPOSAL, "body": body, "is_named": True}, format="json")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:hatpin:problem:names_people")
    assert client.post("/use-cases/new/", {**PROPOSAL, "body": body, "anyway": "1"}).status_code == 302
    meant = {**PROPOSAL, "body": body, "is_named": True, "names_are_meant": True}
    assert program.post("/api/v1/use-cases/", meant, format="json").status_code == 201
    assert UseCase.objects.count() == 2


def test_looking_for_similar_ones_keeps_what_was_typed_and_sends_nothing(
    cast: SimpleNamespace, sign_in: Any
) -> None:
    make_use_case(cast.otto, title="Rechnungen von Hand abtippen")
    values = {name: value for name, value in PROPOSAL.items() if name != "is_named"}
    shown = page(sign_in(cast.emma).post("/use-cases/new/", {**values, "look": "1"}))
    assert "Rechnungen von Hand abtippen" in shown
    assert PROPOSAL["body"] in shown
    assert 'name="is_named" aria-describedby="id_is_named_helptext" id="id_is_named">' in shown
    assert UseCase.objects.count() == 1


def test_a_vote_counts_once_and_can_be_taken_back(cast: SimpleNamespace, sign_in: Any) -> None:
    use_case, client = make_use_case(cast.emma), sign_in(cast.otto)
    path = f"/use-cases/{use_case.pk}/vote/"
    assert client.post(path).status_code == 302
    again = client.post(path, follow=True)
    assert "Deine Stimme zählt einmal." in again.content.decode()
    assert Vote.objects.count() == 1
    client.post(path, {"vote": "none"})
    assert not Vote.objects.exists()
    assert sign_in(cast.emma).post(path).status_code == 409
    UseCase.objects.update(answer="no", answer_text="Zu selten", answered_at=timezone.now())
    assert client.post(path).status_code == 409
    assert not Vote.objects.exists()


def test_the_author_is_told_of_comments_once_a_day(cast: SimpleNamespace, sign_in: Any) -> None:
    use_case, client = make_use_case(cast.emma), sign_in(cast.otto)
    path = f"/use-cases/{use_case.pk}/comment/"
    for text in ("Bei uns auch.", "Jeden Tag."):
        client.post(path, {"text": text})
    sign_in(cast.emma).post(path, {"text": "Danke."})
    assert kinds_told(cast.emma) == ["use_case_comment"]
    assert client.post(path, {"text": "  "}).status_code == 422
    assert Comment.objects.count() == 3
    comment = Comment.objects.get(text="Jeden Tag.")
    delete = f"/use-cases/comments/{comment.pk}/delete/"
    assert sign_in(cast.emma).post(delete).status_code == 403
    client.post(delete)
    assert Comment.objects.count() == 2


def test_a_no_needs_a_reason_and_is_said_once(cast: SimpleNamespace, sign_in: Any) -> None:
    use_case = make_use_case(cast.emma, process=make_process(cast.bertha), answerer=cast.bertha)
    path, owner = f"/use-cases/{use_case.pk}/answer/", sign_in(cast.bertha)
    assert sign_in(cast.farid).post(path, {"answer": "no", "text": "Nein."}).status_code == 403
    assert owner.post(path, {"answer": "no", "text": " "}).status_code == 422
    assert owner.post(path, {"answer": "song", "text": "La"}).status_code == 422
    assert not UseCase.objects.get().is_answered
    owner.post(path, {"answer": "no", "text": "Das kommt zu selten vor."})
    assert owner.post(path, {"answer": "no", "text": "Anders."}).status_code == 409
    assert "Das kommt zu selten vor." in page(sign_in(cast.otto).get(f"/use-cases/{use_case.pk}/"))
    assert kinds_told(cast.emma) == ["use_case_no"]
    assert sign_in(cast.emma).post(f"/use-cases/{use_case.pk}/edit/", PROPOSAL).status_code == 409


@pytest.mark.parametrize("is_new", [True, False])
def test_it_becomes_a_process_of_whoever_answers(cast: SimpleNamespace, sign_in: Any, is_new: bool) -> None:
    use_case = make_use_case(cast.emma)
    existing, foreign = make_process(cast.ada), make_process(cast.farid)
    path, ada = f"/use-cases/{use_case.pk}/answer/", sign_in(cast.ada)
    assert ada.post(path, {"answer": "process", "process": foreign.pk}).status_code == 422
    response = ada.post(path, {"answer": "process", "process": "" if is_new else existing.pk})
    process = Process.objects.get(title=use_case.title) if is_new else existing
    assert response["Location"] == f"/processes/{process.pk}/"
    assert process.owner == cast.ada
    ada_sees = page(ada.get(f"/use-cases/{use_case.pk}/"))
    assert f"/processes/{process.pk}/" in ada_sees
    shown = page(sign_in(cast.otto).get(f"/use-cases/{use_case.pk}/"))
    assert (f"/processes/{process.pk}/" in shown) is not is_new
    assert sign_in(cast.emma).post(f"/use-cases/{use_case.pk}/withdraw/").status_code == 409


def test_overdue_answers_are_shown_to_everybody(cast: SimpleNamespace, sign_in: Any) -> None:
    make_use_case(cast.emma, title="Neu")
    make_use_case(cast.emma, title="Alt", proposed_at=timezone.now() - timedelta(days=20))
    client = sign_in(cast.otto)
    assert "1 Antwort ist überfällig" in page(client.get("/use-cases/"))
    shown = page(client.get("/use-cases/?state=overdue"))
    assert ">Alt<" in shown
    assert ">Neu<" not in shown


def test_what_is_hidden_is_told_to_its_author_with_the_reason(cast: SimpleNamespace, sign_in: Any) -> None:
    use_case = make_use_case(cast.emma)
    comment = Comment.objects.create(use_case=use_case, author=cast.otto, text="Die sind zu langsam.")
    hide, hide_comment = f"/use-cases/{use_case.pk}/hide/", f"/use-cases/comments/{comment.pk}/hide/"
    assert sign_in(cast.otto).post(hide, {"reason": "x"}).status_code == 403
    farid = sign_in(cast.farid)
    for reason in (" ", "\x00", "x" * 201):
        assert farid.post(hide, {"reason": reason}).status_code == 422
    for path in (hide_comment, hide):
        farid.post(path, {"reason": "Über Personen"})
        farid.post(path, {"reason": "Über Personen"})
    assert kinds_told(cast.emma) == ["use_case_hidden"]
    assert kinds_told(cast.otto) == ["use_case_comment_hidden"]
    assert sign_in(cast.otto).get(f"/use-cases/{use_case.pk}/").status_code == 404
    assert "Über Personen" in page(sign_in(cast.emma).get(f"/use-cases/{use_case.pk}/"))
    assert use_case.title not in page(farid.get("/use-cases/"))
    assert [entry.action for entry in AuditEntry.objects.filter(actor_key=cast.farid.subject_key)] == [
        "comment.hidden",
        "usecase.hidden",
    ]
    farid.post(hide, {"undo": "1"})
    shown = page(sign_in(cast.carl).get(f"/use-cases/{use_case.pk}/"))
    assert "Die sind zu langsam." not in shown


def test_the_author_withdraws_and_undoes_it(cast: SimpleNamespace, sign_in: Any) -> None:
    use_case, emma = make_use_case(cast.emma), sign_in(cast.emma)
    path = f"/use-cases/{use_case.pk}/"
    assert sign_in(cast.otto).post(f"{path}withdraw/").status_code == 403
    emma.post(f"{path}withdraw/")
    assert sign_in(cast.otto).get(path).status_code == 404
    assert use_case.title not in page(emma.get("/use-cases/?state=waiting"))
    assert use_case.title in page(emma.get("/use-cases/?state=mine"))
    emma.post(f"{path}withdraw/", {"undo": "1"})
    assert use_case.title in page(sign_in(cast.otto).get(path))


@pytest.mark.parametrize("address", ["/use-cases/", "/use-cases/{pk}/", "/api/v1/use-cases/"])
def test_more_rows_need_no_more_queries(cast: SimpleNamespace, sign_in: Any, address: str) -> None:
    def fill(number: int) -> Any:
        for _each in range(number):
            one = make_use_case(cast.emma, process=make_process(cast.bertha), answerer=cast.bertha)
            Vote.objects.create(use_case=one, person=cast.otto)
            Comment.objects.create(use_case=one, author=cast.otto, text="Auch hier.")
            Comment.objects.create(use_case=first or one, author=cast.carl, text="Auch hier.")
        return one

    first, client = None, sign_in(cast.ada)
    first = fill(1)
    path = address.format(pk=first.pk)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        page(client.get(path))
    fill(8)
    with CaptureQueriesContext(connection) as many:
        page(client.get(path))
    assert len(many) == len(few)


def test_search_finds_every_word_however_it_is_written(cast: SimpleNamespace, sign_in: Any) -> None:
    make_use_case(cast.emma, title="Prüfung der Straße")
    client = sign_in(cast.otto)
    assert "Prüfung der Straße" in page(client.get("/use-cases/?q=STRASSE+prüf"))
    assert "Kein Vorschlag passt" in page(client.get("/use-cases/?q=Straße+Brücke"))


def test_the_search_over_everything_finds_what_one_may_see(cast: SimpleNamespace, sign_in: Any) -> None:
    use_case = make_use_case(cast.emma, title="Quastenflosser zählen", process=make_process(cast.bertha))
    path, client = f"/use-cases/{use_case.pk}/", sign_in(cast.otto)
    assert path in page(client.get("/search/?q=Quastenflosser"))
    assert path not in page(client.get("/search/?q=Lindner"))
    UseCase.objects.update(hidden_at=timezone.now(), hidden_reason="Ein Name")
    assert path not in page(client.get("/search/?q=Quastenflosser"))


def test_an_answered_one_refuses_to_be_changed_before_anything_is_written(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    use_case = make_use_case(cast.emma, answer="no", answer_text="Nein", answered_at=timezone.now())
    emma, path = sign_in(cast.emma), f"/use-cases/{use_case.pk}/"
    for response in (emma.get(f"{path}edit/"), emma.post(f"{path}edit/", {"title": ""})):
        assert response.status_code == 409
        assert "Er ist beantwortet" in response.content.decode()
        assert f'href="{path}"' in response.content.decode()
    refused = api(cast.emma).patch(f"/api/v1{path}", {"title": ""})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:hatpin:problem:answered")
