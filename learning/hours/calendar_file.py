"""Calendar files (RFC 5545): a feed of hours, and invitations by mail (iMIP, RFC 6047).

Plain data in, bytes out, the same bytes for the same data: nothing is random and no clock is read, so that an ETag
holds. Who may see which hour is decided before.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as CalendarEvent

from learning.hours import recurrence
from learning.hours.calendar_zone import time_zone_component
from learning.hours.wall_time import instant, shown

REFRESH = timedelta(hours=1)
# Invisible characters that turn the direction of what follows: a title must not write over its neighbours.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Person:
    name: str
    mail: str


@dataclass(frozen=True)
class Event:
    """One hour. With `recurrence_id_wall` (when the rule had it) it is an instance of the series `uid`."""

    uid: str
    sequence: int
    title: str
    description: str
    place: str
    starts_at_wall: datetime
    zone: str
    minutes: int
    changed_at: datetime
    is_cancelled: bool = False
    recurrence_id_wall: datetime | None = None
    organizer: Person | None = None
    attendee: Person | None = None
    url: str = ""


def feed(events: Iterable[Event], name: str, language: str) -> bytes:
    """A calendar to subscribe to, in the order of time. It names no attendees: it is one person's own."""
    calendar = _calendar(language)
    calendar.add("name", _line(name))
    calendar.add("x-wr-calname", _line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    ordered = sorted(events, key=lambda event: (instant(event.starts_at_wall, event.zone), event.uid))
    _add_zones(calendar, ordered)
    for event in ordered:
        calendar.add_component(_component(event))
    return calendar.to_ical()


def invitation(event: Event, method: Literal["REQUEST", "CANCEL"], language: str = "en") -> bytes:
    """The calendar part of a mail to one attendee who asked for it, hence accepted without a reply.

    The mail's part has to be `text/calendar` with the same method.
    """
    if not (event.attendee and event.organizer):
        raise ValueError("An invitation needs an organizer and an attendee.")
    calendar = _calendar(language)
    calendar.add("method", method)
    _add_zones(calendar, [event])
    component = _component(event, is_cancelled=event.is_cancelled or method == "CANCEL")
    attendee = _address(event.attendee)
    attendee.params["ROLE"] = "OPT-PARTICIPANT"
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    component.add("attendee", attendee)
    calendar.add_component(component)
    return calendar.to_ical()


def rule_event(event: Event, rule: recurrence.Rule, left_out: Iterable[datetime] = ()) -> bytes:
    """The whole series as one event with its rule, without the days left out (wall time).

    It has to begin on a day of the rule: calendars count the first day even if the rule does not give it.
    """
    calendar = _calendar("en")
    _add_zones(calendar, [event])
    component = _component(event)
    written = recurrence.to_ical(rule, event.starts_at_wall, event.zone)
    component.add("rrule", CalendarEvent.from_ical(f"BEGIN:VEVENT\r\nRRULE:{written}\r\nEND:VEVENT")["RRULE"])
    for wall in left_out:
        component.add("exdate", wall.replace(tzinfo=ZoneInfo(event.zone)))
    calendar.add_component(component)
    return calendar.to_ical()


def etag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _calendar(language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Hatpin//Hours//{language[:2].upper()}")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _add_zones(calendar: Calendar, events: list[Event]) -> None:
    for name in sorted({event.zone for event in events} - {"UTC"}):
        calendar.add_component(time_zone_component(name))


def _component(event: Event, *, is_cancelled: bool | None = None) -> CalendarEvent:
    is_cancelled = event.is_cancelled if is_cancelled is None else is_cancelled
    at = ZoneInfo(event.zone)
    begins = instant(event.starts_at_wall, event.zone)
    component = CalendarEvent()
    component.add("uid", event.uid)
    component.add("dtstamp", event.changed_at.astimezone(UTC))
    component.add("last-modified", event.changed_at.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("dtstart", shown(event.starts_at_wall, event.zone).replace(tzinfo=at))
    component.add("dtend", (begins + timedelta(minutes=event.minutes)).astimezone(at))
    if event.recurrence_id_wall:
        component.add("recurrence-id", event.recurrence_id_wall.replace(tzinfo=at))
    component.add("summary", _line(event.title))
    if event.description:
        component.add("description", _clean(event.description))
    if event.place:
        component.add("location", _line(event.place))
    if event.url:
        component.add("url", "".join(_clean(event.url).split()))
    if event.organizer:
        component.add("organizer", _address(event.organizer))
    component.add("class", "PUBLIC")
    component.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    # What was cancelled must not keep the time blocked, also where it stays visible.
    component.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    component.add("x-microsoft-cdo-busystatus", "FREE" if is_cancelled else "BUSY")
    return component


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{''.join(_clean(person.mail).split())}")
    address.params["CN"] = vText(_line(person.name))
    return address


def _clean(text: str) -> str:
    """Without control characters but line breaks; markup stays what it is, text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (
        c for c in lines if c == "\n" or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in TURNING)
    )
    return "".join(kept)


def _line(text: str) -> str:
    return " ".join(_clean(text).split())
