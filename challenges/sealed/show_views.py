"""The reveal on the big screen, and the keys of whoever drives it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from challenges.contests.brackets import bracket_title
from challenges.contests.models import Challenge
from challenges.sealed import show
from challenges.sealed.fetching import get_refereed_challenge_for
from challenges.sealed.models import Show
from hub import live
from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal

LANGUAGES = ("de", "en")


def get_show_for(user: User, challenge_id: object) -> tuple[Challenge, Show | None, bool]:
    """(bet, its reveal if it has begun, whether this person drives it)."""
    challenge = get_object_or_404(Challenge.objects.visible_to(user), pk=challenge_id)
    return challenge, show.show_of(challenge), challenge.is_refereed_by(user)


def get_rehearsal_for(user: User, show_id: object) -> tuple[Challenge, Show]:
    """For whoever runs the bet and its referees; PermissionDenied for everybody else."""
    found = get_object_or_404(Show.objects.select_related("challenge"), pk=show_id, is_rehearsal=True)
    challenge = found.challenge
    if not challenge.can_be_changed_by(user) and not challenge.is_refereed_by(user):
        raise PermissionDenied
    return challenge, found


def sections_of(challenge: Challenge, found: Show | None) -> dict[str, str]:
    """What screens show now, in the language active now: the step that is shown, and nothing of the others."""
    context = {"challenge": challenge, "show": found, "step": None}
    position = "wait"
    if found and not found.is_interrupted:
        step = dict(found.steps[found.position])
        step["title"] = bracket_title(step.get("bracket", ""))
        context["step"] = step
        position = f"{found.position}"
    elif found:
        position = "stopped"
    over = "yes" if found and found.ended_at else ""
    return {"step": render_to_string("sealed/show/_step.html", context), "position": position, "over": over}


def shared_sections(challenge_id: object, show_id: object | None) -> dict[str, dict[str, str]]:
    """For the stream: by language."""
    challenge = Challenge.objects.get(pk=challenge_id)
    found = Show.objects.filter(pk=show_id).first() if show_id else show.show_of(challenge)
    sections = {}
    for language in LANGUAGES:
        with translation.override(language):
            sections[language] = sections_of(challenge, found)
    return sections


def _screen(request: HttpRequest, challenge: Challenge, found: Show | None, *, drives: bool) -> HttpResponse:
    context = {
        "challenge": challenge,
        "show": found,
        "drives": drives,
        "sections": sections_of(challenge, found),
        "is_last": bool(found) and found.position >= len(found.steps) - 1,
        "next": found.position + 1 if found else 0,
        "previous": max(0, found.position - 1) if found else 0,
        "total": len(found.steps) if found and drives else 0,
    }
    return render(request, "sealed/show/screen.html", context)


@require_GET
def screen(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """For everybody who may see the bet: on the wall, on a desk, on a phone."""
    challenge, found, drives = get_show_for(request.user, challenge_id)
    return _screen(request, challenge, found, drives=drives)


@require_GET
def news(request: HttpRequest, challenge_id: object) -> JsonResponse:
    """What the stream would send, once."""
    challenge, found, _drives = get_show_for(request.user, challenge_id)
    return JsonResponse(sections_of(challenge, found))


def _watch(request: HttpRequest, key: str, challenge: Challenge, show_id: object | None) -> HttpResponseBase:
    compute = partial(shared_sections, challenge.pk, show_id)
    try:
        return live.stream(request, key=key, variant=get_language() or "en", compute=compute)
    except Refusal as refusal:
        return refuse(request, refusal)


@require_GET
def stream(request: HttpRequest, challenge_id: object) -> HttpResponseBase:
    challenge, _found, _drives = get_show_for(request.user, challenge_id)
    if challenge.phase() not in {"closed", "counted", "revealing"}:
        return HttpResponse(status=204)  # a browser asks no more
    return _watch(request, f"reveal:{challenge.pk}", challenge, None)


@require_POST
def start(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    try:
        show.start(challenge=challenge, referee=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("sealed:screen", challenge.pk)


def _position(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("position", ""))
    except ValueError:
        return -1


def _driven(request: HttpRequest, challenge: Challenge, found: Show, route: str, pk: object) -> HttpResponse:
    if "stop" in request.POST:
        show.interrupt(show=found, by=request.user)
    else:
        found = show.go_to(show=found, position=_position(request), by=request.user)
    if request.htmx:
        return HttpResponse(status=204)
    if found.ended_at and not found.is_rehearsal:
        messages.success(request, _("The seal is broken. Everybody sees the standings now."))
        return redirect("contests:detail", challenge.pk)
    return redirect(route, pk)


@require_POST
def drive(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """The next step, the one before, or a stop; for the referees of the bet."""
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    found = show.show_of(challenge)
    if found is None:
        return redirect("sealed:screen", challenge.pk)
    return _driven(request, challenge, found, "sealed:screen", challenge.pk)


@require_POST
def rehearse(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """With numbers drawn by chance; for whoever runs the bet and its referees."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=challenge_id)
    if not challenge.can_be_changed_by(request.user) and not challenge.is_refereed_by(request.user):
        raise PermissionDenied
    try:
        made = show.rehearse(challenge=challenge, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("sealed:rehearsal", made.pk)


@require_GET
def rehearsal(request: HttpRequest, show_id: object) -> HttpResponse:
    challenge, found = get_rehearsal_for(request.user, show_id)
    return _screen(request, challenge, found, drives=True)


@require_GET
def rehearsal_stream(request: HttpRequest, show_id: object) -> HttpResponseBase:
    challenge, found = get_rehearsal_for(request.user, show_id)
    if found.ended_at:
        return HttpResponse(status=204)
    return _watch(request, f"rehearsal:{found.pk}", challenge, found.pk)


@require_GET
def rehearsal_news(request: HttpRequest, show_id: object) -> JsonResponse:
    challenge, found = get_rehearsal_for(request.user, show_id)
    return JsonResponse(sections_of(challenge, found))


@require_POST
def drive_rehearsal(request: HttpRequest, show_id: object) -> HttpResponse:
    challenge, found = get_rehearsal_for(request.user, show_id)
    return _driven(request, challenge, found, "sealed:rehearsal", found.pk)
