"""The pages of one source: its text with the cited passage marked, and what can be done with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import actions, versions
from learning.notebooks.fetching import get_notebook_for, whole_number
from learning.notebooks.forms import SourceChangeForm, SourceVersionForm
from learning.notebooks.models import Source
from learning.notebooks.page_images import picture_of
from learning.notebooks.pages import blocks, part_of, part_starts
from learning.rag.readers import EXTENSIONS


def get_source_for(
    request: HttpRequest, notebook_id: object, source_id: object, *, removed: bool = False
) -> Source:
    notebook = get_notebook_for(request, notebook_id)
    source = get_object_or_404(
        notebook.sources.exclude(removed_at=None) if removed else notebook.sources.present(), pk=source_id
    )
    source.notebook = notebook
    return source


def _number(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))


@require_GET
def source(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    source = get_source_for(request, notebook_id, source_id)
    starts = part_starts(source.text)
    start, end = _number(request, "start"), _number(request, "end")
    has_mark = start is not None and end is not None and start < end <= len(source.text)
    first, last = _number(request, "from"), _number(request, "to")
    has_heart = has_mark and first is not None and last is not None and start <= first < last <= end
    part = part_of(starts, start) if has_mark else min((_number(request, "part") or 1) - 1, len(starts) - 1)
    part = max(part, 0)
    part_end = starts[part + 1] if part + 1 < len(starts) else len(source.text)
    if has_mark and end > part_end:
        part_end = min(end, len(source.text))
    here = reverse("notebooks:source", args=[source.notebook_id, source.pk])
    context = {
        "notebook": source.notebook,
        "source": source,
        "blocks": blocks(
            source,
            starts[part],
            part_end,
            (start, end) if has_mark else None,
            (first, last) if has_heart else None,
        ),
        **standing_of(source),
        "picture": picture_of(
            source, start if has_mark else starts[part], (start, end) if has_mark else None
        ),
        "has_mark": has_mark,
        "quote_missing": (start is not None or end is not None) and not has_mark,
        "part": part + 1,
        "parts": len(starts),
        "previous_url": f"{here}?part={part}" if part > 0 else "",
        "next_url": f"{here}?part={part + 2}" if part + 1 < len(starts) else "",
    }
    return render(request, "notebooks/_source.html" if request.htmx else "notebooks/source.html", context)


def standing_of(source: Source) -> dict[str, object]:
    """Whether it still answers, and which version does instead."""
    standing = versions.standing(source)
    current = versions.current_version(source) if standing else None
    return {"standing": standing, "current": current}


def get_changeable(request: HttpRequest, notebook_id: object, source_id: object) -> Source:
    source = get_source_for(request, notebook_id, source_id)
    if not actions.may_change(source, request.user):
        raise PermissionDenied
    return source


def _changing(
    request: HttpRequest,
    source: Source,
    *,
    form: SourceChangeForm | None = None,
    version_form: SourceVersionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    line = versions.versions_of(source).filter(removed_at=None).select_related("owner", "added_by")
    context = {
        "notebook": source.notebook,
        "source": source,
        **standing_of(source),
        "form": form or SourceChangeForm(instance=source),
        "version_form": version_form or SourceVersionForm(prefix="version"),
        "accept": ",".join(EXTENSIONS),
        "versions": line.order_by("-version"),
        "is_answered": versions.is_answered(source),
        "wrong_form": version_form or form,
    }
    return render(request, "notebooks/source_change.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    source = get_changeable(request, notebook_id, source_id)
    if request.method == "GET":
        return _changing(request, source)
    form = SourceChangeForm(request.POST, instance=source)
    if not form.is_valid():
        source.refresh_from_db(fields=["title", "owner", "valid_from", "valid_until"])
        return _changing(request, source, form=form, status=422)
    actions.change_source(source=form.save(commit=False), by=request.user)
    messages.success(request, _("Saved."))
    return redirect("notebooks:detail", notebook_id)


@require_POST
def add_version(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    source = get_changeable(request, notebook_id, source_id)
    form = SourceVersionForm(request.POST, request.FILES, prefix="version")
    if not form.is_valid():
        return _changing(request, source, version_form=form, status=422)
    try:
        actions.add_version(source=source, user=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal.message))
        return _changing(request, source, version_form=form, status=refusal.status)
    if versions.is_answered(source):
        sentence = _("The new version of “%s” is being read. Until then the one before it goes on answering.")
    else:
        sentence = _("The new version of “%s” is being read.")
    messages.success(request, sentence % source.title)
    return redirect("notebooks:detail", notebook_id)


@require_POST
def cancel(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    source = get_source_for(request, notebook_id, source_id)
    if not source.can_be_removed_by(request.user):
        raise PermissionDenied
    actions.cancel(source=source)
    if source.is_ready:
        messages.info(request, _("“%s” had already been read.") % source.title)
    return redirect("notebooks:detail", notebook_id)


@require_POST
def remove(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    source = get_source_for(request, notebook_id, source_id)
    if not source.can_be_removed_by(request.user):
        raise PermissionDenied
    actions.remove(source=source, user=request.user)
    messages.success(request, _("“%s” is removed and answers nothing any more.") % source.title)
    request.session["undo"] = {
        "url": reverse("notebooks:put-back-source", args=[source.notebook_id, source.pk]),
        "label": _("Put it back"),
    }
    return redirect("notebooks:detail", notebook_id)


@require_POST
def put_back(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    source = get_source_for(request, notebook_id, source_id, removed=True)
    if not source.can_be_removed_by(request.user):
        raise PermissionDenied
    try:
        actions.put_back(source=source)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("“%s” is back.") % source.title)
    return redirect("notebooks:detail", notebook_id)


@require_POST
def retry(request: HttpRequest, notebook_id: object, source_id: object) -> HttpResponse:
    source = get_source_for(request, notebook_id, source_id)
    if not source.can_be_removed_by(request.user):
        raise PermissionDenied
    try:
        actions.retry(source=source)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("notebooks:detail", notebook_id)
