"""The pages of one source: its text with the cited passage marked, and what can be done with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import actions
from learning.notebooks.models import Source
from learning.notebooks.pages import blocks, part_of, part_starts
from learning.notebooks.views import get_notebook_for


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
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


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
        "has_mark": has_mark,
        "quote_missing": (start is not None or end is not None) and not has_mark,
        "part": part + 1,
        "parts": len(starts),
        "previous_url": f"{here}?part={part}" if part > 0 else "",
        "next_url": f"{here}?part={part + 2}" if part + 1 < len(starts) else "",
    }
    return render(request, "notebooks/_source.html" if request.htmx else "notebooks/source.html", context)


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
    actions.retry(source=source)
    return redirect("notebooks:detail", notebook_id)
