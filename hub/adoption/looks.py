"""Who may look at the reports, and the record of every look."""

from django.core.exceptions import PermissionDenied

from hub.adoption.menu import Selection
from hub.audit.actions import record
from hub.people import access
from hub.people.models import User


def require_reader(user: User) -> None:
    """HR and works council; each sees the legal entities of the role. Raises PermissionDenied."""
    if not (access.is_hr(user) or access.is_works_council(user)):
        raise PermissionDenied


def record_look(user: User, report: str, selection: Selection, shown_as: str) -> None:
    record(
        actor_key=user.subject_key,
        action="adoption.looked",
        object_type="report",
        object_id=report,
        facts={"by": selection.by, "window": selection.window, "as": shown_as},
    )
