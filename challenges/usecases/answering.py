"""How a proposal is answered, and how whoever moderates hides something."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.processes.models import Process
from challenges.usecases import telling
from challenges.usecases.becoming import make_outcome, not_taken_further, path_of_process
from challenges.usecases.models import ANSWER_DAYS, Comment, UseCase, may_moderate
from hub.audit.actions import record
from hub.people.models import User
from hub.refusals import Refusal

Answer = UseCase.Answer
DRAFT_DAYS = 28  # in which a pilot is started, or a process shared


@transaction.atomic
def answer(
    *,
    use_case: UseCase,
    user: User,
    answer: str,
    text: str = "",
    process: Process | None = None,
    now: datetime | None = None,
) -> UseCase:
    """Say what becomes of it, once; `process` is one that this person owns already, in place of a new one.

    Raises Refusal for a no without a reason, a second answer, and what is not offered.
    """
    row = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if not row.can_be_answered_by(user):
        raise PermissionDenied
    if row.is_answered:
        raise Refusal("answered", _("It has been answered meanwhile. Nothing was changed."), status=409)
    if not row.is_standing:
        raise Refusal("gone", _("This proposal was taken away meanwhile."), status=409)
    row.answer_text = text.strip()
    if answer == Answer.NO:
        if not row.answer_text:
            raise Refusal("no_reason", _("Say why not: whoever proposed it reads your reason."))
    elif answer == Answer.PROCESS and process:
        if process.owner_id != user.pk:
            raise Refusal("not_your_process", _("Choose a process of your own, or begin a new one."))
        row.became = path_of_process(process)
    else:
        row.became = make_outcome(answer, use_case=row, user=user)
    row.answer, row.answered_by, row.answered_at = answer, user, now or timezone.now()
    row.save(update_fields=["answer", "answer_text", "answered_by", "answered_at", "became"])
    telling.tell_author_of_answer(row)
    return row


def reopen_not_taken_further(now: datetime | None = None) -> int:
    """An answer holds for DRAFT_DAYS without anybody seeing what it led to; after that, and where that is gone, the
    proposal waits again. Safe to run at any time; returns how many do.
    """
    now = now or timezone.now()
    answered = UseCase.objects.standing().exclude(became="")
    since = answered.filter(answered_at__lt=now - timedelta(days=DRAFT_DAYS))
    late = not_taken_further(since.only("pk", "answer", "became"))
    for use_case in late:
        reopen(use_case=use_case, today=timezone.localdate(now))
    return len(late)


@transaction.atomic
def reopen(*, use_case: UseCase, today: date | None = None) -> None:
    """What it became was not taken further: it waits for an answer again, which is due anew. Whoever answers and its
    author are told at once. Nothing happens where it has been answered anew meanwhile.
    """
    today = today or timezone.localdate()
    row = UseCase.objects.select_for_update().get(pk=use_case.pk)
    if row.became != use_case.became:
        return
    row.answer = row.answer_text = row.became = ""
    row.answered_by = row.answered_at = None
    row.answer_due_on = today + timedelta(days=ANSWER_DAYS)
    row.save(update_fields=["answer", "answer_text", "answered_by", "answered_at", "became", "answer_due_on"])
    if row.is_standing:
        telling.tell_of_reopening(row, timezone.now())


@transaction.atomic
def hide(*, row: UseCase | Comment, by: User, reason: str) -> None:
    """Take it from everybody but its author, who is told why. Repeating it has no second effect."""
    _check_moderator(by)
    reason = " ".join(reason.split())
    if not reason:
        raise Refusal("no_reason", _("Say why: whoever wrote it reads your reason."))
    hidden = {"hidden_at": timezone.now(), "hidden_by": by, "hidden_reason": reason}
    if type(row).objects.filter(pk=row.pk, hidden_at=None).update(**hidden):
        _record("hidden", row, by)
        telling.tell_author_of_hiding(row, reason, hidden["hidden_at"])


@transaction.atomic
def show_again(*, row: UseCase | Comment, by: User) -> None:
    _check_moderator(by)
    shown = {"hidden_at": None, "hidden_by": None, "hidden_reason": ""}
    if type(row).objects.filter(pk=row.pk).exclude(hidden_at=None).update(**shown):
        _record("shown", row, by)


def _check_moderator(user: User) -> None:
    if not may_moderate(user):
        raise PermissionDenied


def _record(what: str, row: UseCase | Comment, by: User) -> None:
    name = row._meta.model_name
    record(
        actor_key=by.subject_key, action=f"{name}.{what}", object_type=row._meta.label_lower, object_id=row.pk
    )
