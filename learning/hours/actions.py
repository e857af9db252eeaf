"""What happens around an hour: planning, replying, checking in, cancelling."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hub.audit.actions import record
from hub.inserting import insert_once
from hub.notices.actions import notify, notify_all
from hub.people.models import User
from hub.refusals import Refusal
from learning.hours import codes, inviting, posting
from learning.hours.calendar_events import shown_of
from learning.hours.models import DOORS_OPEN, Attendance, CodeAttempt, Rsvp, StudySession
from learning.hours.timetable import lock_timetable


def reply(
    *,
    session: StudySession,
    user: User,
    reply: str,
    intention: str = "",
    where: str = "",
    is_announced: bool = False,
) -> Rsvp:
    """Keep the reply. Only an executive who comes is announced, and only on their own wish."""
    if session.phase() in {"after", "cancelled"}:
        raise Refusal(
            "session_over", _("This hour is over or was cancelled, so replies are closed."), status=409
        )
    announced = is_announced and user.is_executive and reply == Rsvp.Reply.YES
    rsvp, _created = Rsvp.objects.update_or_create(
        session=session,
        user=user,
        defaults={"reply": reply, "intention": intention, "where": where, "is_announced": announced},
    )
    return rsvp


def _count_wrong(session: StudySession, user: User, now: datetime) -> None:
    with transaction.atomic():
        CodeAttempt.objects.get_or_create(session=session, user=user, defaults={"last_at": now})
        attempt = CodeAttempt.objects.select_for_update().get(session=session, user=user)
        attempt.wrong = 1 if attempt.is_forgotten(now) else attempt.wrong + 1
        attempt.last_at = now
        attempt.save()


def check_in(
    *,
    session: StudySession,
    user: User,
    code: str,
    is_remote: bool = False,
    is_locked: bool | None = None,
    now: datetime | None = None,
) -> tuple[Attendance, bool]:
    """Record the attendance; its points follow within seconds. Returns (attendance, whether it is new).

    Repeating it has no second effect. Raises Refusal for a wrong or expired code, outside the hour, and where the
    person guessed too often: `is_locked` where that is known already.
    """
    now = now or timezone.now()
    closed = _closed(session, now)
    match = (
        codes.match(session.code_secret, code, now, session.starts_at - DOORS_OPEN) if not closed else None
    )
    if match is not codes.Match.VALID and (
        existing := Attendance.objects.filter(session=session, user=user).first()
    ):
        return existing, False
    if closed:
        raise closed
    if is_locked is None:
        is_locked = CodeAttempt.objects.locked(now).filter(session=session, user=user).exists()
    if is_locked:
        message = _(
            "That was not the code several times in a row. Look at the screen and try again in ten minutes."
        )
        raise Refusal("too_many_attempts", message, status=429)
    if match is codes.Match.VALID:
        return record_attendance(session=session, user=user, at=now, is_remote=is_remote)
    if match is codes.Match.EXPIRED:  # no guess: only too slow
        raise Refusal("expired_code", _("This code has expired. Use the one that the screen shows now."))
    _count_wrong(session, user, now)
    raise Refusal(
        "wrong_code",
        _("That is not the code on the screen. It has six digits and changes every ten seconds."),
    )


def _closed(session: StudySession, now: datetime) -> Refusal | None:
    """Why nobody can check in now."""
    if session.is_cancelled:
        return Refusal("session_cancelled", _("This hour was cancelled, so nobody can check in."), status=409)
    if session.is_open(now):
        return None
    if now < session.starts_at:
        message = _("Check-in opens ten minutes before the hour begins.")
        return Refusal("not_open_yet", message, status=409)
    message = _("Check-in for this hour has closed. You can still catch up on its page.")
    return Refusal("closed", message, status=409)


def record_attendance(
    *, session: StudySession, user: User, at: datetime, is_remote: bool = False
) -> tuple[Attendance, bool]:
    """Write the row, which is itself the order to post its points; a concurrent twin finds it there."""
    attendance = Attendance(session=session, user=user, checked_in_at=at, is_remote=is_remote)
    if not insert_once(attendance):
        return Attendance.objects.get(session=session, user=user), False
    transaction.on_commit(partial(posting.wake, session.pk))
    return attendance, True


def _tell_those_coming(session: StudySession, kind: str, version: str) -> None:
    notify_all(
        user_ids=session.rsvps.filter(reply=Rsvp.Reply.YES).values_list("user_id", flat=True),
        kind=kind,
        dedupe_key=f"{kind}:{session.pk}:{version}",
        facts={"title": session.shown_title, "at": session.starts_at.isoformat()},
        path=f"/hours/{session.pk}/",
    )


def show_code(*, session: StudySession, user: User, now: datetime) -> str | None:
    """The code on the screen now, None while the doors are closed. A look at somebody else's is audited."""
    if not session.is_open(now):
        return None
    if not session.is_run_by(user):
        record(
            actor_key=user.subject_key,
            action="session.code_seen",
            object_type="session",
            object_id=session.pk,
        )
    return codes.code_at(session.code_secret, now)


@transaction.atomic
def plan(*, session: StudySession, by: User) -> StudySession:
    """A single hour, run by whoever plans it. Raises Refusal if the same people have another at that time."""
    lock_timetable()
    session.facilitator = by
    session.set_moments()
    refuse_clash(session, by)
    session.save()
    inviting.follow(session)
    return session


