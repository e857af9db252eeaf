"""For the list beside a drawing."""

from collections.abc import Iterable, Mapping

from django import template
from django.template.defaultfilters import floatformat

from challenges.processes.models import Step
from challenges.processes.templatetags.humanly import as_minutes, as_percent

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
    """What is marked on it, a word that `_change.html` says, or nothing."""
    return (marks or {}).get(step.element_id, "")


@register.filter
def facts_of(step: Step) -> list[str]:
    """What is worth saying of a step beside its name: what differs from an ordinary one, and what it takes."""
    facts = [
        (step.kind != Step.Kind.TASK, step.get_kind_display()),
        (step.touch_minutes is not None, as_minutes(step.touch_minutes or 0)),
        (step.probability < 1, as_percent(step.probability)),
        (step.loop_factor != 1, f"{floatformat(step.loop_factor, -2)} ×"),
        (bool(step.value), step.get_value_display()),
    ]
    return [fact for is_told, fact in facts if is_told]
