"""The control period: for everybody to see, for referees to settle."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from challenges.contests.models import Challenge, PublishedClaim
from challenges.sealed import control
from challenges.sealed.fetching import get_refereed_challenge_for
from challenges.sealed.forms import PublicReasonForm
from challenges.sealed.partiality import barred_entries
from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal

CLAIMS_A_PAGE = 50


def _page(
    request: HttpRequest, challenge: Challenge, *, form: PublicReasonForm | None = None, status: int = 200
) -> HttpResponse:
    claims = (
        PublishedClaim.objects.filter(entry__challenge=challenge)
        .select_related("entry__contestant__team", "entry__process", "why")
        .prefetch_related("eliminations__step")
        .order_by("entry__contestant__last_name", "entry__contestant__first_name", "pk")
    )
    page = Paginator(claims, CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    is_over = bool(challenge.control_ends_at) and timezone.now() >= challenge.control_ends_at
    is_referee = challenge.is_refereed_by(request.user)
    settles = is_referee and challenge.status == Challenge.Status.REVEALED
    kept_from = barred_entries([claim.entry for claim in page.object_list], request.user) if settles else {}
    for claim in page.object_list:
        claim.barred = kept_from.get(claim.entry_id, "")
        is_asked = form is not None and form.prefix == str(claim.pk)
        claim.form = form if is_asked else PublicReasonForm(prefix=str(claim.pk))
    context = {
        "challenge": challenge,
        "phase": challenge.phase(),
        "page": page,
        "form": form,
        "is_over": is_over,
        "settles": settles,
        "final_waits_for": _final_waits_for(challenge, request.user) if settles and is_over else "",
    }
    return render(request, "sealed/control.html", context, status=status)


def _final_waits_for(challenge: Challenge, referee: User) -> str:
    """Why this referee cannot make the result final yet, in a sentence; empty where it can be."""
    undecided = PublishedClaim.Outcome.OPEN
    entries = challenge.entries.filter(published_claims__outcome=undecided).select_related("contestant__team")
    if barred_entries(list(entries.distinct()), referee):
        return _(
            "A claim is open that you may not decide. Another referee settles it, or makes the result final."
        )
    try:
        control.refuse_while_hours_wait(challenge)
    except Refusal as refusal:
        return str(refusal.message)
    return ""


@require_GET
def control_period(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """Which claims held, from the reveal on; before that there is nothing to see."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=challenge_id)
    if not challenge.is_revealed:
        return redirect("contests:detail", challenge.pk)
    return _page(request, challenge)


@require_POST
def settle(request: HttpRequest, published_id: object) -> HttpResponse:
    """Confirm for good, or take back with a reason; for the referees of the bet."""
    claim = get_object_or_404(
        PublishedClaim.objects.select_related("entry__challenge").filter(
            entry__challenge__in=Challenge.objects.visible_to(request.user)
        ),
        pk=published_id,
    )
    challenge = claim.entry.challenge
    if not challenge.is_refereed_by(request.user):
        raise PermissionDenied
    holds = "holds" in request.POST
    form = PublicReasonForm(request.POST, prefix=str(claim.pk))
    if not holds and not form.is_valid():
        return _page(request, challenge, form=form, status=422)
    reason = "" if holds else form.cleaned_data["reason"]
    try:
        control.settle(claim=claim, referee=request.user, holds=holds, reason=reason)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Confirmed for good.") if holds else _("Taken back, with its points."))
    return redirect("sealed:control", challenge.pk)


@require_POST
def make_final(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    try:
        control.make_final(challenge=challenge, referee=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("The result is final."))
    return redirect("contests:detail", challenge.pk)