@transaction.atomic
def move(*, session: StudySession, by: User) -> StudySession:
    """Save changed fields of one hour; its series then leaves it alone.

    Whoever said yes is told when date, time or zone changed. Raises Refusal for an hour that has taken place,
    as attendance and streaks hang on when it was, for a time at which the same people have another, and for another
    time or other people once the doors are open.
    """
    lock_timetable()
    before = StudySession.objects.select_for_update().get(pk=session.pk)
    if before.phase() == "after":
        raise Refusal(
            "session_over", _("This hour has taken place and can no longer be changed."), status=409
        )
    session.set_moments()
    if before.is_under_way(timezone.now()):
        _refuse_under_way(before, session)
    refuse_clash(session, by)
    session.is_individual = session.is_individual or session.series_id is not None
    _note_if_not_own(session, by, "session.changed")
    return save_changed(session=session)


def _refuse_under_way(before: StudySession, session: StudySession) -> None:
    """Raises Refusal for another time, and for other people: whoever is in would be put out."""
    if session.starts_at != before.starts_at:
        message = _("The doors are open, or somebody has checked in: this hour stays when it is.")
        raise Refusal("session_running", message, status=409)
    if (session.team_id, session.site_id) != (before.team_id, before.site_id):
        message = _(
            "The doors are open, or somebody has checked in: this hour stays for the people it is for."
        )
        raise Refusal("session_running", message, status=409)


def refuse_clash(session: StudySession, by: User) -> None:
    """Raises Refusal if the same people have another hour at that time. Names it only to whoever may see it."""
    other = StudySession.objects.clashing_with(session).order_by("starts_at").first()
    if other is None:
        return
    message = _("Another hour is at the same time for the same people. Choose another time.")
    if title := other.title_for(by):
        message = _("“%(title)s” is at the same time for the same people. Choose another time.") % {
            "title": title
        }
    raise Refusal("hours_clash", message, status=409)


def save_changed(*, session: StudySession) -> StudySession:
    """Save what has changed and tell whoever said yes if the time of an hour that is held did. In a transaction.

    The next SEQUENCE, and with it a mail to whoever has the hour in the calendar, comes with what calendars show.
    """
    before = StudySession.objects.get(pk=session.pk)
    if shown_of(session) != shown_of(before):
        session.sequence = before.sequence + 1
        session.changed_at = timezone.now()
    session.save()
    inviting.follow(session)
    if session.starts_at != before.starts_at and not session.is_cancelled:
        _tell_those_coming(session, "session_moved", session.starts_at.isoformat())
    return session


def _note_if_not_own(session: StudySession, by: User, action: str) -> None:
    if not session.is_run_by(by):
        record(actor_key=by.subject_key, action=action, object_type="session", object_id=session.pk)


def _set_status(session: StudySession, status: str) -> None:
    session.status = status
    session.sequence += 1
    session.changed_at = timezone.now()
    session.save()
    inviting.follow(session)


@transaction.atomic
def cancel(*, session: StudySession, by: User, is_sure: bool = False) -> None:
    """Whoever said yes is told. Raises Refusal once it is over, and while people are inside unless one is sure."""
    if session.phase() == "after":
        raise Refusal(
            "session_over", _("This hour has already taken place and cannot be cancelled."), status=409
        )
    if session.is_cancelled:
        return
    inside = 0 if is_sure else session.attendances.count()
    if inside:
        message = ngettext(
            "%(n)s person has checked in. Cancelling closes the room for everybody.",
            "%(n)s people have checked in. Cancelling closes the room for everybody.",
            inside,
        )
        raise Refusal("people_inside", message % {"n": inside}, status=409)
    _set_status(session, StudySession.Status.CANCELLED)
    record(actor_key=by.subject_key, action="session.cancelled", object_type="session", object_id=session.pk)
    _tell_those_coming(session, "session_cancelled", timezone.now().isoformat())


@transaction.atomic
def restore(*, session: StudySession, by: User) -> None:
    """Hold it after all. Raises Refusal once its time has passed, and where the same people have another by now."""
    if not session.is_cancelled:
        return
    lock_timetable()
    if session.ends_at <= timezone.now():
        raise Refusal(
            "session_over", _("Its time has passed: this hour stays as it was, cancelled."), status=409
        )
    refuse_clash(session, by)
    _set_status(session, StudySession.Status.PLANNED)
    record(actor_key=by.subject_key, action="session.restored", object_type="session", object_id=session.pk)
    _tell_those_coming(session, "session_restored", timezone.now().isoformat())


@transaction.atomic
def hand_over(*, session: StudySession, deputy: User | None, by: User) -> None:
    """Give the hour to a deputy, who may do all that whoever runs it may; None takes it back."""
    if session.deputy_id == (deputy.pk if deputy else None):
        return
    session.deputy = deputy
    StudySession.objects.filter(pk=session.pk).update(deputy=deputy)
    inviting.follow(session)  # who runs it is invited, who no longer does may not be
    _note_if_not_own(session, by, "session.handed_over")
    if deputy:
        notify(
            user=deputy,
            kind="session_handed_over",
            dedupe_key=f"session_handed_over:{session.pk}:{timezone.now().isoformat()}",
            facts={"title": session.title, "name": by.get_full_name()},
            path=f"/hours/{session.pk}/",
        )
