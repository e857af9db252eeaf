"""The live quiz: whoever runs the hour opens and closes one question after another; one answer a person.

How the answers are spread is shown after closing and from five answers on. Speed earns nothing.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from learning.hours.models import QuizAnswer, QuizRound, StudySession
from learning.hours.room_actions import refuse_closed
from learning.notebooks.models import AidItem

SHOWN_FROM = 5


@dataclass(frozen=True)
class Spread:
    """How many chose each option; `counts` is None below five answers."""

    answered: int
    counts: tuple[int, ...] | None


def askable(session: StudySession) -> list[AidItem]:
    """The quiz's questions with options that hold today and were not asked yet, in order."""
    if session.quiz_id is None:
        return []
    asked = session.rounds.values("item")
    items = AidItem.objects.holding().filter(aid_id=session.quiz_id, kind="multiple_choice")
    return list(items.exclude(pk__in=asked).order_by("position"))


def open_next(*, session: StudySession, after: str | None = None) -> QuizRound:
    """Close what is open and put the next question to the room. Raises Refusal if there is none.

    With `after`, the id of the newest question that the caller knows, a second press of the same page does nothing.
    """
    refuse_closed(session, timezone.now())
    newest = session.rounds.order_by("-opened_at").first()
    if after is not None and newest is not None and str(newest.pk) != after:
        return newest
    waiting = askable(session)
    if not waiting:
        raise Refusal("no_question_left", _("Every question of this quiz has been asked."), status=409)
    try:
        with transaction.atomic():
            close(session=session)
            return QuizRound.objects.create(session=session, item=waiting[0])
    except IntegrityError:  # pressed twice at once
        return session.rounds.get(closed_at=None)


def close(*, session: StudySession) -> None:
    session.rounds.filter(closed_at=None).update(closed_at=timezone.now())


def answer(*, round_: QuizRound, user: User, option: int) -> QuizAnswer:
    """The first answer stays. Raises Refusal for an option that is not there and once the round is closed."""
    refuse_closed(round_.session, timezone.now())
    if not 0 <= option < len(round_.item.data["options"]):
        raise Refusal("no_such_option", _("Choose one of the answers."))
    try:
        with transaction.atomic():
            if not QuizRound.objects.select_for_update().filter(pk=round_.pk, closed_at=None).exists():
                raise Refusal("round_closed", _("This question is closed. The next one comes."), status=409)
            return QuizAnswer.objects.create(round=round_, user=user, option=option)
    except IntegrityError:
        return QuizAnswer.objects.get(round=round_, user=user)


def spread_of(round_: QuizRound) -> Spread:
    """One query."""
    counts = Counter(round_.answers.values_list("option", flat=True))
    answered = sum(counts.values())
    if round_.closed_at is None or answered < SHOWN_FROM:
        return Spread(answered, None)
    return Spread(answered, tuple(counts[n] for n in range(len(round_.item.data["options"]))))
