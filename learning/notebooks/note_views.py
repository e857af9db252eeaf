"""The pages of one's own notes in a notebook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import noting
from learning.notebooks.fetching import get_notebook_for, whole_number
from learning.notebooks.models import Exchange, Note
from learning.notebooks.presenting import present_notes
from learning.notebooks.withdrawal import hide_gone


def _note_for(request: HttpRequest, notebook_id: object, note_id: object) -> Note:
    notebook = get_notebook_for(request, notebook_id)
    note = get_object_or_404(Note.objects.visible_to(request.user), notebook=notebook, pk=note_id)
    note.notebook = notebook
    return note


@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, notebook_id: object) -> HttpResponse:
    """All of one's notes here, newest first, and the form for one more."""
    notebook = get_notebook_for(request, notebook_id)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            noting.write(
                notebook=notebook,
                author=request.user,
                title=request.POST.get("title", ""),
                body=request.POST.get("body", ""),
            )
            return redirect("notebooks:notes", notebook.pk)
        except Refusal as error:
            refusal, status = error, error.status
    rows = list(Note.objects.visible_to(request.user).filter(notebook=notebook))
    context = {
        "notebook": notebook,
        "notes": present_notes(rows, request.user),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "notebooks/notes.html", context, status=status)


@require_POST
def save_answer(request: HttpRequest, notebook_id: object, exchange_id: int) -> HttpResponse:
    notebook = get_notebook_for(request, notebook_id)
    mine = Exchange.objects.visible_to(request.user).filter(notebook=notebook)
    exchange = get_object_or_404(mine.select_related("notebook", "asker"), pk=exchange_id)
    try:
        noting.save_answer(exchange=exchange)
    except Refusal as refusal:
        return refuse(request, refusal)
    if request.htmx:
        return render(request, "notebooks/_saved.html", {"notebook": notebook})
    messages.success(request, _("Saved in your notes."))
    return redirect("notebooks:notes", notebook.pk)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, notebook_id: object, note_id: object) -> HttpResponse:
    note = _note_for(request, notebook_id, note_id)
    context: dict[str, object] = {"notebook": note.notebook, "note": note, "typed": None, "theirs": None}
    status = 200
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        try:
            noting.change(
                note=note,
                revision=whole_number(revision) or 0,
                title=request.POST.get("title", ""),
                body=request.POST.get("body", ""),
            )
            return redirect("notebooks:notes", note.notebook_id)
        except noting.ChangedMeanwhile as error:
            context.update(refusal=error, typed=request.POST, theirs=error.note)
            status = error.status
        except Refusal as error:
            context.update(refusal=error, typed=request.POST)
            status = error.status
    return render(request, "notebooks/note_edit.html", context, status=status)


@require_POST
def remove(request: HttpRequest, notebook_id: object, note_id: object) -> HttpResponse:
    note = _note_for(request, notebook_id, note_id)
    noting.remove(note=note)
    messages.success(request, _("The note is deleted."))
    return redirect("notebooks:notes", note.notebook_id)


@require_GET
def export(request: HttpRequest, notebook_id: object) -> HttpResponse:
    """One's notes as Markdown; of saved answers only what its sources still say today."""
    notebook = get_notebook_for(request, notebook_id)
    rows = list(Note.objects.visible_to(request.user).filter(notebook=notebook))
    return HttpResponse(
        noting.as_markdown(hide_gone(rows, request.user)),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="notes.md"'},
    )
