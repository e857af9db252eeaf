"""The referees' pages, behind the seal, and the seal for everybody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from challenges.contests import deputies
from challenges.contests.all_claims import all_claims
from challenges.contests.claim_views import download
from challenges.contests.models import Challenge, Claim, Entry, Refereeing
from challenges.contests.personal import mark_personal
from challenges.processes import notes
from challenges.sealed import (
    breaking,
    commitments,
    counting,
    deciding,
    opening,
    partiality,
    revealing,
    sampling,
    show,
)
from challenges.sealed.commitments import own_leaves
from challenges.sealed.fetching import (
    get_opened_challenge_for,
    get_refereed_challenge_for,
    opened_claims,
    refereed_claims,
)
from challenges.sealed.flags import mark_flags
from challenges.sealed.forms import BreakForm, DecisionForm, ReasonForm, RefereesDeputyForm
from challenges.sealed.models import Commitment, SealBreak, SecondLook, StandingCommitment
from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal

LEAVES_A_PAGE = 100
DECIDED_A_PAGE = 50
PLACES_SHOWN = 50
ANSWERS = frozenset({"agree", "refuse", "call_off"})  # to a request to break the seal
MOST_RECOMPUTED = 2000  # claims, while somebody waits for the page


def review_page(
    request: HttpRequest,
    challenge: Challenge,
    *,
    is_referee: bool = True,
    form: DecisionForm | None = None,
    deputy_form: RefereesDeputyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    claims = all_claims(challenge).exclude(state=Claim.State.WITHDRAWN)
    now = timezone.now()
    phase = challenge.phase(now)
    waiting = list(claims.filter(state=Claim.State.SUBMITTED))
    decided = Paginator(
        claims.exclude(state=Claim.State.SUBMITTED).order_by("-decided_at", "pk"), DECIDED_A_PAGE
    )
    page = decided.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    sample = sampling.sample_of(challenge) if phase == "closed" else []
    shown = mark_personal([*waiting, *page, *sample])
    mark_flags(shown)
    kept_from = partiality.barred(shown, request.user) if is_referee else {}
    for claim in shown:
        is_asked = form is not None and form.prefix == str(claim.pk)
        claim.form = (
            form
            if is_asked
            else DecisionForm(prefix=str(claim.pk), initial={"based_on": claim.decision_stamp})
        )
        claim.barred = kept_from.get(claim.pk, "")
        claim.notes = notes.claimed_sentences(claim.own_flags)
    seen_again = dict(SecondLook.objects.filter(challenge=challenge).values_list("claim_key", "agrees"))
    if sample and is_referee:
        decided_by = sampling.decided_by(sample)
        own = partiality.side_keys(sample[0], request.user)
        too_close = partiality.barred_entries([claim.entry for claim in sample], request.user)
    waits = {claim.pk for claim in sampling.sample_waiting(challenge)} if sample else set()
    for claim in sample:
        claim.second = seen_again.get(claim.pk)
        # Whoever an appeal keeps from deciding may still look a second time.
        claim.barred = too_close.get(claim.entry_id, "") if is_referee else ""
        if is_referee and not claim.barred and decided_by.get(claim.pk) in own:
            claim.barred = _("You or your deputy decided this claim. A second referee looks at it.")
        if is_referee and claim.pk not in waits and claim.second is None:
            claim.barred = _("Nobody else may look at it, so it counts as it was decided.")
    places = counting.standing_of(challenge)[:PLACES_SHOWN]
    count_waits_for = counting.waits_for(challenge, now) if phase == "closed" and is_referee else ""
    measured = revealing.measured_of([place.entry for place in places])
    context = {
        "challenge": challenge,
        "phase": phase,
        "waiting": waiting,
        "page": page,
        "sample": sample,
        "acting": deputies.referees_acting(challenge) if sample else "",
        "standing": [(place, measured[place.entry.pk]) for place in places],
        "form": form,
        "is_referee": is_referee,
        "can_decide": is_referee and phase in deciding.DECIDABLE,
        "can_count": is_referee and phase == "closed" and not count_waits_for,
        "count_waits_for": count_waits_for,
        "show": show.show_of(challenge),
        "is_opening": phase == "revealing" and opening.is_opening(challenge),
        **(_deputy(challenge, request.user) if is_referee else {}),
    }
    if deputy_form:
        context["deputy_form"] = deputy_form
    return render(request, "sealed/review.html", context, status=status)


def _deputy(challenge: Challenge, referee: User) -> dict[str, object]:
    """Who stands in for this referee, or whom the referee may name."""
    named = Refereeing.objects.filter(challenge=challenge, deputy_for__user=referee).select_related("user")
    if there := named.first():
        return {"deputy": there.user}
    if not deputies.can_name(challenge, referee):
        return {}
    if not deputies.offered_to(challenge).exists():
        return {"no_deputy": True}
    return {"deputy_form": RefereesDeputyForm(challenge=challenge)}


@require_GET
def review(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge, is_referee = get_opened_challenge_for(request.user, challenge_id)
    deciding.look(challenge=challenge, user=request.user)
    return review_page(request, challenge, is_referee=is_referee)


@require_POST
def verify(request: HttpRequest, claim_id: object) -> HttpResponse:
    claim = get_object_or_404(refereed_claims(request.user), pk=claim_id)
    challenge = get_refereed_challenge_for(request.user, claim.entry.challenge_id)
    form = DecisionForm(request.POST, prefix=str(claim.pk))
    if not form.is_valid():
        deciding.look(challenge=challenge, user=request.user)
        return review_page(request, challenge, form=form, status=422)
    try:
        deciding.decide(claim=claim, referee=request.user, **form.as_decision)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Decided. The contestant is told; nobody else is."))
    return redirect("sealed:review", challenge.pk)


@require_POST
def look_again(request: HttpRequest, claim_id: object) -> HttpResponse:
    """A second referee's word on a claim of the sample."""
    claim = get_object_or_404(refereed_claims(request.user), pk=claim_id)
    try:
        deciding.look_again(claim=claim, referee=request.user, agrees="agrees" in request.POST)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Noted."))
    return redirect("sealed:review", claim.entry.challenge_id)


