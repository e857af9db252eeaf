"""Writing a note on a week of a company, and taking it away: HR of that company alone."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hub.adoption.models.saved import Annotation
from hub.adoption.reading import Scope
from hub.audit.actions import record
from hub.disclosure.models import FrozenWeek
from hub.people import access
from hub.people.models import LegalEntity, User
from hub.refusals import Refusal

LONGEST = 200
MOST_A_WEEK = 5


def writable_entities(user: User) -> list[LegalEntity]:
    return list(access.entities_of(user, access.Role.HR))


def annotate(user: User, *, entity_id: int, monday: date, text: str) -> Annotation:
    """Raises PermissionDenied for another company, Refusal (422) for no text, a long one, or a week not published."""
    entity = next((one for one in writable_entities(user) if one.pk == entity_id), None)
    if entity is None:
        raise PermissionDenied
    text = " ".join(text.replace("\0", "").split())
    if not text or len(text) > LONGEST:
        raise Refusal("note_text", _("A note has between one and %(n)s characters.") % {"n": LONGEST})
    if not FrozenWeek.objects.filter(monday=monday).exists():
        raise Refusal("unknown_week", _("Choose a published week."))
    with transaction.atomic():
        LegalEntity.objects.select_for_update().get(pk=entity.pk)
        if Annotation.objects.filter(entity=entity, monday=monday).count() >= MOST_A_WEEK:
            raise Refusal(
                "too_many_notes", _("A week can have %(n)s notes. Remove one first.") % {"n": MOST_A_WEEK}
            )
        note = Annotation.objects.create(entity=entity, monday=monday, text=text, author=user)
        _record(user, "adoption.annotated", note)
    return note


@transaction.atomic
def remove(user: User, note: Annotation) -> None:
    """Raises PermissionDenied for whoever is not HR of the note's company."""
    if note.entity not in writable_entities(user):
        raise PermissionDenied
    _record(user, "adoption.annotation_removed", note)
    note.delete()


def _record(user: User, action: str, note: Annotation) -> None:
    record(
        actor_key=user.subject_key,
        action=action,
        object_type="annotation",
        object_id=str(note.pk),
        facts={"entity": note.entity_id, "week": note.monday.isoformat()},
    )


def notes_of(scope: Scope, mondays: Sequence[date]) -> list[Annotation]:
    """Oldest week first, as they are numbered in the plot."""
    notes = Annotation.objects.filter(entity__in=scope, monday__in=mondays).select_related("entity")
    return list(notes.order_by("monday", "written_at"))
