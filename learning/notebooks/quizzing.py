"""A learner's way through a quiz: begun, answered item by item, finished. Only the learner sees it.

A test takes one answer an item. A guided path goes from easy to hard and asks until it is right: after
the first miss it narrows the question, after the second it shows the passage, after the third the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.people.models import User
from hub.refusals import Refusal
from learning.notebooks.grading import is_right
from learning.notebooks.models import AidItem, Attempt, AttemptAnswer, StudyAid

MOST_TRIES = 3
FEWEST_AT_ONCE, MOST_AT_ONCE = 3, 5  # in a short test


@dataclass(frozen=True)
class Result:
    """`right` of `asked` at the first try."""

    asked: int
    right: int


def begin(*, aid: StudyAid, learner: User, is_guided: bool = False) -> Attempt:
    """The open attempt of this learner, or a new one. Raises Refusal if nothing can be asked."""
    items = list(AidItem.objects.holding().filter(aid=aid).order_by("position"))
    if not items:
        raise Refusal("nothing_to_ask", _("Nothing of this quiz holds at the moment."), status=409)
    if is_guided:
        items.sort(key=lambda item: item.data.get("level", 2))
    open_ones = Attempt.objects.filter(aid=aid, learner=learner, is_guided=is_guided, finished_at=None)
    try:
        with transaction.atomic():
            attempt, _new = open_ones.get_or_create(
                aid=aid,
                learner=learner,
                is_guided=is_guided,
                finished_at=None,
                defaults={"items": [str(item.pk) for item in items]},
            )
    except IntegrityError:
        attempt = open_ones.get()
    return attempt


def begin_some(*, aid: StudyAid, learner: User) -> Attempt:
    """A short test over `some_of` the quiz. One that is open ends here: what it had answered is not asked again first.

    Raises Refusal if nothing can be asked.
    """
    items = some_of(aid=aid, learner=learner)
    if not items:
        raise Refusal("nothing_to_ask", _("Nothing of this quiz holds at the moment."), status=409)
    with transaction.atomic():
        open_ones = Attempt.objects.filter(aid=aid, learner=learner, is_guided=False, finished_at=None)
        open_ones.update(finished_at=timezone.now())
        return Attempt.objects.create(aid=aid, learner=learner, items=[str(pk) for pk in items])


def some_of(*, aid: StudyAid, learner: User) -> list[UUID]:
    """Three to five items that hold, those first that were last answered wrong or never asked. Two queries."""
    holding = AidItem.objects.holding().filter(aid=aid).order_by("position").values_list("pk", flat=True)
    answers = AttemptAnswer.objects.filter(attempt__learner=learner, item__aid=aid).order_by(
        "answered_at", "pk"
    )
    last = {
        item: (is_right, at) for item, is_right, at in answers.values_list("item", "is_right", "answered_at")
    }
    return choose(list(holding), last)


def choose(items: Sequence[UUID], last: Mapping[UUID, tuple[bool, datetime]]) -> list[UUID]:
    """Wrong ones, then never asked ones, then right ones, the longest ago first: five, or three if all were right."""
    wrong = [item for item in items if item in last and not last[item][0]]
    new = [item for item in items if item not in last]
    right = sorted((item for item in items if item in last and last[item][0]), key=lambda item: last[item][1])
    wanted = min(MOST_AT_ONCE, max(FEWEST_AT_ONCE, len(wrong) + len(new)))
    return [*wrong, *new, *right][:wanted]


def next_item(attempt: Attempt) -> AidItem | None:
    """The first one that is not answered yet and still holds; None at the end."""
    done = settled(attempt)
    waiting = [UUID(pk) for pk in attempt.items if pk not in done]
    holding = AidItem.objects.holding().in_bulk(waiting)
    return next((holding[pk] for pk in waiting if pk in holding), None)


@transaction.atomic
def answer(*, attempt: Attempt, item: AidItem | None, given: str) -> AttemptAnswer:
    """Keep the answer; a repeated one changes nothing in a test and counts as a try in a guided path.

    Raises Refusal for an empty answer, an item that is not asked, and an attempt that is finished.
    """
    given = " ".join(given.replace("\x00", "").split())[:400]
    if not given:
        raise Refusal("empty_answer", _("Give an answer first, even if you have to guess."))
    if item is None or attempt.finished_at is not None or str(item.pk) not in attempt.items:
        raise Refusal("not_asked", _("This is not asked any more. Go on with the next one."), status=409)
    right = is_right(item.kind, item.data, given)
    kept, is_new = AttemptAnswer.objects.get_or_create(
        attempt=attempt,
        item=item,
        defaults={"given": given, "is_right": right, "is_solved": right or not attempt.is_guided},
    )
    if not is_new and attempt.is_guided and not kept.is_solved:
        solved = right or kept.tries + 1 >= most_tries(item)
        AttemptAnswer.objects.filter(pk=kept.pk, tries=kept.tries).update(
            given=given, tries=F("tries") + 1, is_solved=solved
        )
        kept.refresh_from_db()
    finish_if_done(attempt)
    return kept


def most_tries(item: AidItem) -> int:
    """Of two options that are left after the first miss the second miss tells the right one."""
    return 2 if item.kind == "multiple_choice" else MOST_TRIES


def settled(attempt: Attempt) -> set[str]:
    """The items that are done with."""
    rows = attempt.answers.filter(is_solved=True) if attempt.is_guided else attempt.answers
    return {str(pk) for pk in rows.values_list("item", flat=True)}


def finish_if_done(attempt: Attempt) -> None:
    """Once every item is answered. One whose passage is gone may come back, so that the attempt stays open."""
    if settled(attempt).issuperset(attempt.items):
        Attempt.objects.filter(pk=attempt.pk, finished_at=None).update(finished_at=timezone.now())
        attempt.refresh_from_db(fields=["finished_at"])


def result_of(attempt: Attempt) -> Result:
    answers = attempt.answers.values_list("is_right", flat=True)
    return Result(asked=len(attempt.items), right=sum(answers))