@require_POST
def conflict(request: HttpRequest, challenge_id: object, entry_id: object) -> HttpResponse:
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    entry = get_object_or_404(challenge.entries, pk=entry_id)
    deciding.declare_conflict(entry=entry, referee=request.user)
    messages.success(request, _("Noted. Another referee decides this contestant's claims."))
    return redirect("sealed:review", challenge.pk)


@require_GET
def compared(request: HttpRequest, claim_id: object) -> HttpResponse:
    """Before and after, as they were attached to a claim, for whoever may look behind its seal."""
    claim = get_object_or_404(opened_claims(request.user).exclude(compared=None), pk=claim_id)
    challenge = claim.entry.challenge
    deciding.look(challenge=challenge, user=request.user)
    copy = claim.compared
    reviews = challenge.is_refereed_by(request.user) or breaking.is_open_to(request.user, challenge)
    context = {
        "reviews": reviews,
        "challenge": challenge,
        "claim": claim,
        "copy": copy,
        "after": {"pk": claim.pk, "title": copy["title"], "has_drawing": True},
        "drawing": reverse("sealed:evidence", args=[claim.pk, copy["file"]]) if copy.get("file") else "",
        "notes": notes.redrawing_sentences(copy["flags"]),
        "claimed": {step.position for step in claim.steps},
    }
    return render(request, "sealed/compared.html", context)


@require_GET
def evidence(request: HttpRequest, claim_id: object, file_id: object) -> HttpResponseBase:
    """A file of a claim, for whoever may look behind its seal."""
    claim = get_object_or_404(opened_claims(request.user), pk=claim_id)
    kept = next((file for file in claim.files.all() if file.pk == file_id), None)
    if kept is None:
        raise Http404
    deciding.look(challenge=claim.entry.challenge, user=request.user)
    return download(kept)


