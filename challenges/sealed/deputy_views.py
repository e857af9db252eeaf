"""Naming who stands in: for a referee in one bet, for a controller wherever hours wait."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.contests import deputies
from challenges.sealed import deciding
from challenges.sealed.fetching import get_refereed_challenge_for
from challenges.sealed.forms import HoursDeputyForm, RefereesDeputyForm
from challenges.sealed.hours_views import hours_page
from challenges.sealed.views import review_page
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal


@require_POST
def name_referees_deputy(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    form = RefereesDeputyForm(request.POST, challenge=challenge)
    if not form.is_valid():
        deciding.look(challenge=challenge, user=request.user)
        return review_page(request, challenge, deputy_form=form, status=422)
    try:
        deputies.name_referees_deputy(
            challenge=challenge, referee=request.user, deputy=form.cleaned_data["deputy"]
        )
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Named. Your deputy is told and stays so until the end of this bet."))
    return redirect("sealed:review", challenge.pk)


@require_POST
def name_hours_deputy(request: HttpRequest) -> HttpResponse:
    """For controllers themselves, not for those who stand in for one."""
    if not access.is_controller(request.user):
        raise PermissionDenied
    form = HoursDeputyForm(request.POST)
    if not form.is_valid():
        return hours_page(request, deputy_form=form, status=422)
    try:
        named = deputies.name_hours_deputy(controller=request.user, deputy=form.cleaned_data["deputy"])
    except Refusal as refusal:
        form.add_error("email", str(refusal.message))
        return hours_page(request, deputy_form=form, status=refusal.status)
    messages.success(
        request, _("Named. Your deputy is told.") if named else _("Nobody stands in for you any more.")
    )
    return redirect("sealed:hours")
