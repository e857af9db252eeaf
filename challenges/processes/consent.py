"""Whether the times of a lane in which one person works may be shown: that person's own yes, which can be taken back.

The owner of the process names the person and asks; what anybody else says opens nothing.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from challenges.processes.models import Lane, Process, Step
from hub.notices.actions import notify

# Each is called with a process of which somebody said anew whose times may be shown.
_listeners: list[Callable[[Process], None]] = []


def register_lanes_listener(changed: Callable[[Process], None]) -> None:
    if changed not in _listeners:
        _listeners.append(changed)


def tell_listeners(process: Process) -> None:
    for changed in _listeners:
        changed(process)


def ask(lane: Lane) -> None:
    """Tell the named person, once: who said no is not asked again by saving the page anew."""
    notify(
        user=lane.person,
        kind="lane_asked",
        dedupe_key=f"lane_asked:{lane.pk}:{lane.person_id}",
        facts={"who": str(lane.process.owner), "title": lane.process.title},
        path="/processes/my-work/",
    )


@transaction.atomic
def answer(*, lane: Lane, agrees: bool) -> Lane:
    """The named person's yes or no, as often as they like; what is published follows."""
    lane = Lane.objects.select_for_update(of=("self",)).select_related("process").get(pk=lane.pk)
    lane.has_consent, lane.answered_at = agrees, timezone.now()
    lane.save(update_fields=["has_consent", "answered_at"])
    tell_listeners(lane.process)
    return lane


def with_own_steps(lanes: Iterable[Lane]) -> list[Lane]:
    """Each with what is written of this person's work, as `own_steps`. One query more."""
    lanes = list(lanes)
    found: dict[tuple[object, str], list[Step]] = {}
    if lanes:
        theirs = reduce(or_, (Q(process=lane.process_id, lane=lane.name) for lane in lanes))
        for step in Step.objects.filter(theirs):
            found.setdefault((step.process_id, step.lane), []).append(step)
    for lane in lanes:
        lane.own_steps = found.get((lane.process_id, lane.name), [])
    return lanes
