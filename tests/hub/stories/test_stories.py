"""A story is its author's until it is published, everybody's then, and nobody else's once it is withdrawn."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.notices.models import Notice
from hub.points.models import PointEntry
from hub.refusals import Refusal
from hub.stories import actions, copies
from hub.stories.copies import as_markdown
from hub.stories.models import Kudos, Story
from hub.today import search
from tests.factories import make_story

EVIL = "<script>alert(1)</script>"


def found(user: Any, words: str) -> list[str]:
    groups = search.search(user=user, given=words, now=timezone.now(), kind="stories")
    return [one.title for group in groups for one in group.found]


def test_a_story_is_written_published_withdrawn_and_put_back(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    emma, otto, program = sign_in(cast.emma), sign_in(cast.otto), api(cast.otto)
    words = {"title": f"Zebrafinken {EVIL}", "body": f"Gezählt {EVIL}\n\nZweimal.", "tool": "KI-Assistent"}
    wrong = emma.post(
        "/stories/new/", {**words, "title": " \u200b ", "language": "de", "minutes_saved": "9999"}
    )
    assert wrong.status_code == 422
    assert "Gib der Geschichte einen Titel." in wrong.content.decode()
    form = {**words, "language": "de", "is_named": "on", "minutes_saved": "30"}
    assert "alle in der Firma" in emma.get("/stories/new/").content.decode()
    page = emma.post("/stories/new/", form)["Location"]
    story = Story.objects.get()

    # A draft
    assert (story.state, page) == ("draft", f"/stories/{story.pk}/")
    assert words["title"].replace("<", "&lt;").replace(">", "&gt;") in emma.get("/stories/").content.decode()

    def others_see() -> tuple[int, int, bool, bool, list[str]]:
        return (
            otto.get(page).status_code,
            program.get(f"/api/v1/stories/{story.pk}/").status_code,
            str(story.pk) in otto.get("/stories/?q=zebra").content.decode(),
            program.get("/api/v1/stories/?q=ZEBRA").json()["count"] == 1,
            found(cast.otto, "Zebrafinken"),
        )

    nothing = (404, 404, False, False, [])
    assert others_see() == nothing
    assert otto.post(f"{page}kudos/").status_code == 404

    # Published: everybody's, with its markup as text
    assert emma.post(f"{page}publish/").status_code == 302
    assert others_see() == (200, 200, True, True, [story.title])
    for path in (page, "/stories/", "/search/?q=Zebrafinken", f"{page}edit/"):
        answer = (emma if "edit" in path else otto).get(path)
        assert answer.status_code == 200
        assert EVIL not in answer.content.decode()
    assert otto.post(f"{page}withdraw/").status_code == 403
    assert emma.post(f"{page}delete/").status_code == 409

    # Withdrawn, and the undo
    emma.post(f"{page}withdraw/")
    assert others_see() == nothing
    assert "Rückgängig" in emma.get(page).content.decode()
    emma.post(f"{page}publish/")
    assert others_see() == (200, 200, True, True, [story.title])
    emma.post(f"{page}withdraw/")
    assert emma.post(f"{page}delete/")["Location"] == "/stories/"
    assert not Story.objects.exists()


def test_points_come_once_and_for_one_story_a_week(cast: SimpleNamespace) -> None:
    monday = timezone.now().replace(hour=12) - timedelta(days=timezone.now().weekday(), weeks=2)
    first = make_story(cast.emma, at=monday)
    make_story(cast.emma, at=monday + timedelta(days=2))
    actions.withdraw(story=first)
    actions.publish(story=first, now=monday + timedelta(weeks=1))
    assert PointEntry.objects.of(cast.emma).filter(rule="shared_story").count() == 1
    make_story(cast.emma, at=monday + timedelta(weeks=1))
    assert PointEntry.objects.of(cast.emma).filter(rule="shared_story").count() == 2


def test_kudos_count_once_and_are_told_once_a_day(cast: SimpleNamespace, sign_in: Any, api: Any) -> None:
    story, now = make_story(cast.emma), timezone.now()
    program = api(cast.ada)
    address = f"/api/v1/stories/{story.pk}/kudos/"
    for _twice in range(2):
        assert program.post(address).json()["kudos_count"] == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Kudos.objects.create(story=story, giver=cast.ada)
    assert program.delete(address).json()["kudos_count"] == 0
    assert actions.give_kudos(story=story, giver=cast.ada, now=now)
    assert actions.give_kudos(story=story, giver=cast.farid, now=now)
    notices = Notice.objects.filter(user=cast.emma, kind="story_kudos")
    assert [notice.facts["name"] for notice in notices] == ["Ada Miller"]
    assert actions.give_kudos(story=story, giver=cast.carl, now=now + timedelta(days=1))
    assert notices.all().count() == 2

    own = api(cast.emma).post(address)
    assert own.status_code == 409
    assert "eigene Geschichte" in own.json()["detail"]
    page = sign_in(cast.otto).get(f"/stories/{story.pk}/").content.decode()
    assert "Ada Miller, Farid Nassar, Carl Brandt" in page
    actions.withdraw(story=story)
    with pytest.raises(Refusal):
        actions.give_kudos(story=story, giver=cast.otto)


def test_whoever_is_not_to_be_named_is_a_colleague_everywhere(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    story = make_story(cast.emma, is_named=False, minutes_saved=30)
    actions.give_kudos(story=story, giver=cast.farid)
    answers = [
        sign_in(cast.otto).get("/stories/").content,
        sign_in(cast.otto).get(f"/stories/{story.pk}/").content,
        api(cast.otto).get("/api/v1/stories/").content,
        api(cast.otto).get(f"/api/v1/stories/{story.pk}/").content,
    ]
    for answer in answers:
        assert "Jemand aus dem Kollegium" in answer.decode()
        assert "Lindner" not in answer.decode()
    assert "30" in as_markdown(story)
    cast.emma.delete()
    story.refresh_from_db()
    assert story.author is None


def test_the_library_filters_orders_and_asks_as_often_for_many(
    cast: SimpleNamespace, sign_in: Any, api: Any
) -> None:
    old = make_story(cast.emma, title="Älteste", tool="ki-assistent", at=timezone.now() - timedelta(days=9))
    make_story(cast.ada, title="Newest", tool="KI-Assistent", language="en")
    actions.give_kudos(story=old, giver=cast.ada)
    program, client = api(cast.otto), sign_in(cast.otto)

    def titles(query: str) -> list[str]:
        return [story["title"] for story in program.get(f"/api/v1/stories/?{query}").json()["results"]]

    assert titles("") == ["Newest", "Älteste"]
    assert titles("order=kudos") == ["Älteste", "Newest"]
    assert titles("language=en") == ["Newest"]
    assert len(titles("tool=KI-Assistent")) == 2
    assert titles("q=älteste") == ["Älteste"]
    assert titles("q=nirgends") == []
    assert "Lass etwas weg" in client.get("/stories/?q=nirgends").content.decode()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/stories/?order=kudos").status_code == 200
        return len(captured)

    few = queries()
    for number in range(15):
        actions.give_kudos(story=make_story(cast.farid, title=f"Nummer {number}"), giver=cast.emma)
    assert queries() == few


def test_the_api_changes_ones_own_and_says_what_is_wrong(cast: SimpleNamespace, api: Any) -> None:
    program = api(cast.emma)
    made = program.post(
        "/api/v1/stories/", {"title": "Kurz", "body": "Gut.", "minutes_saved": 5, "state": "published"}
    )
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    address = f"/api/v1/stories/{made.json()['id']}/"
    assert program.patch(address, {"title": "Kürzer"}).json()["title"] == "Kürzer"
    for wrong in (
        {"title": ""},
        {"body": "x" * 2001},
        {"minutes_saved": 0},
        {"tool": "x" * 81},
        {"language": "fr"},
    ):
        assert program.patch(address, wrong, format="json").status_code == 400, wrong
    assert program.post(f"{address}withdraw/").status_code == 409
    assert program.post(f"{address}publish/").json()["state"] == "published"
    assert api(cast.otto).patch(address, {"title": "Meins"}).status_code == 403
    assert program.post(f"{address}withdraw/").json()["state"] == "withdrawn"
    assert program.delete(address).status_code == 204


def test_areas_above_add_what_a_story_can_be_made_into(
    cast: SimpleNamespace, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_copies", {})
    story, client = make_story(cast.emma), sign_in(cast.otto)
    assert f"{story.pk}/copy/" not in client.get(f"/stories/{story.pk}/").content.decode()
    copies.register_copy("tip", "Tipp daraus machen", lambda story, user: f"/tips/?q={story.pk}")
    copies.register_copy("lab", "Labor daraus machen", lambda story, user: "/", may=lambda user: False)
    page = client.get(f"/stories/{story.pk}/").content.decode()
    assert "Tipp daraus machen" in page
    assert "Labor" not in page
    assert client.post(f"/stories/{story.pk}/copy/", {"as": "tip"})["Location"] == f"/tips/?q={story.pk}"
    assert client.post(f"/stories/{story.pk}/copy/", {"as": "lab"}).status_code == 422
