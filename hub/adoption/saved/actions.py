"""Keeping a view of a report, changing how often it comes, and letting it go."""

from django.db import transaction
from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.menu import Selection
from hub.adoption.models.saved import SavedView
from hub.adoption.report import Report
from hub.adoption.units import Unit
from hub.people.models import User
from hub.refusals import Refusal

MOST = 30
LONGEST_NAME = 80


def save_view(
    user: User,
    report: Report,
    selection: Selection,
    *,
    name: str = "",
    rhythm: str = "",
    unit: Unit | None = None,
) -> SavedView:
    """The same cut again is the same view, with the new name and rhythm. Raises Refusal (422) beyond MOST views."""
    name = " ".join(name.split()) or f"{report.title} – {words.filters(selection, unit.name if unit else '')}"
    rhythm = rhythm or SavedView.Rhythm.NEVER
    if rhythm not in SavedView.Rhythm.values:
        raise Refusal("unknown_rhythm", _("Choose how often it is sent."))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        own = SavedView.objects.visible_to(user)
        cut = {"report": report.name, "by": selection.by, "window": selection.window, "of": selection.of}
        if not own.filter(**cut).exists() and own.count() >= MOST:
            raise Refusal("too_many_views", _("You can keep %(n)s views. Remove one first.") % {"n": MOST})
        view, _is_new = SavedView.objects.update_or_create(
            user=user, **cut, defaults={"name": name[:LONGEST_NAME], "rhythm": rhythm}
        )
    return view


def selection_of(view: SavedView) -> Selection:
    return Selection(view.by, view.window, view.of)
