"""Who may look at the reports, at which legal entities, and the record of every look."""

from django.core.exceptions import PermissionDenied

from hub.adoption.menu import Selection
from hub.audit.actions import record
from hub.disclosure.models import entity_ids_of
from hub.people import access
from hub.people.models import User


def scope_of(user: User) -> list[int]:
    """The legal entities of HR's or the works council's role. Raises PermissionDenied for everybody else."""
    if not may_look(user):
        raise PermissionDenied
    return entity_ids_of(user)


def may_look(user: User) -> bool:
    return access.is_hr(user) or access.is_works_council(user)


def own_scope(user: User) -> list[int]:
    """The legal entity that one belongs to: what its HR sees, everybody of it may see."""
    return [user.team.legal_entity_id] if user.team else []


def record_look(user: User, report: str, selection: Selection, shown_as: str) -> None:
    record(
        actor_key=user.subject_key,
        action="adoption.looked",
        object_type="report",
        object_id=report,
        facts={"by": selection.by, "window": selection.window, "as": shown_as}
        | ({"of": selection.of} if selection.of else {}),
    )
