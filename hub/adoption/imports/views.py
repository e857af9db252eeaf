"""The page of imports: what comes from outside, for what, who brought it, and how it is taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hub.adoption.imports import SOURCES, receiving, taking
from hub.adoption.imports.forms import KeyForm, UploadForm
from hub.adoption.models import StatementKey, UsageImport
from hub.people import access
from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal

ON_A_PAGE = 20


def require_reader(user: User) -> None:
    """Whoever may import, and the works council. Raises PermissionDenied."""
    if not (taking.may_import(user) or access.is_works_council(user)):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    require_reader(request.user)
    if request.method == "GET":
        return _page(request)
    form = UploadForm(request.POST, request.FILES)
    if not taking.may_import(request.user):
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, upload_form=form, status=422)
    source, file = SOURCES[form.cleaned_data["source"]], form.cleaned_data["file"]
    try:
        taking.preview(source=source, file=file, by=request.user)
    except Refusal as refusal:
        form.add_error("file", str(refusal.message))
        return _page(request, upload_form=form, status=refusal.status)
    return redirect(f"{reverse('adoption:imports')}#waiting")


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    user = request.user
    may_import = taking.may_import(user)
    found = UsageImport.objects.visible_to(user).prefetch_related("entities")
    history = found.exclude(state=UsageImport.State.PREVIEW).select_related("uploaded_by")
    context = {
        "may_import": may_import,
        "sources": list(SOURCES.values()),
        "upload_form": UploadForm(),
        "waiting": list(found.filter(state=UsageImport.State.PREVIEW, uploaded_by=user)),
        "history": Paginator(history, ON_A_PAGE).get_page(request.GET.get("page")),
        "keys": list(StatementKey.objects.visible_to(user).select_related("entity")),
        "key_form": KeyForm(by=user) if may_import else None,
        "endpoint": request.build_absolute_uri(reverse("api:xapi-statements")).removesuffix("statements"),
        **more,
    }
    return render(request, "adoption/imports.html", context, status=status)


def _import_for(user: User, import_id: UUID) -> UsageImport:
    return get_object_or_404(UsageImport.objects.visible_to(user), pk=import_id)


@require_POST
def confirm_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    require_reader(request.user)
    try:
        done = taking.confirm(usage_import=_import_for(request.user, import_id), by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    words = ngettext(
        "%(n)s person was taken over. It counts when this week is closed.",
        "%(n)s people were taken over. They count when this week is closed.",
        done.matched,
    )
    messages.success(request, words % {"n": done.matched})
    return redirect("adoption:imports")


@require_POST
def withdraw_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    require_reader(request.user)
    try:
        taking.withdraw(usage_import=_import_for(request.user, import_id), by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Withdrawn. Nothing of it is kept of anybody."))
    return redirect("adoption:imports")


@require_POST
def make_key(request: HttpRequest) -> HttpResponse:
    """Shows the secret in this answer and never again."""
    require_reader(request.user)
    if not taking.may_import(request.user):
        raise PermissionDenied
    form = KeyForm(request.POST, by=request.user)
    if not form.is_valid():
        return _page(request, key_form=form, status=422)
    try:
        key, secret = receiving.make_key(**form.cleaned_data, by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, key_form=form, status=refusal.status)
    return _page(request, new_key=key, new_secret=secret, status=201)


@require_POST
def revoke_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    require_reader(request.user)
    key = get_object_or_404(StatementKey.objects.visible_to(request.user), pk=key_id)
    receiving.revoke_key(key=key, by=request.user)
    messages.success(request, _("Revoked. What comes with it from now on is refused."))
    return redirect("adoption:imports")
