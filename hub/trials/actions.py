"""Planning, starting and ending a trial. Each has one effect, however often and by how many it is asked for."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.audit.actions import record
from hub.disclosure.gate import MINIMUM_GROUP, MINIMUM_PAGE
from hub.nudges.models import Tip
from hub.nudges.withheld import promised_tips
from hub.people.models import User
from hub.refusals import Refusal
from hub.trials.arms import is_held
from hub.trials.counting import count, may_be_shown
from hub.trials.models import Arm, Trial, TrialAssignment, TrialCount

BATCH = 2000
MOST_DRAFTS = 50


def plan(*, tip: Tip, design: str, weeks: int) -> Trial:
    """A draft: nobody is in it yet. Raises Refusal for more than MOST_DRAFTS."""
    if Trial.objects.filter(status=Trial.Status.DRAFT).count() >= MOST_DRAFTS:
        sentence = _("Fifty trials are planned and not started. Start or discard one first.")
        raise Refusal("too_many_drafts", sentence, status=409)
    return Trial.objects.create(tip=tip, design=design, weeks=weeks)


def discard(*, trial: Trial) -> None:
    deleted, _by_model = Trial.objects.filter(pk=trial.pk, status=Trial.Status.DRAFT).delete()
    if not deleted and Trial.objects.filter(pk=trial.pk).exists():
        raise Refusal("has_started", _("It has started. You can end it, not discard it."), status=409)


def start(*, trial: Trial, by: User, now: datetime | None = None) -> Trial:
    """Divide everybody who is active now. Starting what runs already changes nothing."""
    now = now or timezone.now()
    try:
        with transaction.atomic():
            _start(trial.pk, by, now)
    except IntegrityError:
        sentence = _("A trial of this tip is running already. It has to be over first.")
        raise Refusal("tip_has_a_trial", sentence, status=409) from None
    trial.refresh_from_db()
    return trial


def _start(trial_id: UUID, by: User, now: datetime) -> None:
    trial = Trial.objects.select_for_update().get(pk=trial_id)
    if trial.status == Trial.Status.RUNNING:
        return
    if trial.status == Trial.Status.ENDED:
        raise Refusal("is_over", _("This trial is over. Plan a new one."), status=409)
    if not Tip.objects.in_use().filter(pk=trial.tip_id).exists():
        raise Refusal("tip_not_in_use", _("This tip is not in use. Put it into use first."), status=409)
    if trial.tip_id in promised_tips(now):
        sentence = _("This tip is behind a door of a calendar that hangs now: everybody gets it there.")
        raise Refusal("tip_is_promised", sentence, status=409)
    trial.status, trial.started_by, trial.salt = Trial.Status.RUNNING, by, secrets.token_hex(32)
    trial.starts_at, trial.ends_at = now, now + trial.length
    is_waiting = trial.design == Trial.Design.WAITING_LIST
    trial.withheld_until = now + trial.length / 2 if is_waiting else trial.ends_at
    trial.save()
    people = _assign(trial, now)
    facts = {"tip": str(trial.tip_id), "design": trial.design, "weeks": trial.weeks, "people": people}
    _record(trial, "trial.started", by, now, facts)


def _assign(trial: Trial, now: datetime) -> int:
    """Everybody who is active, before anything else about them is looked at."""
    groups: dict[str, set[int]] = {arm: set() for arm in Arm}
    for user_id, key in User.objects.active().order_by("pk").values_list("pk", "subject_key"):
        groups[Arm.HELD if is_held(trial.salt, key, trial.held_share) else Arm.GIVEN].add(user_id)
    if not may_be_shown({arm: frozenset(members) for arm, members in groups.items()}):
        sentence = _(
            "Too few people work here: of groups below %(group)s, or below %(page)s together, nothing would be shown."
        )
        limits = {"group": MINIMUM_GROUP, "page": MINIMUM_PAGE}
        raise Refusal("too_few_people", sentence % limits, status=409)
    TrialAssignment.objects.bulk_create(
        (
            TrialAssignment(trial=trial, user_id=user_id, arm=arm, assigned_at=now)
            for arm, members in groups.items()
            for user_id in sorted(members)
        ),
        batch_size=BATCH,
    )
    return sum(len(members) for members in groups.values())


@transaction.atomic
def end(*, trial: Trial, by: User | None, now: datetime | None = None) -> Trial:
    """Count both groups, then forget who was in which. `by` is None when its time has come."""
    now = now or timezone.now()
    trial = Trial.objects.select_for_update().get(pk=trial.pk)
    if trial.status == Trial.Status.DRAFT:
        raise Refusal("not_started", _("It has not started yet."), status=409)
    if trial.status == Trial.Status.ENDED:
        return trial
    trial.status, trial.ended_at, trial.salt = Trial.Status.ENDED, now, ""
    counts = count(trial)
    trial.save()
    TrialCount.objects.bulk_create(counts)
    trial.assignments.all().delete()
    _record(trial, "trial.ended", by, now, {"tip": str(trial.tip_id), "is_early": trial.was_ended_early})
    return trial


def end_due(now: datetime) -> int:
    """End what has run its time; returns how many."""
    due = list(Trial.objects.over(now))
    for trial in due:
        end(trial=trial, by=None, now=now)
    return len(due)


def _record(trial: Trial, action: str, by: User | None, now: datetime, facts: dict) -> None:
    record(
        actor_key=by.subject_key if by else None,
        action=action,
        object_type="trial",
        object_id=trial.pk,
        facts=facts,
        at=now,
    )
