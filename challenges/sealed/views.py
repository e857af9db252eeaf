"""The referees' pages, behind the seal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge, Claim
from challenges.sealed import actions, commitments
from challenges.sealed.commitments import own_leaves
from challenges.sealed.forms import DecisionForm
from challenges.sealed.models import Commitment
from hub.people import access
from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal

LEAVES_A_PAGE = 100
MOST_RECOMPUTED = 2000  # claims, while somebody waits for the page


def refereed_claims(user: User) -> QuerySet[Claim]:
    """The claims of the bets in which this person is a referee; PermissionDenied for everybody else.

    Nobody else learns from the answer whether a claim exists: the role is asked before any row.
    """
    if not access.is_referee(user):
        raise PermissionDenied
    return all_claims().filter(entry__challenge__referees=user)


def get_refereed_challenge_for(user: User, challenge_id: object) -> Challenge:
    challenge = get_object_or_404(Challenge.objects.visible_to(user), pk=challenge_id)
    if not challenge.is_refereed_by(user):
        raise PermissionDenied
    return challenge


def _review(
    request: HttpRequest, challenge: Challenge, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    claims = list(all_claims(challenge).exclude(state=Claim.State.WITHDRAWN))
    for claim in claims:
        is_asked = form is not None and form.prefix == str(claim.pk)
        claim.form = form if is_asked else DecisionForm(prefix=str(claim.pk))
    phase = challenge.phase(timezone.now())
    waiting = [claim for claim in claims if claim.is_waiting]
    context = {
        "challenge": challenge,
        "phase": phase,
        "waiting": waiting,
        "decided": [claim for claim in claims if not claim.is_waiting],
        "standing": actions.standing_of(challenge),
        "form": form,
        "can_reveal": phase == "closed" and not waiting,
    }
    return render(request, "sealed/review.html", context, status=status)


@require_GET
def review(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    actions.look(challenge=challenge, user=request.user)
    return _review(request, challenge)


@require_POST
def verify(request: HttpRequest, claim_id: object) -> HttpResponse:
    claim = get_object_or_404(refereed_claims(request.user), pk=claim_id)
    challenge = get_refereed_challenge_for(request.user, claim.entry.challenge_id)
    form = DecisionForm(request.POST, prefix=str(claim.pk))
    if not form.is_valid():
        actions.look(challenge=challenge, user=request.user)
        return _review(request, challenge, form=form, status=422)
    try:
        actions.decide(claim=claim, referee=request.user, **form.as_decision)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Decided. The contestant is told; nobody else is."))
    return redirect("sealed:review", challenge.pk)


@require_GET
def seal(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """For everybody: the fingerprint once the bet has closed, and after the reveal what it is made of."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=challenge_id)
    commitment = Commitment.objects.filter(challenge=challenge).first()
    context = {"challenge": challenge, "phase": challenge.phase(), "commitment": commitment}
    if commitment:
        entry = challenge.entries.filter(contestant=request.user).first()
        context["own"] = own_leaves(commitment, entry) if entry else []
        if challenge.is_revealed:
            leaves = commitments.opened(commitment)
            context["page"] = Paginator(leaves, LEAVES_A_PAGE).get_page(request.GET.get("page"))
            if len(leaves) <= MOST_RECOMPUTED:
                context["verdict"] = commitments.verify(commitment)
    return render(request, "sealed/seal.html", context)


@require_POST
def reveal(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    try:
        actions.reveal(challenge=challenge, referee=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("The seal is broken. Everybody sees the standings now."))
    return redirect("contests:detail", challenge.pk)
