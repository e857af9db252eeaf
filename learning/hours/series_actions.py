"""What happens to a series: founding, changing, ending and resuming it, and what that does to its hours."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hub.audit.actions import record
from hub.people.models import User
from hub.refusals import Refusal
from learning.hours import actions, inviting, occurrences
from learning.hours.models import AgendaItem, Invitation, Rsvp, Series, StudySession
from learning.hours.timetable import lock_timetable

# What an hour has in common with its series as long as it was left alone.
SHARED = ("local_time", "time_zone", "minutes", "place", "facilitator_id", "team_id", "site_id")
TAKEN_OVER = (*SHARED, "deputy_id")
# From a week before on people plan with it: what a change of the series does to it then counts as moved or cancelled.
ANNOUNCED = timedelta(weeks=1)


@transaction.atomic
def found(*, series: Series, by: User, now: datetime | None = None) -> Series:
    """Save it and make its hours of the coming 26 weeks. Raises Refusal if there would be none."""
    now = now or timezone.now()
    lock_timetable()
    _refuse_without_days(series, now)
    series.facilitator = by
    _refuse_clash(series, by, now)
    series.save()
    occurrences.make_missing(series, now)
    inviting.top_up(now, series.occurrences.all())
    return series


@transaction.atomic
def change(*, series: Series, by: User, now: datetime | None = None) -> Series:
    """Save the changed rule, time or place; coming hours that nobody changed on their own follow.

    Days that the rule no longer gives are dropped, or cancelled where somebody counts on them or has prepared them;
    those it gives again are held again. An hour under way stays as it is. Raises Refusal where the same people have
    another hour by then.
    """
    now = now or timezone.now()
    if series.is_ended:
        raise Refusal("series_ended", _("This series has ended. Resume it before you change it."), status=409)
    lock_timetable()
    _refuse_without_days(series, now)
    before = Series.objects.select_for_update().get(pk=series.pk)
    _refuse_clash(series, by, now)
    series.save()
    _note(series, by, "series.changed")
    days = set(occurrences.days_ahead(series, now))
    for session in _coming(series, now).filter(is_individual=False):
        if session.recurs_on in days:
            _follow(session, series, before, is_announced=session.is_announced)
        elif _drop(session, by):
            # Its day belongs to no rule now; `_hold_again` finds it by that.
            StudySession.objects.filter(pk=session.pk).update(recurs_on=None)
    for session in _cancelled_alone(series, now):
        _follow(session, series, before)
    _hold_again(series, before, days, by, now)
    occurrences.make_missing(series, now)
    inviting.top_up(now, series.occurrences.all())
    return series


@transaction.atomic
def end(*, series: Series, by: User, now: datetime | None = None) -> None:
    """No further hours: those nobody counts on go, the others are cancelled and whoever said yes is told.

    An hour under way is held.
    """
    now = now or timezone.now()
    if series.is_ended:
        return
    Series.objects.filter(pk=series.pk).update(ended_at=now)
    series.ended_at = now
    _note(series, by, "series.ended")
    for session in _coming(series, now):
        _drop(session, by)


@transaction.atomic
def resume(*, series: Series, by: User, now: datetime | None = None) -> None:
    """Take the end back. What was cancelled by it is held again, unless its day is no longer in the rule."""
    now = now or timezone.now()
    if not series.is_ended:
        return
    lock_timetable()
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


def _hold_again(series: Series, before: Series, days: set[date], by: User, now: datetime) -> None:
    """What an earlier change of the rule cancelled, where the rule gives the day again."""
    dropped = series.occurrences.filter(
        status=StudySession.Status.CANCELLED, recurs_on=None, local_date__in=days, starts_at__gt=now
    )
    there = set(series.occurrences.filter(recurs_on__in=days).values_list("recurs_on", flat=True))
    for session in dropped:
        if session.local_date not in there:
            session.recurs_on = session.local_date
            # The series may have changed more than once since; what was not announced then is agreed with this.
            for name in SHARED:
                setattr(session, name, getattr(series, name))
            session.save()
            _follow(session, series, before, is_announced=True)
            if not StudySession.objects.clashing_with(session).exists():
                actions.restore(session=session, by=by)


def _refuse_clash(series: Series, by: User, now: datetime) -> None:
    """Raises Refusal if one of the hours ahead would stand on another of the same people.

    A day without a row yet may hold an hour of the series that was moved there: the day is left to it.
    """
    planned = [occurrences.as_planned(series, day) for day in occurrences.days_ahead(series, now)]
    there = set(series.occurrences.values_list("recurs_on", flat=True))
    clashes = [
        (hour, other)
        for hour, other in occurrences.clashes(planned, series)
        if other.series_id != series.pk or hour.recurs_on in there
    ]
    for _hour, other in clashes[:1]:
        day, title = date_format(other.local_date, pgettext("date format", "j F Y")), other.title_for(by)
        message = _("On %(day)s another hour is at the same time for the same people. Choose another time.")
        if title:
            message = _(
                "On %(day)s “%(title)s” is at the same time for the same people. Choose another time."
            )
        raise Refusal("hours_clash", message % {"day": day, "title": title}, status=409)


def _refuse_without_days(series: Series, now: datetime) -> None:
    if not occurrences.days_ahead(series, now):
        raise Refusal(
            "no_days", _("This rule gives no hour within the next 26 weeks. Choose another day or rhythm.")
        )


def _coming(series: Series, now: datetime) -> QuerySet[StudySession]:
    """Held hours ahead, without those under way. A topic of its own marks a draft that has no agenda yet."""
    counted_on = Exists(Rsvp.objects.filter(session=OuterRef("pk"))) | Exists(
        Invitation.objects.filter(session=OuterRef("pk"))
    )
    is_published = Q(published_at__isnull=False)
    is_prepared = Exists(AgendaItem.objects.filter(session=OuterRef("pk"))) | ~Q(public_title="")
    return (
        series.occurrences.held()
        .still_closed(now)
        .annotate(
            is_worth_keeping=counted_on | is_prepared | is_published | Q(is_individual=True),
            is_announced=Q(starts_at__lt=now + ANNOUNCED) & (counted_on | is_published),
        )
    )


def _cancelled_alone(series: Series, now: datetime) -> QuerySet[StudySession]:
    """Called off by a person, not by a rule: held after all, such an hour belongs where its series is by then."""
    rows = series.occurrences.filter(status=StudySession.Status.CANCELLED, is_individual=False)
    return rows.exclude(recurs_on=None).still_closed(now)


def _drop(session: StudySession, by: User) -> bool:
    """Cancel an hour that is worth keeping, else delete it; returns whether it is still there.

    What was not announced yet is none that was agreed and called off.
    """
    if not session.is_worth_keeping:
        session.delete()
        return False
    actions.cancel(session=session, by=by)
    if not (session.is_announced or session.is_moved):
        StudySession.objects.filter(pk=session.pk).update(agreed_at=None)
    return True


def _follow(session: StudySession, series: Series, before: Series, *, is_announced: bool = False) -> None:
    """Take over what the hour had from its series until now; a deputy or a topic of its own stays.

    An announced hour is moved by that; for any other the new time is what is agreed from now on.
    """
    wanted = {
        name: getattr(series, name)
        for name in TAKEN_OVER
        if getattr(session, name) in {getattr(before, name), getattr(series, name)}
    }
    for name in ("title", "public_title"):
        if getattr(session, name) == before.title:
            wanted[name] = series.title
    if all(getattr(session, name) == value for name, value in wanted.items()):
        return
    for name, value in wanted.items():
        setattr(session, name, value)
    if not is_announced:
        session.agreed_at = None
    actions.save_changed(session=session)


def _note(series: Series, by: User, action: str) -> None:
    if by.pk != series.facilitator_id:
        record(actor_key=by.subject_key, action=action, object_type="series", object_id=series.pk)
