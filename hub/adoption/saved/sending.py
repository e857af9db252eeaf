"""Saved views as messages: once a published week or every fourth, in the reader's language and within their scope.

A view is sent when its newest week has come out, to whoever still reads reports; what the gate hides is hidden here.
"""

from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.models.saved import SavedView
from hub.adoption.presenting import Line, Presented
from hub.adoption.reading import read
from hub.adoption.reports import REPORTS
from hub.adoption.saved.actions import selection_of
from hub.adoption.scopes import may_look, record_look, scope_of
from hub.adoption.units import unit_of
from hub.disclosure.models import FrozenWeek
from hub.notices.actions import notify

KIND = "adoption.view_sent"
EVERY = {SavedView.Rhythm.WEEKLY: timedelta(weeks=1), SavedView.Rhythm.MONTHLY: timedelta(weeks=4)}
LINES_SENT = 12


def send_due() -> int:
    """Send every view whose turn it is; returns how many. Each goes out once a week, however often this runs."""
    newest = FrozenWeek.objects.order_by("-monday").values_list("monday", flat=True).first()
    if newest is None:
        return 0
    due = Q()
    for rhythm, every in EVERY.items():
        due |= Q(rhythm=rhythm) & (Q(sent_for=None) | Q(sent_for__lte=newest - every))
    views = SavedView.objects.filter(due, report__in=list(REPORTS)).select_related("user__team")
    return sum(_send(view, newest) for view in views.order_by(F("user_id"), "pk"))


def _send(view: SavedView, newest: date) -> bool:
    user = view.user
    if not user.is_active or not may_look(user):
        return False
    if not SavedView.objects.filter(pk=view.pk, sent_for=view.sent_for).update(sent_for=newest):
        return False
    selection, scope = selection_of(view), scope_of(user)
    with translation.override(user.language):
        shown = Presented(read(scope, REPORTS[view.report], selection), unit_of(scope, selection))
        finding = " ".join(shown.findings) or _("There is no figure that may be shown here.")
        facts = {"name": view.name, "finding": finding, "lines": _lines(shown)}
    path = f"{reverse('adoption:report', args=[view.report])}?{selection.query}"
    notify(user=user, kind=KIND, dedupe_key=f"view:{view.pk}:{newest}", facts=facts, path=path)
    record_look(user, view.report, selection, "mail")
    return True


def _lines(shown: Presented) -> list[str]:
    """The cut, the first lines of the table, and the week it is of."""
    lines = [shown.filters, *(_line(shown, line) for line in shown.lines_in_words(LINES_SENT))]
    if shown.newest and shown.sunday:
        week = {"monday": words.day(shown.newest), "sunday": words.day(shown.sunday)}
        lines.append(_("Snapshot of the week from %(monday)s to %(sunday)s, published once.") % week)
    return lines


def _line(shown: Presented, line: Line) -> str:
    figures = ", ".join(
        f"{heading}: {figure or '–'}" for heading, figure in zip(shown.headings, line.figures, strict=True)
    )
    place = f"{line.entity} · {line.name}" if shown.several else line.name
    return f"{place} – {figures}"
