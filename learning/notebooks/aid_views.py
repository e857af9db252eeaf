"""The pages of study aids: the studio beside the conversation, one aid, and the work of reviewing it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from hub.problems import refuse
from hub.refusals import Refusal
from learning.notebooks import aid_actions, recording_presenting
from learning.notebooks.aid_forms import form_for
from learning.notebooks.aid_presenting import failure_of, present, stale_counts
from learning.notebooks.aids.kinds import KINDS
from learning.notebooks.exporting import ANKI_KINDS
from learning.notebooks.fetching import UUID_FORM, get_notebook_for
from learning.notebooks.map_layout import draw
from learning.notebooks.models import AidItem, Deck, Notebook, StudyAid

MOST_SHOWN = 100


def get_aid_for(
    request: HttpRequest, notebook_id: object, aid_id: object, *, to_edit: bool = False, removed: bool = False
) -> StudyAid:
    """The aid if this person may see it (else 404), and may edit it where asked (else 403)."""
    notebook = get_notebook_for(request, notebook_id)
    rows = StudyAid.objects.filter(notebook=notebook).select_related("made_by", "released_by")
    rows = rows.exclude(removed_at=None) if removed else rows.visible_to(request.user)
    aid = get_object_or_404(rows, pk=aid_id)
    aid.notebook = notebook
    if (to_edit or removed) and not aid.can_be_edited_by(request.user):
        raise PermissionDenied
    return aid


def aids_of(notebook: Notebook, request: HttpRequest) -> list[StudyAid]:
    """What the studio lists, each with `label`, `failure`, `stale` and what may be done with it."""
    rows = StudyAid.objects.visible_to(request.user).filter(notebook=notebook)
    aids = list(rows.select_related("made_by", "released_by")[:MOST_SHOWN])
    stale = stale_counts(aids)
    for aid in aids:
        aid.notebook = notebook
        aid.label = KINDS[aid.kind].label if aid.kind in KINDS else aid.kind
        aid.failure = failure_of(aid)
        aid.stale = stale.get(aid.pk, 0)
        aid.is_editable = aid.can_be_edited_by(request.user)
    return aids


def studio_context(request: HttpRequest, notebook: Notebook) -> dict[str, object]:
    aids = aids_of(notebook, request)
    return {
        "notebook": notebook,
        "aids": aids,
        "kinds": KINDS.values(),
        "lengths": StudyAid.Length.choices,
        "has_model": bool(settings.AI_CHAT_URL),
        "is_making": any(not aid.is_done for aid in aids),
        "aid_language": get_language() if get_language() in {"de", "en"} else notebook.language,
    }


@require_GET
def studio(request: HttpRequest, notebook_id: object) -> HttpResponse:
    return _list(request, get_notebook_for(request, notebook_id))


def _list(request: HttpRequest, notebook: Notebook, refusal: Refusal | None = None) -> HttpResponse:
    context = {**studio_context(request, notebook), "refusal": refusal}
    return render(request, "notebooks/_aids.html", context)


@require_POST
def add(request: HttpRequest, notebook_id: object) -> HttpResponse:
    notebook = get_notebook_for(request, notebook_id)
    wanted = [UUID(value) for value in request.POST.getlist("source") if UUID_FORM.fullmatch(value)]
    try:
        aid_actions.request_aid(
            notebook=notebook,
            user=request.user,
            kind=request.POST.get("kind", ""),
            length=request.POST.get("length", "") or StudyAid.Length.MEDIUM,
            language=request.POST.get("language", ""),
            sources=wanted,
        )
    except Refusal as refusal:
        if request.htmx:
            return _list(request, notebook, refusal)
        return refuse(request, refusal)
    return _after(request, notebook)


def _studio_of(notebook: Notebook) -> str:
    return reverse("notebooks:detail", args=[notebook.pk]) + "#studio"


@require_GET
def aid(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    """The aid as its readers see it; with `?review` as those who may change it work on it."""
    aid = get_aid_for(request, notebook_id, aid_id)
    can_edit = aid.can_be_edited_by(request.user)
    if not aid.is_ready:
        template = "notebooks/_aid_waiting.html" if request.htmx else "notebooks/aid_waiting.html"
        context = {"aid": aid, "notebook": aid.notebook, "can_edit": can_edit, **_about(aid)}
        return render(request, template, context)
    is_reviewing = can_edit and "review" in request.GET
    recording = None if is_reviewing else recording_presenting.shown(aid, can_edit=can_edit)
    if request.htmx:  # the page that waits for the aid, or for its recording
        if not (recording and recording.is_making):
            return HttpResponseClientRefresh()
        context = {"aid": aid, "notebook": aid.notebook, "recording": recording}
        return render(request, "notebooks/_recording.html", context)
    items = present(aid, aid.items.all() if is_reviewing else aid.items.shown())
    context = {
        "aid": aid,
        "notebook": aid.notebook,
        "items": items,
        "asked": sum(not item.standing for item in items),
        "drawing": draw(items) if aid.kind == "mind_map" and not is_reviewing else None,
        "is_reviewing": is_reviewing,
        "can_edit": can_edit,
        "can_release": aid.can_be_released_by(request.user),
        "has_deck": aid.kind == "cards" and Deck.objects.filter(aid=aid, learner=request.user).exists(),
        "recording": recording,
        "body": f"notebooks/aids/{aid.kind}.html",
        **_about(aid),
    }
    return render(request, "notebooks/aid.html", context)


def _about(aid: StudyAid) -> dict[str, object]:
    return {
        "label": KINDS[aid.kind].label,
        "has_anki": aid.kind in ANKI_KINDS,
        "is_edited": aid.items.shown().exclude(edited_at=None).exists(),
        "failure": failure_of(aid),
        "made_from": aid_actions.sources_of(aid) if aid.sources else [],
    }


@require_POST
def cancel(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id, to_edit=True)
    aid_actions.cancel(aid=aid)
    return _after(request, aid.notebook)


@require_POST
def retry(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id, to_edit=True)
    aid_actions.retry(aid=aid)
    return _after(request, aid.notebook)


def _after(request: HttpRequest, notebook: Notebook) -> HttpResponse:
    """The list of aids where it was asked for, else the studio it stands in."""
    return _list(request, notebook) if request.htmx else redirect(_studio_of(notebook))


@require_POST
def release(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id)
    if not aid.can_be_released_by(request.user):
        raise PermissionDenied
    try:
        if request.POST.get("release") == "no":
            aid_actions.take_back(aid=aid, by=request.user)
            messages.success(request, _("Taken back: only its maker and the notebook's editors see it now."))
        else:
            aid_actions.release(aid=aid, by=request.user)
            messages.success(
                request, _("Released: everybody who may read the notebook sees it, with your name.")
            )
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("notebooks:aid", notebook_id, aid.pk)


@require_POST
def rename(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id, to_edit=True)
    try:
        aid_actions.rename(aid=aid, title=request.POST.get("title", ""))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(reverse("notebooks:aid", args=[notebook_id, aid.pk]) + "?review")


@require_POST
def remove(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id, to_edit=True)
    aid_actions.remove(aid=aid, by=request.user)
    request.session["undo_aid"] = {"aid": str(aid.pk), "title": aid.title}
    return redirect(_studio_of(aid.notebook))


@require_POST
def put_back(request: HttpRequest, notebook_id: object, aid_id: object) -> HttpResponse:
    aid = get_aid_for(request, notebook_id, aid_id, removed=True)
    aid_actions.put_back(aid=aid)
    messages.success(request, _("“%(title)s” is back.") % {"title": aid.title})
    return redirect(_studio_of(aid.notebook))


def get_item_for(request: HttpRequest, notebook_id: object, aid_id: object, item_id: object) -> AidItem:
    aid = get_aid_for(request, notebook_id, aid_id, to_edit=True)
    item = get_object_or_404(AidItem, aid=aid, pk=item_id)
    item.aid = aid
    return item


@require_http_methods(["GET", "POST"])
def edit_item(request: HttpRequest, notebook_id: object, aid_id: object, item_id: object) -> HttpResponse:
    """Saves what was seen; if somebody else saved first, both texts stand side by side and nothing is lost."""
    item = get_item_for(request, notebook_id, aid_id, item_id)
    shown = present(item.aid, AidItem.objects.filter(pk=item.pk))[0]
    if shown.is_withdrawn:
        raise PermissionDenied
    form = form_for(item, request.POST or None)
    theirs, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                aid_actions.edit_item(item=item, by=request.user, **form.cleaned())
                return redirect(_item_url(item))
            except aid_actions.EditedMeanwhile as refusal:
                theirs, status = refusal.item, refusal.status
                form.add_error(None, str(refusal.message))
                form.renew(refusal.item)
            except Refusal as refusal:
                form.add_error(None, str(refusal.message))
    context = {"aid": item.aid, "notebook": item.aid.notebook, "item": shown, "form": form, "theirs": theirs}
    return render(request, "notebooks/item_edit.html", context, status=status)


def _item_url(item: AidItem) -> str:
    return reverse("notebooks:aid", args=[item.aid.notebook_id, item.aid_id]) + f"?review#item-{item.pk}"


@require_POST
def leave_out(request: HttpRequest, notebook_id: object, aid_id: object, item_id: object) -> HttpResponse:
    item = get_item_for(request, notebook_id, aid_id, item_id)
    if request.POST.get("leave_out") == "no":
        aid_actions.take_in(item=item, by=request.user)
    else:
        aid_actions.leave_out(item=item, by=request.user)
    return redirect(_item_url(item))
