"""The controllers' page, and what the works council sees at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from challenges.contests.deputies import confirms_hours
from challenges.contests.models import Claim, HoursDeputy
from challenges.contests.personal import mark_personal
from challenges.sealed import deciding
from challenges.sealed.forms import HoursDeputyForm, HoursForm
from challenges.sealed.jobs import hours_for, job_claims_for
from hub.people import access
from hub.refusals import Refusal

CLAIMS_A_PAGE = 50


def _look(request: HttpRequest, claims: list[Claim]) -> None:
    for challenge in {claim.entry.challenge_id: claim.entry.challenge for claim in claims}.values():
        deciding.look(challenge=challenge, user=request.user)


def hours_page(
    request: HttpRequest,
    *,
    form: HoursForm | None = None,
    deputy_form: HoursDeputyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = Paginator(hours_for(request.user), CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    under_way = deciding.shown_among({claim.entry.challenge_id for claim in page.object_list})
    for claim in page.object_list:
        claim.is_shown = claim.entry.challenge_id in under_way
        is_asked = form is not None and form.prefix == str(claim.pk)
        minutes = claim.claimed_minutes if claim.saved_minutes is None else claim.saved_minutes
        claim.form = form if is_asked else HoursForm(prefix=str(claim.pk), initial={"saved_minutes": minutes})
    _look(request, list(page.object_list))
    context = {"page": page, "form": form}
    if deputy_form:
        context["deputy_form"] = deputy_form
    elif access.is_controller(request.user):
        named = HoursDeputy.objects.filter(controller=request.user).select_related("deputy").first()
        context["deputy_form"] = HoursDeputyForm(initial={"email": named.deputy.email if named else ""})
    return render(request, "sealed/hours.html", context, status=status)


@require_GET
def hours(request: HttpRequest) -> HttpResponse:
    """Hours of verified claims that wait for a controller; each look is recorded."""
    if not confirms_hours(request.user):
        raise PermissionDenied
    return hours_page(request)


@require_POST
def decide_hours(request: HttpRequest, claim_id: object) -> HttpResponse:
    if not confirms_hours(request.user):
        raise PermissionDenied
    claim = get_object_or_404(hours_for(request.user), pk=claim_id)
    form = HoursForm(request.POST, prefix=str(claim.pk))
    if not form.is_valid():
        return hours_page(request, form=form, status=422)
    try:
        deciding.decide_hours(claim=claim, controller=request.user, **form.as_decision)
    except Refusal as refusal:
        # What was typed stays.
        form.add_error(None, str(refusal.message))
        return hours_page(request, form=form, status=refusal.status)
    messages.success(request, _("Decided. The contestant is told; nobody else is."))
    return redirect("sealed:hours")


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Claims that change or end somebody's job; each look is recorded."""
    if not access.is_works_council(request.user):
        raise PermissionDenied
    page = Paginator(job_claims_for(request.user), CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    _look(request, mark_personal(list(page.object_list)))
    return render(request, "sealed/jobs.html", {"page": page})
