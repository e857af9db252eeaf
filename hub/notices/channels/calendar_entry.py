"""As ten minutes in the calendar, shown as free and without an alarm: a mail with an entry that one may take over."""

from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from icalendar import Calendar, Event

from hub.notices.channels import mail
from hub.notices.channels.words import plain
from hub.notices.letters import Letter, Message
from hub.people.models import User

LENGTH = timedelta(minutes=10)
STEP = timedelta(minutes=15)


def deliver(message: Message) -> None:
    mail.hand_over(build(message))


def build(message: Message) -> EmailMultiAlternatives:
    built = mail.build(message)
    built.attach("tip.ics", entry(message.letter, message.id), "text/calendar; method=PUBLISH; charset=utf-8")
    return built


def preview(letter: Letter, reader: User) -> dict[str, object]:
    return {**mail.preview(letter, reader), "calendar": entry(letter, "preview")}


def entry(letter: Letter, entry_id: str) -> str:
    """At the next quarter of an hour: it stands there as an offer, and blocks nothing."""
    now = timezone.now()
    start = now + STEP - timedelta(minutes=now.minute % 15, seconds=now.second, microseconds=now.microsecond)
    calendar = Calendar()
    calendar.add("prodid", "-//Hatpin//Tips//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{entry_id}@hatpin")
    event.add("dtstamp", now)
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    event.add("summary", mail.one_line(letter.title))
    event.add("description", plain(letter))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    calendar.add_component(event)
    return calendar.to_ical().decode()
