"""Invitations by mail, through a real server and read by independent libraries: once, in order, and taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from icalendar import Calendar

from hub.notices.actions import set_preferences
from hub.people.models import User
from learning.hours import inviting, mailing, series_actions
from learning.hours.actions import cancel, move, plan, restore
from learning.hours.inviting import set_wanted, wake_invitations
from learning.hours.models import Invitation, Series, StudySession
from learning.hours.plans import AgendaPlan, Plan
from learning.hours.preparing import fill, publish
from learning.hours.tasks import top_up_invitations
from tests.factories import make_session, make_user
from tests.hub.notices.conftest import Post

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=BERLIN)  # a Wednesday
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def send_all(clock: Any, after: timedelta = timedelta(minutes=11)) -> None:
    clock.shift(after)
    for pk in list(Invitation.objects.filter(is_done=False).values_list("pk", flat=True)):
        mailing.deliver(pk)


def event_of(mail: EmailMessage) -> tuple[str, Any]:
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == calendar["METHOD"]
    assert part.get_content_charset() == "utf-8"
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def told(post: Post) -> list[tuple[str, str, int]]:
    """What came since the last look: to whom, which method, which SEQUENCE."""
    found = []
    for mail in post.mails:
        method, event = event_of(mail)
        found.append((mail["To"].addresses[0].addr_spec.split("@")[0], method, event["SEQUENCE"]))
    post.mails.clear()
    return sorted(found)


def outcomes(user: User) -> list[str]:
    return list(Invitation.objects.filter(user=user).order_by("sequence").values_list("outcome", flat=True))


def test_an_invitation_blocks_the_time_and_follows_the_hour_to_its_end(
    post_office: Post, cast: Any, clock: Any
) -> None:
    set_wanted(user=cast.emma, wants_mail=True)
    set_wanted(user=cast.otto, wants_mail=True)  # of another team
    hour = make_session(
        cast.farid, starts_at=FRIDAY, title="<b>Fragen</b>\r\nBcc: x@evil.example", team=cast.emma.team,
        place="Kantine",
    )  # fmt: skip
    assert inviting.top_up() == 1
    assert inviting.top_up() == 0
    send_all(clock, timedelta(minutes=1))
    assert post_office.mails == []  # a facilitator may still be correcting it
    send_all(clock)
    send_all(clock)

    [mail] = post_office.mails
    row = Invitation.objects.get()
    assert (row.outcome, row.is_done) == ("sent", True)
    assert post_office.recipients == [cast.emma.email]
    assert mail["From"] == "hatpin@localhost"
    assert mail["Bcc"] is None
    assert mail["Subject"] == "In deinem Kalender: <b>Fragen</b> Bcc: x@evil.example"
    assert mail["Message-ID"] == f"<{row.pk}@127.0.0.1>"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Freitag, 20. November 2026, 09:00 bis 10:00 (Europe/Berlin)" in text
    for part in (text, html):
        assert f"http://127.0.0.1:8000/hours/{hour.pk}/" in part
        assert "http://127.0.0.1:8000/hours/calendar/" in part
        assert "Kantine" in part
    assert "<b>Fragen" not in html
    [attached] = mail.iter_attachments()
    assert attached.get_filename() == "invite.ics"
    method, event = event_of(mail)
    assert (method, event["UID"], event["SEQUENCE"]) == ("REQUEST", f"{hour.pk}@127.0.0.1", 0)
    assert event["DTSTART"].dt == FRIDAY
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert event["ATTENDEE"] == f"mailto:{cast.emma.email}"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ORGANIZER"] == "mailto:hatpin@localhost"
    assert event["ORGANIZER"].params["CN"] == cast.farid.get_full_name()
    assert Calendar.from_ical(attached.get_content())["METHOD"] == "REQUEST"
    post_office.mails.clear()

    # Moved twice in a row: one mail. Cancelled, held after all, and again cancelled.
    hour = StudySession.objects.get()
    for at in (time(10), time(11)):
        hour.local_time = at
        move(session=hour, by=cast.farid)
    send_all(clock)
    method, event = event_of(post_office.mails[0])
    assert post_office.mails[0]["Subject"].strip().startswith("Geändert: ")
    assert event["DTSTART"].dt == FRIDAY.replace(hour=11)
    assert told(post_office) == [("emma.lindner", "REQUEST", 2)]
    for happen, expected in ((cancel, "CANCEL"), (restore, "REQUEST"), (cancel, "CANCEL")):
        clock.shift(1)
        happen(session=hour, by=cast.farid)
        send_all(clock)
        assert [(method, seq) for _who, method, seq in told(post_office)] == [(expected, hour.sequence)]
    assert hour.sequence == 5
    clock.shift(timedelta(days=3))
    assert inviting.follow(hour) == 0


def test_what_no_calendar_shows_sends_no_mail(post_office: Post, cast: Any, clock: Any) -> None:
    set_wanted(user=cast.ada, wants_mail=True)
    series = Series(
        title="Freitags", rule="FREQ=WEEKLY;BYDAY=FR", starts_on=date(2026, 11, 20), local_time=time(9),
        time_zone="Europe/Berlin",
    )  # fmt: skip
    series_actions.found(series=series, by=cast.farid)
    send_all(clock)
    # Five weeks of Fridays, in English, and no hour beyond.
    assert [mail["Subject"] for mail in post_office.mails] == ["In your calendar: Freitags"] * 5
    post_office.mails.clear()

    hour = series.occurrences.first()
    agenda = (AgendaPlan("talk", "Vortrag", 60),)
    fill(
        session=hour,
        plan=Plan(title="Freitags", description="Bring one text.", agenda=agenda, lab=()),
    )
    assert Invitation.objects.filter(is_done=False).count() == 0
    publish(session=hour)
    publish(session=hour)
    send_all(clock)
    _method, event = event_of(post_office.mails[0])
    assert event["DESCRIPTION"] == "Bring one text."
    assert told(post_office) == [("ada.miller", "REQUEST", 1)]

    # The series moves: every hour that somebody holds follows.
    series.local_time = time(10)
    series_actions.change(series=series, by=cast.farid)
    send_all(clock)
    assert len(told(post_office)) == 5
    series_actions.end(series=series, by=cast.farid)
    send_all(clock)
    assert {method for _who, method, _seq in told(post_office)} == {"CANCEL"}


def test_switching_off_takes_the_hours_out_and_on_puts_them_back(
    post_office: Post, cast: Any, clock: Any, django_assert_max_num_queries: Any
) -> None:
    weeks = [make_session(cast.farid, starts_at=FRIDAY + timedelta(weeks=n)) for n in range(7)]
    with django_assert_max_num_queries(14):
        set_wanted(user=cast.emma, wants_mail=True)
    set_wanted(user=cast.emma, wants_mail=True)
    assert Invitation.objects.count() == 5
    # Before anything was sent nothing has to be taken back.
    set_wanted(user=cast.emma, wants_mail=False)
    send_all(clock)
    assert told(post_office) == []
    assert set(outcomes(cast.emma)) == {"outdated", "unwanted"}

    set_wanted(user=cast.emma, wants_mail=True)
    send_all(clock)
    assert told(post_office) == [("emma.lindner", "REQUEST", 2)] * 5
    weeks[0].title = "Neu"
    move(session=weeks[0], by=cast.farid)
    send_all(clock)
    assert told(post_office) == [("emma.lindner", "REQUEST", 3)]

    set_wanted(user=cast.emma, wants_mail=False)
    send_all(clock)
    assert told(post_office) == [("emma.lindner", "CANCEL", 3)] * 4 + [("emma.lindner", "CANCEL", 4)]
    assert inviting.top_up() == 0


def test_whoever_leaves_the_team_or_the_company_loses_the_hours_once(
    post_office: Post, cast: Any, clock: Any
) -> None:
    for person in (cast.emma, cast.hanna, cast.farid):
        set_wanted(user=person, wants_mail=True)
    plan(session=StudySession(
        title="Team", local_date=FRIDAY.date(), local_time=time(9), time_zone="Europe/Berlin", team=cast.emma.team,
    ), by=cast.farid)  # fmt: skip
    plan(session=StudySession(
        title="Alle", local_date=FRIDAY.date(), local_time=time(14), time_zone="Europe/Berlin",
    ), by=cast.farid)  # fmt: skip
    send_all(clock)
    requests = told(post_office)
    assert ("emma.lindner", "REQUEST", 0) in requests
    User.objects.filter(pk=cast.emma.pk).update(team=cast.otto.team)
    User.objects.filter(pk=cast.hanna.pk).update(status=User.Status.LEFT)
    inviting.top_up()
    inviting.top_up()
    send_all(clock)
    lost = told(post_office)
    assert ("emma.lindner", "CANCEL", 1) in lost
    assert ("hanna.weiss", "CANCEL", 1) in lost
    assert len(lost) == (2 if cast.hanna.team != cast.farid.team else 3)
    inviting.top_up()
    send_all(clock)
    assert told(post_office) == []


def test_it_waits_for_the_end_of_quiet_hours_unless_the_hour_is_sooner(
    post_office: Post, cast: Any, clock: Any
) -> None:
    clock.move_to(datetime(2026, 11, 18, 21, tzinfo=BERLIN))
    for hour in (6, 9):
        make_session(cast.farid, starts_at=datetime(2026, 11, 19, hour, tzinfo=BERLIN), title=f"Um {hour}")
    set_wanted(user=cast.emma, wants_mail=True)
    send_all(clock, timedelta(0))
    assert [mail["Subject"] for mail in post_office.mails] == ["In deinem Kalender: Um 6"]
    clock.move_to(datetime(2026, 11, 19, 8, 0, tzinfo=BERLIN))
    send_all(clock, timedelta(seconds=1))
    assert len(post_office.mails) == 2
    # In a pause nothing comes, also not just before the hour.
    set_preferences(user=cast.emma, changes={"paused_until": date(2026, 11, 20)})
    make_session(cast.farid, starts_at=datetime(2026, 11, 19, 11, tzinfo=BERLIN), title="Um 11")
    inviting.top_up()
    send_all(clock)
    clock.move_to(datetime(2026, 11, 23, 8, 1, tzinfo=BERLIN))
    send_all(clock)
    assert len(post_office.mails) == 2
    assert outcomes(cast.emma).count("outdated") == 1


def test_no_mail_into_another_hour(post_office: Post, cast: Any, clock: Any) -> None:
    make_session(cast.farid, starts_at=NOW - timedelta(minutes=20), minutes=60)
    make_session(cast.farid, starts_at=FRIDAY, title="Freitag")
    set_wanted(user=cast.emma, wants_mail=True)
    send_all(clock, timedelta(0))
    # The one about this very hour comes.
    assert [mail["Subject"] for mail in post_office.mails] == ["In deinem Kalender: Bessere Fragen"]
    send_all(clock, timedelta(minutes=41))
    assert len(post_office.mails) == 2


def test_a_refused_mailbox_is_given_up_and_a_busy_server_tried_again(
    post_office: Post, cast: Any, clock: Any
) -> None:
    make_session(cast.farid, starts_at=FRIDAY)
    post_office.answers = {
        cast.emma.email: "550 no such mailbox",
        cast.hanna.email: "450 come again later",
    }
    set_wanted(user=cast.emma, wants_mail=True)
    set_wanted(user=cast.hanna, wants_mail=True)
    send_all(clock)
    assert (outcomes(cast.emma), outcomes(cast.hanna)) == (["failed"], [""])
    post_office.answers = {}
    send_all(clock, timedelta(seconds=30))
    assert post_office.mails == []
    send_all(clock, timedelta(seconds=31))
    assert outcomes(cast.hanna) == ["sent"]

    # A worker that died after handing over: the same mail once more, and no other.
    make_session(cast.farid, starts_at=FRIDAY + timedelta(hours=2))
    inviting.top_up()
    clock.shift(timedelta(minutes=11))
    dying = Invitation.objects.filter(is_done=False, user=cast.hanna).get()
    held = Invitation.objects.take(dying.pk)
    assert held is not None
    mailing.hand_over(mailing.write(held))
    mailing.deliver(dying.pk)
    clock.shift(timedelta(seconds=61))
    mailing.deliver(dying.pk)
    mailing.deliver(dying.pk)
    first, again = post_office.mails[-2:]
    assert first["Message-ID"] == again["Message-ID"]
    assert event_of(first) == event_of(again)
    assert len(post_office.mails) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail_and_the_sweep_wakes_what_is_due(post_office: Post, clock: Any) -> None:
    farid, emma = make_user("Farid", roles=("facilitator",)), make_user("Emma")
    make_session(farid, starts_at=FRIDAY)
    set_wanted(user=emma, wants_mail=True)
    pk = Invitation.objects.get().pk

    def work(_number: int) -> None:
        try:
            mailing.deliver(pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert len(post_office.mails) == 1
    assert wake_invitations(NOW) == 0
    make_session(farid, starts_at=FRIDAY + timedelta(hours=3))
    top_up_invitations()
    assert [wake_invitations(NOW + timedelta(minutes=n)) for n in (9, 11)] == [0, 1]
