"""Whose times are shown: those of a lane in which two people work, or whose single person agreed. A time of one
person's own work is that person's.

The owner, who wrote them down, sees all. To everybody else a hidden time is as if nobody had said it: it is in no step,
no sum, no heat and no flag. So nothing that is shown depends on it, whatever somebody noted before a yes, a yes taken
back, another number of people in a lane, or a step that was moved, added or deleted; no cover is needed for it.
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
MEASURES = ("touch_minutes", "wait_hours")


@dataclass(frozen=True)
class Hidden:
    """Names of the lanes whose times somebody does not see: those of one person, or of nobody knows how many, which
    are the `unsaid` ones.
    """

    names: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()


def hidden_among(steps: Iterable[Step], lanes: Iterable[Lane]) -> Hidden:
    """For whoever does not own the process. No query where the lanes were read with their `person`."""
    known = {lane.name: lane for lane in lanes}
    timed = {step.lane for step in steps if any(getattr(step, name) is not None for name in MEASURES)}
    names = frozenset(name for name in timed if not _may_show(known.get(name)))
    return Hidden(names=names, unsaid=frozenset(name for name in names if _unsaid(known.get(name))))


def _may_show(lane: Lane | None) -> bool:
    if lane is None:
        return False
    return has_yes(lane) or _has_several(lane)


def _has_several(lane: Lane) -> bool:
    return (lane.performers or 0) >= FEWEST


def has_yes(lane: Lane) -> bool:
    """Of somebody who still works here: whoever left can take nothing back. Reads the lane's `person`."""
    return lane.has_consent and lane.person is not None and lane.person.status == User.Status.ACTIVE


def _unsaid(lane: Lane | None) -> bool:
    return lane is None or (lane.performers is None and lane.person_id is None)


def shown_lanes(processes: Collection[object]) -> set[tuple[object, str]]:
    """(process, lane), both by what a step says of them, of the lanes whose times may be told. One query."""
    lanes = Lane.objects.filter(is_told(), process__in=processes)
    return set(lanes.values_list("process_id", "name"))


def is_told() -> Q:
    """Of `Lane` rows: those whose times may be told."""
    return Q(has_consent=True, person__status=User.Status.ACTIVE) | Q(performers__gte=FEWEST)


def without_hidden(steps: Sequence[Step], hidden: Collection[str]) -> Sequence[Step]:
    """Steps of hidden lanes as copies that have lost their times; never save them."""
    return [_without_times(step) if step.lane in hidden else step for step in steps]


def _without_times(step: Step) -> Step:
    shown = copy(step)
    shown.touch_minutes = shown.wait_hours = None
    return shown


@dataclass(frozen=True)
class Costs:
    """What one person sees of a process: steps without hidden times, and the `figures` of these steps, None where none
    of them has minutes of work. `unsaid` and `own` are the `hidden` lanes by the reason why, as a page calls them.
    """

    steps: tuple[Step, ...]
    executed: float
    figures: Figures | None
    by_lane: tuple[tuple[str, Figures], ...]
    hidden: tuple[str, ...]
    unsaid: tuple[str, ...]
    own: tuple[str, ...]
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
    hidden = Hidden()
    if not process.can_be_edited_by(viewer):
        hidden = hidden_among(steps, process.lanes.select_related("person"))
    return costs_without(hidden, steps, process.cases_per_week)


def costs_without(hidden: Hidden, steps: Sequence[Step], cases_per_week: float | None) -> Costs:
    steps = without_hidden(steps, hidden.names)
    figures = figures_of(steps, cases_per_week)
    lanes: dict[str, list[Step]] = {}
    for step in steps:
        lanes.setdefault(step.lane, []).append(step)
    by_lane = [(lane, figures_of(theirs, cases_per_week)) for lane, theirs in lanes.items()]
    heat = zip(steps, heat_of(steps), strict=True)
    return Costs(
        steps=tuple(steps),
        executed=figures.executed,
        figures=figures if figures.timed else None,
        by_lane=tuple((lane, one) for lane, one in by_lane if lane not in hidden.names and one.timed),
        hidden=tuple(sorted(hidden.names)),
        unsaid=_called(hidden.unsaid),
        own=_called(hidden.names - hidden.unsaid),
        heat={step.element_id: level for step, level in heat if level},
    )


def _called(lanes: Iterable[str]) -> tuple[str, ...]:
    return tuple(lane or "–" for lane in sorted(lanes))
