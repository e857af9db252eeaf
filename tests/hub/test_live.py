"""Event streams through the real server: computed once, only what changed, resumed, and counted."""

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.conf import settings as django_settings
from django.test import Client

from hub import live
from hub.pagepool import PagePoolHandler
from learning.hours import room, room_actions
from learning.hours.room_actions import go_to_step
from tests.factories import make_user
from tests.lived import Lived, lived_hour
from tests.models_server import wait_until
from tests.serving import LiveSite


@pytest.fixture
def lived(transactional_db: None) -> Lived:
    return lived_hour(make_user("Farid", roles=("facilitator",))).fill()


@pytest.fixture
def site(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveSite]:
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.1)
    with LiveSite(PagePoolHandler()) as site:
        yield site


def client_of(site: LiveSite, **fields: Any) -> httpx.Client:
    inside = Client()
    inside.force_login(make_user("Emma", **fields))
    name = django_settings.SESSION_COOKIE_NAME
    return httpx.Client(base_url=site.url, cookies={name: inside.cookies[name].value}, timeout=20)


def events(response: httpx.Response) -> Iterator[tuple[str, dict[str, str]]]:
    """(id, sections) of each event."""
    last_id = ""
    for line in response.iter_lines():
        if line.startswith("id: "):
            last_id = line[4:]
        elif line.startswith("data: "):
            yield last_id, json.loads(line[6:])


def test_watchers_share_one_state_get_only_what_changed_and_resume(
    site: LiveSite, lived: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[float] = []
    compute = live.Topic._computed
    monkeypatch.setattr(
        live.Topic, "_computed", lambda self: (computed.append(time.monotonic()), compute(self))[1]
    )
    path = f"/hours/{lived.session.pk}/room/stream/"
    with (
        client_of(site, language="de") as german,
        client_of(site, language="en") as english,
        german.stream("GET", path) as a,
        english.stream("GET", path) as b,
    ):
        assert a.headers["Content-Type"].startswith("text/event-stream")
        german_events, english_events = events(a), events(b)
        _id, first = next(german_events)
        assert set(first) == {*room.SECTIONS, "phase", "closed"}
        assert "Programm" not in first["step"]
        _id, first_english = next(english_events)
        assert (first_english["quiz"] == first["quiz"], live.watching()) == (False, 2)
        room_actions.ask(session=lived.session, user=lived.facilitator, text="Neue Frage?")
        seen, changed = next(german_events)
        assert set(changed) == {"questions"}
        assert "Neue Frage?" in changed["questions"]
        # Two watch and one state is computed for both: about ten a second, not twenty.
        count, began = len(computed), time.monotonic()
        time.sleep(0.6)
        assert len(computed) - count <= (time.monotonic() - began) / 0.1 + 1
        # Whoever comes back with the last id gets nothing before something is new.
        with german.stream("GET", path, headers={"Last-Event-ID": seen}) as again:
            later = threading.Timer(0.5, go_to_step, kwargs={"session": lived.session, "step": 2})
            later.start()
            _id, resumed = next(events(again))
            assert set(resumed) == {"step"}
            later.join()
        with german.stream("GET", path, headers={"Last-Event-ID": "0000-7"}) as other:
            assert set(next(events(other))[1]) == set(first)
    wait_until(lambda: live.watching() == 0)


def test_nobody_watches_what_they_may_not_see_and_the_limit_has_a_sentence(
    site: LiveSite, lived: Lived, settings: Any
) -> None:
    with client_of(site, language="de") as client:
        assert client.get(f"/hours/{lived.session.pk}/screen/stream/").status_code == 403
        settings.LIVE_STREAMS = 0
        refused = client.get(f"/hours/{lived.session.pk}/room/stream/")
        assert refused.status_code == 503
        assert "erneuert sich von selbst" in refused.text


def test_a_state_that_cannot_be_computed_is_tried_again(
    site: LiveSite, lived: Lived, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    compute, tries = live.Topic._computed, []

    def fails_once(self: live.Topic) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("the database is away")
        return compute(self)

    monkeypatch.setattr(live.Topic, "_computed", fails_once)
    with (
        client_of(site) as client,
        client.stream("GET", f"/hours/{lived.session.pk}/room/stream/") as response,
    ):
        assert "step" in next(events(response))[1]
    assert "could not be computed" in caplog.text
