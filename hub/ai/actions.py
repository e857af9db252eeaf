"""What administrators do with the register: each act is in the audit."""

from django.db import transaction
from django.utils.text import slugify

from hub.ai.models import AISystem
from hub.ai.requesting import compare_anew
from hub.audit.actions import record
from hub.people.models import User

LONGEST_SLUG = 40


@transaction.atomic
def add_tool(*, tool: AISystem, by: User) -> AISystem:
    """Allowed from now on. Its address is made of the English name, with a number where that is taken."""
    base = slugify(tool.name_en)[:LONGEST_SLUG] or "tool"
    taken = set(AISystem.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    tool.slug = next(
        slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken
    )
    tool.is_own, tool.is_allowed = False, True
    tool.save(force_insert=True)
    _note("tool.added", tool, by)
    return tool


@transaction.atomic
def change_tool(*, tool: AISystem, by: User) -> list[AISystem]:
    """Returns the tools that it has become like, where its purpose was changed."""
    purposes = AISystem.objects.select_for_update().values_list("purpose_de", "purpose_en")
    before = purposes.get(pk=tool.pk)
    tool.save()
    _note("tool.changed", tool, by)
    return compare_anew(tool=tool, before=before, by=by)


@transaction.atomic
def set_allowed(*, tool: AISystem, is_allowed: bool, by: User) -> None:
    """Withdrawn, it is offered nowhere; the labs that name it keep their text. Doing it twice has one effect."""
    if AISystem.objects.filter(pk=tool.pk).exclude(is_allowed=is_allowed).update(is_allowed=is_allowed):
        tool.is_allowed = is_allowed
        _note("tool.allowed" if is_allowed else "tool.withdrawn", tool, by)


def _note(action: str, tool: AISystem, by: User) -> None:
    facts = {"data_class": tool.data_class}
    record(actor_key=by.subject_key, action=action, object_type="ai_system", object_id=tool.slug, facts=facts)
