"""Destinations: only their owner reaches them, dead ones are disabled once, and nothing is sent twice."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from hub.notices import channels, delivering, destinations
from hub.notices.actions import set_preferences
from hub.notices.channels.webhooks import wait_asked_for
from hub.notices.delivering import RETRY_AFTER
from hub.notices.letters import Letter, Writer, register_writer, writer_of
from hub.notices.models import Delivery, Destination, Notice, Preference
from hub.notices.schedule import next_allowed
from hub.people.models import User
from hub.refusals import Refusal
from tests.factories import make_user
from tests.hub.notices.chat_server import Chat, chat_server
from tests.hub.notices.conftest import WEDNESDAY

SECRET = "T0P-SECRET-0123"


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY)
    return WEDNESDAY


@pytest.fixture(autouse=True)
def sent_tips() -> Iterator[list[Delivery]]:
    """The words of a tip come from an area above; here any words do. Gives what was noted as sent."""
    before, sent = writer_of("tips"), []
    letter = Letter(title="Ein Tipp", why="So gewollt.", kind="tip", path="/tips/", link_label="Zeigen")
    register_writer("tips", Writer(lambda row, now: letter, all_sent=lambda rows, now: sent.extend(rows)))
    yield sent
    register_writer("tips", before)


def hook(user: User, address: str, channel: str = "teams") -> Destination:
    return destinations.add(user=user, channel=channel, address=address)


def queue_tip(user: User, key: str = "a", channel: str = "teams", at: datetime = WEDNESDAY) -> Delivery:
    return Delivery.objects.create(
        user=user, channel=channel, topic="tips", dedupe_key=key, not_before=at, queued_at=at
    )


def send_all(now: datetime = WEDNESDAY) -> None:
    for pk in list(Delivery.objects.due(now).filter(is_done=False).values_list("pk", flat=True)):
        delivering.deliver(pk, now)


def state_of(user: User) -> tuple[str, str]:
    row = Delivery.objects.filter(user=user).latest("queued_at", "pk")
    return row.state, row.reason


# --- Adding, looking, removing ----------------------------------------------------------------------
def test_the_address_is_kept_encrypted_and_shown_nowhere(
    chat: Chat, cast: Any, sign_in: Any, api: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address = chat.url(f"/{SECRET}")
    program, client = api(cast.emma), sign_in(cast.emma)
    made = program.post("/api/v1/destinations/", {"channel": "teams", "address": address})
    assert made.status_code == 201
    row = Destination.objects.get()
    assert row.address == address
    assert SECRET not in row.secret
    assert program.post(f"/api/v1/destinations/{row.public_id}/test/").status_code == 200
    chat.answer(f"/{SECRET}", 410)
    Destination.objects.update(tested_at=None)
    assert program.post(f"/api/v1/destinations/{row.public_id}/test/").status_code == 409
    pages = [
        made.content,
        program.get("/api/v1/destinations/").content,
        client.get("/me/notices/").content,
        client.get("/inbox/").content,
        client.get("/me/").content,
    ]
    assert SECRET.encode() not in b"".join(pages)
    hook(cast.emma, f"json://127.0.0.1:{chat.port}/{SECRET}", "apprise")
    queue_tip(cast.emma, channel="apprise")
    send_all()
    assert len(chat.got) == 3
    assert SECRET not in caplog.text
    assert SECRET not in str(row) + repr(row) + str(list(Notice.objects.values()))
    assert b"127.0.0.1" in pages[2]


def test_only_the_owner_reaches_it(chat: Chat, cast: Any, sign_in: Any, api: Any) -> None:
    row = hook(cast.emma, chat.url())
    stranger, program = sign_in(cast.otto), api(cast.otto)
    assert program.get("/api/v1/destinations/").json()["results"] == []
    assert program.delete(f"/api/v1/destinations/{row.public_id}/").status_code == 404
    assert program.post(f"/api/v1/destinations/{row.public_id}/test/").status_code == 404
    for act in ("test", "remove"):
        assert stranger.post(f"/me/notices/places/{row.public_id}/{act}/").status_code == 404
    assert Destination.objects.count() == 1
    assert chat.got == []
    assert api(cast.emma).delete(f"/api/v1/destinations/{row.public_id}/").status_code == 204
    assert not Destination.objects.exists()


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("teams", "http://169.254.169.254/latest/"),
        ("teams", "https://hooks.slack.com/services/T/B/x"),
        ("teams", "https://localhost/x"),
        ("slack", "https://prod-1.logic.azure.com/x"),
        ("slack", "https://user:pass@hooks.slack.com/x"),
        ("apprise", "mailto://user:pass@example.com"),
        ("apprise", "file:///etc/passwd"),
        ("apprise", "mmosts://127.0.0.1.evil.example/token0123456789token0123456"),
        ("apprise", "mmost://127.0.0.1/token0123456789token0123456789"),
        ("apprise", "json://127.0.0.1/?template=/etc/passwd"),
        ("apprise", "tgram://123456789:abcdefghijklmnopqrstuvwxyz/1111111/2222222/"),
        ("apprise", "tgram://"),
        ("web_push", "https://fcm.googleapis.com/x"),
        ("web_push", '{"endpoint": "https://evil.example/x", "keys": {"p256dh": "a", "auth": "b"}}'),
        ("web_push", '{"endpoint": 7, "keys": {"p256dh": "a", "auth": "b"}}'),
        ("web_push", "[" * 3000),
        ("mail", "emma@example.com"),
        ("in_app", "x"),
    ],
)
def test_what_is_no_address_of_that_channel_is_refused_in_a_sentence(
    channel: str, address: str, chat: Chat, cast: Any, sign_in: Any, api: Any
) -> None:
    refused = api(cast.emma).post("/api/v1/destinations/", {"channel": channel, "address": address})
    assert refused.status_code in {400, 422}
    page = sign_in(cast.emma).post("/me/notices/places/", {"channel": channel, "address": address})
    assert page.status_code == 422
    sentences = [error for errors in page.context["place_form"].errors.values() for error in errors]
    assert sentences
    assert all(sentence.endswith((".", "://")) for sentence in sentences)
    assert not Destination.objects.exists()
    assert chat.got == []


def test_one_of_a_kind_and_five_browsers(chat: Chat, cast: Any) -> None:
    first = hook(cast.emma, chat.url("/1"))
    assert hook(cast.emma, chat.url("/1")) == first
    with pytest.raises(Refusal, match="destination_exists"):
        hook(cast.emma, chat.url("/2"))
    hook(cast.emma, chat.url("/2"), "slack")
    hook(cast.otto, chat.url("/2"))
    for number in range(5):
        hook(cast.emma, subscription(chat.url(f"/{number}")), "web_push")
    with pytest.raises(Refusal, match="destination_exists"):
        hook(cast.emma, subscription(chat.url("/5")), "web_push")


def subscription(endpoint: str) -> str:
    return json.dumps({"endpoint": endpoint, "keys": {"p256dh": "a", "auth": "b"}})


def test_a_test_message_arrives_at_once_and_not_many_times(
    chat: Chat, cast: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, client = hook(cast.emma, chat.url()), sign_in(cast.emma)
    for _twice in range(2):
        client.post(f"/me/notices/places/{row.public_id}/test/")
    assert len(chat.got) == 1
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY + timedelta(seconds=30))
    page = client.post(f"/me/notices/places/{row.public_id}/test/", follow=True)
    assert len(chat.got) == 2
    assert "127.0.0.1" in str(next(iter(page.context["messages"])))
    assert not Delivery.objects.exists()


# --- Sending ----------------------------------------------------------------------------------------
def test_a_tip_goes_out_and_is_noted(chat: Chat, cast: Any, sent_tips: list) -> None:
    hook(cast.emma, chat.url())
    queue_tip(cast.emma)
    send_all()
    send_all()
    assert (len(chat.got), state_of(cast.emma), len(sent_tips)) == (1, ("sent", ""), 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_webhook_is_disabled_at_once_with_one_notice(status: int, chat: Chat, cast: Any) -> None:
    hook(cast.emma, chat.answer("/dead", status))
    for key in "abc":
        queue_tip(cast.emma, key)
    send_all()
    assert len(chat.got) == 1
    row = Destination.objects.get()
    assert (row.disabled_at, row.disabled_reason) == (WEDNESDAY, f"answered_{status}")
    [notice] = Notice.objects.filter(user=cast.emma)
    assert (notice.kind, notice.path) == ("destination_disabled", "/me/notices/")
    assert "127.0.0.1" in notice.text
    assert set(Delivery.objects.values_list("state", "reason")) == {
        ("failed", f"answered_{status}"),
        ("dropped", "unwanted"),
    }
    assert "teams" not in Preference.of(cast.emma).push_channels


@pytest.mark.parametrize("status", [302, 400, 401, 403])
def test_what_is_refused_three_times_is_disabled(status: int, chat: Chat, cast: Any) -> None:
    set_preferences(user=cast.emma, changes={"weekly_cap": 7})
    hook(cast.emma, chat.answer("/no", status, Location=chat.url("/secret")))
    for number in range(4):
        queue_tip(cast.emma, str(number))
        send_all()
    assert [one.path for one in chat.got] == ["/no"] * 3
    assert Destination.objects.get().disabled_reason == f"answered_{status}"
    assert Notice.objects.filter(user=cast.emma).count() == 1


def test_a_success_forgets_the_failures_before(chat: Chat, cast: Any) -> None:
    hook(cast.emma, chat.answer("/x", 400))
    for number, status in enumerate([400, 400, 200, 400, 400]):
        chat.answer("/x", status)
        queue_tip(cast.emma, str(number))
        send_all()
        Delivery.objects.filter(state="sent").update(state="dropped")  # out of the cap
    assert Destination.objects.get().failures == 2
    assert Destination.objects.working().exists()


def test_a_test_that_arrives_turns_a_disabled_one_on_again(chat: Chat, cast: Any) -> None:
    row = hook(cast.emma, chat.answer("/x", 410))
    queue_tip(cast.emma)
    send_all()
    assert not Destination.objects.working().exists()
    chat.answer("/x", 200)
    destinations.send_test(user=cast.emma, destination_id=row.public_id)
    assert Destination.objects.working().get().failures == 0


def test_many_dead_webhooks_cost_one_quick_failure_each(chat: Chat, db: None) -> None:
    chat.answer("/dead", 410)
    people = [make_user("Nora") for _number in range(300)]
    for person in people:
        hook(person, chat.url("/dead"))
        queue_tip(person)
    for hours in range(48):
        send_all(WEDNESDAY + timedelta(hours=hours))
    assert len(chat.got) == 300
    assert Notice.objects.count() == 300
    assert not Delivery.objects.filter(is_done=False).exists()


def test_too_many_requests_are_waited_out_as_long_as_asked(chat: Chat, cast: Any) -> None:
    hook(cast.emma, chat.answer("/busy", 429, Retry_After="1200"))
    queue_tip(cast.emma)
    send_all()
    row = Delivery.objects.get()
    assert (row.state, row.not_before) == ("waiting", WEDNESDAY + timedelta(minutes=20))
    send_all(WEDNESDAY + timedelta(minutes=19))
    assert len(chat.got) == 1
    chat.answer("/busy", 200)
    send_all(row.not_before)
    assert state_of(cast.emma) == ("sent", "")
    assert Destination.objects.get().failures == 0


def address_for(chat: Chat, channel: str, path: str) -> str:
    """At the server on loopback, as the channel wants it."""
    return f"json://127.0.0.1:{chat.port}{path}" if channel == "apprise" else chat.url(path)


EVERY_MESSENGER = pytest.mark.parametrize("channel", ["teams", "slack", "apprise"])


@EVERY_MESSENGER
def test_every_messenger_knows_what_passes_and_what_does_not(channel: str, chat: Chat, cast: Any) -> None:
    """429 is waited out as long as asked, 500 for a minute, and 410 ends it with one word to its owner."""
    destination = hook(cast.emma, address_for(chat, channel, "/x"), channel)
    row, now = queue_tip(cast.emma, channel=channel), WEDNESDAY
    for status, headers, pause in (
        (429, {"Retry_After": "1200"}, timedelta(minutes=20)),
        (503, {}, RETRY_AFTER[1]),
    ):
        chat.answer("/x", status, **headers)
        send_all(now)
        row.refresh_from_db()
        assert (row.state, row.not_before) == ("waiting", now + pause)
        send_all(row.not_before - timedelta(seconds=1))
        now = row.not_before
    assert len(chat.got) == 2
    chat.answer("/x", 200)
    send_all(now)
    assert (state_of(cast.emma), len(chat.got)) == (("sent", ""), 3)

    chat.answer("/x", 410)
    queue_tip(cast.emma, "b", channel, at=now + timedelta(days=7))
    send_all(now + timedelta(days=7))
    assert Delivery.objects.get(dedupe_key="b").reason == "answered_410"
    destination.refresh_from_db()
    assert destination.disabled_reason == "answered_410"
    assert Notice.objects.filter(user=cast.emma, kind="destination_disabled").count() == 1


@EVERY_MESSENGER
def test_every_messenger_waits_for_a_host_that_is_down(channel: str, chat: Chat, cast: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    scheme = "json" if channel == "apprise" else "http"
    hook(cast.emma, f"{scheme}://127.0.0.1:{port}/x", channel)
    row = queue_tip(cast.emma, channel=channel)
    send_all()
    row.refresh_from_db()
    assert (row.state, row.not_before, row.failures) == ("waiting", WEDNESDAY + RETRY_AFTER[0], 1)


def test_another_messenger_that_hangs_is_cut_off_and_left_alone(
    chat: Chat, cast: Any, sent_tips: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have the tip, and nobody would know a second copy for one: it is not sent again."""
    monkeypatch.setattr("apprise.plugins.custom_json.NotifyJSON.socket_read_timeout", 0.3)
    address = address_for(chat, "apprise", "/x")
    chat.answer("/x", "hang")
    for person in (cast.emma, cast.otto):
        hook(person, address, "apprise")
        queue_tip(person, str(person.pk), "apprise")
    begun = time.monotonic()
    send_all()
    assert time.monotonic() - begun < 3
    assert len(chat.got) == 1, "nobody waits for it again at once"
    states = sorted(Delivery.objects.values_list("state", "reason"))
    assert states == [("dropped", "unsure"), ("waiting", "")]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("90", 90),
        ("999999999", 86400),
        ("Wed, 18 Nov 2026 09:05:00 GMT", 300),
        ("Wed, 18 Nov 2020 09:05:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("1e9", None),
        ("٣", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_a_day_at_most(value: str, seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert wait_asked_for(value, WEDNESDAY) == expected


def test_a_server_error_is_tried_again_and_in_the_end_given_up(chat: Chat, cast: Any) -> None:
    set_preferences(
        user=cast.emma, changes={"quiet_from": "08:00", "quiet_to": "08:00", "working_days": [*range(7)]}
    )
    hook(cast.emma, chat.answer("/x", 500))
    queue_tip(cast.emma)
    now = WEDNESDAY
    for pause in (*RETRY_AFTER, None):
        send_all(now)
        row = Delivery.objects.get()
        assert row.not_before == (now + pause if pause else now)
        now = row.not_before
    assert (row.state, row.reason) == ("failed", "answered_500")
    assert len(chat.got) == len(RETRY_AFTER) + 1
    assert Destination.objects.get().failures == 1


def test_a_server_that_hangs_is_cut_off_and_a_tip_it_may_have_is_not_sent_again(
    chat: Chat, cast: Any, sent_tips: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.outbound.TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr("hub.outbound.post.__kwdefaults__", {"seconds": 0.5})
    hook(cast.emma, chat.answer("/x", "hang"))
    queue_tip(cast.emma)
    begun = time.monotonic()
    send_all()
    send_all(WEDNESDAY + timedelta(hours=3))
    assert time.monotonic() - begun < 5
    assert len(chat.got) == 1
    assert state_of(cast.emma) == ("dropped", "unsure")
    assert len(sent_tips) == 1  # it rests as if it had arrived
    assert Destination.objects.get().failures == 1


def test_many_hooks_that_hang_hold_a_worker_once(
    chat: Chat, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of twelve would be waited for; after three the host is left alone, and a living one is not."""
    monkeypatch.setattr("hub.outbound.post.__kwdefaults__", {"seconds": 0.5})
    people = [make_user(f"P{number}") for number in range(12)]
    for number, person in enumerate(people):
        hook(person, chat.answer(f"/{number}", "hang"))
        queue_tip(person)
    begun = time.monotonic()
    send_all()
    assert time.monotonic() - begun < 12 * 0.5
    assert len(chat.got) == 3, "three waited in vain, for all"
    states = [Delivery.objects.get(user=person) for person in people]
    assert sorted(one.state for one in states) == ["dropped"] * 3 + ["waiting"] * 9
    waiting = [one for one in states if one.state == "waiting"]
    assert {(one.not_before, one.failures) for one in waiting} == {(WEDNESDAY + timedelta(minutes=1), 0)}
    assert Destination.objects.filter(failures__gt=0).count() == 3, "who was not tried did not fail"
    with chat_server() as other:
        hook(cast.emma, other.url("/living"))
        queue_tip(cast.emma)
        send_all()
        assert [one.path for one in other.got] == ["/living"]
    for number in range(12):
        chat.answer(f"/{number}", 200)
    send_all(WEDNESDAY + timedelta(minutes=1))
    assert len(chat.got) == 3, "still left alone: the minute is the clock's own"
    cache.clear()
    send_all(WEDNESDAY + timedelta(minutes=2))
    assert len(chat.got) == 12, "once it answers again nobody is forgotten and nobody gets it twice"
    assert Delivery.objects.filter(user__in=people, state="sent").count() == 9


def test_a_living_hook_beside_nine_that_hang_is_reached(
    chat: Chat, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes last each time, so that it is left alone as often as can be."""
    monkeypatch.setattr("hub.outbound.post.__kwdefaults__", {"seconds": 0.3})
    hanging = [make_user(f"P{number}") for number in range(9)]
    for number, person in enumerate(hanging):
        hook(person, chat.answer(f"/{number}", "hang"))
        queue_tip(person)
    hook(cast.emma, chat.url("/living"))
    queue_tip(cast.emma)
    now, tries = WEDNESDAY, 0
    while (row := Delivery.objects.get(user=cast.emma)).state == "waiting" and tries < 2 * len(RETRY_AFTER):
        tries, now = tries + 1, max(now, row.not_before)
        for person in (*hanging, cast.emma):
            delivering.deliver(Delivery.objects.get(user=person).pk, now)
        assert Destination.objects.get(user=cast.emma).failures == 0
        cache.clear()  # the minute is over
    assert (row.state, row.failures) == ("sent", 0)
    assert tries <= 4, "three of those that hang are waited for at a time"
    assert [one.path for one in chat.got].count("/living") == 1


def test_a_host_taken_off_the_list_gets_nothing_more(chat: Chat, cast: Any, settings: Any) -> None:
    hook(cast.emma, chat.url())
    settings.TEAMS_HOSTS = ["*.logic.azure.com"]
    queue_tip(cast.emma)
    send_all()
    assert chat.got == []
    assert state_of(cast.emma) == ("failed", "host_not_listed")


def test_an_address_that_can_no_longer_be_read_is_disabled(chat: Chat, cast: Any, settings: Any) -> None:
    hook(cast.emma, chat.url())
    settings.SECRET_KEY = "another"
    queue_tip(cast.emma)
    send_all()
    assert state_of(cast.emma) == ("failed", "secret_unreadable")
    assert Destination.objects.get().disabled_reason == "secret_unreadable"


def test_who_left_or_removed_it_or_is_on_a_pause_gets_nothing(chat: Chat, cast: Any) -> None:
    for person in (cast.emma, cast.otto, cast.ada):
        hook(person, chat.url())
        queue_tip(person)
    User.objects.filter(pk=cast.emma.pk).update(status="left")
    cast.otto.destinations.all().delete()
    set_preferences(user=cast.ada, changes={"paused_until": WEDNESDAY.date()})
    send_all()
    assert chat.got == []
    assert [state_of(one)[1] for one in (cast.emma, cast.otto, cast.ada)] == ["left", "unwanted", "paused"]


def test_own_matters_never_go_to_a_channel_others_may_read(chat: Chat, cast: Any) -> None:
    hook(cast.emma, chat.url())
    preference = Preference.of(cast.emma)
    assert preference.wants("tips", "teams")
    assert preference.push_channels == ["teams"]
    assert not preference.wants("own", "teams")


def test_quiet_hours_hold_through_a_clock_change(chat: Chat, cast: Any) -> None:
    """In Berlin 2:30 comes twice on 25 October 2026, and not at all on 29 March 2026."""
    set_preferences(
        user=cast.emma, changes={"working_days": [*range(7)], "quiet_from": "22:00", "quiet_to": "02:30"}
    )
    hook(cast.emma, chat.url())
    for night, free in (
        (datetime(2026, 10, 24, 21, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ):
        row = queue_tip(cast.emma, str(night), at=night)
        delivering.deliver(row.pk, night)
        row.refresh_from_db()
        assert row.state == "waiting"
        assert row.not_before == next_allowed(night, Preference.of(cast.emma).rest)
        assert abs(row.not_before - free) <= timedelta(hours=1)
        delivering.deliver(row.pk, row.not_before)
        row.refresh_from_db()
        assert row.state == "sent"


# --- Several at once --------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_post_each_tip_once(chat: Chat) -> None:
    people = [make_user("Nora") for _number in range(6)]
    for person in people:
        hook(person, chat.url(f"/{person.pk}"))
        set_preferences(user=person, changes={"weekly_cap": 1})
        for key in "ab":
            queue_tip(person, key)
    ids = list(Delivery.objects.values_list("pk", flat=True)) * 4

    def work(pk: object) -> None:
        try:
            delivering.deliver(pk, WEDNESDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, ids))
    assert sorted(one.path for one in chat.got) == sorted(f"/{person.pk}" for person in people)
    assert Delivery.objects.filter(state="sent").count() == 6


def test_a_worker_killed_after_posting_leads_to_no_second_post(
    chat: Chat, cast: Any, sent_tips: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(cast.emma, chat.url())
    row = queue_tip(cast.emma)

    class Killed(BaseException):
        pass

    def post_and_die(channel: str, message: Any) -> None:
        real(channel, message)
        raise Killed

    real = channels.deliver
    monkeypatch.setattr(channels, "deliver", post_and_die)
    with pytest.raises(Killed):
        delivering.deliver(row.pk, WEDNESDAY)
    monkeypatch.setattr(channels, "deliver", real)
    delivering.deliver(row.pk, WEDNESDAY + timedelta(minutes=5))
    assert state_of(cast.emma) == ("dropped", "unsure")
    assert (len(chat.got), len(sent_tips)) == (1, 1)


def test_a_worker_killed_before_posting_forgets_nobody(chat: Chat, cast: Any) -> None:
    hook(cast.emma, chat.url())
    row = queue_tip(cast.emma)
    assert Delivery.objects.take(row.pk, WEDNESDAY)
    send_all(WEDNESDAY + timedelta(minutes=5))
    assert len(chat.got) == 1
