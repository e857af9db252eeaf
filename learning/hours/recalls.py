"""Recall quizzes 1, 3 and 5 weeks after an attended hour: three to five of its questions, offered for four weeks.

What was not done falls away in silence; nobody is reminded of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from learning.hours.models import Attendance, Recall, StudySession
from learning.hours.plans import quiz_of
from learning.notebooks import quizzing
from learning.notebooks.models import Attempt, StudyAid

WEEKS = (1, 3, 5)
OFFERED_FOR = timedelta(weeks=4)
LOOKS_BACK = timedelta(weeks=5)  # what a worker that stood still makes up for
MOST_AT_ONCE = 2000


@dataclass(frozen=True)
class Offer:
    """`questions` that hold today; `weeks` since the hour; `has_begun` while some of them are answered."""

    session: StudySession
    questions: int
    weeks: int
    has_begun: bool


def make_missing(now: datetime) -> int:
    """Three rows for each attendance of the last weeks' hours that have a quiz. Repeating it has no second effect."""
    has_quiz = Q(session__quiz__isnull=False) | Q(
        session__notebook__aids__kind="quiz", session__notebook__aids__released_at__isnull=False
    )
    there = Attendance.objects.filter(
        has_quiz, session__ends_at__gte=now - LOOKS_BACK, session__ends_at__lte=now
    )
    made_before = Recall.objects.filter(session=OuterRef("session"), user=OuterRef("user"))
    missing = there.filter(~Exists(made_before)).distinct()
    made = 0
    for attendance in missing.select_related("session").order_by("pk")[:MOST_AT_ONCE]:
        made += len(_make(attendance))
    return made


def _make(attendance: Attendance) -> list[Recall]:
    day = attendance.session.local_date
    return Recall.objects.bulk_create(
        [
            Recall(
                session=attendance.session,
                user_id=attendance.user_id,
                weeks=weeks,
                due_on=day + timedelta(weeks=weeks),
            )
            for weeks in WEEKS
        ],
        ignore_conflicts=True,
    )


def settle() -> int:
    """Note as done what was finished on the notebook's own pages. Two queries and one for each."""
    finished = Recall.objects.filter(done_at=None, attempt__finished_at__isnull=False).select_related(
        "attempt"
    )
    for recall in finished:
        Recall.objects.filter(pk=recall.pk).update(done_at=recall.attempt.finished_at)
    return len(finished)


def _waiting(user: User, today: date) -> list[Recall]:
    """Of each hour the latest that is due, unless it is done; the latest first."""
    rows = Recall.objects.filter(user=user, due_on__lte=today, due_on__gt=today - OFFERED_FOR)
    rows = rows.filter(session__in=StudySession.objects.visible_to(user))
    latest: dict[UUID, Recall] = {}
    for recall in rows.select_related("session", "attempt").order_by("-due_on", "pk"):
        latest.setdefault(recall.session_id, recall)
    return [recall for recall in latest.values() if not _is_done(recall)]


def _is_done(recall: Recall) -> bool:
    return recall.done_at is not None or bool(recall.attempt and recall.attempt.finished_at)


def offer_of(user: User, now: datetime, session: StudySession | None = None) -> Offer | None:
    """The latest that can be asked, of this hour or of any. One query while nothing is due."""
    today = _today(user, now)
    for recall in _waiting(user, today):
        if session is not None and recall.session_id != session.pk:
            continue
        if recall.attempt_id and quizzing.next_item(recall.attempt):
            questions = len(recall.attempt.items)
        else:
            quiz = _quiz_for(recall.session, user)
            questions = len(quizzing.some_of(aid=quiz, learner=user)) if quiz else 0
        if questions:
            weeks = max(1, (today - recall.session.local_date).days // 7)
            return Offer(recall.session, questions, weeks, has_begun=recall.attempt_id is not None)
    return None


def begin(*, session: StudySession, user: User, now: datetime | None = None) -> Attempt:
    """The short attempt of what is due from this hour, or the one begun. Raises Refusal if nothing is."""
    nothing = Refusal("nothing_due", _("No questions of this hour are due for you now."), status=409)
    waiting = _waiting(user, _today(user, now or timezone.now()))
    recall = next((row for row in waiting if row.session_id == session.pk), None)
    if recall is None:
        raise nothing
    if recall.attempt_id and quizzing.next_item(recall.attempt):
        return recall.attempt
    quiz = _quiz_for(session, user)
    if quiz is None:
        raise nothing
    attempt = quizzing.begin_some(aid=quiz, learner=user)
    Recall.objects.filter(pk=recall.pk).update(attempt=attempt)
    return attempt


def _quiz_for(session: StudySession, user: User) -> StudyAid | None:
    """The hour's own quiz if the person may take it, else one of its notebook."""
    own = StudyAid.objects.visible_to(user).released().filter(pk=session.quiz_id, kind="quiz").first()
    return own or quiz_of(session.notebook, user)


def _today(user: User, now: datetime) -> date:
    return now.astimezone(ZoneInfo(user.time_zone)).date()
