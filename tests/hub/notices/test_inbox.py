"""The inbox: one's own, once, in the reader's language."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from hub.notices.actions import notify
from hub.notices.models import Notice


def tell(user: Any, key: str = "1") -> None:
    notify(user=user, kind="session_moved", dedupe_key=key, facts={"title": "Protokolle"}, path="/hours/")


def test_the_same_thing_is_told_once(cast: Any) -> None:
    for _twice in range(2):
        tell(cast.emma)
    assert Notice.objects.count() == 1


def test_the_words_are_made_when_it_is_read(cast: Any) -> None:
    tell(cast.emma)
    notice = Notice.objects.get()
    with translation.override("en"):
        assert notice.text == "“Protokolle” has a new time."


def test_an_inbox_is_ones_own(api: Any, sign_in: Any, cast: Any) -> None:
    tell(cast.emma)
    assert api(cast.emma).get("/api/v1/inbox/").json()["count"] == 1
    assert api(cast.otto).get("/api/v1/inbox/").json()["count"] == 0
    assert list(sign_in(cast.otto).get("/inbox/").context["page"]) == []


def test_marking_as_read_touches_only_ones_own(api: Any, sign_in: Any, cast: Any) -> None:
    tell(cast.emma, "1")
    tell(cast.otto, "2")
    ids = list(Notice.objects.values_list("public_id", flat=True))

    assert api(cast.emma).post("/api/v1/inbox/read/", {"ids": ids}).json() == {"marked": 1}
    assert Notice.objects.unread().get().user == cast.otto
    sign_in(cast.otto).post("/inbox/read/")
    assert not Notice.objects.unread().exists()


def test_ids_tell_nothing_about_how_much_is_going_on(api: Any, cast: Any) -> None:
    tell(cast.emma)
    [notice] = api(cast.emma).get("/api/v1/inbox/").json()["results"]
    assert UUID(notice["id"]).version == 4
    assert str(Notice.objects.get().public_id) == notice["id"]
    by_number = api(cast.emma).post("/api/v1/inbox/read/", {"ids": [Notice.objects.get().pk]})
    assert by_number.json() == {"marked": 0}
    assert api(cast.emma).post("/api/v1/inbox/read/", {"ids": ["one"]}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_notices_from_before_get_an_id_of_their_own() -> None:
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes("notices")
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "notices"]
    try:
        executor.migrate([("notices", "0001_initial")])
        old = executor.loader.project_state([("notices", "0001_initial")]).apps
        person = old.get_model("people", "User").objects.create(email="old@hatpin.example")
        for number in range(3):
            old.get_model("notices", "Notice").objects.create(user=person, kind="x", dedupe_key=str(number))
        MigrationExecutor(connection).migrate(newest)
        ids = set(Notice.objects.values_list("public_id", flat=True))
        assert len(ids) == 3
        assert None not in ids
    finally:
        MigrationExecutor(connection).migrate([*newest, *others])
