"""Whether the times of a lane in which one person works may be shown: that person's own yes, which can be taken back.

The owner of the process names the person and asks; what anybody else says opens nothing. A yes is for what was written
then and for those who saw it then: where either changes, the person is asked anew.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from hashlib import sha256
from operator import or_
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.processes import telling
from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import FEWEST, has_yes
from hub.people.models import User
from hub.refusals import Refusal

Written = dict[str, list[tuple]]
COLUMNS = ("name", "touch_minutes", "wait_hours", "probability", "loop_factor")

# Each is called with a process of which somebody said anew whose times may be shown.
_listeners: list[Callable[[Process], None]] = []
# Each is called with the keys of processes, and locks what is published of them before anything of them is locked.
_holders: list[Callable[[Collection[UUID]], None]] = []


def register_lanes_listener(changed: Callable[[Process], None]) -> None:
    if changed not in _listeners:
        _listeners.append(changed)


def tell_listeners(process: Process) -> None:
    for changed in _listeners:
        changed(process)


def register_lanes_holder(hold: Callable[[Collection[UUID]], None]) -> None:
    if hold not in _holders:
        _holders.append(hold)


def held(processes: Collection[UUID]) -> dict[UUID, Process]:
    """Their locked rows, within a transaction, in the one order in which everything here is locked: the bets that stand
    on processes, the processes, their lanes, each by key. Whoever publishes what may be told locks the bet and then the
    processes before reading who agreed.

    Rows that only point to a process do not wait for this: publishing a bet's hours writes some.
    """
    for hold in _holders:
        hold(processes)
    rows = Process.objects.select_for_update(no_key=True).filter(pk__in=processes).order_by("pk")
    return {process.pk: process for process in rows}


def ask_anew(process: Process, lanes: Iterable[str] | None = None) -> None:
    """End the yes of these lanes, or of all that have one, and ask again. A no stays one."""
    agreed = process.lanes.select_for_update(of=("self",)).filter(has_consent=True).exclude(person=None)
    agreed = list((agreed if lanes is None else agreed.filter(name__in=lanes)).order_by("pk"))
    for lane in agreed:
        answered, lane.has_consent, lane.answered_at = lane.answered_at, False, None
        lane.save(update_fields=["has_consent", "answered_at"])
        lane.process = process
        telling.tell_asked_anew(lane, answered)
    if agreed:
        tell_listeners(process)


@contextmanager
def asking_anew(process: Process) -> Iterator[None]:
    """Around what rewrites steps or their numbers: whoever said yes to what was there is asked where it changed.

    A lane that is only called otherwise keeps its people and their answers: a yes is to what was read, and nothing of
    that has changed. Who answered for a lane that is gone hears that the answer ended, and who did not agree hears
    where a step with its times went to several people.
    """
    before = _written(process)
    yield
    after = _written(process)
    lanes = list(process.lanes.select_for_update(of=("self",)).select_related("person").order_by("pk"))
    renamed = _renamed(before, after, {lane.name for lane in lanes})
    for lane in lanes:
        lane.process = process
        if lane.name in renamed:
            lane.name = renamed[lane.name]
            lane.save(update_fields=["name"])
            continue
        _tell_moved(lane, before.get(lane.name, []), after, lanes)
        if lane.name not in after:
            if lane.person and lane.answered_at:
                telling.tell_ended(lane, lane.person)
            lane.delete()
    ask_anew(process, [name for name in before if before[name] != after.get(name, before[name])])


def _renamed(before: Written, after: Written, rows: Collection[str]) -> dict[str, str]:
    """By a lane that is gone the new one with exactly what was written of it, where there is only one of each."""
    gone = {name: told for name, told in before.items() if name in rows and name not in after}
    new = {name: told for name, told in after.items() if name not in before and name not in rows}
    told = [*gone.values()], [*new.values()]
    return {
        old: name
        for old, was in gone.items()
        for name, now in new.items()
        if was == now and told[0].count(was) == 1 and told[1].count(now) == 1
    }


def _tell_moved(lane: Lane, before: Sequence[tuple], after: Written, lanes: Iterable[Lane]) -> None:
    if lane.person is None or lane.has_consent:
        return
    left = [step for step in before if step not in after.get(lane.name, ())]
    shared = [step for one in lanes if (one.performers or 0) >= FEWEST for step in after.get(one.name, ())]
    if any(step in shared for step in left):
        telling.tell_several(lane, lane.person)


def _written(process: Process) -> Written:
    """By lane what is written of its steps, in order."""
    found: Written = {}
    for lane, *told in process.steps.order_by("position").values_list("lane", *COLUMNS):
        found.setdefault(lane, []).append(tuple(told))
    return found


def _digest(process: Process, told: Iterable[tuple]) -> str:
    return sha256(repr((process.audience, list(told))).encode()).hexdigest()[:16]


@transaction.atomic
def end_answers_of(users: Collection[User]) -> None:
    """Whoever left can take nothing back; coming back, the person is asked like anybody. Those who leave together are
    taken together: what they answered for is locked once, in the one order.
    """
    answered = Lane.objects.filter(person__in=users, has_consent=True)
    processes = held(set(answered.values_list("process", flat=True)))
    lanes = answered.select_for_update(of=("self",)).select_related("process").order_by("pk")
    for lane in lanes.filter(process__in=processes):
        lane.has_consent, lane.answered_at = False, None
        lane.save(update_fields=["has_consent", "answered_at"])
        tell_listeners(lane.process)


def ask_who_returns(user: User) -> None:
    """Whoever comes back is asked what was not answered, or was until they left. A no stays one."""
    open_ones = Lane.objects.filter(person=user, answered_at=None).select_related("person", "process__owner")
    for lane in open_ones.order_by("pk"):
        telling.ask(lane, why=":back")


@transaction.atomic
def answer(*, lane: Lane, agrees: bool, read: str = "") -> Lane:
    """The named person's yes or no, as often as they like; what is published follows.

    `read` is the `written` of what the person had before them (see `with_own_steps`); a no needs none. Raises Refusal
    where the owner names somebody else by now than when `lane` was read, and a yes to what was not read.
    """
    asked = lane.person_id
    # Whoever writes steps or opens the process locks its row first, too: nothing changes after it was compared.
    process = held([lane.process_id])[lane.process_id]
    lane = process.lanes.select_for_update(of=("self",)).get(pk=lane.pk)
    if lane.person_id != asked:
        raise Refusal("not_asked", _("You are no longer named as the one who does this work."), status=409)
    if agrees and read != _digest(process, _written(process).get(lane.name, [])):
        raise Refusal(
            "times_changed",
            _("What is written of your work, or who sees it, has changed. Read it again and then answer."),
            status=409,
        )
    lane.has_consent, lane.answered_at = agrees, timezone.now()
    lane.save(update_fields=["has_consent", "answered_at"])
    tell_listeners(process)
    return lane


def with_own_steps(lanes: Iterable[Lane]) -> list[Lane]:
    """Each with what is written of this person's work, as `own_steps` and, to tell whether it is still that, `written`;
    and whether others see its times by now, as `is_shown`. One query more.
    """
    lanes = list(lanes)
    found: dict[tuple[object, str], list[Step]] = {}
    if lanes:
        theirs = reduce(or_, (Q(process=lane.process_id, lane=lane.name) for lane in lanes))
        for step in Step.objects.filter(theirs).order_by("process", "position"):
            found.setdefault((step.process_id, step.lane), []).append(step)
    for lane in lanes:
        lane.is_shown = has_yes(lane)
        lane.own_steps = found.get((lane.process_id, lane.name), [])
        written = [tuple(getattr(step, name) for name in COLUMNS) for step in lane.own_steps]
        lane.written = _digest(lane.process, written)
    return lanes
