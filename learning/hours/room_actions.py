"""What happens in the live room: the agenda's steps, questions and votes, lab tasks done."""

from datetime import datetime
from math import ceil

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.inserting import insert_once
from hub.people.models import User
from hub.refusals import Refusal
from learning.hours.models import LabDone, LabTask, LiveRoom, RoomQuestion, RoomVote, StudySession

MOST_QUESTIONS_A_PERSON = 20
MOST_QUESTIONS = 500
MORE_MINUTES = 5
LONGEST_EXTRA = 240


def refuse_closed(session: StudySession, now: datetime) -> None:
    """Raises Refusal outside the hour and the minutes around it in which one can check in."""
    if not session.is_open(now):
        raise Refusal("room_closed", _("The room is closed. It is open while the hour runs."), status=409)


@transaction.atomic
def go_to_step(*, session: StudySession, step: int, now: datetime | None = None) -> LiveRoom:
    """Start a step of the agenda, counted from 0. Repeating it does not start its time anew."""
    now = now or timezone.now()
    refuse_closed(session, now)
    last = session.agenda.aggregate(last=Max("position"))["last"]
    if last is None or not 0 <= step <= last:
        raise Refusal("no_such_step", _("The agenda has no such step."))
    room, _created = LiveRoom.objects.select_for_update().get_or_create(session=session)
    if room.step != step:
        room.step, room.step_started_at, room.extra_minutes = step, now, 0
        room.save()
    return room


@transaction.atomic
def give_time(*, session: StudySession, step: int, extra: int, now: datetime | None = None) -> LiveRoom:
    """Five minutes more for the step that runs, counted from now where its time is up.

    `extra` is what the caller knows it was given so far: a second press of the same page adds nothing.
    """
    now = now or timezone.now()
    refuse_closed(session, now)
    room = LiveRoom.objects.select_for_update().filter(session=session, step=step).first()
    planned = session.agenda.filter(position=step).values_list("minutes", flat=True).first()
    if room is None or planned is None:
        raise Refusal("other_step", _("Another step is running by now."), status=409)
    if room.extra_minutes == extra:
        lasted = ceil((now - room.step_started_at).total_seconds() / 60)
        room.extra_minutes = min(max(extra, lasted - planned) + MORE_MINUTES, LONGEST_EXTRA)
        room.save()
    return room


@transaction.atomic
def ask(
    *, session: StudySession, user: User, text: str, is_named: bool = False, now: datetime | None = None
) -> RoomQuestion:
    """Put a question to the room. Raises Refusal for an empty one, for too many, and once the room is closed."""
    now = now or timezone.now()
    refuse_closed(session, now)
    text = " ".join(text.replace("\x00", "").split())[:400]
    if not text:
        raise Refusal("empty_question", _("Write your question first."))
    own = session.questions.filter(author=user).count()
    if own >= MOST_QUESTIONS_A_PERSON or session.questions.count() >= MOST_QUESTIONS:
        raise Refusal(
            "too_many_questions",
            _("That are many questions already. Vote for those that matter most to you."),
            status=429,
        )
    question = RoomQuestion.objects.create(
        session=session, author=user, is_named=is_named, text=text, asked_at=now
    )
    RoomVote.objects.create(question=question, user=user)
    return question


def vote(*, question: RoomQuestion, user: User) -> bool:
    """Want it answered too; returns whether it is new. A second vote changes nothing."""
    refuse_closed(question.session, timezone.now())
    return insert_once(RoomVote(question=question, user=user))


def withdraw_question(*, question: RoomQuestion, by: User) -> None:
    """With its votes. Raises Refusal for anybody but its author."""
    if question.author_id != by.pk:
        raise Refusal("not_yours", _("Only whoever asked it can take it away."), status=403)
    refuse_closed(question.session, timezone.now())
    question.delete()


def take_vote_back(*, question: RoomQuestion, user: User) -> None:
    refuse_closed(question.session, timezone.now())
    RoomVote.objects.filter(question=question, user=user).delete()


def hide(*, question: RoomQuestion, is_hidden: bool = True) -> None:
    """For whoever runs the hour: nobody else sees it any more, and it can be shown again."""
    hidden_at = timezone.now() if is_hidden else None
    RoomQuestion.objects.filter(pk=question.pk).update(hidden_at=hidden_at)


def settle(*, question: RoomQuestion, is_answered: bool = True) -> None:
    answered_at = timezone.now() if is_answered else None
    RoomQuestion.objects.filter(pk=question.pk).update(answered_at=answered_at)


def moderate(*, question: RoomQuestion, do: str) -> None:
    """hide | show | answered | open; raises Refusal for anything else."""
    if do in {"hide", "show"}:
        hide(question=question, is_hidden=do == "hide")
    elif do in {"answered", "open"}:
        settle(question=question, is_answered=do == "answered")
    else:
        raise Refusal("unknown_act", _("This button is unknown here. Reload the page."))


def do_task(*, task: LabTask, user: User, now: datetime | None = None) -> LabDone:
    """Note that it is done, once; the first time stays."""
    now = now or timezone.now()
    refuse_closed(task.session, now)
    done = LabDone(task=task, user=user, done_at=now)
    return done if insert_once(done) else LabDone.objects.get(task=task, user=user)


def undo_task(*, task: LabTask, user: User) -> None:
    refuse_closed(task.session, timezone.now())
    LabDone.objects.filter(task=task, user=user).delete()
