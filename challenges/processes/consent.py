"""Whether the times of a lane in which one person works may be shown: that person's own yes, which can be taken back.

The owner of the process names the person and asks; what anybody else says opens nothing. A yes is for what was written
then and for those who saw it then: where either changes, the person is asked anew.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from hashlib import sha256
from operator import or_
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from challenges.processes.models import Lane, Process, Step
from challenges.processes.shown_times import has_yes
from hub.notices.actions import notify
from hub.people.models import User
from hub.refusals import Refusal

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


def ask(lane: Lane) -> None:
    """Tell the named person, once a day at most: who said no is not asked again by saving the page anew."""
    notify(
        user=lane.person,
        kind="lane_asked",
        dedupe_key=f"lane_asked:{lane.pk}:{lane.person_id}:{timezone.localdate()}",
        facts={"who": str(lane.process.owner), "title": lane.process.title},
        path="/processes/my-work/",
    )


def tell_several(lane: Lane, person: User) -> None:
    """Whoever was named as the only one hears that the owner says now that several work there: nobody asks any more."""
    notify(
        user=person,
        kind="lane_several",
        dedupe_key=f"lane_several:{lane.pk}:{person.pk}:{timezone.localdate()}",
        facts={"who": str(lane.process.owner), "title": lane.process.title},
        path=f"/processes/{lane.process_id}/",
    )


def ask_anew(process: Process, lanes: Iterable[str] | None = None) -> None:
    """End the yes of these lanes, or of all that have one, and ask again. A no stays one."""
    agreed = process.lanes.select_for_update(of=("self",)).filter(has_consent=True).exclude(person=None)
    agreed = list((agreed if lanes is None else agreed.filter(name__in=lanes)).order_by("pk"))
    for lane in agreed:
        answered, lane.has_consent, lane.answered_at = lane.answered_at, False, None
        lane.save(update_fields=["has_consent", "answered_at"])
        notify(
            user=lane.person,
            kind="lane_asked_anew",
            # One for each yes that ended.
            dedupe_key=f"lane_asked:{lane.pk}:{lane.person_id}:{answered and answered.isoformat()}",
            facts={"title": process.title},
            path="/processes/my-work/",
        )
    if agreed:
        tell_listeners(process)


@contextmanager
def asking_anew(process: Process) -> Iterator[None]:
    """Around what rewrites steps or their numbers: whoever said yes to what was there is asked where it changed."""
    before = _written(process)
    yield
    after = _written(process)
    ask_anew(process, [name for name in before if before[name] != after.get(name, before[name])])


def _written(process: Process) -> dict[str, list[tuple]]:
    """By lane what is written of its steps, in order."""
    found: dict[str, list[tuple]] = {}
    for lane, *told in process.steps.order_by("position").values_list("lane", *COLUMNS):
        found.setdefault(lane, []).append(tuple(told))
    return found


def _digest(process: Process, told: Iterable[tuple]) -> str:
    return sha256(repr((process.audience, list(told))).encode()).hexdigest()[:16]


@transaction.atomic
def end_answers_of(user: User) -> None:
    """Whoever left can take nothing back; coming back, the person is asked like anybody."""
    answered = Lane.objects.filter(person=user, has_consent=True)
    processes = held(set(answered.values_list("process", flat=True)))
    lanes = answered.select_for_update(of=("self",)).select_related("process").order_by("pk")
    for lane in lanes.filter(process__in=processes):
        lane.has_consent, lane.answered_at = False, None
        lane.save(update_fields=["has_consent", "answered_at"])
        tell_listeners(lane.process)


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
