"""Versions of a document: the old one answers until the new one is read, and not a moment longer."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from hub.audit.models import AuditEntry
from hub.people.models import User
from hub.refusals import Refusal
from learning.notebooks import actions, asking, presenting, reading, tasks, versions
from learning.notebooks.models import Notebook, Passage, Source
from tests.factories import POLICY, make_notebook, make_source, make_user

NEW_POLICY = POLICY.replace("14 Euro", "17 Euro")
QUESTION = "Wie hoch ist die Verpflegungspauschale bei einer Dienstreise?"


def answer(notebook: Notebook, user: User) -> str:
    return " ".join(hit.passage.text for hit in asking.search(notebook=notebook, user=user, query=QUESTION))


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def replace(source: Source, text: str = NEW_POLICY, **more: Any) -> Source:
    return actions.add_version(source=source, user=source.added_by, text=text, **more)


def read(source: Source) -> Source:
    reading.read_source(source.pk)
    source.refresh_from_db()
    return source


def test_a_new_version_takes_over_once_it_is_read(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    new = replace(old)
    assert (new.version, new.replaces_id, new.title, new.owner) == (2, old.pk, old.title, cast.emma)
    assert "14 Euro" in answer(notebook, cast.emma)
    assert "17 Euro" not in answer(notebook, cast.emma)
    before = Notebook.objects.get().generation

    read(new)
    old.refresh_from_db()
    assert old.superseded_at is not None
    assert Notebook.objects.get().generation == before + 1
    assert "17 Euro" in answer(notebook, cast.emma)
    assert "14 Euro" not in answer(notebook, cast.emma)


@pytest.mark.parametrize("end", ["fails", "is cancelled", "is removed"])
def test_if_the_new_version_does_not_come_the_old_one_serves_on(end: str, cast: Any, sign_in: Any) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    file = SimpleUploadedFile("neu.pdf", b"%PDF-1.4 nothing")
    new = actions.add_version(source=old, user=cast.emma, file=file)
    if end == "fails":
        read(new)
    elif end == "is cancelled":
        actions.cancel(source=new)
    else:
        actions.remove(source=new, user=cast.emma)
    reading.read_source(new.pk)

    old.refresh_from_db()
    assert (old.superseded_at, old.removed_at) == (None, None)
    assert "14 Euro" in answer(notebook, cast.emma)
    page = sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/", headers={"accept-language": "en"})
    listed = [(source.version, source.serving) for source in page.context["sources"]]
    assert listed == ([(1, None)] if end == "is removed" else [(1, None), (2, old)])


def test_the_same_bytes_as_the_current_version_are_refused_an_old_version_may_come_back(cast: Any) -> None:
    old = make_source(make_notebook(cast.emma))
    with pytest.raises(Refusal, match="already_there"):
        replace(old, POLICY)
    read(replace(old))
    third = read(replace(old, POLICY))
    assert (third.version, third.superseded_at) == (3, None)
    assert list(Source.objects.taught()) == [third]


@pytest.mark.parametrize("first_read", ["older", "newer"])
def test_of_two_waiting_versions_the_later_one_holds_whichever_is_read_first(
    first_read: str, cast: Any
) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    second, third = replace(old), replace(old, POLICY.replace("14 Euro", "21 Euro"))
    for version in (second, third) if first_read == "older" else (third, second):
        read(version)

    assert list(Source.objects.taught()) == [third]
    assert second.is_ready
    assert answer(notebook, cast.emma).count("Euro") == 1
    assert "21 Euro" in answer(notebook, cast.emma)


@pytest.mark.django_db(transaction=True)
def test_versions_uploaded_at_once_get_one_order_and_none_is_lost() -> None:
    emma = make_user("Emma")
    notebook = make_notebook(emma)
    old = make_source(notebook)
    start = threading.Barrier(4)

    def upload(number: int) -> None:
        try:
            start.wait()
            read(replace(Source.objects.get(pk=old.pk), POLICY.replace("14 Euro", f"{number} Euro")))
        finally:
            connection.close()

    threads = [threading.Thread(target=upload, args=[20 + number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Source.objects.order_by("version").values_list("version", flat=True)) == [1, 2, 3, 4, 5]
    assert not Source.objects.exclude(state="ready").exists()
    assert [source.version for source in Source.objects.taught()] == [5]


def test_days_of_validity_decide_what_answers(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    for first, last, holds in [
        (None, today(-1), False),
        (today(1), None, False),
        (today(), today(), True),
        (today(-3), today(3), True),
    ]:
        generation = Notebook.objects.get().generation
        source.valid_from, source.valid_until = first, last
        actions.change_source(source=source, by=cast.emma)
        assert ("14 Euro" in answer(notebook, cast.emma)) is holds
        assert Notebook.objects.get().generation == generation + 1


def test_a_version_that_begins_later_leaves_the_days_before_to_the_old_one(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    read(replace(old, valid_from=today(3)))
    old.refresh_from_db()
    assert (old.superseded_at, old.valid_until) == (None, None)
    assert "14 Euro" in answer(notebook, cast.emma)
    assert [row.version for row in Source.objects.taught(today(2))] == [1]
    assert [row.version for row in Source.objects.taught(today(3))] == [2]

    tasks.wake_sources(timezone.now() + timedelta(days=2))
    old.refresh_from_db()
    assert old.superseded_at is None
    tasks.wake_sources(timezone.now() + timedelta(days=4))
    old.refresh_from_db()
    assert old.superseded_at is not None


def test_taking_a_coming_version_away_gives_the_old_one_its_days_back(cast: Any) -> None:
    old = make_source(make_notebook(cast.emma))
    coming = read(replace(old, valid_from=today(3)))
    actions.remove(source=coming, user=cast.emma)
    old.refresh_from_db()
    assert (old.valid_until, old.removed_at) == (None, None)
    assert list(Source.objects.taught(today(3))) == [old]

    coming.refresh_from_db()
    actions.put_back(source=coming)
    assert list(Source.objects.taught(today(3))) == [coming]
    coming.valid_from = None
    actions.change_source(source=coming, by=cast.emma)
    old.refresh_from_db()
    assert old.superseded_at is not None


def test_an_end_that_a_person_set_is_never_touched(cast: Any) -> None:
    old = make_source(make_notebook(cast.emma))
    old.valid_until = today(9)
    actions.change_source(source=old, by=cast.emma)
    for first_day in (today(3), today(10)):
        coming = read(replace(old, valid_from=first_day))
        old.refresh_from_db()
        assert old.valid_until == today(9)
        actions.remove(source=coming, user=cast.emma)
        actions.purge_removed(timezone.now() + timedelta(hours=25))
        old.refresh_from_db()
        assert (old.valid_until, old.superseded_at) == (today(9), None)
        assert list(Source.objects.taught(today(9))) == [old]


def test_on_its_first_day_a_version_answers_alone_before_any_sweep(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    failed = actions.add_version(
        source=old, user=cast.emma, file=SimpleUploadedFile("neu.pdf", b"%PDF-1.4 nothing")
    )
    read(failed)
    second = read(replace(old, valid_from=today(5)))
    third = read(replace(old, POLICY.replace("14", "25"), valid_from=today(8)))
    taught = [[row.version for row in Source.objects.taught(today(day))] for day in (4, 5, 7, 8)]
    assert taught == [[1], [3], [3], [4]]
    passages = Passage.objects.visible_to(cast.emma)
    assert {passage.source_id for passage in passages} == {old.pk}
    assert versions.document_count(notebook) == 1

    # One that begins before a version already waiting takes its place.
    early = read(replace(old, POLICY.replace("14", "30"), valid_from=today(2)))
    taught = [[row.version for row in Source.objects.taught(today(day))] for day in (1, 2, 9)]
    assert taught == [[1], [5], [5]]
    tasks.wake_sources(timezone.now() + timedelta(days=3))
    for source in (old, second, third):
        source.refresh_from_db()
        assert source.superseded_at is not None
    assert (old.replaces_id, Source.objects.get(pk=early.pk).replaces_id) == (None, old.pk)


def test_removing_the_current_version_removes_the_document_and_one_undo_puts_all_back(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    other = make_source(notebook, text=POLICY + "Anhang", title="Anderes")
    old = make_source(notebook)
    new = read(replace(old))
    waiting = replace(old, POLICY.replace("14", "25"))
    actions.remove(source=new, user=cast.emma)

    assert list(Source.objects.present()) == [other]
    assert "17 Euro" not in answer(notebook, cast.emma)
    new.refresh_from_db()
    actions.put_back(source=new)
    assert set(Source.objects.present()) == {other, old, new, waiting}
    assert "17 Euro" in answer(notebook, cast.emma)
    old.refresh_from_db()
    assert old.superseded_at is not None
    assert read(waiting).is_ready


def test_an_earlier_version_can_be_removed_alone(cast: Any) -> None:
    old = make_source(make_notebook(cast.emma))
    second = read(replace(old))
    third = read(replace(old, POLICY.replace("14", "25")))
    actions.remove(source=second, user=cast.emma)

    assert [row.pk for row in versions.documents_of(old.notebook)] == [third.pk]
    assert [row.pk for row in versions.documents_of(old.notebook)[0].earlier] == [old.pk]
    actions.purge_removed(timezone.now() + timedelta(hours=25))
    actions.remove(source=third, user=cast.emma)
    assert not Source.objects.present().exists()


def test_a_document_stays_one_when_its_first_version_goes(cast: Any) -> None:
    old = make_source(make_notebook(cast.emma))
    waiting = read(replace(old, valid_from=today(5)))
    third = read(replace(old, POLICY.replace("14", "25"), valid_from=today(2)))
    fourth = read(replace(old, POLICY.replace("14", "30")))
    old.refresh_from_db()
    actions.remove(source=old, user=cast.emma)
    old.refresh_from_db()
    actions.put_back(source=old)
    assert set(versions.versions_of(fourth)) == {old, waiting, third, fourth}
    old.refresh_from_db()
    actions.remove(source=old, user=cast.emma)
    assert actions.purge_removed(timezone.now() + timedelta(hours=25)) == 1
    assert set(versions.versions_of(fourth)) == {waiting, third, fourth}
    assert list(Source.objects.taught()) == [fourth]


def test_erasing_a_document_erases_every_version_and_its_file(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    page = "<p>Die Pauschale liegt bei {} Euro je Tag.</p>"
    old = actions.add_file(
        notebook=notebook, user=cast.emma, file=SimpleUploadedFile("a.html", page.format(14).encode())
    )
    read(old)
    for amount in (17, 19, 23):
        file = SimpleUploadedFile("b.html", page.format(amount).encode())
        newest = read(actions.add_version(source=old, user=cast.emma, file=file))
    names = list(Source.objects.values_list("file", flat=True))
    assert len(names) == 4
    assert all(default_storage.exists(name) for name in names)
    actions.remove(source=newest, user=cast.emma)

    assert actions.purge_removed(timezone.now() + timedelta(hours=25)) == 4
    assert not any(default_storage.exists(name) for name in names)
    assert not Passage.objects.exists()


def test_the_limit_of_a_notebook_counts_documents(cast: Any, settings: Any) -> None:
    settings.NOTEBOOK_MAX_SOURCES = 2
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    read(replace(old))
    replace(old, POLICY + "noch neuer")
    assert versions.document_count(notebook) == 1
    make_source(notebook, text="Ein anderer Text.")
    with pytest.raises(Refusal, match="notebook_full"):
        actions.add_text(notebook=notebook, user=cast.emma, title="", text="Ein dritter.")


def test_an_old_answer_says_that_its_version_no_longer_holds(cast: Any, sign_in: Any) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    exchange = asking.ask(notebook=notebook, user=cast.emma, question=QUESTION)
    new = read(replace(old))

    (shown,) = presenting.present([exchange], cast.emma)
    assert "14 Euro" not in str(shown)
    citations = shown["view"]["citations"]
    assert {(c["is_outdated"], c["is_withdrawn"]) for c in citations} == {(True, False)}
    assert citations[0]["current_url"] == f"/notebooks/{notebook.pk}/sources/{new.pk}/"
    page = sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/").content.decode()
    assert "14 Euro" not in page
    assert citations[0]["current_url"] in page

    actions.remove(source=new, user=cast.emma)
    (shown,) = presenting.present([exchange], cast.emma)
    assert shown["view"]["citations"][0]["is_withdrawn"]


def test_an_expired_source_is_outdated_without_a_successor(cast: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    exchange = asking.ask(notebook=notebook, user=cast.emma, question=QUESTION)
    Source.objects.filter(pk=source.pk).update(valid_until=today(-1))
    (shown,) = presenting.present([exchange], cast.emma)
    assert shown["view"]["sentences"][0]["is_outdated"]
    assert shown["view"]["citations"][0]["current_url"] == ""


# --- pages and API -------------------------------------------------------------------------------
def test_the_page_adds_a_version_and_lists_the_earlier_ones(cast: Any, sign_in: Any) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    client = sign_in(cast.emma)
    url = f"/notebooks/{notebook.pk}/sources/{old.pk}/"
    assert client.get(url + "change/").status_code == 200
    response = client.post(url + "versions/add/", {"version-text": NEW_POLICY})
    assert response.status_code == 302
    new = read(Source.objects.get(version=2))

    (listed,) = client.get(f"/notebooks/{notebook.pk}/").context["sources"]
    assert (listed.pk, [row.pk for row in listed.earlier]) == (new.pk, [old.pk])
    assert f'href="{url}"' in client.get(f"/notebooks/{notebook.pk}/").content.decode()
    shown = client.get(url)
    assert (shown.context["standing"], shown.context["current"]) == ("superseded", new)


@pytest.mark.parametrize(
    ("data", "status", "field"),
    [
        ({}, 422, "__all__"),
        ({"version-text": POLICY}, 409, "text"),
        ({"version-text": "x", "version-valid_from": "2026-05-02", "version-valid_until": "2026-05-01"}, 422,
         "valid_until"),
    ],
    ids=["nothing", "the same", "ends before it begins"],
)  # fmt: skip
def test_a_wrong_version_is_refused_on_the_page(
    data: dict[str, str], status: int, field: str, cast: Any, sign_in: Any
) -> None:
    old = make_source(make_notebook(cast.emma))
    url = f"/notebooks/{old.notebook_id}/sources/{old.pk}/versions/add/"
    response = sign_in(cast.emma).post(url, data)
    assert response.status_code == status
    assert list(response.context["version_form"].errors) == [field]
    assert Source.objects.count() == 1


def test_title_responsible_person_and_days_are_changed_on_the_page(cast: Any, sign_in: Any) -> None:
    notebook = make_notebook(cast.emma, audience="company")
    source = make_source(notebook)
    url = f"/notebooks/{notebook.pk}/sources/{source.pk}/change/"
    good = {"title": "Spesen", "owner": cast.otto.email, "valid_from": today(), "valid_until": today(9)}
    assert sign_in(cast.emma).post(url, good).status_code == 302
    source.refresh_from_db()
    assert (source.title, source.owner, source.valid_until) == ("Spesen", cast.otto, today(9))
    # Who answers for it may go on changing it, and bring new versions.
    assert sign_in(cast.otto).post(url, {**good, "title": "Reisen"}).status_code == 302
    assert sign_in(cast.carl).get(url).status_code == 403

    wrong = {**good, "valid_until": today(-1), "owner": "nobody@hatpin.example"}
    response = sign_in(cast.emma).post(url, wrong)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"owner", "valid_until"})


def test_who_may_not_read_the_notebook_cannot_answer_for_its_source(cast: Any, api: Any) -> None:
    source = make_source(make_notebook(cast.emma))
    url = f"/api/v1/notebooks/{source.notebook_id}/sources/{source.pk}/"
    response = api(cast.emma).patch(url, {"owner": cast.otto.email}, format="json")
    assert response.status_code == 400
    assert set(response.json()["errors"]) == {"owner"}


def test_a_program_changes_a_source_and_adds_versions(cast: Any, api: Any) -> None:
    notebook = make_notebook(cast.emma, audience="company")
    source = make_source(notebook)
    program, url = api(cast.emma), f"/api/v1/notebooks/{notebook.pk}/sources/{source.pk}/"
    body = program.patch(url, {"valid_until": str(today(-1))}, format="json").json()
    assert (body["valid_until"], body["is_valid"], body["title"]) == (str(today(-1)), False, source.title)
    assert program.patch(url, {"valid_from": str(today())}, format="json").status_code == 400
    assert program.patch(url, {"valid_until": None}, format="json").json()["is_valid"]

    made = program.post(url + "versions/", {"text": NEW_POLICY}, format="json")
    assert made.status_code == 201
    assert (made.json()["version"], made.json()["replaces"]) == (2, str(source.pk))
    tasks.read_source(made.json()["id"])
    file = SimpleUploadedFile("neu.md", b"# Reisen\n\nEs gibt 30 Euro.")
    assert program.post(url + "versions/", {"file": file}, format="multipart").json()["version"] == 3
    line = program.get(url + "versions/").json()["results"]
    assert [row["version"] for row in line] == [3, 2, 1]
    listed = program.get(f"/api/v1/notebooks/{notebook.pk}/sources/").json()["results"]
    assert [row["version"] for row in listed] == [2, 3]
    for person, status in ((cast.otto, 403), (cast.farid, 201)):
        text = {"text": f"von {person}"}
        assert api(person).post(url + "versions/", text, format="json").status_code == status


def test_a_stranger_finds_no_version(cast: Any, api: Any, sign_in: Any) -> None:
    source = make_source(make_notebook(cast.emma))
    page = f"/notebooks/{source.notebook_id}/sources/{source.pk}/"
    for method, path in (
        ("get", "change/"),
        ("post", "change/"),
        ("post", "versions/add/"),
        ("post", "cancel/"),
    ):
        assert getattr(sign_in(cast.otto), method)(page + path).status_code == 404
    for method, path in (("get", "versions/"), ("post", "versions/"), ("post", "cancel/"), ("patch", "")):
        assert getattr(api(cast.otto), method)(f"/api/v1{page}{path}").status_code == 404


def test_changing_somebody_elses_source_is_audited(cast: Any) -> None:
    source = make_source(make_notebook(cast.bertha, audience="company"))
    for person in (cast.bertha, cast.farid):
        actions.change_source(source=source, by=person)
    entry = AuditEntry.objects.get(action="source.changed")
    assert (entry.actor_key, entry.facts) == (cast.farid.subject_key, {})


def test_what_could_not_be_saved_is_not_spoken_of(cast: Any, sign_in: Any) -> None:
    source = make_source(make_notebook(cast.emma))
    url = f"/notebooks/{source.notebook_id}/sources/{source.pk}/change/"
    wrong = {"title": "Neu", "owner": "nobody@hatpin.example", "valid_until": today(-4)}
    response = sign_in(cast.emma).post(url, wrong)
    assert response.status_code == 422
    assert response.context["standing"] == ""
    assert response.context["source"].valid_until is None
    assert "message standing" not in response.content.decode()
    assert f'value="{today(-4)}"' in response.content.decode()


def test_nobody_says_that_an_expired_source_goes_on_answering(cast: Any, sign_in: Any) -> None:
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    User.objects.filter(pk=cast.emma.pk).update(language="en")
    client = sign_in(User.objects.get(pk=cast.emma.pk))
    url = f"/notebooks/{notebook.pk}/sources/{old.pk}/"
    assert "goes on answering" in client.get(url + "change/").content.decode()
    Source.objects.filter(pk=old.pk).update(valid_until=today(-3), read_at=timezone.now() - timedelta(days=9))
    assert "goes on answering" not in client.get(url + "change/").content.decode()
    client.post(url + "versions/add/", {"version-text": NEW_POLICY})
    page = client.get(f"/notebooks/{notebook.pk}/")
    assert "goes on answering" not in page.content.decode()
    assert "is being read" in page.content.decode()
    assert [source.serving for source in page.context["sources"]] == [None, None]

    read(Source.objects.get(version=2))
    (listed,) = client.get(f"/notebooks/{notebook.pk}/").context["sources"]
    assert listed.earlier[0].answered_until == today(-3)


def test_a_version_that_never_held_does_not_say_until_when_it_did(cast: Any) -> None:
    old = make_source(make_notebook(cast.emma))
    waiting = read(replace(old, valid_from=today(5)))
    read(replace(old, POLICY.replace("14", "25")))
    for source in (old, waiting):
        source.refresh_from_db()
    assert (old.answered_until, waiting.answered_until) == (today(), None)


def test_titles_lose_what_cannot_be_seen(cast: Any, sign_in: Any, api: Any) -> None:
    notebook = make_notebook(cast.emma)
    typed, kept = "  Reise\u202ekos\u0007ten\t\n2026 ", "Reisekosten 2026"
    source = actions.add_text(notebook=notebook, user=cast.emma, title=typed, text=POLICY)
    assert source.title == kept
    unnamed = actions.add_text(notebook=notebook, user=cast.emma, title="\u202e", text="\u202eErste\nZeile")
    assert unnamed.title == "Erste"
    file = SimpleUploadedFile("a.txt", b"Ein Text")
    assert actions.add_file(notebook=notebook, user=cast.emma, file=file, title=typed).title == kept
    assert replace(source, title=typed + "b").title == kept + " b"

    page, program = f"/notebooks/{notebook.pk}/sources/{source.pk}/", api(cast.emma)
    body = program.patch(f"/api/v1{page}", {"title": "Neu\u2066es"}, format="json").json()
    assert body["title"] == "Neues"
    data = {"title": "\u202e\u2066", "owner": cast.emma.email}
    response = sign_in(cast.emma).post(page + "change/", data)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"title"})
    changed = program.patch(f"/api/v1/notebooks/{notebook.pk}/", {"title": "A\u202eB"}, format="json").json()
    assert (changed["title"], Notebook.objects.get().title) == ("AB", "AB")


def test_what_comes_back_needs_room(cast: Any, settings: Any, sign_in: Any) -> None:
    settings.NOTEBOOK_MAX_SOURCES = 1
    notebook = make_notebook(cast.emma)
    old = make_source(notebook)
    new = read(replace(old))
    actions.remove(source=old, user=cast.emma)
    old.refresh_from_db()
    actions.put_back(source=old)  # an earlier version takes no place
    actions.remove(source=new, user=cast.emma)
    other = make_source(notebook, text="Ein anderer Text.")
    url = f"/notebooks/{notebook.pk}/sources/{new.pk}/put-back/"
    assert sign_in(cast.emma).post(url).status_code == 409
    assert list(Source.objects.present()) == [other]
    actions.remove(source=other, user=cast.emma)
    assert sign_in(cast.emma).post(url).status_code == 302
    assert set(Source.objects.present()) == {old, new}


# --- cancelling ----------------------------------------------------------------------------------
def test_a_waiting_source_is_cancelled_and_read_again(cast: Any, sign_in: Any, api: Any) -> None:
    notebook = make_notebook(cast.emma)
    source = actions.add_text(notebook=notebook, user=cast.emma, title="Reisen", text=POLICY)
    url = f"/notebooks/{notebook.pk}/sources/{source.pk}/"
    assert url + "cancel/" in sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/").content.decode()
    body = api(cast.emma).post(f"/api/v1{url}cancel/").json()
    assert body["state"] == "failed"
    assert body["error"].endswith(".")
    assert tasks.wake_sources(timezone.now()) == 0
    assert read(source).state == "failed"

    page = sign_in(cast.emma).get(f"/notebooks/{notebook.pk}/").content.decode()
    assert "source-wrong" not in page
    assert url + "retry/" in page

    sign_in(cast.emma).post(url + "retry/")
    assert read(source).is_ready
    response = sign_in(cast.emma).post(url + "cancel/", follow=True)
    assert any("Reisen" in str(message) for message in response.context["messages"])
    assert read(source).is_ready


def test_cancelling_while_reading_stops_the_reader(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    source = actions.add_text(notebook=make_notebook(cast.emma), user=cast.emma, title="x", text=POLICY)
    original = reading._read

    def slow(leased: Source) -> Any:
        actions.cancel(source=Source.objects.get(pk=source.pk))
        return original(leased)

    monkeypatch.setattr(reading, "_read", slow)
    read(source)
    assert (source.state, source.error_code, source.is_done) == ("failed", "cancelled", True)
    assert not Passage.objects.exists()


def test_cancelling_while_it_is_cut_stops_the_cutting(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    source = actions.add_text(notebook=make_notebook(cast.emma), user=cast.emma, title="x", text="x" * 90_000)
    original, is_cut = reading.split, []

    def slow(*args: Any, **options: Any) -> Any:
        actions.cancel(source=Source.objects.get(pk=source.pk))
        drafts = original(*args, **options)
        is_cut.append(True)
        return drafts

    monkeypatch.setattr(reading, "split", slow)
    monkeypatch.setattr(reading, "PROGRESS_EVERY_SECONDS", -1)
    read(source)
    assert (source.error_code, is_cut) == ("cancelled", [])


def test_a_file_that_fails_while_it_is_cancelled_stays_cancelled(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SimpleUploadedFile("kaputt.pdf", b"%PDF-1.4 nothing")
    source = actions.add_file(notebook=make_notebook(cast.emma), user=cast.emma, file=file)
    original = reading._read

    def slow(leased: Source) -> Any:
        actions.cancel(source=Source.objects.get(pk=source.pk))
        return original(leased)

    monkeypatch.setattr(reading, "_read", slow)
    assert read(source).error_code == "cancelled"


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_costs_one_query_however_many_versions(
    count: int, cast: Any, django_assert_num_queries: Any
) -> None:
    notebook = make_notebook(cast.emma)
    source = make_source(notebook)
    for number in range(count):
        read(replace(source, f"{POLICY} {number}"))
    with django_assert_num_queries(1):
        (listed,) = versions.documents_of(notebook)
    assert len(listed.earlier) == count
