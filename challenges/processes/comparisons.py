"""A comparison as its owner sees it: what is proposed, what was confirmed, and what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.processes.comparing import BY_SYSTEMS, Outcome, Proposal, outcome_of, propose
from challenges.processes.figures import executions
from challenges.processes.granularity import MOST_COMPARED
from challenges.processes.models import Comparison, Process, Step
from challenges.processes.redrawing import flags_of
from hub.people.models import User
from hub.refusals import Refusal


@dataclass(frozen=True)
class Row:
    """One step before: where it went and what that makes of it. `how` is "person" once confirmed."""

    step: Step
    target: Step | None
    how: str
    change: str


@dataclass(frozen=True)
class Compared:
    """`executed_before`, `executed_after`: expected steps a case that people execute."""

    rows: tuple[Row, ...]
    added: tuple[Step, ...]
    after: tuple[Step, ...]
    outcome: Outcome
    executed_before: float
    executed_after: float
    flags: dict[str, int]
    marks_before: dict[str, str]
    marks_after: dict[str, str]

    @property
    def is_decided(self) -> bool:
        """Whether a person said of every step where it went, and nothing of it is only proposed."""
        return all(row.how == "person" for row in self.rows)


def begin(*, user: User, before: Process, after: Process) -> Comparison:
    """The person's comparison of the two; repeating it gives the same. Raises Refusal for one and the same process."""
    if before.pk == after.pk:
        raise Refusal("same_process", _("Choose another process to compare this one with."))
    for process in (before, after):
        if process.steps.count() > MOST_COMPARED:
            sentence = _("Processes of up to %(limit)s steps can be compared.")
            raise Refusal("too_many_steps", sentence % {"limit": MOST_COMPARED})
    return Comparison.objects.get_or_create(owner=user, before=before, after=after)[0]


def compared(comparison: Comparison) -> Compared:
    """Two queries. Steps that the owner has not decided yet stand as they are proposed."""
    before, after = list(comparison.before.steps.all()), list(comparison.after.steps.all())
    ids_count = not (comparison.before.is_own_list or comparison.after.is_own_list)
    proposals = propose(before, after, ids_count=ids_count)
    by_pk = {step.pk: step for step in after}
    went = {step.pk: _went(step, comparison, proposals[step.pk], by_pk) for step in before}
    outcome = outcome_of(before, after, {pk: target for pk, (target, _how) in went.items()})
    rows = tuple(
        Row(step, by_pk.get(went[step.pk][0]), went[step.pk][1], outcome.changes[step.pk]) for step in before
    )
    marks_after = {
        row.target.element_id: row.change
        for row in rows
        if row.target and row.change in {"moved", "automated"}
    }
    marks_after |= {row.target.element_id: "merged" for row in rows if row.target and row.change == "merged"}
    marks_after |= {by_pk[pk].element_id: "added" for pk in outcome.added}
    executed = (_executed_by_people(before), _executed_by_people(after))
    return Compared(
        rows=rows,
        added=tuple(by_pk[pk] for pk in outcome.added),
        after=tuple(after),
        outcome=outcome,
        executed_before=executed[0],
        executed_after=executed[1],
        flags=flags_of(before, after, outcome, executed),
        marks_before={row.step.element_id: row.change for row in rows if row.change != "kept"},
        marks_after=marks_after,
    )


def _executed_by_people(steps: list[Step]) -> float:
    return sum(executions(step) for step in steps if step.kind not in BY_SYSTEMS)


def _went(
    step: Step, comparison: Comparison, proposal: Proposal, after: Mapping[UUID, Step]
) -> tuple[UUID | None, str]:
    """What the owner said counts, unless the step it named is gone since."""
    key = str(step.pk)
    if key in comparison.went:
        told = comparison.went[key]
        target = UUID(told) if told else None
        if target is None or target in after:
            return target, "person"
    return proposal.target, proposal.how


def confirm(*, comparison: Comparison, went: Mapping[UUID, UUID | None]) -> Comparison:
    """Keep what the owner says of each step. Raises Refusal for steps of other processes."""
    before = set(comparison.before.steps.values_list("pk", flat=True))
    after = set(comparison.after.steps.values_list("pk", flat=True))
    if not went.keys() <= before or not {target for target in went.values() if target} <= after:
        raise Refusal("unknown_step", _("One of these steps is not in these processes. Reload the page."))
    comparison.went = comparison.went | {
        str(step): str(target) if target else None for step, target in went.items()
    }
    comparison.confirmed_at = timezone.now()
    comparison.save(update_fields=["went", "confirmed_at"])
    return comparison


def reset(*, comparison: Comparison) -> None:
    """Back to what is proposed."""
    comparison.went, comparison.confirmed_at = {}, None
    comparison.save(update_fields=["went", "confirmed_at"])
