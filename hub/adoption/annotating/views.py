"""Notes on weeks, written beside a report."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hub.adoption.annotating import actions
from hub.adoption.models.saved import Annotation
from hub.adoption.scopes import scope_of
from hub.problems import refuse
from hub.refusals import Refusal


@require_POST
def annotate(request: HttpRequest) -> HttpResponse:
    if not actions.writable_entities(request.user):
        raise PermissionDenied
    try:
        entity_id, monday = _given(request)
        actions.annotate(request.user, entity_id=entity_id, monday=monday, text=request.POST.get("text", ""))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(_back(request))


def _given(request: HttpRequest) -> tuple[int, date]:
    try:
        return int(request.POST.get("entity", "")), date.fromisoformat(request.POST.get("monday", ""))
    except ValueError:
        raise Refusal("unknown_week", _("Choose a published week.")) from None


@require_POST
def remove(request: HttpRequest, week_note_id: UUID) -> HttpResponse:
    scope_of(request.user)
    actions.remove(
        request.user, get_object_or_404(Annotation.objects.visible_to(request.user), pk=week_note_id)
    )
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The report's page that the form was on."""
    path = request.POST.get("back", "")
    is_here = path.startswith("/adoption/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_here else reverse("adoption:overview")
