"""The reveal on the big screen, and the keys of whoever drives it."""

import re
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
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
LONG_WORD = re.compile(r"[^\W\d_]{21,}")
# Before a consonant that a vowel follows; what is spoken as one stays together.
SYLLABLE = re.compile(
    r"(?<=\w{4})(?=(?:sch|(?<!s)ch|[bdfgkpt][lr]|(?<![bdfgkpt])[lr]|(?<!c)[hk]|[bdfgjmnpqstvwxzß])"
    r"[aeiouyäöü]\w{3})",
    re.IGNORECASE,
)


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


def state_of(challenge: Challenge, found: Show | None) -> str:
    """Where the show is: "wait", "shown", "stopped" or "over". A rehearsal has an end of its own."""
    if found and found.is_rehearsal:
        return "over" if found.ended_at else "shown"
    if challenge.is_revealed:
        return "over"
    if found is None:
        return "wait"
    return "stopped" if found.is_interrupted else "shown"


def sections_of(challenge: Challenge, found: Show | None) -> dict[str, str]:
    """What screens show now, in the language active now: the step that is shown, and nothing of the others."""
    state = state_of(challenge, found)
    page = settings.SITE_URL + reverse("contests:detail", args=[challenge.pk])
    context = {"challenge": challenge, "show": found, "state": state, "step": None, "page": page}
    position = {"wait": "wait", "stopped": "stopped"}.get(state, "")
    if found and _has_picture(found, state):
        context["step"] = _picture(found.steps[found.position])
        position = f"{found.position}"
    over = "yes" if state == "over" else ""
    return {"step": render_to_string("sealed/show/_step.html", context), "position": position, "over": over}


def _picture(step: dict[str, Any]) -> dict[str, Any]:
    """The step as it is drawn."""
    return {
        **step,
        "title": bracket_title(step.get("bracket", "")),
        "lines": [
            {**line, "who": softened(line["who"]), "process": softened(line["process"])}
            for line in step.get("lines", ())
        ],
        "rows": [{**row, "process": softened(row["process"])} for row in step.get("rows", ())],
    }


def softened(text: str) -> str:
    """With soft hyphens in its very long words: no browser on a wall is sure to know how they are divided."""
    return LONG_WORD.sub(lambda word: SYLLABLE.sub("\N{SOFT HYPHEN}", word[0]), text)


def _has_picture(found: Show, state: str) -> bool:
    """Whether a step is shown: while it goes on, and the last one for good. One that was cut short shows none."""
    return state == "shown" or (state == "over" and found.position == len(found.steps) - 1)


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
        "state": state_of(challenge, found),
        "sections": sections_of(challenge, found),
        "next": found.position + 1 if found else 1,
        "previous": max(0, found.position - 1) if found else 0,
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
    """Begin, or go on with one that was interrupted; for the referees of the bet."""
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    try:
        show.start(challenge=challenge, referee=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return HttpResponse(status=204) if request.htmx else redirect("sealed:screen", challenge.pk)


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
