"""What happens to a pilot while it runs: evidence, amendments, a new owner."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.pilots.actions import TERMS, is_better
from challenges.pilots.models import Criterion, CriterionAmendment, Pilot, Reading
from hub.audit.actions import record
from hub.notices.actions import notify
from hub.people import access
from hub.people.models import User
from hub.refusals import Refusal

MOST_READINGS = 200  # of one criterion
UNDO_WITHIN = timedelta(days=1)


def lock_running(pilot: Pilot) -> Pilot:
    """Raises Refusal for a draft and for what is decided."""
    pilot = Pilot.objects.select_for_update(of=("self",)).select_related("owner").get(pk=pilot.pk)
    if not pilot.is_running:
        sentence = (
            _("The pilot has not started yet.") if pilot.is_draft else _("It is decided and stays as it is.")
        )
        raise Refusal("not_running", sentence, status=409)
    return pilot


@transaction.atomic
def note_evidence(
    *,
    criterion: Criterion,
    by: User,
    day: date,
    value: Decimal,
    note: str = "",
    now: datetime | None = None,
) -> Reading:
    """Raises Refusal for a day before the start or still to come."""
    pilot = lock_running(criterion.pilot)
    if not pilot.starts_on <= day <= timezone.localdate(now or timezone.now()):
        raise Refusal("wrong_day", _("Evidence is of a day between the start and today."))
    if criterion.readings.count() >= MOST_READINGS:
        sentence = _("There is as much evidence as a chart can show. It is time to decide.")
        raise Refusal("too_much", sentence, status=409)
    return Reading.objects.create(criterion=criterion, day=day, value=value, note=note, by=by)


@transaction.atomic
def undo_evidence(*, pilot: Pilot, by: User) -> Reading:
    """Take back what this person noted last, while it is a slip and not a result. Raises Refusal where nothing of
    theirs is younger than UNDO_WITHIN.
    """
    pilot = lock_running(pilot)
    noted = Reading.objects.filter(criterion__pilot=pilot, by=by, created_at__gt=timezone.now() - UNDO_WITHIN)
    last = noted.order_by("-created_at", "pk").first()
    if last is None:
        raise Refusal(
            "nothing_noted", _("You have noted nothing here today that could be taken back."), status=409
        )
    last.delete()
    return last


@transaction.atomic
def amend(
    *, criterion: Criterion, by: User, reason: str, now: datetime | None = None, **terms: object
) -> Criterion:
    """Change a criterion after the start: what it said before is kept and stays readable, with who, when and why.

    Raises Refusal without a reason, where nothing changes, and for a threshold that is no better than the baseline.
    """
    pilot = lock_running(criterion.pilot)
    criterion = Criterion.objects.select_for_update().get(pk=criterion.pk)
    before = {name: getattr(criterion, name) for name in TERMS}
    wanted = {**before, **terms}
    if not reason.strip():
        raise Refusal("reason_needed", _("Say why it is changed. Everybody reads it beside the first text."))
    if wanted == before:
        raise Refusal("nothing_changed", _("It already says this. Nothing was changed."), status=409)
    if not is_better(wanted["threshold"], wanted["baseline"], wanted["direction"]):
        raise Refusal("no_better", _("The threshold has to be better than today's value."))
    if wanted["measured_by"] > pilot.due_on:
        raise Refusal("too_late", _("It has to be measured by the decision day."))
    CriterionAmendment.objects.create(
        criterion=criterion, by=by, reason=reason.strip(), at=now or timezone.now(), **before
    )
    for name, value in wanted.items():
        setattr(criterion, name, value)
    criterion.save(update_fields=TERMS)
    return criterion


def may_name_owner(user: User) -> bool:
    """Whoever may name somebody else as the new owner."""
    return access.is_facilitator(user) or access.is_administrator(user) or user.is_executive


def may_take_over(user: User, pilot: Pilot) -> bool:
    """A colleague of its team may volunteer; some may name anybody."""
    return may_name_owner(user) or (pilot.team_id is not None and user.team_id == pilot.team_id)


@transaction.atomic
def take_over(*, pilot: Pilot, by: User, owner: User) -> Pilot:
    """A pilot whose owner is gone gets a new one, and so does one that is four weeks late, by those who may name
    owners. Raises Refusal while it has one otherwise, and for naming others without a right to.
    """
    pilot = Pilot.objects.select_for_update(of=("self",)).select_related("owner").get(pk=pilot.pk)
    if owner.pk != by.pk and not may_name_owner(by):
        sentence = _("You can take it over yourself. Naming somebody else is for facilitators and leaders.")
        raise Refusal("only_oneself", sentence)
    before = pilot.owner if pilot.has_owner else None
    is_passed_on = may_name_owner(by) and pilot.is_stuck(timezone.localdate()) and owner != before
    if before and not is_passed_on:
        sentence = _("It has an owner: %(name)s.") % {"name": pilot.owner.get_full_name()}
        raise Refusal("has_owner", sentence, status=409)
    if not owner.is_active:
        raise Refusal("has_left", _("Nobody here has this address."))
    pilot.owner = owner
    if not pilot.is_decided:  # what it freed stays with the team in which it was tried
        pilot.team = owner.team
    pilot.save(update_fields=["owner", "team"])
    if before and before.pk != by.pk:
        notify(
            user=before,
            kind="pilot_passed_on",
            dedupe_key=f"pilot_passed_on:{pilot.pk}:{before.pk}:{timezone.localdate()}",
            facts={"title": pilot.title, "name": owner.get_full_name()},
            path=f"/pilots/{pilot.pk}/",
        )
    if before or owner.pk != by.pk:
        record(actor_key=by.subject_key, action="pilot.owner_named", object_type="pilot", object_id=pilot.pk)
    if owner.pk != by.pk:
        notify(
            user=owner,
            kind="pilot_yours",
            dedupe_key=f"pilot_yours:{pilot.pk}:{owner.pk}:{timezone.localdate()}",
            facts={"title": pilot.title, "name": by.get_full_name()},
            path=f"/pilots/{pilot.pk}/",
        )
    return pilot
