"""What happens to a series: founding, changing, ending and resuming it, and what that does to its hours."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.audit.actions import record
from hub.people.models import User
from hub.refusals import Refusal
from learning.hours import actions, inviting, occurrences
from learning.hours.models import Invitation, Rsvp, Series, StudySession

# What an hour takes over from its series as long as it was left alone.
TAKEN_OVER = (
    "local_time",
    "time_zone",
    "minutes",
    "place",
    "facilitator_id",
    "deputy_id",
    "team_id",
    "site_id",
)


@transaction.atomic
def found(*, series: Series, by: User, now: datetime | None = None) -> Series:
    """Save it and make its hours of the coming 26 weeks. Raises Refusal if there would be none."""
    now = now or timezone.now()
    _refuse_without_days(series, now)
    series.facilitator = by
    series.save()
    occurrences.make_missing(series, now)
    inviting.top_up(now, series.occurrences.all())
    return series


@transaction.atomic
def change(*, series: Series, by: User, now: datetime | None = None) -> Series:
    """Save the changed rule, time or place; coming hours that nobody changed on their own follow.

    Days that the rule no longer gives are dropped, or cancelled where somebody counts on them.
    """
    now = now or timezone.now()
    if series.is_ended:
        raise Refusal("series_ended", _("This series has ended. Resume it before you change it."), status=409)
    _refuse_without_days(series, now)
    name_before = Series.objects.select_for_update().get(pk=series.pk).title
    series.save()
    _note(series, by, "series.changed")
    days = set(occurrences.days_ahead(series, now))
    for session in _coming(series, now).filter(is_individual=False):
        if session.recurs_on in days:
            _follow(session, series, name_before, by)
        elif session.is_counted_on:
            actions.cancel(session=session, by=by)
        else:
            session.delete()
    occurrences.make_missing(series, now)
    inviting.top_up(now, series.occurrences.all())
    return series


@transaction.atomic
def end(*, series: Series, by: User, now: datetime | None = None) -> None:
    """No further hours: those nobody counts on go, the others are cancelled and whoever said yes is told."""
    now = now or timezone.now()
    if series.is_ended:
        return
    Series.objects.filter(pk=series.pk).update(ended_at=now)
    series.ended_at = now
    _note(series, by, "series.ended")
    for session in _coming(series, now):
        if session.is_counted_on or session.is_individual or session.is_published:
            actions.cancel(session=session, by=by)
        else:
            session.delete()


@transaction.atomic
def resume(*, series: Series, by: User, now: datetime | None = None) -> None:
    """Take the end back. What was cancelled by it is held again, unless its day is no longer in the rule."""
    now = now or timezone.now()
    if not series.is_ended:
        return
    ended_at, series.ended_at = series.ended_at, None
    Series.objects.filter(pk=series.pk).update(ended_at=None)
    _note(series, by, "series.resumed")
    cancelled = series.occurrences.filter(
        status=StudySession.Status.CANCELLED, changed_at__gte=ended_at, starts_at__gt=now
    )
    for session in cancelled:
        if not StudySession.objects.clashing_with(session).exists():
            actions.restore(session=session, by=by)
    occurrences.make_missing(series, now)
    inviting.top_up(now, series.occurrences.all())


def _refuse_without_days(series: Series, now: datetime) -> None:
    if not occurrences.days_ahead(series, now):
        raise Refusal(
            "no_days", _("This rule gives no hour within the next 26 weeks. Choose another day or rhythm.")
        )


def _coming(series: Series, now: datetime) -> QuerySet[StudySession]:
    counted_on = Exists(Rsvp.objects.filter(session=OuterRef("pk"))) | Exists(
        Invitation.objects.filter(session=OuterRef("pk"))
    )
    return series.occurrences.held().filter(starts_at__gt=now).annotate(is_counted_on=counted_on)


def _follow(session: StudySession, series: Series, name_before: str, by: User) -> None:
    wanted = {name: getattr(series, name) for name in TAKEN_OVER}
    if session.title == name_before:
        wanted["title"] = series.title
    if all(getattr(session, name) == value for name, value in wanted.items()):
        return
    for name, value in wanted.items():
        setattr(session, name, value)
    actions.save_changed(session=session)


def _note(series: Series, by: User, action: str) -> None:
    if by.pk != series.facilitator_id:
        record(actor_key=by.subject_key, action=action, object_type="series", object_id=series.pk)
