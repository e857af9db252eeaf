"""The personal calendar feed: its secret, whom it belongs to, and what it holds."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hub.people.models import User
from learning.hours import calendar_events, calendar_file
from learning.hours.models import CalendarFeed, StudySession

BACK, AHEAD = timedelta(weeks=4), timedelta(weeks=26)
SECRET_BYTES = 32
MOST_HOURS = 500


def has_feed(user: User) -> bool:
    return CalendarFeed.objects.filter(user=user, revoked_at=None).exists()


@transaction.atomic
def make(*, user: User) -> str:
    """A new address, in place of the one before; it is told this once, as only the secret's hash is kept."""
    User.objects.select_for_update().get(pk=user.pk)
    revoke(user=user)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarFeed.objects.create(user=user, secret_sha256=_hashed(secret))
    return settings.SITE_URL + reverse("calendar:feed", args=[secret])


def revoke(*, user: User, now: datetime | None = None) -> bool:
    """Whether there was one. From now on its address answers as if it had never been."""
    there = CalendarFeed.objects.filter(user=user, revoked_at=None)
    return bool(there.update(revoked_at=now or timezone.now()))


def owner_of(secret: str) -> User | None:
    """None for what is unknown, revoked, or belongs to somebody who left: nobody can tell which. One query."""
    feed = (
        CalendarFeed.objects.select_related("user__team")
        .filter(secret_sha256=_hashed(secret), revoked_at=None, user__status=User.Status.ACTIVE)
        .first()
    )
    return feed.user if feed else None


def hours_of(user: User, now: datetime) -> list[StudySession]:
    """From four weeks back to 26 ahead, the cancelled ones too. One query."""
    rows = StudySession.objects.visible_to(user).filter(starts_at__gte=now - BACK, starts_at__lt=now + AHEAD)
    return list(rows.select_related("series").order_by("starts_at", "pk")[:MOST_HOURS])


def write(user: User, hours: list[StudySession]) -> bytes:
    with translation.override(user.language):
        name = _("%(company)s: learning hours") % {"company": settings.COMPANY_NAME}
    return calendar_file.feed(
        [calendar_events.in_feed(session) for session in hours], name=name, language=user.language
    )


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
