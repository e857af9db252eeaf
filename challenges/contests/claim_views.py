"""One's own claims: write, hand in, withdraw, appeal, evidence."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.contests import claiming
from challenges.contests.attached import beginnings
from challenges.contests.claim_forms import AppealForm, ClaimForm
from challenges.contests.fetching import (
    get_challenge_for,
    get_own_claim_for,
    get_own_file_for,
    get_writing_entry_for,
    get_written_claim_for,
)
from challenges.contests.models import Claim, Entry, EvidenceFile
from challenges.processes.models import Comparison
from hub.problems import refuse
from hub.refusals import Refusal


@require_http_methods(["GET", "POST"])
def claim(request: HttpRequest, challenge_id: object) -> HttpResponse:
    entry, only_drafts = get_writing_entry_for(request, get_challenge_for(request, challenge_id))
    form = ClaimForm(
        request.POST or None,
        entry=entry,
        user=request.user,
        offers_claimed=only_drafts,
        initial=_begun(request),
    )
    return _write(request, entry, form, only_drafts=only_drafts)


def _begun(request: HttpRequest) -> dict[str, object]:
    """What the link to the page filled in; whatever does not belong there is not chosen."""
    begun: dict[str, object] = {"steps": request.GET.getlist("step")}
    for name in ("change", "comparison", "added_steps"):
        if value := request.GET.get(name):
            begun[name] = value
    return begun


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, claim_id: object) -> HttpResponse:
    """Go on writing; a claim that was handed in is shown as it is."""
    entry, own, only_drafts = get_written_claim_for(request, claim_id)
    if own.state != Claim.State.DRAFT:
        return redirect("contests:detail", entry.challenge_id)
    form = ClaimForm(
        request.POST or None, entry=entry, user=request.user, offers_claimed=only_drafts, instance=own
    )
    return _write(request, entry, form, only_drafts=only_drafts, own=own)


def _write(
    request: HttpRequest, entry: Entry, form: ClaimForm, *, only_drafts: bool, own: Claim | None = None
) -> HttpResponse:
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, entry, form, only_drafts=only_drafts, own=own)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
    context = {
        "challenge": entry.challenge,
        "entry": entry,
        "form": form,
        "phase": entry.challenge.phase(),
        "only_drafts": only_drafts,
        "own": own,
        "can_hand_in": entry.baseline.is_approved
        and entry.challenge.phase() == "running"
        and not only_drafts,
        "comparisons": [] if own else _suggestions(form),
        "chosen": {str(value) for value in form["steps"].value() or []},
    }
    return render(request, "contests/claim.html", context, status=status)


def _suggestions(form: ClaimForm) -> list[tuple[Comparison, list[dict[str, object]]]]:
    """Claims to begin with, from each comparison; of steps that can still be claimed."""
    still_open = {step.pk for step in form.open_steps}
    found = []
    for comparison in form.fields["comparison"].queryset:
        claims = []
        for one in beginnings(form.entry, comparison):
            steps = [pk for pk in one["steps"] if pk in still_open]
            if steps:
                query = {
                    "comparison": comparison.pk,
                    "change": one["change"],
                    "added_steps": one["added"],
                    "step": steps,
                }
                claims.append({**one, "n": len(steps), "query": urlencode(query, doseq=True)})
        found.append((comparison, claims))
    return found


def _keep(
    request: HttpRequest, entry: Entry, form: ClaimForm, *, only_drafts: bool, own: Claim | None
) -> HttpResponse:
    is_draft = only_drafts or "draft" in request.POST
    if own is None:
        kept = claiming.claim(entry=entry, author=request.user, is_draft=True, **form.as_claim)
    else:
        kept = claiming.change_draft(claim=own, entry=entry, **form.as_claim)
    try:
        for file in request.FILES.getlist("files"):
            claiming.add_file(claim=kept, entry=entry, file=file)
        if not is_draft:
            claiming.hand_in(claim=kept, entry=entry, by=request.user)
    except Refusal as refusal:
        # Nothing is lost: what was written is a draft now.
        if own is None and not request.FILES:
            claiming.withdraw(claim=kept, entry=entry)
            raise
        messages.error(request, f"{refusal.message} {_('It is kept as a draft.')}")
        return redirect("contests:draft", kept.pk)
    if is_draft:
        messages.success(request, _("Kept as a draft. Only who takes part in this entry sees it."))
        return redirect("contests:draft", kept.pk)
    messages.success(request, _("Claimed. The referee will look at it; no rival sees it."))
    return redirect("contests:detail", entry.challenge_id)


@require_POST
def hand_in(request: HttpRequest, claim_id: object) -> HttpResponse:
    entry, own = get_own_claim_for(request, claim_id)
    try:
        claiming.hand_in(claim=own, entry=entry, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Claimed. The referee will look at it; no rival sees it."))
    return redirect("contests:detail", entry.challenge_id)


@require_POST
def withdraw(request: HttpRequest, claim_id: object) -> HttpResponse:
    entry, own, _only_drafts = get_written_claim_for(request, claim_id)
    was_draft = own.state == Claim.State.DRAFT
    try:
        claiming.withdraw(claim=own, entry=entry)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(
        request, _("The draft is gone.") if was_draft else _("Withdrawn. You can claim the step again.")
    )
    return redirect("contests:detail", entry.challenge_id)


@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, claim_id: object) -> HttpResponse:
    entry, own = get_own_claim_for(request, claim_id)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claiming.appeal(claim=own, entry=entry, words=form.cleaned_data["words"])
        except Refusal as refusal:
            return refuse(request, refusal)
        messages.success(request, _("It is looked at again, by another referee where there is one."))
        return redirect("contests:detail", entry.challenge_id)
    context = {"challenge": entry.challenge, "claim": own, "form": form}
    return render(request, "contests/appeal.html", context, status=422 if form.errors else 200)


@require_GET
def file(request: HttpRequest, claim_id: object, file_id: object) -> HttpResponseBase:
    _entry, kept = get_own_file_for(request, claim_id, file_id)
    return download(kept)


def download(kept: EvidenceFile) -> FileResponse:
    """Never as a page, whatever is in it."""
    return FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


@require_POST
def remove_file(request: HttpRequest, claim_id: object, file_id: object) -> HttpResponse:
    entry, kept = get_own_file_for(request, claim_id, file_id)
    try:
        claiming.remove_file(file=kept, entry=entry)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("contests:draft", claim_id)
