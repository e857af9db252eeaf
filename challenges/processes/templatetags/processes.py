"""For the list beside a drawing."""

from collections.abc import Iterable, Mapping

from django import template

from challenges.processes.models import Step

register = template.Library()


@register.filter
def in_lanes(steps: Iterable[Step]) -> list[tuple[str, list[Step]]]:
    """(lane, its steps in order), the lane of the first step first."""
    lanes: dict[str, list[Step]] = {}
    for step in steps:
        lanes.setdefault(step.lane, []).append(step)
    return list(lanes.items())


@register.filter
def mark_of(step: Step, marks: Mapping[str, str] | None) -> str:
    """What is marked on it: "eliminated", "claimed" or nothing."""
    return (marks or {}).get(step.element_id, "")
