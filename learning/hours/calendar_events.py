"""From an hour to what calendars show of it."""

from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from hub.people.models import User
from learning.hours.calendar_file import Event, Person
from learning.hours.models import StudySession


def shown_of(session: StudySession) -> tuple[object, ...]:
    """What a calendar shows: as long as it stays the same, nobody's calendar needs to hear of a change."""
    return (
        session.shown_title,
        session.shown_description,
        session.place,
        session.local_date,
        session.local_time,
        session.time_zone,
        session.minutes,
        session.status,
        session.facilitator_id,
    )


def in_feed(session: StudySession) -> Event:
    """An hour of a series is an instance of it, named by when it was first to begin."""
    zone = ZoneInfo(session.time_zone)
    return Event(
        uid=_uid(session.series_id or session.pk),
        sequence=session.sequence,
        changed_at=session.changed_at,
        recurrence_id_wall=(session.agreed_at or session.starts_at).astimezone(zone).replace(tzinfo=None)
        if session.series_id
        else None,
        **_common(session),
    )


def in_mail(session: StudySession, user: User, *, sequence: int, written_at: datetime) -> Event:
    """Each hour stands for itself: whoever is invited to one need not know its series.

    Of whoever runs it calendars learn the name only; replies go to the hub's own address.
    """
    _name, own_address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Event(
        uid=_uid(session.pk),
        sequence=sequence,
        changed_at=written_at,
        organizer=Person(session.facilitator.get_full_name(), own_address),
        attendee=Person(user.get_full_name(), user.email),
        **_common(session),
    )


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _uid(pk: object) -> str:
    return f"{pk}@{host()}"


def _common(session: StudySession) -> dict[str, object]:
    return {
        "title": session.shown_title,
        "description": session.shown_description,
        "place": session.place,
        "starts_at_wall": datetime.combine(session.local_date, session.local_time),
        "zone": session.time_zone,
        "minutes": session.minutes,
        "is_cancelled": session.is_cancelled,
        "url": settings.SITE_URL + reverse("hours:detail", args=[session.pk]),
    }
