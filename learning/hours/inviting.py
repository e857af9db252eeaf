"""Who gets which invitation by mail: brings every calendar up to date about an hour, as rows that are sent later.

Everything here may run twice and at once. Someone holds an hour if the last row about it is a request.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hub.jobs import send
from hub.people.models import User
from learning.hours.models import CalendarChoice, Invitation, StudySession

Method = Invitation.Method
AHEAD = timedelta(weeks=5)
# Whoever corrects an hour a few times in a row sends one mail, unless it begins soon.
SETTLES = timedelta(minutes=10)
SOON = timedelta(hours=2)
BATCH = 500
TASK = "learning.hours.tasks.send_invitation"
MOST_WOKEN = 200  # a sweep


@transaction.atomic
def set_wanted(*, user: User, wants_mail: bool, now: datetime | None = None) -> CalendarChoice:
    """Switch invitations on or off; each row that follows is made here."""
    now = now or timezone.now()
    CalendarChoice.objects.get_or_create(user=user)
    choice = CalendarChoice.objects.select_for_update().get(user=user)
    if choice.wants_mail != wants_mail:
        choice.wants_mail, choice.changed_at = wants_mail, now
        choice.save()
        (queue_for_person if wants_mail else withdraw_for_person)(user, now)
    return choice


def queue_for_person(user: User, now: datetime) -> int:
    """Requests for all hours of the next five weeks that this person does not hold yet. Two queries and a write."""
    coming = StudySession.objects.visible_to(user).upcoming(now).filter(starts_at__lt=now + AHEAD)
    last = _last_of(Invitation.objects.filter(user=user, session__ends_at__gt=now), "session_id")
    rows = [
        _next(session, user.pk, last.get(session.pk), Method.REQUEST, now)
        for session in coming
        if not _is_current(last.get(session.pk), session)
    ]
    return _queue(rows)


def withdraw_for_person(user: User, now: datetime) -> int:
    """A cancellation for every coming hour that this person holds, so that nothing stays in the calendar."""
    told = Invitation.objects.filter(user=user, session__ends_at__gt=now).select_related("session")
    held = [row for row in _last_of(told, "session_id").values() if row.method == Method.REQUEST]
    return _queue([_next(row.session, user.pk, row, Method.CANCEL, now) for row in held])


def follow(session: StudySession, now: datetime | None = None) -> int:
    """After any change of an hour: new requests, and a cancellation for whoever holds it and no longer should."""
    now = now or timezone.now()
    if session.ends_at <= now:
        return 0
    last = _last_of(Invitation.objects.filter(session=session), "user_id")
    is_near = session.starts_at < now + AHEAD
    if not last and (session.is_cancelled or not is_near):
        return 0
    wanting = set() if session.is_cancelled else _who_want(session)
    holding = {pk for pk, row in last.items() if row.method == Method.REQUEST}
    rows = [
        _next(session, pk, last.get(pk), Method.REQUEST, now)
        for pk in sorted(wanting if is_near else wanting & holding)
        if not _is_current(last.get(pk), session)
    ]
    rows += [_next(session, pk, last[pk], Method.CANCEL, now) for pk in sorted(holding - wanting)]
    at = now + SETTLES if session.starts_at > now + SOON else None
    for row in rows:
        row.leased_until = at
    return _queue(rows)


def top_up(now: datetime | None = None, sessions: Iterable[StudySession] | None = None) -> int:
    """Five weeks of invitations again, and cancellations for whoever left the company or the team."""
    now = now or timezone.now()
    among = StudySession.objects.all() if sessions is None else sessions
    near = Q(status=StudySession.Status.PLANNED, starts_at__lt=now + AHEAD)
    told = Q(pk__in=Invitation.objects.values("session_id"))
    return sum(follow(session, now) for session in among.filter(near | told, ends_at__gt=now))


def asked_for_mail(session: StudySession) -> int:
    """How many of those invited get the hour by mail."""
    return len(_who_want(session))


def is_wanted(session: StudySession, user: User) -> bool:
    return user.pk in _who_want(session, user.pk)


def _who_want(session: StudySession, pk: int | None = None) -> set[int]:
    """Ids of those invited who asked for mail: `visible_to` seen from the hour. One query."""
    people = User.objects.active().filter(calendar_choice__wants_mail=True)
    runs = Q(pk=session.facilitator_id) | Q(pk=session.deputy_id)
    if session.team_id:
        people = people.filter(Q(team__lineage__contains=f"/{session.team_id}/") | runs)
    elif session.site_id:
        people = people.filter(Q(team__site_id=session.site_id) | runs)
    if pk is not None:
        people = people.filter(pk=pk)
    return set(people.values_list("pk", flat=True))


def _last_of(rows: Iterable[Invitation], by: str) -> dict[object, Invitation]:
    return {getattr(row, by): row for row in rows.order_by("sequence", "created_at")}


def _is_current(row: Invitation | None, session: StudySession) -> bool:
    return (
        row is not None
        and row.method == Method.REQUEST
        and row.sequence >= session.sequence
        and row.created_at >= session.changed_at
    )


def _next(
    session: StudySession, user_id: int, before: Invitation | None, method: str, now: datetime
) -> Invitation:
    """Its SEQUENCE is the hour's, or one more than what this person was told: calendars ignore what is older."""
    sequence = session.sequence if before is None else max(session.sequence, before.sequence + 1)
    return Invitation(
        session=session,
        user_id=user_id,
        method=method,
        sequence=sequence,
        created_at=max(now, session.changed_at),
    )


def _queue(rows: list[Invitation]) -> int:
    Invitation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return len(rows)


def wake_invitations(now: datetime) -> int:
    """For the sweep: a task for every invitation that is due and that nobody is sending; returns how many."""
    waiting = Invitation.objects.claimable(now).order_by("created_at").values_list("pk", flat=True)
    found = list(waiting[:MOST_WOKEN])
    for invitation_id in found:
        send(TASK, invitation_id)
    return len(found)
