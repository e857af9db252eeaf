"""What a referee should look at twice: a claim that may only be another drawing."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from challenges.contests.models import Claim
from challenges.processes.models import Step
from challenges.processes.redrawing import claimed_flags
from challenges.processes.shown_times import shown_lanes, without_hidden


def mark_flags(claims: Sequence[Claim]) -> None:
    """By kind how many: `own_flags` of the steps that are claimed, and `flags` of these or, where that says more, of
    the comparison as it was on handing in. Two queries.
    """
    processes = {step.process_id for claim in claims for step in claim.steps}
    told, drawn = shown_lanes(processes), _steps_of(processes)
    for claim in claims:
        # Times that the referee is not told must not show in what is flagged.
        hidden = {step.lane for step in claim.steps if (step.process_id, step.lane) not in told}
        steps = drawn[claim.steps[0].process_id] if claim.steps else []
        own = claimed_flags(steps, without_hidden(claim.steps, hidden))
        drawn_anew = claim.compared["flags"] if claim.compared else {}
        claim.own_flags = own
        claim.flags = {kind: max(own.get(kind, 0), drawn_anew.get(kind, 0)) for kind in own | drawn_anew}


def _steps_of(processes: set[UUID]) -> dict[UUID, list[Step]]:
    found: dict[UUID, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(process__in=processes):
        found[step.process_id].append(step)
    return found