@require_POST
def count(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    try:
        counting.count(challenge=challenge, referee=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(
        request, _("Counted. The fingerprint of the standing is published; the standing is not.")
    )
    return redirect("sealed:review", challenge.pk)


@require_POST
def reveal(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """At once, without the show."""
    challenge = get_refereed_challenge_for(request.user, challenge_id)
    try:
        challenge = opening.open_seal(challenge=challenge, referee=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    is_open = challenge.is_revealed
    messages.success(
        request, _("The seal is broken. Everybody sees the standings now.") if is_open else show.OPENING
    )
    return redirect("contests:detail", challenge.pk)


# --- the seal, for everybody ----------------------------------------------------------------------
def _seal(
    request: HttpRequest, challenge: Challenge, *, form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    commitment = Commitment.objects.filter(challenge=challenge).first()
    may_break = (
        not challenge.is_revealed
        and not challenge.is_cancelled
        and breaking.may_break(request.user, challenge)
    )
    waits = breaking.waiting_for(challenge) if may_break else None
    context = {
        "challenge": challenge,
        "phase": challenge.phase(),
        "commitment": commitment,
        "standing": StandingCommitment.objects.filter(challenge=challenge).first(),
        "broken": SealBreak.objects.filter(challenge=challenge).exclude(agreed_at=None),
        "may_break": may_break,
        "waits": waits,
        "refused": _refused(challenge) if may_break else (),
        "form": form or (ReasonForm() if waits else BreakForm()),
        "is_open": breaking.is_open_to(request.user, challenge),
    }
    if commitment:
        entry = Entry.objects.of(request.user).filter(challenge=challenge).first()
        context["own"] = own_leaves(commitment, entry) if entry else []
        if challenge.is_revealed:
            leaves = Paginator(commitment.leaves.order_by("digest"), LEAVES_A_PAGE)
            page = context["page"] = leaves.get_page(request.GET.get("page"))
            context["opened"] = commitments.opened(challenge, page)
            if leaves.count <= MOST_RECOMPUTED:
                context["verdict"] = commitments.verify(commitment)
    return render(request, "sealed/seal.html", context, status=status)


def _refused(challenge: Challenge) -> "QuerySet[SealBreak]":
    rows = SealBreak.objects.filter(challenge=challenge).exclude(refused_at=None)
    return rows.select_related("asked_by", "refused_by").order_by("-refused_at")


@require_GET
def seal(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """The fingerprints once the bet has closed and was counted, and after the reveal what they are made of."""
    return _seal(request, get_object_or_404(Challenge.objects.visible_to(request.user), pk=challenge_id))


@require_POST
def break_seal(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """Ask for it, agree to it, refuse it with a reason, or call one's request off."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=challenge_id)
    waits = breaking.waiting_for(challenge) if breaking.may_break(request.user, challenge) else None
    try:
        if not ANSWERS.isdisjoint(request.POST):
            breaking.refuse_breaking(challenge, request.user)
            asked = request.POST.get("request", waits and str(waits.pk))
            if waits is None or asked != str(waits.pk):
                raise Refusal("answered", _("This request was answered in the meantime."), status=409)
        if "agree" in request.POST:
            breaking.agree(seal_break=waits, by=request.user)
            messages.success(
                request,
                _("The seal is broken for the two of you, for a day. The contestants are told."),
            )
        elif "call_off" in request.POST:
            breaking.call_off(seal_break=waits, by=request.user)
        elif "refuse" in request.POST:
            form = ReasonForm(request.POST)
            if not form.is_valid():
                return _seal(request, challenge, form=form, status=422)
            breaking.turn_down(seal_break=waits, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Refused. Whoever asked is told, with your reason."))
        else:
            form = BreakForm(request.POST)
            if not form.is_valid() and breaking.may_break(request.user, challenge):
                return _seal(request, challenge, form=form, status=422)
            breaking.ask(challenge=challenge, by=request.user, reason=form.cleaned_data.get("reason", ""))
            messages.success(request, _("Asked. A second person has to agree here."))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("sealed:seal", challenge.pk)
