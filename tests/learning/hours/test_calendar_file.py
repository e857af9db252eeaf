"""Calendar files as other programs read them: parsed and expanded by independent libraries."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil.tz import tzical
from icalendar import Calendar

from learning.hours import recurrence
from learning.hours.calendar_file import Event, Person, etag, feed, invitation, rule_event
from learning.hours.calendar_zone import time_zone
from learning.hours.wall_time import instant

ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Australia/Sydney")
CHANGED = datetime(2026, 9, 1, 12, tzinfo=UTC)


def an_hour(**changes: object) -> Event:
    given = {
        "uid": "series-7@hatpin.example",
        "sequence": 0,
        "title": "DEAL: drop everything",
        "description": "Bring one text.",
        "place": "Room 4",
        "starts_at_wall": datetime(2026, 10, 2, 9),
        "zone": "Europe/Berlin",
        "minutes": 60,
        "changed_at": CHANGED,
    }
    return Event(**{**given, **changes})


def expanded(content: bytes, first: date, last: date) -> list:
    found = recurring_ical_events.of(Calendar.from_ical(content)).between(first, last + timedelta(days=1))
    return sorted(found, key=lambda event: event["DTSTART"].dt)


@pytest.mark.parametrize("zone", ZONES)
def test_both_clock_changes_of_both_years_keep_nine_oclock(zone: str) -> None:
    first, last = date(2026, 1, 1), date(2027, 12, 31)
    for text in (
        "FREQ=WEEKLY;BYDAY=FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU",
        "FREQ=MONTHLY;BYDAY=-1SU",
        "FREQ=WEEKLY;BYDAY=SU;UNTIL=20271031",
        "FREQ=WEEKLY;BYDAY=SU;COUNT=96",
    ):
        rule = recurrence.parse(text)
        days = recurrence.days(rule, first, first, last)
        hour = an_hour(zone=zone, starts_at_wall=datetime.combine(days[0], time(9)))
        left_out = [datetime.combine(days[5], time(9))]
        events = expanded(rule_event(hour, rule, left_out), first, last)

        assert [event["DTSTART"].dt.date() for event in events] == days[:5] + days[6:], text
        for event in events:
            begins, ends = event["DTSTART"].dt, event["DTEND"].dt
            assert (begins.hour, begins.minute, ends.hour) == (9, 0, 10)
            assert begins.astimezone(UTC) == instant(datetime.combine(begins.date(), time(9)), zone)

        instances = [
            replace(hour, starts_at_wall=wall, recurrence_id_wall=wall)
            for wall in (datetime.combine(day, time(9)) for day in days)
        ]
        assert [e["DTSTART"].dt.date() for e in expanded(feed(instances, "", "en"), first, last)] == days


def test_a_zone_is_told_so_that_strangers_to_its_name_get_every_hour_right() -> None:
    for zone in (*ZONES, "Asia/Tokyo", "Africa/Casablanca", "America/Santiago", "Europe/Dublin"):
        text = "BEGIN:VCALENDAR\r\n" + time_zone(zone).decode() + "END:VCALENDAR\r\n"
        theirs, ours = tzical(StringIO(text)).get(zone), ZoneInfo(zone)
        wall = datetime(2025, 1, 1, 9)
        while wall.year < 2036:
            assert theirs.utcoffset(wall) == ours.utcoffset(wall), (zone, wall)
            wall += timedelta(days=1)
        assert len(text) < 900
    # The hours around a change, seldom as somebody learns at three in the night.
    text = "BEGIN:VCALENDAR\r\n" + time_zone("Europe/Berlin").decode() + "END:VCALENDAR\r\n"
    berlin = tzical(StringIO(text)).get("Europe/Berlin")
    for wall in (datetime(2027, 3, 28, 1, 59), datetime(2027, 3, 28, 3, 1), datetime(2026, 10, 25, 3, 1)):
        assert berlin.utcoffset(wall) == ZoneInfo("Europe/Berlin").utcoffset(wall)


def test_a_feed_shows_what_was_moved_and_cancelled_and_stays_small() -> None:
    rule = recurrence.parse("FREQ=WEEKLY;BYDAY=FR")
    days = recurrence.days(rule, date(2026, 10, 2), date(2026, 10, 2), date(2027, 3, 26))
    walls = [datetime.combine(day, time(9)) for day in days]
    hours = [an_hour(starts_at_wall=wall, recurrence_id_wall=wall) for wall in walls]
    hours[3] = replace(hours[3], starts_at_wall=datetime(2026, 10, 22, 14), sequence=1)
    hours[4] = replace(hours[4], is_cancelled=True, sequence=2)
    away = an_hour(uid="single@hatpin.example", zone="America/New_York")
    content = feed([*reversed(hours), away], "Emma's hours", "de")

    assert content == feed([away, *hours], "Emma's hours", "de")
    assert etag(content) == etag(feed([away, *hours], "Emma's hours", "de")) != etag(content + b" ")
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag(content))
    assert len(days) == 26
    assert len(feed(hours, "", "de")) < 13_000
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))

    calendar = Calendar.from_ical(content)
    assert (calendar["X-WR-CALNAME"], calendar["PRODID"]) == ("Emma's hours", "-//Hatpin//Hours//DE")
    assert "UID" not in calendar
    assert "METHOD" not in calendar
    assert {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")} == {"Europe/Berlin", "America/New_York"}
    assert not calendar.walk("VALARM")
    moved = next(e for e in calendar.walk("VEVENT") if e["SEQUENCE"] == 1)
    assert b"RECURRENCE-ID;TZID=Europe/Berlin:20261023T090000" in content
    assert moved["DTSTART"].dt == datetime(2026, 10, 22, 14, tzinfo=ZoneInfo("Europe/Berlin"))
    dropped = next(e for e in calendar.walk("VEVENT") if e["SEQUENCE"] == 2)
    assert (dropped["STATUS"], dropped["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert (moved["STATUS"], moved["TRANSP"], moved["CLASS"]) == ("CONFIRMED", "OPAQUE", "PUBLIC")

    # As one file with the rule the moved and the cancelled instance replace those the rule gives.
    whole = Calendar.from_ical(rule_event(an_hour(), recurrence.parse(f"{rule.text};COUNT=26")))
    for event in (moved, dropped):
        whole.add_component(event)
    seen = expanded(whole.to_ical(), days[0], days[-1])
    assert [event["DTSTART"].dt.date() for event in seen][2:5] == [
        date(2026, 10, 16),
        date(2026, 10, 22),
        date(2026, 10, 30),
    ]
    assert len(seen) == 26


def test_an_invitation_blocks_the_time_and_a_cancellation_gives_it_back() -> None:
    hour = an_hour(
        uid="occurrence-9@hatpin.example",
        organizer=Person('Farid "the host"; Ü', "farid@example.com"),
        attendee=Person("Emma", "emma@example.com\r\nATTENDEE:mailto:otto@example.com"),
        url="https://hub.example/hours/9/",
    )
    content = invitation(hour, "REQUEST", "de")
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("REQUEST", hour.uid, 0)
    assert (event["STATUS"], event["DTSTAMP"].dt) == ("CONFIRMED", CHANGED)
    assert event["ORGANIZER"] == "mailto:farid@example.com"
    attendee = event["ATTENDEE"]
    assert attendee == "mailto:emma@example.comATTENDEE:mailto:otto@example.com"
    assert (attendee.params["PARTSTAT"], attendee.params["RSVP"]) == ("ACCEPTED", "FALSE")
    assert event["URL"] == hour.url

    taken_back = Calendar.from_ical(invitation(replace(hour, sequence=1), "CANCEL"))
    [event] = taken_back.walk("VEVENT")
    assert (taken_back["METHOD"], event["UID"], event["SEQUENCE"]) == ("CANCEL", hour.uid, 1)
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert invitation(hour, "REQUEST") == invitation(hour, "REQUEST")
    with pytest.raises(ValueError, match="organizer and an attendee"):
        invitation(an_hour(), "REQUEST")


def test_what_people_write_stays_text() -> None:
    nasty = "<b>Hi</b>; a, b\\n\x07\u202e\ud800\r\nBEGIN:VALARM\nEND:VEVENT\n" + "ü" * 200
    content = feed(
        [an_hour(title=nasty, description=nasty, place=nasty, url="https://x/\r\nX:1")], nasty, "en"
    )
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert not calendar.walk("VALARM")
    assert event["DESCRIPTION"] == "<b>Hi</b>; a, b\\n\nBEGIN:VALARM\nEND:VEVENT\n" + "ü" * 200
    assert event["SUMMARY"] == "<b>Hi</b>; a, b\\n BEGIN:VALARM END:VEVENT " + "ü" * 200
    assert event["URL"] == "https://x/X:1"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_an_hour_the_clocks_skip_or_repeat_has_its_moment_and_its_length() -> None:
    skipped = an_hour(starts_at_wall=datetime(2027, 3, 28, 2, 30))
    [event] = Calendar.from_ical(feed([skipped], "", "en")).walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    over_midnight = an_hour(starts_at_wall=datetime(2026, 10, 25, 1, 30), minutes=120)
    [event] = Calendar.from_ical(feed([over_midnight], "", "en")).walk("VEVENT")
    assert event["DTEND"].dt.replace(tzinfo=None) == datetime(2026, 10, 25, 2, 30)
    [event] = Calendar.from_ical(feed([an_hour(zone="UTC")], "", "en")).walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 10, 2, 9, tzinfo=UTC)
