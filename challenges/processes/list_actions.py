"""Lists of steps: written by hand, rewritten and drawn anew as long as nobody stands on them, and their numbers."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.processes import actions, consent, telling
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import FEWEST
from challenges.processes.steps_csv import StepLine
from hub.people.models import User
from hub.refusals import Refusal

MOST_LISTED = 100  # steps that one writes by hand; longer ones come as a table


def write_list(
    *,
    user: User,
    title: str,
    language: str,
    audience: str,
    lines: Sequence[StepLine],
    cases_per_week: float | None = None,
) -> tuple[Process, bool]:
    """Returns (process, whether it is new). Raises Refusal for a list without steps or with too many."""
    title = actions.plain(title)
    _check(lines)
    return actions.keep(
        user=user,
        read=actions.drawn(title, lines),
        lines=lines,
        origin=Process.Origin.LIST,
        title=title,
        audience=audience,
        language=language,
        content_sha256=_fingerprint(title, lines),
        cases_per_week=cases_per_week,
    )


@transaction.atomic
def rewrite_list(
    *, process: Process, lines: Sequence[StepLine], cases_per_week: float | None = None
) -> Process:
    """Put these steps in place of the old ones and draw them. Raises Refusal for a file's drawing, and in a bet."""
    process = free(process)
    if not process.is_own_list:
        raise Refusal(
            "not_a_list", _("The steps of a drawing stay as they were drawn; their numbers can change.")
        )
    _check(lines)
    read = actions.drawn(process.title, lines)
    values = {
        **actions.read_columns(read),
        "content_sha256": _fingerprint(process.title, lines),
        "cases_per_week": cases_per_week,
        "changed_at": timezone.now(),
    }
    for name, value in values.items():
        setattr(process, name, value)
    try:
        with transaction.atomic():
            process.save(update_fields=list(values))
    except IntegrityError as error:
        raise Refusal(
            "same_list", _("You have another process with exactly these steps."), status=409
        ) from error
    with consent.asking_anew(process):
        process.steps.all().delete()
        Step.objects.bulk_create(actions.steps_of(process, read, lines))
    return process


@transaction.atomic
def set_numbers(
    *, process: Process, numbers: Mapping[UUID, Mapping[str, Any]], cases_per_week: float | None
) -> Process:
    """Numbers by step; steps that are not named keep theirs. Raises Refusal in a bet."""
    process = free(process)
    steps = process.steps.in_bulk(list(numbers))
    for pk, step in steps.items():
        for name in actions.NUMBERS:
            setattr(step, name, numbers[pk].get(name, getattr(step, name)))
    with consent.asking_anew(process):
        Step.objects.bulk_update(steps.values(), actions.NUMBERS)
    process.cases_per_week = cases_per_week
    process.save(update_fields=["cases_per_week"])
    return process


@transaction.atomic
def set_lanes(*, process: Process, lanes: Sequence[tuple[str, int | None, User | None]]) -> None:
    """(lane, how many people work in it, who does alone), for lanes it has. Whoever is named anew is asked."""
    process = consent.held([process.pk])[process.pk]
    known = set(process.steps.values_list("lane", flat=True))
    there = {lane.name: lane for lane in process.lanes.select_for_update().order_by("pk")}
    for name, performers, person in lanes:
        if name not in known:
            continue
        lane = there.get(name) or Lane(process=process, name=name)
        is_new = person is not None and lane.person_id != person.pk
        is_shared = person is None and (performers or 0) >= FEWEST
        former = lane.person if is_new or person is None else None
        had_yes = lane.has_consent
        lane.performers, lane.person = performers, person
        if is_new or person is None:
            lane.has_consent, lane.answered_at = False, None
        lane.save()
        if former and is_shared:
            telling.tell_several(lane, former)
        elif former and had_yes:
            telling.tell_ended(lane, former)
        if is_new:
            telling.ask(lane)
    consent.tell_listeners(process)


def free(process: Process) -> Process:
    """The locked row of a process on which nobody stands. Raises Refusal in a bet."""
    locked = Process.objects.select_for_update().get(pk=process.pk)
    if locked.is_baseline:
        sentence = _("This process takes part in a bet, so its steps and numbers stay as they are.")
        raise Refusal("in_use", sentence, status=409)
    return locked


def _check(lines: Sequence[StepLine]) -> None:
    if not lines:
        raise Refusal("no_step", _("Write at least one step."))
    if len(lines) > MOST_LISTED:
        sentence = _("A list holds at most %(limit)s steps. Import a table for more.")
        raise Refusal("too_many_steps", sentence % {"limit": MOST_LISTED})


def _fingerprint(title: str, lines: Sequence[StepLine]) -> str:
    """Numbers are estimates and may change; title, steps and lanes are what makes it another list."""
    told = [title, *(astuple(line)[:3] for line in lines)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
