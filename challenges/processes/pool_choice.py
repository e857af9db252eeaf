"""Which pools of a drawing are the company's own: their steps count, those of the others are drawn only."""

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.processes import actions, consent
from challenges.processes.bpmn import PoolRead, read_bpmn
from challenges.processes.list_actions import free
from challenges.processes.models import Process, Step
from hub.refusals import Refusal


def pools_of(process: Process) -> tuple[PoolRead, ...]:
    """Its pools as they count now; none where there is nothing to choose. Reads the drawing again."""
    if not has_pools(process):
        return ()
    counted = set(process.steps.values_list("element_id", flat=True))
    found = read_bpmn(process.bpmn.encode()).pools
    return tuple(replace(pool, counts=not counted.isdisjoint(pool.element_ids)) for pool in found)


def has_pools(process: Process) -> bool:
    """Whether it was read from a file with more than one pool. No query."""
    return not {"foreign", "pools"}.isdisjoint(process.notes)


@transaction.atomic
def choose_pools(*, process: Process, pools: Collection[str]) -> Process:
    """Count the steps of these pools and no others; steps that go on counting keep their numbers.

    Raises Refusal for a pool that the drawing does not have, for none at all, and in a bet.
    """
    process = free(process)
    read = read_bpmn(process.bpmn.encode(), pools)
    if not pools or {pool.key for pool in read.pools if pool.counts} != set(pools):
        raise Refusal("unknown_pool", _("Choose at least one of the pools in this drawing."))
    columns = {**actions.read_columns(read), "changed_at": timezone.now()}
    for name, value in columns.items():
        setattr(process, name, value)
    process.save(update_fields=list(columns))
    known = {step.element_id: step for step in process.steps.all()}
    steps = [_as_known(step, known.get(step.element_id)) for step in actions.steps_of(process, read, ())]
    with consent.asking_anew(process):
        process.steps.all().delete()
        Step.objects.bulk_create(steps, batch_size=1000)
    return process


def _as_known(step: Step, known: Step | None) -> Step:
    """The step with the numbers, and the id, that it had."""
    for name in ("pk", *actions.NUMBERS) if known else ():
        setattr(step, name, getattr(known, name))
    return step
