"""The pages of a bet, for everybody and for those who take part."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.contests import actions
from challenges.contests.forms import ChallengeForm, ClaimForm, EntryForm
from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims
from challenges.contests.presenting import entries_of, marks_of, own_part, standings_of
from challenges.processes.models import Process
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal


def get_challenge_for(request: HttpRequest, challenge_id: object, *, to_change: bool = False) -> Challenge:
    """The bet if this person may see it (else 404), and may change it where asked (else 403)."""
    visible = Challenge.objects.visible_to(request.user).select_related("organiser")
    challenge = get_object_or_404(visible, pk=challenge_id)
    if to_change and not challenge.can_be_changed_by(request.user):
        raise PermissionDenied
    return challenge


def get_own_entry_for(request: HttpRequest, challenge: Challenge) -> Entry:
    """One's own entry in this bet, else 404."""
    return get_object_or_404(
        Entry.objects.select_related("challenge", "process"), challenge=challenge, contestant=request.user
    )


def get_own_claim_for(request: HttpRequest, claim_id: object) -> tuple[Entry, Claim]:
    """A claim of one of one's own entries, else 404: whether a rival's exists makes no difference."""
    for entry in Entry.objects.filter(contestant=request.user).select_related("challenge", "process"):
        if claim := own_claims(entry).filter(pk=claim_id).first():
            return entry, claim
    raise Http404


@require_GET
def list_challenges(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    challenges = Challenge.objects.visible_to(request.user)
    page = Paginator(challenges, 20).get_page(request.GET.get("page"))
    mine = set(
        Entry.objects.filter(contestant=request.user, challenge__in=page.object_list).values_list(
            "challenge_id", flat=True
        )
    )
    for challenge in page.object_list:
        challenge.phase_now = challenge.phase(now)
        challenge.is_mine = challenge.pk in mine
    context = {"page": page, "can_open": access.is_facilitator(request.user)}
    return render(request, "contests/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not access.is_facilitator(request.user):
        raise PermissionDenied
    form = ChallengeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        challenge = actions.open_challenge(
            challenge=form.save(commit=False),
            organiser=request.user,
            referees=list(form.cleaned_data["referees"]),
        )
        messages.success(request, _("The bet is open. Whoever wants to can take part."))
        return redirect("contests:detail", challenge.pk)
    context = {"form": form, "challenge": None}
    return render(request, "contests/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id, to_change=True)
    form = ChallengeForm(request.POST or None, user=request.user, instance=challenge)
    status = 200
    if request.method == "POST" and form.is_valid():
        referees = list(form.cleaned_data["referees"])
        try:
            actions.change_challenge(challenge=form.save(commit=False), by=request.user, referees=referees)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("Saved."))
            return redirect("contests:detail", challenge.pk)
    elif form.errors:
        status = 422
    return render(request, "contests/form.html", {"form": form, "challenge": challenge}, status=status)


@require_GET
def detail(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id)
    entry = Entry.objects.filter(challenge=challenge, contestant=request.user).first()
    referees = list(challenge.referees.all())
    context = {
        "challenge": challenge,
        "phase": challenge.phase(),
        "entries": entries_of(challenge),
        "referees": referees,
        "is_referee": request.user in referees and access.is_referee(request.user),
        "can_change": challenge.can_be_changed_by(request.user),
        "standings": standings_of(challenge),
        **(own_part(entry) if entry else {}),
    }
    return render(request, "contests/detail.html", context)


@require_GET
def entry(request: HttpRequest, entry_id: object) -> HttpResponse:
    """Somebody's process: the eliminated steps are marked once the bet is revealed, one's own always."""
    entry = get_object_or_404(
        Entry.objects.select_related("challenge", "process", "contestant").filter(
            challenge__in=Challenge.objects.visible_to(request.user)
        ),
        pk=entry_id,
    )
    is_own = entry.contestant_id == request.user.pk
    context = {
        "entry": entry,
        "challenge": entry.challenge,
        "process": entry.process,
        "steps": entry.process.steps.all(),
        "marks": marks_of(entry, is_own=is_own),
        "is_own": is_own,
    }
    return render(request, "contests/entry.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id)
    form = EntryForm(request.POST or None, user=request.user, initial={"process": request.GET.get("process")})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        process = form.cleaned_data["process"]
        try:
            _entry, is_new = actions.enter(challenge=challenge, user=request.user, process=process)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            said = _("You are in. Good luck.") if is_new else _("You take part already.")
            messages.success(request, said)
            return redirect("contests:detail", challenge.pk)
    context = {
        "challenge": challenge,
        "form": form,
        "processes": Process.objects.visible_to(request.user).with_counts(),
        "phase": challenge.phase(),
        "is_in": challenge.entries.filter(contestant=request.user).exists(),
    }
    return render(request, "contests/enter.html", context, status=status)


@require_POST
def leave(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id)
    entry = get_own_entry_for(request, challenge)
    try:
        actions.leave(entry=entry)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("You no longer take part. You can enter again until the deadline."))
    return redirect("contests:detail", challenge.pk)


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, challenge_id: object) -> HttpResponse:
    entry = get_own_entry_for(request, get_challenge_for(request, challenge_id))
    form = ClaimForm(request.POST or None, entry=entry, initial={"step": request.GET.get("step")})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.claim(entry=entry, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("Claimed. A referee looks at it; nobody else can see it."))
            return redirect("contests:detail", entry.challenge_id)
    context = {"challenge": entry.challenge, "entry": entry, "form": form, "phase": entry.challenge.phase()}
    return render(request, "contests/claim.html", context, status=status)


@require_POST
def withdraw(request: HttpRequest, claim_id: object) -> HttpResponse:
    entry, claim = get_own_claim_for(request, claim_id)
    try:
        actions.withdraw(claim=claim, entry=entry)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Withdrawn. You can claim the step again."))
    return redirect("contests:detail", entry.challenge_id)


@require_POST
def cancel(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id, to_change=True)
    try:
        actions.cancel(challenge=challenge, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("contests:detail", challenge.pk)


@require_POST
def restore(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id, to_change=True)
    actions.restore(challenge=challenge, by=request.user)
    return redirect("contests:detail", challenge.pk)
