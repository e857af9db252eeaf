"""The personal feed: its secret opens it and nothing else does, and other programs read every hour at its time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import time_machine
from django.test import Client
from icalendar import Calendar

from hub.people.models import User
from learning.hours import series_actions
from learning.hours.actions import cancel, move, restore
from learning.hours.calendar_views import FeedThrottle
from learning.hours.models import CalendarFeed, Invitation, Series
from tests.factories import make_session

BERLIN = ZoneInfo("Europe/Berlin")


def make_feed(browser: Any) -> str:
    """Its path."""
    page = browser.post("/hours/calendar/feed/")
    assert page.status_code == 201
    assert "no-store" in page["Cache-Control"]
    return page.context["new_address"].removeprefix("http://127.0.0.1:8000")


def hours_in(content: bytes, first: date, last: date) -> list[Any]:
    found = recurring_ical_events.of(Calendar.from_ical(content), skip_bad_series=False).between(first, last)
    return sorted(found, key=lambda event: event["DTSTART"].dt)


@pytest.mark.parametrize(("seen_on", "change"), [
    (date(2026, 3, 2), date(2026, 3, 29)), (date(2026, 9, 7), date(2026, 10, 25)),
    (date(2027, 3, 1), date(2027, 3, 28)), (date(2027, 9, 6), date(2027, 10, 31)),
])  # fmt: skip
def test_every_hour_is_at_nine_over_each_clock_change(
    seen_on: date, change: date, sign_in: Any, cast: Any, client: Client
) -> None:
    with time_machine.travel(datetime.combine(seen_on, time(8), BERLIN), tick=False):
        series = Series(
            title="Sonntags und freitags", rule="FREQ=WEEKLY;BYDAY=FR,SU", starts_on=seen_on, local_time=time(9),
            time_zone="Europe/Berlin",
        )  # fmt: skip
        series_actions.found(series=series, by=cast.farid)
        hours = {hour.recurs_on: hour for hour in series.occurrences.all()}
        days = sorted(hours)
        moved, cancelled = hours[days[2]], hours[days[3]]
        moved.local_date, moved.local_time = days[2] + timedelta(days=1), time(15)
        move(session=moved, by=cast.farid)
        cancel(session=cancelled, by=cast.farid)
        content = client.get(make_feed(sign_in(cast.emma))).content
    found = hours_in(content, seen_on, seen_on + timedelta(weeks=27))
    assert change in days
    expected = [datetime.combine(day, time(9)) for day in days]
    expected[2] = datetime.combine(moved.local_date, time(15))
    begins = [event["DTSTART"].dt for event in found]
    assert [at.replace(tzinfo=None) for at in begins] == sorted(expected)
    assert {at.utcoffset() for at in begins} == {timedelta(hours=1), timedelta(hours=2)}
    assert {event["UID"] for event in found} == {f"{series.pk}@127.0.0.1"}
    stopped = [event["RECURRENCE-ID"].dt for event in found if event["STATUS"] == "CANCELLED"]
    assert stopped == [datetime.combine(days[3], time(9), BERLIN)]
    [other] = [event for event in found if event["DTSTART"].dt.hour == 15]
    assert other["RECURRENCE-ID"].dt == datetime.combine(days[2], time(9), BERLIN)


def test_only_the_secret_opens_it_and_it_can_be_revoked(sign_in: Any, cast: Any, client: Client) -> None:
    make_session(cast.farid, title="<script>alert(1)</script>\nEND:VCALENDAR", team=cast.emma.team)
    make_session(cast.otto, title="Nur für Otto", team=cast.otto.team)
    emma, otto = sign_in(cast.emma), sign_in(cast.otto)
    first, path = make_feed(emma), make_feed(emma)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) == 43
    assert secret not in str(list(CalendarFeed.objects.values()))
    assert secret not in emma.get("/hours/calendar/").content.decode()

    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    assert not answer.cookies
    calendar = Calendar.from_ical(answer.content)
    [event] = calendar.walk("VEVENT")
    assert event["SUMMARY"] == "<script>alert(1)</script> END:VCALENDAR"
    assert "ATTENDEE" not in event
    assert calendar["X-WR-CALNAME"].endswith(": Lernstunden")

    # A stranger's own doings do not touch it; nobody learns what once was.
    make_feed(otto)
    otto.post("/hours/calendar/feed/revoke/")
    assert client.get(path).status_code == 200
    gone = [client.get(address) for address in (first, "/calendar/x.ics", f"/calendar/{'y' * 5000}.ics")]
    emma.post("/hours/calendar/feed/revoke/")
    gone.append(client.get(path))
    third = make_feed(emma)
    User.objects.filter(pk=cast.emma.pk).update(status=User.Status.LEFT)
    gone.append(client.get(third))
    gone.append(client.get("/calendar/%ff%00.ics"))
    assert {(response.status_code, response.content) for response in gone} == {(404, b"")}
    assert client.post(path).status_code == 405
    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


def test_an_unchanged_feed_is_not_sent_again(
    sign_in: Any, cast: Any, client: Client, django_assert_num_queries: Any
) -> None:
    with time_machine.travel(datetime(2026, 11, 18, 9, tzinfo=UTC), tick=False) as clock:
        for n in range(-6, 30):
            make_session(cast.farid, starts_at=datetime(2026, 11, 20, 9, tzinfo=BERLIN) + timedelta(weeks=n))
        path = make_feed(sign_in(cast.emma))
        with django_assert_num_queries(2):
            answer = client.get(path)
        assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 30
        clock.shift(timedelta(hours=3))
        assert client.get(path).content == answer.content
        again = client.get(path, headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == answer["ETag"]
        head = client.head(path)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", answer["ETag"])
        assert client.head("/calendar/x.ics").status_code == 404
        assert client.get(path, headers={"if-modified-since": answer["Last-Modified"]}).status_code == 200
        coming = cast.farid.sessions_run.filter(starts_at__gt=datetime(2026, 11, 18, 12, tzinfo=UTC)).first()
        cancel(session=coming, by=cast.farid)
        changed = client.get(path, headers={"if-none-match": answer["ETag"]})
        assert changed.status_code == 200
        restore(session=coming, by=cast.farid)
        FeedThrottle.rate, usual = "3/min", FeedThrottle.rate
        try:
            statuses = [client.get(path, REMOTE_ADDR="10.9.8.7").status_code for _n in range(4)]
        finally:
            FeedThrottle.rate = usual
        assert statuses == [200, 200, 200, 429]


def test_one_chooses_on_the_page_and_through_the_api(sign_in: Any, api: Any, cast: Any) -> None:
    make_session(cast.farid, starts_at=datetime.now(UTC) + timedelta(days=3))
    emma, program = sign_in(cast.emma), api(cast.emma)
    assert "Einladungen schicken" in emma.get("/hours/calendar/").content.decode()
    assert program.get("/api/v1/calendar/").json() == {"wants_mail": False, "has_feed": False}
    emma.post("/hours/calendar/mail/", {"wants_mail": "on"})
    assert Invitation.objects.filter(user=cast.emma).count() == 1
    assert "Einladungen ausschalten" in emma.get("/hours/calendar/").content.decode()
    answer = program.patch("/api/v1/calendar/", {"wants_mail": False})
    assert answer.json() == {"wants_mail": False, "has_feed": False}
    assert Invitation.objects.filter(user=cast.emma, method="CANCEL").count() == 1
    assert program.patch("/api/v1/calendar/", {"wants_mail": "perhaps"}).status_code == 400
    url = program.post("/api/v1/calendar/feed/").json()["url"]
    path = url.removeprefix("http://127.0.0.1:8000")
    assert Client().get(path).status_code == 200
    assert program.get("/api/v1/calendar/").json()["has_feed"] is True
    assert api(cast.otto).delete("/api/v1/calendar/feed/").status_code == 204
    assert Client().get(path).status_code == 200
    assert program.delete("/api/v1/calendar/feed/").status_code == 204
    assert Client().get(path).status_code == 404
    assert "In your calendar" in sign_in(cast.ada).get("/hours/calendar/").content.decode()
    assert "/hours/calendar/" in emma.get("/hours/").content.decode()
    assert "/hours/calendar/" in emma.get("/me/notices/").content.decode()
