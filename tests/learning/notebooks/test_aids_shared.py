"""Who sees, edits and releases a study aid, on the page and in the interface for programs."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from hub.audit.models import AuditEntry
from hub.refusals import Refusal
from learning.notebooks import aid_actions
from learning.notebooks.models import AidItem, Notebook, StudyAid
from tests.factories import make_notebook, make_source
from tests.learning.notebooks.study import RULES, hand_made

DAY = "Beschäftigte in Vollzeit haben in jedem Kalenderjahr Anspruch auf dreißig Arbeitstage Erholungsurlaub."
POINTS = [{"kind": "point", "body": DAY, "says": DAY}]


@pytest.fixture
def notebook(cast: SimpleNamespace) -> Any:
    notebook = make_notebook(cast.bertha, audience="company")
    make_source(notebook, text=RULES, title="Regeln")
    return notebook


@pytest.fixture
def draft(notebook: Any, cast: SimpleNamespace) -> Any:
    return hand_made(notebook, "guide", [dict(item) for item in POINTS], by=cast.emma)


def page_of(aid: Any) -> str:
    return f"/notebooks/{aid.notebook_id}/aids/{aid.pk}/"


def api_of(aid: Any) -> str:
    return f"/api/v1/notebooks/{aid.notebook_id}/study-aids/{aid.pk}/"


def test_a_draft_is_seen_by_its_maker_and_the_notebooks_editors_alone(
    draft: Any, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    for person, status in (
        (cast.emma, 200),
        (cast.bertha, 200),
        (cast.farid, 200),
        (cast.otto, 404),
        (cast.ada, 404),
    ):
        assert sign_in(person).get(page_of(draft)).status_code == status, person
        assert api(person).get(api_of(draft)).status_code == status, person
        listed = api(person).get(f"/api/v1/notebooks/{draft.notebook_id}/study-aids/").json()["count"]
        assert listed == (1 if status == 200 else 0)


def test_a_released_one_is_seen_by_all_readers_and_names_who_reviewed_it(
    draft: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    response = sign_in(cast.farid).post(page_of(draft) + "release/")
    assert response.status_code == 302

    page = sign_in(cast.otto).get(page_of(draft))
    assert page.status_code == 200
    assert "Farid Nassar" in page.content.decode()
    assert "review" not in page.context["body"]
    assert not page.context["can_edit"]
    assert AuditEntry.objects.filter(action="study_aid.released").count() == 1


def test_only_editors_release_and_only_what_is_made(
    draft: Any, cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    assert sign_in(cast.emma).post(page_of(draft) + "release/").status_code == 403
    assert api(cast.emma).post(api_of(draft) + "release/", {}).status_code == 403
    assert sign_in(cast.otto).post(page_of(draft) + "release/").status_code == 404

    waiting = aid_actions.request_aid(notebook=draft.notebook, user=cast.bertha, kind="quiz")
    with pytest.raises(Refusal):
        aid_actions.release(aid=waiting, by=cast.bertha)
    assert api(cast.bertha).post(api_of(waiting) + "release/", {}).status_code == 409


def test_the_maker_changes_a_draft_but_not_what_was_released(
    draft: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    item = draft.items.get()
    edit = page_of(draft) + f"items/{item.pk}/edit/"
    assert sign_in(cast.emma).get(edit).status_code == 200

    aid_actions.release(aid=draft, by=cast.bertha)
    assert sign_in(cast.emma).get(edit).status_code == 403
    assert sign_in(cast.bertha).get(edit).status_code == 200
    sign_in(cast.farid).post(edit, {"revision": item.revision, "body": "Neu gesagt."})
    draft.refresh_from_db()
    assert draft.released_by == cast.farid
    assert sign_in(cast.otto).get(page_of(draft)).context["is_edited"]


def test_two_who_edit_one_item_overwrite_nothing_silently(
    draft: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    item = draft.items.get()
    edit = page_of(draft) + f"items/{item.pk}/edit/"
    both = {"revision": item.revision}

    first = sign_in(cast.bertha).post(edit, {**both, "body": "Von Bertha."})
    assert first.status_code == 302
    second = sign_in(cast.emma).post(edit, {**both, "body": "Von Emma."})

    assert second.status_code == 409
    page = second.content.decode()
    assert "Von Bertha." in page
    assert "Von Emma." in page
    item.refresh_from_db()
    assert (item.body, item.edited_by) == ("Von Bertha.", cast.bertha)
    again = sign_in(cast.emma).post(
        edit, {"revision": second.context["form"].data["revision"], "body": "Von Emma."}
    )
    assert again.status_code == 302
    item.refresh_from_db()
    assert item.body == "Von Emma."


def test_programs_get_a_409_for_an_old_revision(draft: Any, cast: SimpleNamespace, api: Any) -> None:
    item = draft.items.get()
    url = api_of(draft) + f"items/{item.pk}/"
    program = api(cast.emma)

    changed = program.patch(url, {"revision": 1, "body": "Neu."}, format="json")
    assert (changed.status_code, changed.json()["revision"], changed.json()["body"]) == (200, 2, "Neu.")
    assert program.patch(url, {"revision": 1, "body": "Alt."}, format="json").status_code == 409
    out = program.patch(url, {"revision": 2, "left_out": True}, format="json")
    assert out.status_code == 200
    assert program.get(api_of(draft)).json()["items"] == []
    assert api(cast.otto).patch(url, {"revision": 3, "body": "x"}, format="json").status_code == 404


def test_what_is_left_out_is_not_shown_and_can_be_taken_in_again(
    draft: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    item, editor = draft.items.get(), sign_in(cast.emma)
    editor.post(page_of(draft) + f"items/{item.pk}/leave-out/")
    assert "dreißig" not in editor.get(page_of(draft)).content.decode()
    assert "dreißig" in editor.get(page_of(draft) + "?review").content.decode()

    editor.post(page_of(draft) + f"items/{item.pk}/leave-out/", {"leave_out": "no"})
    assert "dreißig" in editor.get(page_of(draft)).content.decode()


@pytest.mark.parametrize(
    ("kind", "data", "sent", "wrong"),
    [
        ("cloze", {"answer": "x"}, {"heading": "Ohne Lücke.", "answer": "x", "body": "y"}, "heading"),
        (
            "multiple_choice",
            {"options": ["a", "b", "c", "d"], "right": 0},
            {"heading": "?", "body": "y", **{f"option_{n}": "gleich" for n in range(4)}, "right": 0},
            "__all__",
        ),
    ],
)
def test_an_item_that_would_not_work_is_refused(
    notebook: Any, cast: SimpleNamespace, sign_in: Any, kind: str, data: dict, sent: dict, wrong: str
) -> None:
    fields = {"kind": kind, "heading": "____ ist neu.", "body": DAY, "data": data, "says": DAY}
    aid = hand_made(notebook, "quiz", [fields], by=cast.emma)
    item = aid.items.get()

    response = sign_in(cast.emma).post(
        page_of(aid) + f"items/{item.pk}/edit/", {"revision": item.revision, **sent}
    )

    assert response.status_code == 422
    assert wrong in response.context["form"].errors
    item.refresh_from_db()
    assert item.data == data


def test_a_removed_aid_is_gone_at_once_can_be_put_back_and_is_erased_after_a_day(
    draft: Any, cast: SimpleNamespace, sign_in: Any
) -> None:
    emma = sign_in(cast.emma)
    emma.post(page_of(draft) + "remove/")
    assert emma.get(page_of(draft)).status_code == 404
    assert sign_in(cast.otto).post(page_of(draft) + "put-back/").status_code == 403

    assert "put-back" in emma.get(f"/notebooks/{draft.notebook_id}/").content.decode()
    emma.post(page_of(draft) + "put-back/")
    assert emma.get(page_of(draft)).status_code == 200

    emma.post(page_of(draft) + "remove/")
    assert aid_actions.purge_removed(timezone.now() + aid_actions.UNDO_FOR * 2) == 1
    assert not AidItem.objects.exists()


def test_a_private_notebooks_aids_are_seen_by_nobody_else(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    notebook = make_notebook(cast.emma)
    make_source(notebook, text=RULES)
    aid = hand_made(notebook, "guide", [dict(item) for item in POINTS])
    aid_actions.release(aid=aid, by=cast.emma)

    for person in (cast.farid, cast.ada, cast.otto, cast.hanna, cast.walter):
        client = sign_in(person)
        for tail in ("", "markdown/", "anki/"):
            assert client.get(page_of(aid) + tail).status_code == 404
        assert client.get(f"/notebooks/{notebook.pk}/studio/").status_code == 404
        assert api(person).get(api_of(aid)).status_code == 404
        assert api(person).get(f"/api/v1/notebooks/{notebook.pk}/cards/").status_code == 404


def test_a_sites_notebook_is_read_at_that_site_alone(cast: SimpleNamespace, sign_in: Any) -> None:
    here = sign_in(cast.emma)
    made = here.post(
        "/notebooks/new/", {"title": "Nur hier", "language": "de", "audience": "site", "description": ""}
    )
    notebook = Notebook.objects.get(title="Nur hier")
    assert made.status_code == 302
    assert notebook.site == cast.emma.team.site
    assert sign_in(cast.farid).get(f"/notebooks/{notebook.pk}/").status_code == 200

    elsewhere = cast.otto.team
    site = type(elsewhere.site).objects.create(name="Anderswo")
    elsewhere.site = site
    elsewhere.save()
    assert sign_in(cast.otto).get(f"/notebooks/{notebook.pk}/").status_code == 404
    assert notebook not in Notebook.objects.visible_to(cast.otto)


def test_the_studio_lists_what_one_may_see_in_few_queries(
    notebook: Any, cast: SimpleNamespace, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for _n in range(8):
        hand_made(notebook, "guide", [dict(item) for item in POINTS], by=cast.emma)
    emma = sign_in(cast.emma)
    emma.get(f"/notebooks/{notebook.pk}/studio/")

    with django_assert_max_num_queries(8):
        page = emma.get(f"/notebooks/{notebook.pk}/studio/")
    assert len(page.context["aids"]) == 8
    assert StudyAid.objects.visible_to(cast.otto).count() == 0
