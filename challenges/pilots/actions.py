"""What happens to a pilot until it runs: drafted, changed, checked, started. The rest: `running.py`, `deciding.py`."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.pilots.models import Criterion, Pilot, ReadinessAnswer
from challenges.pilots.readiness import KNOWN, lines_of
from challenges.pilots.starter import Starter
from challenges.usecases.answering import reopen
from hub.ai.models import AISystem
from hub.ai.permission import may_i
from hub.notices.actions import notify_all
from hub.people import access
from hub.people.models import User
from hub.refusals import Refusal

MOST_DRAFTS = 50  # of one person
MOST_CRITERIA = 6
MOST_WEEKS = 26  # between start and decision day
NAMES = 3  # of those one may ask
WORDS = (
    "title",
    "hypothesis",
    "system",
    "data_class",
    "affected",
    "affected_number",
    "freed_time_goes_to",
    "jobs_affected",
    "jobs",
    "decides_on",
    "language",
)
TERMS = ("measure", "unit", "direction", "baseline", "threshold", "measured_by")


def whom_to_ask(role: str) -> str:
    """A few people who hold the role, by name; "" where nobody does."""
    holding = User.objects.active().filter(role_grants__role=role).distinct()[:NAMES]
    return ", ".join(person.get_full_name() for person in holding)


def refuse_wrong_data(system: AISystem | None, data_class: str) -> None:
    """Raises Refusal, with whom to ask, for a tool that takes only less delicate data."""
    if system is not None and not system.takes(data_class):
        raise Refusal("data_class", may_i(system, data_class).sentence)


def check_draft(pilot: Pilot) -> None:
    """Raises Refusal once it has started: before somebody writes what could not be kept."""
    if pilot.is_decided:
        raise Refusal("decided", _("It is decided and stays as it is."), status=409)
    if not pilot.is_draft:
        sentence = _(
            "It has started, and what was agreed stays. A criterion can be amended: the first text stays readable."
        )
        raise Refusal("started", sentence, status=409)


def check_criterion(pilot: Pilot, criterion: Criterion) -> None:
    """One is added to a draft only; it is changed there, and amended while it runs. Raises Refusal otherwise."""
    if criterion._state.adding or not pilot.is_running:
        check_draft(pilot)


def lock_draft(pilot: Pilot) -> Pilot:
    """Raises Refusal once it has started."""
    pilot = Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)
    check_draft(pilot)
    return pilot


@transaction.atomic
def draft(*, pilot: Pilot, owner: User, starter: Starter | None = None) -> Pilot:
    """Keep a new one that only its owner sees; with `starter`, its criteria too.

    Raises Refusal for more than MOST_DRAFTS, and for data that the tool does not take.
    """
    if Pilot.objects.filter(owner=owner, state=Pilot.State.DRAFT).count() >= MOST_DRAFTS:
        raise Refusal(
            "too_many_drafts",
            _("You have as many drafts as there can be. Start one, or throw one away."),
            status=409,
        )
    refuse_wrong_data(pilot.system, pilot.data_class)
    pilot.owner, pilot.team, pilot.state = owner, owner.team, Pilot.State.DRAFT
    pilot.save(force_insert=True)
    for number, each in enumerate(starter.criteria if starter else ()):
        Criterion.objects.create(
            pilot=pilot,
            measure=each.measure,
            unit=each.unit,
            direction=each.direction,
            threshold=each.threshold,
            hint=each.hint,
            created_at=pilot.created_at + timedelta(milliseconds=number),
        )
    return pilot


def draft_from(*, starter: Starter, owner: User) -> Pilot:
    """One of the templates, in its language, as a draft."""
    pilot = Pilot(
        title=starter.title,
        hypothesis=starter.hypothesis,
        data_class=starter.data_class,
        affected=starter.affected,
        freed_time_goes_to=starter.freed_time,
        language=starter.language,
        template=starter.slug,
    )
    return draft(pilot=pilot, owner=owner, starter=starter)


@transaction.atomic
def change(*, pilot: Pilot) -> Pilot:
    """Keep the words of a draft. Raises Refusal once it has started, and for data that the tool does not take."""
    refuse_wrong_data(pilot.system, pilot.data_class)
    lock_draft(pilot)
    pilot.save(update_fields=WORDS)
    return pilot


@transaction.atomic
def discard(*, pilot: Pilot) -> None:
    """Throw a draft away, which nobody else has seen. A proposal that it answered waits for an answer again."""
    pilot = lock_draft(pilot)
    _give_proposal_back(pilot)
    pilot.delete()


@transaction.atomic
def give_proposals_back_of(users: Collection[User]) -> None:
    """Of those who leave: nobody else sees the drafts, so that nobody could take them over."""
    drafts = Pilot.objects.filter(owner__in=users, state=Pilot.State.DRAFT).exclude(use_case=None)
    for pilot in drafts.order_by("pk"):
        _give_proposal_back(pilot)
        pilot.use_case = None
        pilot.save(update_fields=["use_case"])


def _give_proposal_back(pilot: Pilot) -> None:
    if pilot.use_case and pilot.use_case.became == f"/pilots/{pilot.pk}/":
        reopen(use_case=pilot.use_case)


@transaction.atomic
def set_criterion(*, pilot: Pilot, criterion: Criterion) -> Criterion:
    """Add one to a draft, or change it there. Raises Refusal for more than MOST_CRITERIA and once it has started."""
    pilot = lock_draft(pilot)
    if criterion._state.adding and pilot.criteria.count() >= MOST_CRITERIA:
        sentence = _("More than %(n)s criteria cannot be kept in view. Take one out first.")
        raise Refusal("too_many_criteria", sentence % {"n": MOST_CRITERIA}, status=409)
    criterion.pilot = pilot
    criterion.save()
    return criterion


@transaction.atomic
def remove_criterion(*, criterion: Criterion) -> None:
    """Take it out of a draft."""
    lock_draft(criterion.pilot)
    criterion.delete()


@transaction.atomic
def answer(*, pilot: Pilot, answers: Mapping[str, bool | None]) -> None:
    """Keep what was said to items of the readiness check; None is "open again"."""
    pilot = lock_draft(pilot)
    for slug, is_yes in answers.items():
        if slug not in KNOWN:
            raise Refusal("unknown_item", _("The readiness check has no such question."))
        if is_yes is None:
            ReadinessAnswer.objects.filter(pilot=pilot, item=slug).delete()
        else:
            ReadinessAnswer.objects.update_or_create(pilot=pilot, item=slug, defaults={"is_yes": is_yes})


def missing_for_start(pilot: Pilot, today: date) -> list[str]:
    """What keeps a draft from starting, each in a sentence."""
    missing = []
    if not pilot.hypothesis:
        missing.append(_("Say what you suppose."))
    if pilot.system is None:
        missing.append(_("Choose the AI system from the register."))
    elif not pilot.system.is_allowed:
        missing.append(_("The tool was withdrawn from the register. Choose another one."))
    if not pilot.affected or not pilot.affected_number:
        missing.append(_("Say whose work changes, and how many people that is."))
    if not pilot.freed_time_goes_to:
        missing.append(_("Say what the freed time goes into."))
    if not pilot.jobs_affected:
        missing.append(_("Say whether jobs are affected."))
    elif pilot.jobs_affected != Pilot.Jobs.NO and not pilot.jobs:
        missing.append(_("Say in a sentence what changes in tasks or jobs."))
    if pilot.decides_on is None:
        missing.append(_("Choose the decision day."))
    elif not today < pilot.decides_on <= today + timedelta(weeks=MOST_WEEKS):
        sentence = _("The decision day has to come after today, and within %(n)s weeks.")
        missing.append(sentence % {"n": MOST_WEEKS})
    missing += _missing_criteria(pilot)
    if any(line.holds_back for line in lines_of(pilot) if not line.is_read):
        missing.append(_("Answer the readiness check; what is needed there has to be a yes."))
    return [str(sentence) for sentence in missing]


def _missing_criteria(pilot: Pilot) -> list[str]:
    criteria = list(pilot.criteria.all())
    if not criteria:
        return [_("Agree on at least one success criterion.")]
    found = []
    for criterion in criteria:
        words = {"measure": criterion.measure}
        if None in (criterion.baseline, criterion.threshold, criterion.measured_by):
            found.append(_("“%(measure)s” needs a value of today, a threshold and a day.") % words)
        elif not is_better(criterion.threshold, criterion.baseline, criterion.direction):
            found.append(_("“%(measure)s”: the threshold is no better than today.") % words)
        elif pilot.decides_on and criterion.measured_by > pilot.decides_on:
            found.append(_("“%(measure)s” would be measured after the decision day.") % words)
    return found


def is_better(value: Decimal, than: Decimal, direction: str) -> bool:
    return value < than if direction == Criterion.Direction.DOWN else value > than


@transaction.atomic
def start(*, pilot: Pilot, now: datetime | None = None) -> Pilot:
    """From now on everybody sees it, and what was agreed stays. Repeating it has no second effect.

    Raises Refusal with everything that is missing. Works councils hear of one that affects jobs.
    """
    pilot = (
        Pilot.objects.select_for_update(of=("self",)).select_related("system", "owner__team").get(pk=pilot.pk)
    )
    if pilot.is_running:
        return pilot
    lock_draft(pilot)
    refuse_wrong_data(pilot.system, pilot.data_class)
    today = timezone.localdate(now or timezone.now())
    if missing := missing_for_start(pilot, today):
        raise Refusal("not_ready", " ".join([str(_("Not ready to start yet.")), *missing]))
    pilot.state, pilot.starts_on, pilot.team = Pilot.State.RUNNING, today, pilot.owner.team
    pilot.save(update_fields=["state", "starts_on", "team"])
    if pilot.jobs_affected == Pilot.Jobs.YES:
        _tell_works_council(pilot)
    return pilot


def _tell_works_council(pilot: Pilot) -> None:
    granted = Q(role_grants__role=access.Role.WORKS_COUNCIL)
    if pilot.team:
        granted &= Q(role_grants__legal_entity=pilot.team.legal_entity_id)
    council = User.objects.active().filter(granted)
    notify_all(
        user_ids=set(council.values_list("pk", flat=True)),
        kind="pilot_jobs",
        dedupe_key=f"pilot_jobs:{pilot.pk}",
        facts={"title": pilot.title},
        path=f"/pilots/{pilot.pk}/",
    )
