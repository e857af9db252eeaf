"""Whose times are shown: those of a lane in which two people work, or whose single person agreed. A time of one
person's own work is that person's.

The owner, who wrote them down, sees all. The sums of the whole process would tell what is left out, to whoever knows
the rest, and to whoever noted them before somebody else agreed. So what covers those who did not agree does not depend
on who did: as long as one person's lane is left out, a lane in which several work, which carries what theirs carry, is
left out too. Where there is none, a sum is told only of three people and more, and those of them who agreed are shown
together, once the last one did. Whoever works in a lane knows it: one person's lane never covers another's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet

from challenges.processes.figures import Figures, executions, figures_of, heat_of
from challenges.processes.granularity import flags_of
from challenges.processes.models import Lane, Process, Step
from hub.people.models import User

FEWEST = 2
MEASURES = ("touch_minutes", "wait_hours")


@dataclass(frozen=True)
class Hidden:
    """Names of the lanes whose times somebody does not see: `own` those of one person, or of nobody knows how many;
    `unsaid` those of them of which nobody said how many; `waiting` whose person agreed and is shown with the others;
    `beside` what is left out so that no sum tells one of them.
    """

    own: frozenset[str] = frozenset()
    unsaid: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    # By lane whose it is: lanes of one named person are one.
    whose: Mapping[str, object] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        return self.alone | self.beside

    @property
    def alone(self) -> frozenset[str]:
        return self.own | self.waiting


def hidden_among(steps: Iterable[Step], lanes: Iterable[Lane]) -> Hidden:
    """For whoever does not own the process. No query where the lanes were read with their `person`."""
    steps, known = list(steps), {lane.name: lane for lane in lanes}
    timed = {step.lane for step in steps if any(getattr(step, name) is not None for name in MEASURES)}
    own = frozenset(name for name in timed if not _may_show(known.get(name)))
    if not own:
        return Hidden()
    several = [known[name] for name in timed if name in known and _has_several(known[name])]
    alone = timed - {lane.name for lane in several}
    carrying = {name: _carrying(steps, name) for name in MEASURES}
    cover = _cover(several, [lanes for lanes in carrying.values() if alone & lanes])
    people = {name: lane.person_id for name, lane in known.items() if lane.person_id is not None}
    whose = {name: people.get(name, ("lane", name)) for name in alone}
    uncovered = [alone & lanes for lanes in carrying.values() if not cover & lanes]
    is_crowd = any(len({whose[lane] for lane in lanes}) > FEWEST for lanes in uncovered)
    return Hidden(
        own=own,
        unsaid=frozenset(name for name in own if name not in people and _unsaid(known.get(name))),
        waiting=frozenset(alone - own) if is_crowd else frozenset(),
        beside=cover,
        whose=whose,
    )


def _cover(several: Collection[Lane], carrying: Collection[Collection[str]]) -> frozenset[str]:
    """One that carries what those who work alone carry: else the difference would be theirs alone."""
    if not several:
        return frozenset()
    missing = {lane.name: sum(lane.name not in lanes for lanes in carrying) for lane in several}
    chosen = min(several, key=lambda lane: (missing[lane.name], lane.performers or 0, lane.name))
    return frozenset({chosen.name})


def _may_show(lane: Lane | None) -> bool:
    if lane is None:
        return False
    return _has_yes(lane) or _has_several(lane)


def _has_several(lane: Lane) -> bool:
    return (lane.performers or 0) >= FEWEST


def _has_yes(lane: Lane) -> bool:
    """Of somebody who still works here: whoever left can take nothing back."""
    return lane.has_consent and lane.person is not None and lane.person.status == User.Status.ACTIVE


def _unsaid(lane: Lane | None) -> bool:
    return lane is None or lane.performers is None


def shown_lanes(processes: Collection[object]) -> set[tuple[object, str]]:
    """(process, lane), both by what a step says of them, of the lanes whose times may be told. One query, two where
    somebody agreed.
    """
    lanes = list(Lane.objects.filter(process__in=processes).select_related("person"))
    told = {(lane.process_id, lane.name) for lane in lanes if _may_show(lane)}
    return told - _waiting(lanes)


def waiting_lanes(processes: QuerySet[Process]) -> list[int]:
    """Keys of those in which one person agreed and is not shown yet. Two queries, however many processes."""
    agreed = Lane.objects.filter(has_consent=True, process__in=processes).values("process")
    lanes = list(Lane.objects.filter(process__in=agreed).select_related("person"))
    waiting = _waiting(lanes)
    return [lane.pk for lane in lanes if (lane.process_id, lane.name) in waiting]


def _waiting(lanes: Iterable[Lane]) -> set[tuple[object, str]]:
    by_process: dict[object, list[Lane]] = defaultdict(list)
    for lane in lanes:
        by_process[lane.process_id].append(lane)
    asked = [pk for pk, theirs in by_process.items() if any(_has_yes(lane) for lane in theirs)]
    steps: dict[object, list[Step]] = defaultdict(list)
    if asked:
        for step in Step.objects.filter(process__in=asked):
            steps[step.process_id].append(step)
    return {(pk, name) for pk in asked for name in hidden_among(steps[pk], by_process[pk]).waiting}


def is_told() -> Q:
    """Of `Lane` rows: as `shown_lanes`, for a query, but for those that are waiting."""
    return Q(has_consent=True, person__status=User.Status.ACTIVE) | Q(performers__gte=FEWEST)


def without_hidden(steps: Sequence[Step], hidden: Collection[str]) -> Sequence[Step]:
    """Steps of hidden lanes as copies that have lost their times; never save them."""
    return [_without_times(step) if step.lane in hidden else step for step in steps]


def _without_times(step: Step) -> Step:
    shown = copy(step)
    shown.touch_minutes = shown.wait_hours = None
    return shown


def _carrying(steps: Iterable[Step], name: str) -> set[str]:
    """Lanes that add to the sum of this measure."""
    return {step.lane for step in steps if executions(step) * (getattr(step, name) or 0)}


def _sum_tells_one(steps: Sequence[Step], hidden: Hidden, name: str) -> bool:
    """Whether the sum of the whole would tell somebody the times of one person: where one hidden lane alone adds to it,
    or two people's, each of whom knows their own.
    """
    said = {step.lane for step in steps if getattr(step, name) is not None}
    carrying = _carrying(steps, name)
    if not hidden.own & said or hidden.beside & carrying:
        return False
    return len({hidden.whose[lane] for lane in hidden.alone & carrying}) <= FEWEST


@dataclass(frozen=True)
class Costs:
    """What one person sees of a process: steps without hidden times; `figures` None where nobody said a time, and in
    them None for each sum that would tell the times of one person. `unsaid`, `own`, `waiting` and `beside` are the
    `hidden` lanes by the reason why, as they are called on a page.
    """

    steps: tuple[Step, ...]
    executed: float
    figures: Figures | None
    by_lane: tuple[tuple[str, Figures], ...]
    hidden: tuple[str, ...]
    unsaid: tuple[str, ...]
    own: tuple[str, ...]
    waiting: tuple[str, ...]
    beside: tuple[str, ...]
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
    whole = figures_of(steps, cases_per_week)
    figures = _without_sums(whole, steps, hidden) if whole.timed else None
    steps = without_hidden(steps, hidden.names)
    lanes: dict[str, list[Step]] = {}
    for step in steps:
        lanes.setdefault(step.lane, []).append(step)
    by_lane = [(lane, figures_of(theirs, cases_per_week)) for lane, theirs in lanes.items()]
    heat = zip(steps, heat_of(steps), strict=True)
    return Costs(
        steps=tuple(steps),
        executed=whole.executed,
        figures=figures,
        by_lane=tuple((lane, one) for lane, one in by_lane if lane not in hidden.names and one.timed),
        hidden=tuple(sorted(hidden.names)),
        unsaid=_called(hidden.unsaid),
        own=_called(hidden.own - hidden.unsaid),
        waiting=_called(hidden.waiting),
        beside=_called(hidden.beside),
        heat={step.element_id: level for step, level in heat if level},
    )


def _without_sums(figures: Figures, steps: Sequence[Step], hidden: Hidden) -> Figures:
    """Work and waiting apart; the time from beginning to end is made of both."""
    no_work, no_waiting = (_sum_tells_one(steps, hidden, name) for name in MEASURES)
    if no_work:
        figures = replace(figures, minutes_a_case=None, hours_a_year=None, lead_hours=None)
    if no_waiting:
        figures = replace(figures, waiting_hours=None, lead_hours=None)
    return figures


def _called(lanes: Iterable[str]) -> tuple[str, ...]:
    return tuple(lane or "–" for lane in sorted(lanes))
