"""The pages of role-plays: one's own, one conversation, its turns and its feedback."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.refusals import Refusal
from learning.notebooks import role_playing
from learning.notebooks.fetching import get_notebook_for, whole_number
from learning.notebooks.models import RolePlay
from learning.notebooks.role_play_presenting import present
from learning.notebooks.role_play_scenes import SCENES


def _require_model() -> None:
    if not role_playing.is_offered():
        raise Http404


def _role_play_for(request: HttpRequest, notebook_id: object, role_play_id: object) -> RolePlay:
    notebook = get_notebook_for(request, notebook_id)
    mine = RolePlay.objects.visible_to(request.user).select_related("learner")
    role_play = get_object_or_404(mine, notebook=notebook, pk=role_play_id)
    role_play.notebook = notebook
    return role_play


@require_http_methods(["GET", "POST"])
def role_plays(request: HttpRequest, notebook_id: object) -> HttpResponse:
    """One's own role-plays here, newest first, and the form for one more. They stay readable without a model."""
    notebook = get_notebook_for(request, notebook_id)
    mine = list(RolePlay.objects.visible_to(request.user).filter(notebook=notebook))
    if request.method == "POST" or not mine:
        _require_model()
    refusal = None
    if request.method == "POST":
        try:
            return _begin(request, notebook)
        except Refusal as error:
            refusal = error
    for row in mine:
        row.label = SCENES[row.scene].label
    context = {
        "notebook": notebook,
        "role_plays": mine,
        "scenes": SCENES.values(),
        "is_offered": role_playing.is_offered(),
        "longest": role_playing.LONGEST_SITUATION,
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "notebooks/role_plays.html", context, status=refusal.status if refusal else 200)


def _begin(request: HttpRequest, notebook: Any) -> HttpResponse:
    role_play = role_playing.begin(
        notebook=notebook,
        learner=request.user,
        scene=request.POST.get("scene", ""),
        situation=request.POST.get("situation", ""),
        language=get_language() or "",
    )
    with suppress(role_playing.NoReply):  # the page says so, and offers to try again
        role_playing.answer(role_play=role_play)
    return redirect("notebooks:role-play", notebook.pk, role_play.pk)


@require_GET
def role_play(request: HttpRequest, notebook_id: object, role_play_id: object) -> HttpResponse:
    return _page(request, _role_play_for(request, notebook_id, role_play_id))


def _page(request: HttpRequest, role_play: RolePlay, refusal: Refusal | None = None) -> HttpResponse:
    """The whole page, or for htmx the conversation alone."""
    context = {
        "notebook": role_play.notebook,
        "role_play": role_play,
        "shown": present(role_play, request.user),
        "is_offered": role_playing.is_offered(),
        "longest": role_playing.LONGEST_TURN,
        "most": role_playing.MOST_TURNS,
        "refusal": refusal,
        "typed": request.POST.get("text", ""),
    }
    if request.htmx:
        return render(request, "notebooks/_role_play.html", context)
    return render(request, "notebooks/role_play.html", context, status=refusal.status if refusal else 200)


@require_POST
def turn(request: HttpRequest, notebook_id: object, role_play_id: object) -> HttpResponse:
    """What the learner says, and the partner's answer; without new words the partner is asked once more."""
    role_play = _role_play_for(request, notebook_id, role_play_id)
    _require_model()
    seen = request.POST.get("seen", "")
    try:
        role_playing.say(
            role_play=role_play,
            text=request.POST.get("text", ""),
            seen=whole_number(seen),
        )
    except Refusal as refusal:
        return _page(request, role_play, refusal)
    return _after(request, role_play)


@require_POST
def end(request: HttpRequest, notebook_id: object, role_play_id: object) -> HttpResponse:
    role_play = _role_play_for(request, notebook_id, role_play_id)
    _require_model()
    try:
        role_playing.end(role_play=role_play)
    except Refusal as refusal:
        return _page(request, role_play, refusal)
    return _after(request, role_play)


def _after(request: HttpRequest, role_play: RolePlay) -> HttpResponse:
    if request.htmx:
        return _page(request, role_play)
    return redirect(reverse("notebooks:role-play", args=[role_play.notebook_id, role_play.pk]) + "#now")


@require_POST
def remove(request: HttpRequest, notebook_id: object, role_play_id: object) -> HttpResponse:
    role_play = _role_play_for(request, notebook_id, role_play_id)
    role_playing.remove(role_play=role_play)
    messages.success(request, _("The role-play is deleted."))
    has_more = RolePlay.objects.visible_to(request.user).filter(notebook=role_play.notebook).exists()
    page = "notebooks:role-plays" if has_more or role_playing.is_offered() else "notebooks:detail"
    return redirect(page, role_play.notebook_id)
