"""As ten minutes in the calendar, shown as free and without an alarm: a mail with an entry that one may take over."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from icalendar import Calendar, Event

from hub.notices.channels import mail
from hub.notices.channels.words import plain
from hub.notices.letters import Letter, Message
from hub.notices.models import Preference
from hub.notices.schedule import Rest, next_allowed, open_until
from hub.people.models import User
from hub.people.moments import Hour, hours_after

LENGTH = timedelta(minutes=10)
STEP = timedelta(minutes=15)
MOST_STEPS = 100


def deliver(message: Message) -> None:
    mail.hand_over(build(message))


def build(message: Message) -> EmailMultiAlternatives:
    """The mail alone where no ten minutes are free before it is of no use."""
    built = mail.build(message)
    now, letter, reader = timezone.now(), message.letter, message.user
    start = free_start(now, Preference.of(reader).rest, hours_after(reader, now))
    if start and (letter.until is None or start + LENGTH <= letter.until):
        built.attach(
            "tip.ics", entry(letter, message.id, start), "text/calendar; method=PUBLISH; charset=utf-8"
        )
    return built


def preview(letter: Letter, reader: User) -> dict[str, object]:
    return {
        **mail.preview(letter, reader),
        "calendar": entry(letter, "preview", _next_quarter(timezone.now())),
    }


def free_start(now: datetime, rest: Rest, hours: Iterable[Hour]) -> datetime | None:
    """The next quarter of an hour from which all ten minutes are in no quiet hour and no hour of learning.

    None where a hundred tries find none.
    """
    hours = list(hours)
    start = _next_quarter(now)
    for _step in range(MOST_STEPS):
        free = next_allowed(start, rest, hours)
        if free == start:
            ends = [open_until(start, rest), *(hour.starts_at for hour in hours if hour.starts_at > start)]
            if min(ends) >= start + LENGTH:
                return start
            free = min(ends)
        start = _next_quarter(free - timedelta.resolution)
    return None


def _next_quarter(at: datetime) -> datetime:
    return at + STEP - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)


def entry(letter: Letter, entry_id: str, start: datetime) -> str:
    """It stands there as an offer, and blocks nothing."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hatpin//Tips//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{entry_id}@hatpin")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    event.add("summary", mail.one_line(letter.title))
    event.add("description", plain(letter))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    calendar.add_component(event)
    return calendar.to_ical().decode()
