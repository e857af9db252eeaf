"""The pages of notebooks: list, form, and the notebook itself with sources and conversation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.ai import speech
from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import actions, asking, asking_back, role_playing
from learning.notebooks.aid_views import studio_context
from learning.notebooks.fetching import UUID_FORM, get_notebook_for
from learning.notebooks.forms import NotebookForm, SourceForm
from learning.notebooks.models import Exchange, Notebook, Source
from learning.notebooks.presenting import present
from learning.notebooks.streaming import stream_answer
from learning.notebooks.versions import documents_of
from learning.rag.readers import EXTENSIONS

SHOWN_EXCHANGES = 30


def sources_of(notebook: Notebook) -> list[Source]:
    """Its sources as they stand today, without their texts."""
    return documents_of(notebook)


def sources_context(request: HttpRequest, notebook: Notebook) -> dict[str, object]:
    sources = sources_of(notebook)
    for source in sources:
        source.is_removable = source.can_be_removed_by(request.user)
        source.is_changeable = actions.may_change(source, request.user)
    return {
        "notebook": notebook,
        "sources": sources,
        "can_add": notebook.can_be_added_to_by(request.user),
        "can_edit": notebook.can_be_edited_by(request.user),
        "is_reading": any(not source.is_done for source in sources),
        "has_ready": any(source.is_ready for source in sources),
    }


def suggestions_for(notebook: Notebook) -> list[str]:
    """Up to three questions to start with, made of the sources' own headings."""
    titles: list[str] = []
    for headings in notebook.sources.taught().values_list("headings", flat=True)[:6]:
        titles += [title for level, title, _start in headings if 2 <= level <= 3 and 8 <= len(title) <= 60][
            :2
        ]
    return [title if title.endswith("?") else _("What is said about “%s”?") % title for title in titles[:3]]


