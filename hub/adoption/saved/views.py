"""Keeping views from the page of a report, and the list of one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hub.adoption.menu import FIELDS, report_named, selected
from hub.adoption.models.saved import SavedView
from hub.adoption.saved.actions import save_view
from hub.adoption.scopes import may_look, scope_of
from hub.adoption.units import unit_of
from hub.problems import refuse
from hub.refusals import Refusal


@require_POST
def save(request: HttpRequest, name: str) -> HttpResponse:
    scope = scope_of(request.user)
    query = QueryDict(mutable=True)
    query.update({field: request.POST[field] for field in FIELDS if field in request.POST})
    try:
        report = report_named(name)
        selection = selected(report, query, status=422)
        view = save_view(
            request.user, report, selection, name=request.POST.get("name", ""), rhythm=request.POST.get("rhythm", ""),
            unit=unit_of(scope, selection),
        )  # fmt: skip
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(
        request, _("Kept as “%(name)s”. It stands on the page of all reports.") % {"name": view.name}
    )
    return redirect("adoption:overview")


@require_POST
def remove(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """One's own, also for whoever reads reports no more."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=view_id)
    view.delete()
    messages.success(request, _("“%(name)s” is no longer kept.") % {"name": view.name})
    return redirect("adoption:overview" if may_look(request.user) else "today:today")
