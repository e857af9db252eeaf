"""The way to catch up for whoever was not there: material, quiz, and the lab's tasks alone, for four weeks.

It gives no attendance and no streak, only the word that one has caught up.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.inserting import insert_once
from hub.people.models import User
from hub.refusals import Refusal
from learning.hours.launchers import give_launchers
from learning.hours.models import LabDone, LabTask, StudySession
from learning.hours.plans import quiz_of
from learning.notebooks.models import Attempt, StudyAid

OPEN_FOR = timedelta(weeks=4)  # after the hour


@dataclass(frozen=True)
class CatchUp:
    """`tasks` with whether each is done; a part that the hour does not have is not asked for."""

    tasks: tuple[tuple[LabTask, bool], ...]
    quiz: StudyAid | None
    has_tried_quiz: bool

    @property
    def has_parts(self) -> bool:
        return bool(self.tasks or self.quiz)

    @property
    def is_done(self) -> bool:
        tried = not self.tasks or any(done for _task, done in self.tasks)
        return self.has_parts and tried and (self.quiz is None or self.has_tried_quiz)


def can_catch_up(session: StudySession, user: User, now: datetime) -> bool:
    """Once the room is closed, for whoever did not check in. One query."""
    is_over = session.phase(now) == "after" and not session.is_open(now)
    if not is_over or now >= session.ends_at + OPEN_FOR:
        return False
    return not session.attendances.filter(user=user).exists()


def path_of(session: StudySession, user: User) -> CatchUp:
    """What there is to do, and what of it this person has done."""
    done = set(LabDone.objects.filter(task__session=session, user=user).values_list("task_id", flat=True))
    own = StudyAid.objects.visible_to(user).released().filter(pk=session.quiz_id, kind="quiz").first()
    quiz = own or quiz_of(session.notebook, user)
    tried = (
        quiz is not None and Attempt.objects.filter(aid=quiz, learner=user, answers__isnull=False).exists()
    )
    tasks = list(session.lab.select_related("tool")) if session.shows_topic else []
    give_launchers(tasks)
    return CatchUp(tuple((task, task.pk in done) for task in tasks), quiz, tried)


def do_task(*, task: LabTask, user: User, now: datetime | None = None) -> None:
    """Note that it is done, once. Raises Refusal for whoever was there, and after four weeks."""
    now = now or timezone.now()
    _refuse_closed(task, user, now)
    insert_once(LabDone(task=task, user=user, done_at=now))


def undo_task(*, task: LabTask, user: User) -> None:
    _refuse_closed(task, user, timezone.now())
    LabDone.objects.filter(task=task, user=user).delete()


def _refuse_closed(task: LabTask, user: User, now: datetime) -> None:
    if not can_catch_up(task.session, user, now):
        raise Refusal(
            "catch_up_closed",
            _("Tasks are noted in the hour, and for four weeks by whoever was not there."),
            status=409,
        )
