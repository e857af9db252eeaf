"""The outbox: through a real mail server, once, in the person's hours, and only while it is still wanted."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from celery.contrib.testing.worker import start_worker
from django.db import connection
from django.utils import timezone

from hub.celery import app
from hub.jobs import sweep
from hub.notices import channels, delivering
from hub.notices.actions import notify, notify_all, set_preferences
from hub.notices.delivering import RETRY_AFTER
from hub.notices.letters import Letter, Writer, register_writer, writer_of
from hub.notices.models import Delivery, Notice, Preference
from hub.notices.tasks import wake_deliveries
from hub.people.models import User
from tests.factories import make_session, make_user
from tests.hub.notices.conftest import WEDNESDAY, Post, free_port, point_mail_to


def tell(user: User, key: str = "1", title: str = "Protokolle") -> None:
    notify(user=user, kind="session_moved", dedupe_key=key, facts={"title": title}, path="/hours/")


def send_all(now: datetime) -> None:
    for pk in list(Delivery.objects.filter(is_done=False).values_list("pk", flat=True)):
        delivering.deliver(pk, now)


def state_of(user: User) -> tuple[str, str]:
    row = Delivery.objects.get(user=user)
    return row.state, row.reason


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(timezone, "now", lambda: WEDNESDAY)
    return WEDNESDAY


@pytest.fixture
def _tips_are_plain() -> Iterator[None]:
    """The words of a tip come from an area above; here any words do."""
    before = writer_of("tips")
    register_writer("tips", Writer(lambda row, now: Letter(title="Ein Tipp", why="So gewollt.", kind="tip")))
    yield
    register_writer("tips", before)


def queue_tip(user: User, key: str = "a", channel: str = "mail", at: datetime = WEDNESDAY) -> Delivery:
    return Delivery.objects.create(
        user=user, channel=channel, topic="tips", dedupe_key=key, not_before=at, queued_at=at
    )


def test_a_mail_says_what_why_and_how_to_end_it(post_office: Post, cast: Any, morning: datetime) -> None:
    tell(cast.emma)
    send_all(morning)

    [mail] = post_office.mails
    row = Delivery.objects.get()
    assert post_office.recipients == [cast.emma.email]
    assert mail["To"] == f"Emma Lindner <{cast.emma.email}>"
    assert mail["Subject"] == "„Protokolle“ hat einen neuen Termin."
    assert mail["Message-ID"] == f"<{row.pk}@127.0.0.1>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = mail["List-Unsubscribe"].strip()
    assert link.startswith("<http://127.0.0.1:8000/unsubscribe/")
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (text, html):
        assert "http://127.0.0.1:8000/hours/" in part
        assert "http://127.0.0.1:8000/me/notices/" in part
        assert link.strip("<>") in part
    assert row.state == "sent"


@pytest.mark.parametrize("path", ["/hours/", ""])
def test_a_mail_does_not_repeat_its_subject_but_says_where_to_look(
    path: str, post_office: Post, cast: Any, morning: datetime
) -> None:
    notify(user=cast.ada, kind="session_moved", dedupe_key="1", facts={"title": "Minutes"}, path=path)
    send_all(morning)
    [mail] = post_office.mails
    for kind in ("plain", "html"):
        part = " ".join(mail.get_body((kind,)).get_content().split())
        assert f">{mail['Subject']}<" not in part.replace("> ", ">").split("</head>")[-1]
        assert part.startswith("<") or mail["Subject"] not in part
        assert "in your inbox in the hub." in part
        assert ("The link leads to the page it is about." in part) == bool(path)


def test_it_speaks_the_persons_language(post_office: Post, cast: Any, morning: datetime) -> None:
    tell(cast.ada)
    send_all(morning)
    [mail] = post_office.mails
    assert mail["Subject"] == "“Protokolle” has a new time."
    assert mail["Content-Language"] == "en"
    assert "Why do I get this?" in mail.get_body(("plain",)).get_content()


def test_no_name_and_no_title_gets_into_the_headers_or_the_markup(
    post_office: Post, cast: Any, morning: datetime
) -> None:
    cast.emma.first_name = 'Eve\r\nBcc: all@evil.example\r\n", <x@evil.example>'
    cast.emma.save()
    tell(cast.emma, title="Neu\r\nBcc: all@evil.example\u2028<script>alert(1)</script>")
    send_all(morning)
    [mail] = post_office.mails
    assert post_office.recipients == [cast.emma.email]
    assert mail["Bcc"] is None
    assert "\n" not in mail["Subject"]
    assert [address.addr_spec for address in mail["To"].addresses] == [cast.emma.email]
    assert "<script>" not in mail.get_body(("html",)).get_content()


def test_a_mail_waits_for_the_end_of_quiet_hours(
    post_office: Post, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = WEDNESDAY + timedelta(hours=10)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    tell(cast.emma)
    assert Notice.objects.filter(user=cast.emma).exists()
    send_all(evening)
    assert post_office.mails == []
    send_all(WEDNESDAY + timedelta(hours=22))
    assert len(post_office.mails) == 1


def test_quiet_hours_set_after_queueing_count(post_office: Post, cast: Any, morning: datetime) -> None:
    tell(cast.emma)
    set_preferences(user=cast.emma, changes={"quiet_from": "09:00", "quiet_to": "12:00"})
    send_all(morning)
    assert post_office.mails == []
    row = Delivery.objects.get()
    assert row.not_before == morning + timedelta(hours=2)
    assert (row.attempts, row.failures) == (0, 0)
    send_all(row.not_before)
    assert len(post_office.mails) == 1


@pytest.mark.parametrize("way", ["page", "api"])
def test_quiet_hours_taken_away_let_go_what_waited_for_them(
    way: str,
    post_office: Post,
    cast: Any,
    sign_in: Any,
    api: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evening = WEDNESDAY + timedelta(hours=10)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    tell(cast.emma)
    tell(cast.otto, "2")
    wanted = {"quiet_from": "08:00", "quiet_to": "08:00"}
    if way == "page":
        rest = {"weekly_cap": 2, "own_by_mail": "on", "working_days": range(7)}
        rest |= {"mail_rhythm": "single", "digest_weekday": 0, "cards_at": "09:00"}
        sign_in(cast.emma).post("/me/notices/", {**wanted, **rest})
    else:
        api(cast.emma).patch("/api/v1/preferences/", wanted)
    assert wake_deliveries(evening) == 1
    send_all(evening)
    assert post_office.recipients == [cast.emma.email]
    assert state_of(cast.otto) == ("waiting", "")


def test_what_is_still_not_allowed_is_put_off_again(
    post_office: Post, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = WEDNESDAY + timedelta(hours=10)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    tell(cast.emma)
    set_preferences(user=cast.emma, changes={"quiet_to": "10:00"})
    assert wake_deliveries(evening) == 1
    send_all(evening)
    assert post_office.mails == []
    row = Delivery.objects.get()
    assert (row.not_before, row.attempts) == (WEDNESDAY + timedelta(days=1), 0)


def test_saving_preferences_does_not_hurry_a_server_that_is_down(
    settings: Any, cast: Any, morning: datetime
) -> None:
    point_mail_to(settings, free_port())
    tell(cast.emma)
    send_all(morning)
    set_preferences(user=cast.emma, changes={"weekly_cap": 3})
    row = Delivery.objects.get()
    assert (row.failures, row.not_before) == (1, morning + RETRY_AFTER[0])


def test_opting_out_between_queueing_and_sending_wins(
    post_office: Post, cast: Any, morning: datetime
) -> None:
    tell(cast.emma)
    set_preferences(user=cast.emma, changes={"own_by_mail": False})
    send_all(morning)
    assert post_office.mails == []
    assert state_of(cast.emma) == ("dropped", "unwanted")
    assert Notice.objects.filter(user=cast.emma).exists()


def test_what_was_read_in_the_hub_is_not_mailed(
    post_office: Post, cast: Any, sign_in: Any, morning: datetime
) -> None:
    tell(cast.emma)
    Notice.objects.update(read_at=morning)
    send_all(morning)
    assert post_office.mails == []
    assert state_of(cast.emma) == ("dropped", "outdated")


def test_who_left_gets_nothing(post_office: Post, cast: Any, morning: datetime) -> None:
    tell(cast.emma)
    User.objects.filter(pk=cast.emma.pk).update(status="left")
    send_all(morning)
    assert post_office.mails == []
    assert state_of(cast.emma) == ("dropped", "left")
    notify(user=cast.emma, kind="session_moved", dedupe_key="2", facts={"title": "x"})
    assert Delivery.objects.count() == 1


def test_own_matters_wait_for_the_end_of_a_pause_and_know_no_cap(
    post_office: Post, cast: Any, morning: datetime
) -> None:
    set_preferences(user=cast.emma, changes={"paused_until": morning.date(), "weekly_cap": 1})
    for number in range(3):
        tell(cast.emma, str(number))
    send_all(morning)
    assert post_office.mails == []
    send_all(morning + timedelta(days=1))
    assert len(post_office.mails) == 3


@pytest.mark.usefixtures("_tips_are_plain")
def test_tips_respect_opt_in_cap_and_pause(post_office: Post, cast: Any, morning: datetime) -> None:
    queue_tip(cast.emma, "unasked")
    delivering.deliver(Delivery.objects.get().pk, morning)
    assert state_of(cast.emma) == ("dropped", "unwanted")

    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "weekly_cap": 2})
    for key in "abc":
        queue_tip(cast.emma, key)
    send_all(morning)
    assert len(post_office.mails) == 2
    assert Delivery.objects.filter(reason="over_cap").count() == 1

    set_preferences(user=cast.otto, changes={"tips_by_mail": True, "paused_until": morning.date()})
    queue_tip(cast.otto)
    send_all(morning)
    assert state_of(cast.otto) == ("dropped", "paused")
    set_preferences(user=cast.ada, changes={"tips_by_mail": True})
    queue_tip(cast.ada, at=morning - timedelta(days=3))
    send_all(morning)
    assert state_of(cast.ada) == ("dropped", "too_late")


@pytest.mark.usefixtures("_tips_are_plain")
def test_one_cap_counts_over_all_channels(post_office: Post, cast: Any, morning: datetime) -> None:
    changes = {"tips_by_mail": True, "tips_in_inbox": True, "weekly_cap": 1}
    set_preferences(user=cast.emma, changes=changes)
    queue_tip(cast.emma, "a", "in_app")
    queue_tip(cast.emma, "b", "mail")
    send_all(morning)
    assert Notice.objects.filter(user=cast.emma).count() + len(post_office.mails) == 1


def test_a_server_that_is_down_is_tried_again(settings: Any, cast: Any, morning: datetime) -> None:
    port = free_port()
    point_mail_to(settings, port)
    tell(cast.emma)
    now = morning
    for pause in RETRY_AFTER[:2]:
        send_all(now)
        row = Delivery.objects.get()
        assert (row.state, row.not_before) == ("waiting", now + pause)
        now = row.not_before
    post = Post(port)
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        send_all(now)
    finally:
        controller.stop()
    assert len(post.mails) == 1
    assert Delivery.objects.get().state == "sent"


def test_a_server_that_stays_down_ends_in_failure(settings: Any, cast: Any, morning: datetime) -> None:
    point_mail_to(settings, free_port())
    set_preferences(
        user=cast.emma,
        changes={"quiet_from": "08:00", "quiet_to": "08:00", "working_days": [0, 1, 2, 3, 4, 5, 6]},
    )
    tell(cast.emma)
    for _attempt in range(len(RETRY_AFTER) + 1):
        send_all(Delivery.objects.get().not_before)
    assert state_of(cast.emma) == ("failed", "server_unreachable")


@pytest.mark.parametrize(
    ("answer", "state"), [("550 no such mailbox", "failed"), ("452 mailbox full", "waiting")]
)
def test_a_refused_recipient_is_final_only_if_the_server_says_so(
    answer: str, state: str, post_office: Post, cast: Any, morning: datetime
) -> None:
    post_office.answers[cast.emma.email] = answer
    tell(cast.emma)
    tell(cast.otto, "2")
    send_all(morning)
    assert Delivery.objects.get(user=cast.emma).state == state
    assert post_office.recipients == [cast.otto.email]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_tips_are_plain")
def test_many_workers_at_once_send_one_mail_and_keep_the_cap(post_office: Post) -> None:
    person = make_user("Emma")
    tell(person)
    set_preferences(user=person, changes={"tips_by_mail": True, "weekly_cap": 1})
    for key in "abc":
        queue_tip(person, key)
    Delivery.objects.update(not_before=WEDNESDAY)
    ids = list(Delivery.objects.values_list("pk", flat=True)) * 4

    def work(pk: object) -> None:
        try:
            delivering.deliver(pk, WEDNESDAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, ids))

    subjects = sorted(mail["Subject"] for mail in post_office.mails)
    assert subjects == ["Ein Tipp", "„Protokolle“ hat einen neuen Termin."]


@pytest.mark.usefixtures("_tips_are_plain")
def test_a_worker_killed_while_sending_leads_to_a_copy_that_is_known_for_one(
    post_office: Post, cast: Any, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_preferences(user=cast.emma, changes={"tips_by_mail": True})
    row = queue_tip(cast.emma)

    class Killed(BaseException):
        pass

    def send_and_die(channel: str, message: Any) -> None:
        real(channel, message)
        raise Killed

    real = channels.deliver
    monkeypatch.setattr(channels, "deliver", send_and_die)
    with pytest.raises(Killed):
        delivering.deliver(row.pk, WEDNESDAY)
    monkeypatch.setattr(channels, "deliver", real)

    delivering.deliver(row.pk, WEDNESDAY + timedelta(seconds=30))
    assert Delivery.objects.get().state == "waiting"
    delivering.deliver(row.pk, WEDNESDAY + timedelta(minutes=5))
    assert state_of(cast.emma) == ("sent", "")
    first, second = post_office.mails
    assert first["Message-ID"] == second["Message-ID"]
    delivering.deliver(row.pk, WEDNESDAY + timedelta(minutes=10))
    assert len(post_office.mails) == 2


@pytest.mark.usefixtures("_tips_are_plain")
def test_what_was_taken_before_a_worker_was_killed_is_not_sent_again(
    post_office: Post, cast: Any, morning: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_preferences(user=cast.emma, changes={"tips_by_mail": True})
    row = queue_tip(cast.emma)

    class Killed(BaseException):
        pass

    def die(*args: Any) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(delivering, "_settle_taken", die)
        with pytest.raises(Killed):
            delivering.deliver(row.pk, WEDNESDAY)
    later = WEDNESDAY + timedelta(minutes=5)
    set_preferences(user=cast.emma, changes={"tips_by_mail": False})
    delivering.deliver(row.pk, later)
    assert state_of(cast.emma) == ("sent", "")
    assert len(post_office.mails) == 1


def test_a_worker_killed_before_sending_loses_nothing(
    post_office: Post, cast: Any, morning: datetime
) -> None:
    tell(cast.emma)
    row = Delivery.objects.get()
    assert Delivery.objects.take(row.pk, morning)
    send_all(morning + timedelta(minutes=5))
    assert len(post_office.mails) == 1


def test_the_sweep_wakes_what_is_due_and_nobody_holds(
    cast: Any, post_office: Post, morning: datetime
) -> None:
    for number, person in enumerate((cast.emma, cast.otto)):
        tell(person, str(number))
    Delivery.objects.filter(user=cast.otto).update(not_before=morning + timedelta(hours=1))
    assert wake_deliveries(morning) == 1
    row = Delivery.objects.due(morning).get()
    Delivery.objects.take(row.pk, morning)
    assert wake_deliveries(morning) == 0
    assert wake_deliveries(morning + timedelta(hours=1)) == 2
    send_all(morning + timedelta(hours=1))
    assert wake_deliveries(morning + timedelta(hours=2)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_the_sweep_wakes(post_office: Post) -> None:
    person = make_user("Emma")
    always = {"quiet_from": "08:00", "quiet_to": "08:00", "working_days": [0, 1, 2, 3, 4, 5, 6]}
    set_preferences(user=person, changes=always)
    tell(person)
    for _twice in range(2):
        sweep()
    with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False, loglevel="WARNING"):
        deadline = time.monotonic() + 20
        while not Delivery.objects.filter(state="sent").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
    assert len(post_office.mails) == 1


def test_telling_many_takes_few_statements(cast: Any, django_assert_max_num_queries: Any) -> None:
    people = [make_user("Nora") for _number in range(60)]
    with django_assert_max_num_queries(8):
        notify_all(
            user_ids=[p.pk for p in people], kind="session_moved", dedupe_key="k", facts={"title": "x"}
        )
    for _twice in range(2):
        notify_all(
            user_ids=[p.pk for p in people], kind="session_moved", dedupe_key="k", facts={"title": "x"}
        )
    assert (Notice.objects.count(), Delivery.objects.count()) == (60, 60)


def test_who_wants_no_mail_has_none_queued(cast: Any) -> None:
    Preference.objects.create(user=cast.emma, own_by_mail=False)
    tell(cast.emma)
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("_tips_are_plain")
def test_nothing_comes_into_the_persons_hour_but_what_is_about_it(
    post_office: Post, cast: Any, morning: datetime
) -> None:
    hour = make_session(cast.farid, starts_at=morning - timedelta(minutes=10))
    set_preferences(user=cast.emma, changes={"tips_by_mail": True, "tips_in_inbox": True})
    queue_tip(cast.emma)
    queue_tip(cast.emma, channel="in_app", key="b")
    tell(cast.emma)
    about = {"user": cast.emma, "kind": "session_moved", "path": f"/hours/{hour.pk}/"}
    notify(dedupe_key="2", facts={"title": "Diese Stunde"}, **about)
    send_all(morning)
    assert [mail["Subject"] for mail in post_office.mails] == ["„Diese Stunde“ hat einen neuen Termin."]
    waiting = Delivery.objects.filter(user=cast.emma, state="waiting")
    assert set(waiting.values_list("not_before", flat=True)) == {hour.ends_at}
    send_all(hour.ends_at)
    assert len(post_office.mails) == 3
