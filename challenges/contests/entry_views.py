"""Taking part: the process one enters with, its approval, and the people beside one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.contests import approving, entering, telling
from challenges.contests.entry_forms import EntryForm, PartakingForm, ReadinessForm, SendBackForm
from challenges.contests.fetching import get_challenge_for, get_own_entry_for
from challenges.contests.models import Challenge, Entry, Partaking
from challenges.contests.presenting import marks_of
from challenges.processes import notes
from challenges.processes.models import Process
from challenges.processes.shown_times import costs_of
from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal


@require_GET
def entry(request: HttpRequest, entry_id: object) -> HttpResponse:
    """Somebody's process: the eliminated steps are marked once the bet is revealed, one's own always."""
    entry = get_object_or_404(
        Entry.objects.select_related("challenge", "process", "contestant", "baseline").filter(
            challenge__in=Challenge.objects.visible_to(request.user)
        ),
        pk=entry_id,
    )
    is_own = Entry.objects.of(request.user).filter(pk=entry.pk).exists()
    context = {
        "entry": entry,
        "challenge": entry.challenge,
        "process": entry.process,
        "steps": costs_of(entry.process, request.user).steps,
        "marks": marks_of(entry, is_own=is_own),
        "is_own": is_own,
        "others": [
            part.user for part in entry.others.filter(part=Partaking.Part.MEMBER).select_related("user")
        ],
    }
    return render(request, "contests/entry.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id)
    form = EntryForm(request.POST or None, user=request.user, initial={"process": request.GET.get("process")})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            entry, is_new = entering.enter(challenge=challenge, user=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            if not is_new:
                messages.success(request, _("You take part already."))
                return redirect("contests:detail", challenge.pk)
            messages.success(
                request, _("You are in. One more thing: the readiness check, then it is approved.")
            )
            return redirect("contests:baseline", entry.pk)
    context = {
        "challenge": challenge,
        "form": form,
        "processes": Process.objects.visible_to(request.user).with_counts().select_related("owner"),
        "takes_entries": challenge.takes_entries(),
        "is_in": challenge.entries.filter(contestant=request.user).exists(),
    }
    return render(request, "contests/enter.html", context, status=status)


@require_POST
def leave(request: HttpRequest, challenge_id: object) -> HttpResponse:
    challenge = get_challenge_for(request, challenge_id)
    entry = get_object_or_404(Entry, challenge=challenge, contestant=request.user)
    try:
        entering.leave(entry=entry)
    except Refusal as refusal:
        return refuse(request, refusal)
    said = (
        _("You no longer take part. You can enter again until the start.")
        if challenge.starts_at
        else _("You no longer take part. You can enter again until the deadline.")
    )
    messages.success(request, said)
    return redirect("contests:detail", challenge.pk)


@require_POST
def tell(request: HttpRequest, entry_id: object) -> HttpResponse:
    """Begin a story about one's own entry, after the reveal."""
    own = Entry.objects.of(request.user).select_related("challenge", "process")
    entry = get_object_or_404(own, pk=entry_id)
    try:
        story = telling.tell(entry=entry, user=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("stories:edit", story.pk)


# --- the baseline ---------------------------------------------------------------------------------
def get_baseline_entry_for(user: User, entry_id: object) -> tuple[Entry, frozenset[str]]:
    """(entry, as what: own; owner, referee: who may approve it; in line: a referee who may not); 404 for others.

    Whoever approves in the owner's place is "owner"; an owner with a part in the bet is not.
    """
    visible = Challenge.objects.visible_to(user)
    entries = Entry.objects.select_related(
        "challenge__organiser__team",
        "challenge__deputy__team",
        "process__owner__team",
        "process__deputy__team",
        "baseline__referee",
        "baseline__owner_approved_by",
        "contestant__team",
    )
    entry = get_object_or_404(entries.filter(challenge__in=visible), pk=entry_id)
    found = approving.approves_as(user, entry)
    if Entry.objects.of(user).filter(pk=entry.pk).exists():
        found |= {"own"}
    if "referee" not in found and entry.challenge.is_refereed_by(user):
        found |= {"in line"}
    if not found:
        raise Http404
    return entry, found


def _baseline_page(request: HttpRequest, entry: Entry, parts: frozenset[str], **more: object) -> HttpResponse:
    status = int(more.pop("status", 200))
    baseline, challenge = entry.baseline, entry.challenge
    waits = (
        not baseline.is_approved
        and challenge.phase() in {"enrolling", "running"}
        and not approving.refuses_after_the_start(challenge)
    )
    approves = bool(approving.next_approval(baseline, request.user, parts))
    costs = costs_of(entry.process, request.user)
    stands_in = approving.needs_stand_in(entry) and not baseline.owner_approved_at
    context = {
        "entry": entry,
        "challenge": challenge,
        "process": entry.process,
        "baseline": baseline,
        "costs": costs,
        "notes": notes.sentences(entry.process.notes | costs.granularity),
        "form": ReadinessForm(instance=baseline) if "own" in parts and waits else None,
        "back_form": SendBackForm() if approves and waits else None,
        "can_approve": approves and waits and baseline.is_ready,
        "is_late": not baseline.is_approved and approving.refuses_after_the_start(challenge),
        "parts": parts,
        "waits": waits,
        "needs_stand_in": stands_in,
        "stand_ins": approving.owners_side(entry) if stands_in else [],
        **more,
    }
    return render(request, "contests/baseline.html", context, status=status)


@require_http_methods(["GET", "POST"])
def baseline(request: HttpRequest, entry_id: object) -> HttpResponse:
    """What is measured against; the contestant answers the readiness check here."""
    entry, parts = get_baseline_entry_for(request.user, entry_id)
    if request.method == "GET":
        return _baseline_page(request, entry, parts)
    if "own" not in parts:
        raise Http404
    form = ReadinessForm(request.POST, instance=entry.baseline)
    if not form.is_valid():
        entry.baseline.refresh_from_db()
        return _baseline_page(request, entry, parts, form=form, status=422)
    try:
        told = approving.tell_readiness(entry=entry, **form.cleaned_data)
    except Refusal as refusal:
        return refuse(request, refusal)
    said = (
        _("Saved. Owner and referees are asked to approve it.")
        if told.is_ready
        else _("Saved. It is not complete yet, so nobody is asked to approve it.")
    )
    messages.success(request, said)
    return redirect("contests:baseline", entry.pk)


@require_POST
def approve(request: HttpRequest, entry_id: object) -> HttpResponse:
    entry, _parts = get_baseline_entry_for(request.user, entry_id)
    try:
        approving.approve_baseline(entry=entry, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Approved."))
    return redirect("contests:baseline", entry.pk)


@require_POST
def send_back(request: HttpRequest, entry_id: object) -> HttpResponse:
    entry, parts = get_baseline_entry_for(request.user, entry_id)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _baseline_page(request, entry, parts, back_form=form, status=422)
    try:
        approving.send_baseline_back(entry=entry, by=request.user, words=form.cleaned_data["words"])
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Sent back. The contestant is told what is missing."))
    return redirect("contests:baseline", entry.pk)


# --- people beside one ----------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, challenge_id: object) -> HttpResponse:
    """The contestant's list of team and assistants."""
    challenge = get_challenge_for(request, challenge_id)
    entry = get_own_entry_for(request, challenge)
    is_mine = entry.contestant_id == request.user.pk
    is_open = challenge.phase() in {"enrolling", "running"}
    form = PartakingForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if not is_mine:
            raise Http404
        status = 422
        if form.is_valid():
            try:
                entering.bring_along(
                    entry=entry, user=form.cleaned_data["email"], part=form.cleaned_data["part"]
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal.message))
                status = refusal.status
            else:
                return redirect("contests:people", challenge.pk)
    context = {
        "challenge": challenge,
        "entry": entry,
        "others": entry.others.select_related("user"),
        "form": form if is_mine and is_open else None,
        "is_mine": is_mine and is_open,
    }
    return render(request, "contests/people.html", context, status=status)


@require_POST
def send_away(request: HttpRequest, partaking_id: object) -> HttpResponse:
    parts = Partaking.objects.select_related("challenge", "entry")
    part = get_object_or_404(parts, pk=partaking_id, entry__contestant=request.user)
    try:
        entering.send_away(partaking=part)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("contests:people", part.challenge_id)