@require_GET
def list_notebooks(request: HttpRequest) -> HttpResponse:
    notebooks = (
        Notebook.objects.visible_to(request.user).with_counts().select_related("owner", "team", "site")
    )
    mine = Q(owner=request.user)
    return render(
        request, "notebooks/list.html", {"mine": notebooks.filter(mine), "shared": notebooks.exclude(mine)}
    )


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    form = NotebookForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        notebook = form.save(commit=False)
        notebook.owner = request.user
        notebook.save()
        return redirect("notebooks:detail", notebook.pk)
    context = {"form": form, "notebook": None}
    return render(request, "notebooks/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, notebook_id: object) -> HttpResponse:
    notebook = get_notebook_for(request, notebook_id, to_edit=True)
    form = NotebookForm(request.POST or None, user=request.user, instance=notebook)
    if request.method == "POST" and form.is_valid():
        actions.change_notebook(notebook=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("notebooks:detail", notebook.pk)
    context = {"form": form, "notebook": notebook}
    return render(request, "notebooks/form.html", context, status=422 if form.errors else 200)


@require_POST
def delete(request: HttpRequest, notebook_id: object) -> HttpResponse:
    notebook = get_notebook_for(request, notebook_id, to_edit=True)
    if request.POST.get("title", "").strip() != notebook.title.strip():
        messages.error(request, _("Nothing was deleted: the title you typed is not the notebook's."))
        return redirect("notebooks:edit", notebook.pk)
    actions.delete_notebook(notebook=notebook, user=request.user)
    messages.success(request, _("The notebook and everything in it is deleted."))
    return redirect("notebooks:list")


def _detail(
    request: HttpRequest, notebook: Notebook, *, form: SourceForm | None = None, status: int = 200
) -> HttpResponse:
    newest = (
        Exchange.objects.visible_to(request.user).filter(notebook=notebook).order_by("-pk")[:SHOWN_EXCHANGES]
    )
    context = {
        **sources_context(request, notebook),
        "upload_form": form or SourceForm(),
        "accept": ",".join(EXTENSIONS),
        "max_mb": actions.settings.UPLOAD_MAX_BYTES // 1024 // 1024,
        "exchanges": present(reversed(newest), request.user),
        "suggestions": suggestions_for(notebook),
        "has_voice": speech.is_configured(),
        "has_role_plays": role_playing.is_offered(),
        "undo": request.session.pop("undo", None),
        "undo_aid": request.session.pop("undo_aid", None),
        **studio_context(request, notebook),
    }
    return render(request, "notebooks/detail.html", context, status=status)


@require_GET
def detail(request: HttpRequest, notebook_id: object) -> HttpResponse:
    return _detail(request, get_notebook_for(request, notebook_id))


@require_GET
def sources(request: HttpRequest, notebook_id: object) -> HttpResponse:
    notebook = get_notebook_for(request, notebook_id)
    return render(request, "notebooks/_sources.html", sources_context(request, notebook))


@require_POST
def add_source(request: HttpRequest, notebook_id: object) -> HttpResponse:
    """Several files at once: each is kept or refused by itself."""
    notebook = get_notebook_for(request, notebook_id)
    if not notebook.can_be_added_to_by(request.user):
        raise PermissionDenied
    form = SourceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _detail(request, notebook, form=form, status=422)
    title, text = form.cleaned_data["title"], form.cleaned_data["text"]
    added, worst = 0, 0
    for file in form.cleaned_data["file"]:
        try:
            actions.add_file(notebook=notebook, user=request.user, file=file, title=title)
            added += 1
        except Refusal as refusal:
            form.add_error("file", f"{file.name}: {refusal.message}")
            worst = max(worst, refusal.status)
    if text.strip():
        try:
            actions.add_text(notebook=notebook, user=request.user, title=title, text=text)
            added += 1
        except Refusal as refusal:
            form.add_error("text", str(refusal.message))
            worst = max(worst, refusal.status)
    if added:
        sentence = ngettext(
            "%(count)s source added. It is being read now.",
            "%(count)s sources added. They are being read now.",
            added,
        )
        messages.success(request, sentence % {"count": added})
    if worst:
        return _detail(request, notebook, form=form, status=worst)
    return redirect("notebooks:detail", notebook.pk)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the form asks. Sources count as chosen only if one of those that it showed is switched off."""
    ids, sources = request.POST.getlist("source"), None
    if len(ids) < len(request.POST.getlist("source_shown")):
        sources = [UUID(id) for id in ids if UUID_FORM.fullmatch(id)]
    return {
        "question": request.POST.get("question", ""),
        "sources": sources,
        "follow_up": request.POST.get("follow_up") != "no",
        "ask_back": request.POST.get("ask_back") == "yes",
    }


@require_POST
def ask(request: HttpRequest, notebook_id: object) -> HttpResponseBase:
    """The exchange: as the last event of a stream, as a fragment, or on the notebook's page."""
    notebook = get_notebook_for(request, notebook_id)
    asked = {"notebook": notebook, "user": request.user, "language": get_language(), **_asked(request)}
    is_stream = "text/event-stream" in request.headers.get("Accept", "")

    def fragment(exchange: Exchange) -> str:
        shown = present([exchange], request.user)[0]
        context = {"exchange": shown, "notebook": notebook}
        return render_to_string("notebooks/_exchange.html", context, request)

    try:
        if is_stream:
            return stream_answer(**asked, last=lambda exchange: ("exchange", {"html": fragment(exchange)}))
        exchange = asking_back.ask(**asked)
    except Refusal as refusal:
        if is_stream or request.htmx:
            page = render_to_string("notebooks/_refusal.html", {"refusal": refusal}, request)
            return HttpResponse(page, status=refusal.status)
        return refuse(request, refusal)
    if request.htmx:
        return HttpResponse(fragment(exchange))
    return redirect(reverse("notebooks:detail", args=[notebook.pk]) + f"#exchange-{exchange.pk}")


@require_POST
def forget(request: HttpRequest, notebook_id: object) -> HttpResponse:
    notebook = get_notebook_for(request, notebook_id)
    asking.forget(notebook=notebook, user=request.user)
    messages.success(request, _("Your conversation with this notebook is erased."))
    return redirect("notebooks:detail", notebook.pk)
