"""Sending one invitation: whoever takes the row asks once more whether it is still needed, then hands it over.

If a worker dies between handing over and noting the answer, it is sent again under the same Message-ID, UID
and SEQUENCE: a calendar puts it in the place of the first.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hub.jobs import LeaseLost
from hub.notices.channels.errors import DeliveryError
from hub.notices.channels.mail import compose, hand_over, one_line
from hub.notices.delivering import RETRY_AFTER
from hub.notices.letters import Letter
from hub.notices.models import Preference
from hub.notices.schedule import next_allowed
from hub.people.moments import hours_after
from learning.hours import calendar_events, calendar_file, inviting
from learning.hours.models import Invitation

Outcome = Literal["sent", "outdated", "unwanted", "failed"]
A_MOMENT = timedelta(seconds=10)
MOST_TRIES = len(RETRY_AFTER) + 1


def deliver(invitation_id: object, now: datetime | None = None) -> None:
    now = now or timezone.now()
    rows = Invitation.objects.select_related(
        "user__team", "session__facilitator", "session__deputy", "session__team", "session__series"
    )
    row = rows.take(invitation_id, now)
    if row is None:
        return
    with (
        suppress(LeaseLost),
        translation.override(row.user.language),
        timezone.override(ZoneInfo(row.user.time_zone)),
    ):
        _deliver(row, now)


def _deliver(row: Invitation, now: datetime) -> None:
    outcome = _needless(row, now)
    if outcome:
        row.settle(outcome, now)
        return
    at = max(_after_one_before(row, now), free_at(row, now))
    if at > now:
        row.put_off(at)
        return
    mail = write(row)
    try:
        with row.kept():
            hand_over(mail)
    except DeliveryError as error:
        if error.permanent or row.attempts >= MOST_TRIES:
            row.settle("failed", now)
        else:
            row.put_off(now + RETRY_AFTER[row.attempts - 1], is_try=True)
        return
    row.settle("sent", now)


def _others(row: Invitation) -> Q:
    return Q(session_id=row.session_id, user_id=row.user_id) & ~Q(pk=row.pk)


def _needless(row: Invitation, now: datetime) -> Outcome | None:
    """Why it is not sent: something newer is queued, the hour is over, or nobody wants or ever had it."""
    if row.attempts > MOST_TRIES:
        return "failed"
    if not Preference.of(row.user).takes_mail:
        return "unwanted"
    newer = Q(sequence__gt=row.sequence) | Q(sequence=row.sequence, created_at__gt=row.created_at)
    if row.session.ends_at <= now or Invitation.objects.filter(_others(row) & newer).exists():
        return "outdated"
    if row.method == Invitation.Method.REQUEST and row.session.is_cancelled:
        return "outdated"
    if row.method == Invitation.Method.REQUEST:
        return None if inviting.is_wanted(row.session, row.user) else "unwanted"
    # Taken once and not sent it was needless; taken more often it may have arrived.
    arrived = Q(outcome__in=["sent", "failed"]) | Q(is_done=False, attempts__gt=0) | Q(attempts__gt=1)
    requests = Invitation.objects.filter(_others(row), method=Invitation.Method.REQUEST)
    return None if requests.filter(arrived).exists() else "unwanted"


def _after_one_before(row: Invitation, now: datetime) -> datetime:
    """What is being sent to the same person about the same hour goes first."""
    busy = Invitation.objects.filter(
        _others(row), is_done=False, lease_token__isnull=False, leased_until__gt=now
    )
    return now + A_MOMENT if busy.exists() else now


def free_at(row: Invitation, now: datetime) -> datetime:
    """The end of quiet hours, of a pause, and of another hour of the person; at once if the hour is sooner."""
    rest, own = Preference.of(row.user).rest, reverse("hours:detail", args=[row.session_id])
    hours = [hour for hour in hours_after(row.user, now, 5) if hour.path != own]
    free = next_allowed(now, rest, hours)
    is_paused = rest.paused_until is not None and rest.local_day(now) <= rest.paused_until
    return now if row.session.starts_at < free and not is_paused else free


def write(row: Invitation) -> EmailMultiAlternatives:
    """Text, HTML and calendar as alternatives, and the calendar once more as a file."""
    event = calendar_events.in_mail(row.session, row.user, sequence=row.sequence, written_at=row.created_at)
    calendar = calendar_file.invitation(event, row.method, row.user.language)
    mail = compose(
        message_id=str(row.pk),
        user=row.user,
        letter=_letter(row),
        unsubscribe=settings.SITE_URL + reverse("hours:calendar"),
    )
    mail.attach_alternative(calendar.decode(), f"text/calendar; method={row.method}")
    mail.attach("invite.ics", calendar, "application/ics")
    return mail


def _letter(row: Invitation) -> Letter:
    subject, sentence = _said(row)
    paragraphs = [sentence, one_line(row.session.shown_title), _when(row)]
    if row.session.place:
        paragraphs.append(one_line(row.session.place))
    return Letter(
        title=subject % {"title": one_line(row.session.shown_title)},
        paragraphs=tuple(paragraphs),
        path=reverse("hours:detail", args=[row.session_id]),
        link_label=_("See the hour in the hub"),
        why=_("You asked to have the learning hours in your calendar. You can switch it off at any time."),
    )


def _said(row: Invitation) -> tuple[str, str]:
    """The subject's pattern, and the sentence that says what the calendar does now."""
    if row.method == Invitation.Method.CANCEL and row.session.is_cancelled:
        return _("Cancelled: %(title)s"), _(
            "This hour is cancelled. The time in your calendar is free again."
        )
    if row.method == Invitation.Method.CANCEL:
        return (
            _("No longer in your calendar: %(title)s"),
            _("This hour leaves your calendar, as you no longer get invitations to it."),
        )
    told = (
        Invitation.objects.filter(_others(row), outcome="sent").order_by("-sequence", "-created_at").first()
    )
    if told and told.method == Invitation.Method.REQUEST:
        return _("Changed: %(title)s"), _("Something about this hour is new. Your calendar has it already.")
    return (
        _("In your calendar: %(title)s"),
        _("This hour is in your calendar, so that nothing else gets in its way."),
    )


def _when(row: Invitation) -> str:
    begins, ends = (timezone.localtime(at) for at in (row.session.starts_at, row.session.ends_at))
    time_format = pgettext("time format", "H:i")
    return _("%(day)s, %(begins)s to %(ends)s (%(zone)s)") % {
        "day": date_format(begins, pgettext("date format", "l, j F Y")),
        "begins": date_format(begins, time_format),
        "ends": date_format(ends, time_format),
        "zone": row.user.time_zone,
    }
