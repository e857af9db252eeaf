"""Whose times are shown: those of a lane in which two people work, or whose single person agreed. A time of one
person's own work is that person's.

The owner, who wrote them down, sees all. If only one lane were left out, the sums of the whole process would tell its
times: then the shown lane with the fewest people is left out too.
"""

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from django.db.models import Q

from challenges.processes.figures import Figures, figures_of, heat_of
from challenges.processes.granularity import flags_of
from challenges.processes.models import Lane, Process, Step
from hub.people.models import User

FEWEST = 2


def hidden_lanes(process: Process, steps: Sequence[Step], viewer: User) -> tuple[set[str], set[str]]:
    """Names of the lanes whose times this person does not see, and those of them whose times are one person's own. One
    query, none for the owner.
    """
    timed = {step.lane for step in steps if step.touch_minutes is not None or step.wait_hours is not None}
    if process.can_be_edited_by(viewer) or not timed:
        return set(), set()
    lanes = list(process.lanes.all())
    hidden = hidden_among(timed, lanes)
    return hidden, hidden - {lane.name for lane in lanes if _may_show(lane)}


def hidden_among(timed: Iterable[str], lanes: Iterable[Lane]) -> set[str]:
    known = {lane.name: lane for lane in lanes}
    timed = set(timed)
    hidden = {name for name in timed if not _may_show(known.get(name))}
    shown = timed - hidden
    if len(hidden) == 1 and shown:
        # Also where those who are left out with it are many: two are enough for the difference to be nobody's.
        hidden.add(min(shown, key=lambda name: (known[name].performers or 0, name)))
    return hidden


def _may_show(lane: Lane | None) -> bool:
    if lane is None:
        return False
    return (lane.has_consent and lane.person_id is not None) or (lane.performers or 0) >= FEWEST


def shown_lanes(processes: Collection[object]) -> set[tuple[object, str]]:
    """(process, lane), both by what a step says of them, of the lanes whose times may be told. One query."""
    lanes = Lane.objects.filter(process__in=processes)
    return {(lane.process_id, lane.name) for lane in lanes if _may_show(lane)}


def is_told() -> Q:
    """Of `Lane` rows: as `shown_lanes`, for a query."""
    return Q(has_consent=True, person__isnull=False) | Q(performers__gte=FEWEST)


def without_hidden(steps: Sequence[Step], hidden: set[str]) -> Sequence[Step]:
    """Steps of hidden lanes as copies that have lost their times; never save them."""
    return [_without_times(step) if step.lane in hidden else step for step in steps]


def _without_times(step: Step) -> Step:
    shown = copy(step)
    shown.touch_minutes = shown.wait_hours = None
    return shown


def _sums_tell_one(steps: Sequence[Step], hidden: set[str], own: set[str]) -> bool:
    """Whether work, or waiting, stands in one hidden lane alone, so that the sums of the whole would tell it; or in two
    lanes of one person each, so that they would tell each the other's.
    """
    for name in ("touch_minutes", "wait_hours"):
        lanes = {step.lane for step in steps if step.lane in hidden and getattr(step, name)}
        if len(lanes) == 1 or (len(lanes) == FEWEST and lanes <= own):
            return True
    return False


@dataclass(frozen=True)
class Costs:
    """What one person sees of a process: steps without hidden times; `figures` None where there is nothing to show."""

    steps: tuple[Step, ...]
    executed: float
    figures: Figures | None
    by_lane: tuple[tuple[str, Figures], ...]
    hidden: tuple[str, ...]
    heat: dict[str, int]

    @property
    def granularity(self) -> dict[str, int]:
        """What stands out in the steps as this person sees them."""
        flags = flags_of(self.steps)
        if self.hidden:
            # Among the times that are left, the longest step need not be the longest of all.
            flags.pop("coarse", None)
        return flags


def costs_of(process: Process, viewer: User) -> Costs:
    """Two queries, one where the steps are read already."""
    steps = list(process.steps.all())
    hidden, own = hidden_lanes(process, steps, viewer)
    figures = figures_of(steps, process.cases_per_week)
    shows_sums = figures.timed and not _sums_tell_one(steps, hidden, own)
    steps = without_hidden(steps, hidden)
    lanes: dict[str, list[Step]] = {}
    for step in steps:
        lanes.setdefault(step.lane, []).append(step)
    by_lane = [(lane, figures_of(theirs, process.cases_per_week)) for lane, theirs in lanes.items()]
    heat = zip(steps, heat_of(steps), strict=True)
    return Costs(
        steps=tuple(steps),
        executed=figures.executed,
        figures=figures if shows_sums else None,
        by_lane=tuple((lane, one) for lane, one in by_lane if lane not in hidden and one.timed),
        hidden=tuple(sorted(hidden)),
        heat={step.element_id: level for step, level in heat if level},
    )
