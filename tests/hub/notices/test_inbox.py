"""The inbox: one's own, once, in the reader's language."""

from typing import Any

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
    ids = list(Notice.objects.values_list("pk", flat=True))

    assert api(cast.emma).post("/api/v1/inbox/read/", {"ids": ids}).json() == {"marked": 1}
    assert Notice.objects.unread().get().user == cast.otto
    sign_in(cast.otto).post("/inbox/read/")
    assert not Notice.objects.unread().exists()
