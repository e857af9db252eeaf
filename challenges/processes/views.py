"""The pages of processes: list, import, the process itself with its drawing, and its file."""

import hashlib

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from challenges.processes import actions, notes
from challenges.processes.fetching import get_process_for, opened, page_before
from challenges.processes.forms import ImportForm, ProcessForm, TemplateForm
from challenges.processes.models import Lane, Process
from challenges.processes.pool_choice import has_pools
from challenges.processes.shown_times import costs_of
from challenges.processes.steps_csv import COLUMNS
from challenges.processes.templates import templates_for
from challenges.processes.variants import variants_of
from hub.problems import refuse
from hub.refusals import Refusal


@require_GET
def list_processes(request: HttpRequest) -> HttpResponse:
    processes = Process.objects.visible_to(request.user).with_counts().without_file()
    processes = processes.select_related("owner", "site").order_by("title", "pk")
    mine = Q(owner=request.user)
    context = {"mine": processes.filter(mine), "shared": processes.exclude(mine)}
    context["asked"] = Lane.objects.asked_of(request.user).exists()
    return render(request, "processes/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"language": request.user.language}
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            process, is_new = actions.import_file(user=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("file", str(refusal.message))
            status = refusal.status
        else:
            return opened(request, process, is_new)
    context = {
        "form": form,
        "templates": templates_for(get_language()),
        "columns": COLUMNS,
        "next": page_before(request),
    }
    return render(request, "processes/new.html", context, status=status)


@require_POST
def create_from_template(request: HttpRequest) -> HttpResponse:
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return refuse(request, Refusal("unknown_template", _("There is no such template.")))
    process, is_new = actions.create_from_template(
        user=request.user, key=form.cleaned_data["template"], language=form.cleaned_data["language"]
    )
    return opened(request, process, is_new)


@require_GET
def detail(request: HttpRequest, process_id: object) -> HttpResponse:
    process = get_process_for(request, process_id)
    costs = costs_of(process, request.user)
    context = {
        "process": process,
        **vars(costs),
        "lane_count": len({step.lane for step in costs.steps}),
        "notes": notes.sentences(process.notes | costs.granularity),
        "has_pools": has_pools(process),
        "variants": variants_of(process, request.user).with_counts(),
        "can_edit": process.can_be_edited_by(request.user),
    }
    return render(request, "processes/detail.html", context)


@require_safe
def file(request: HttpRequest, process_id: object) -> HttpResponse:
    """The drawing, for the viewer and for other tools; a browser that opens it finds nothing to run."""
    process = get_process_for(request, process_id)
    # Of what is sent: the fingerprint of a table that was imported holds its minutes, also hidden ones.
    etag = f'"{hashlib.sha256(process.bpmn.encode()).hexdigest()}"'
    response = HttpResponse(process.bpmn, content_type="application/xml; charset=utf-8")
    response = get_conditional_response(request, etag=etag, response=response)
    name = slugify(process.title)[:80] or "process"
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.bpmn")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, process_id: object) -> HttpResponse:
    process = get_process_for(request, process_id, to_edit=True)
    title = process.title
    form = ProcessForm(request.POST or None, instance=process, user=request.user)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_process(process=form.save(commit=False))
        except Refusal as refusal:
            form.add_error("audience", str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("Saved."))
            return redirect("processes:detail", process.pk)
    context = {"form": form, "process": process, "title": title}
    return render(request, "processes/edit.html", context, status=status)


@require_POST
def delete(request: HttpRequest, process_id: object) -> HttpResponse:
    process = get_process_for(request, process_id, to_edit=True)
    if request.POST.get("title", "").strip() != process.title.strip():
        messages.error(request, _("Nothing was deleted: the title you typed is not the process's."))
        return redirect("processes:edit", process.pk)
    try:
        actions.delete_process(process=process)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("The process is deleted."))
    return redirect("processes:list")
