"""Fetching a process and asking for permission in one step, and where one goes with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from challenges.processes.models import Process


def get_process_for(request: HttpRequest, process_id: object, *, to_edit: bool = False) -> Process:
    """The process if this person may see it (else 404), and may edit it where asked (else 403)."""
    visible = Process.objects.visible_to(request.user).select_related("owner", "deputy", "site")
    process = get_object_or_404(visible, pk=process_id)
    if to_edit and not process.can_be_edited_by(request.user):
        raise PermissionDenied
    return process


def page_before(request: HttpRequest) -> str:
    """The page of the hub that sent somebody here for a process, if one did."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours else ""


def opened(request: HttpRequest, process: Process, is_new: bool) -> HttpResponse:
    """To the process, or back with it to where somebody came from."""
    if not is_new:
        messages.info(request, _("You already have this process; here it is."))
    if page := page_before(request):
        return redirect(f"{page}?{urlencode({'process': process.pk})}")
    return redirect("processes:detail", process.pk)
