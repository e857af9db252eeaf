"""What is done on the page of a pilot that runs or was decided."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from challenges.pilots import deciding, running, telling
from challenges.pilots.fetching import get_own_pilot, get_own_rollout_item, get_pilot_for
from challenges.pilots.forms import SCALE, DecideForm, EvidenceForm, ExtendForm, TakeOverForm
from challenges.pilots.models import Reading
from challenges.pilots.presenting import criteria_of
from hub.problems import refuse
from hub.refusals import Refusal


@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, pilot_id: object) -> HttpResponse:
    pilot = get_own_pilot(request, pilot_id)
    if request.method == "GET" and not pilot.is_running:
        return redirect("pilots:detail", pilot.pk)
    form = EvidenceForm(request.POST or None, pilot=pilot, instance=Reading())
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            running.note_evidence(
                criterion=given["criterion"],
                by=request.user,
                day=given["day"],
                value=given["value"],
                note=given["note"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("Noted. You can take your last entry back."))
            return redirect(f"/pilots/{pilot.pk}/#evidence")
    return render(request, "pilots/evidence.html", {"form": form, "pilot": pilot}, status=status)


@require_POST
def undo_evidence(request: HttpRequest, pilot_id: object) -> HttpResponse:
    try:
        running.undo_evidence(pilot=get_own_pilot(request, pilot_id), by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Your last entry is taken back."))
    return redirect(f"/pilots/{pilot_id}/#evidence")


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, pilot_id: object) -> HttpResponse:
    pilot = get_own_pilot(request, pilot_id)
    if request.method == "GET" and (pilot.extended_to or not pilot.is_due(timezone.localdate())):
        return redirect("pilots:detail", pilot.pk)
    form = ExtendForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            deciding.extend(pilot=pilot, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("Extended, this one time."))
            return redirect("pilots:detail", pilot.pk)
    return render(request, "pilots/extend.html", {"form": form, "pilot": pilot}, status=status)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pilot_id: object) -> HttpResponse:
    pilot = get_own_pilot(request, pilot_id)
    if request.method == "GET" and not pilot.is_running:
        return redirect("pilots:detail", pilot.pk)
    can_scale = pilot.is_due(timezone.localdate())
    # What is offered before its day is only stopping; the action says so to whoever asks for more.
    form = DecideForm(request.POST or None, can_scale=can_scale or request.method == "POST")
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        is_scaled = form.cleaned_data["outcome"] == SCALE
        try:
            deciding.decide(
                pilot=pilot, by=request.user, is_scaled=is_scaled, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            said = (
                _("Decided: it is scaled.")
                if is_scaled
                else _("Decided: it is stopped. Thank you for trying.")
            )
            messages.success(request, said)
            return redirect("pilots:detail", pilot.pk)
    context = {"form": form, "pilot": pilot, "rows": criteria_of(pilot), "can_scale": can_scale}
    return render(request, "pilots/decide.html", context, status=status)


@require_POST
def take_over(request: HttpRequest, pilot_id: object) -> HttpResponse:
    pilot = get_pilot_for(request, pilot_id)
    if not running.may_take_over(request.user, pilot):
        raise PermissionDenied
    form = TakeOverForm(request.POST)
    try:
        names_nobody = "names" in request.POST and not request.POST.get("email", "").strip()
        if names_nobody or not form.is_valid():
            raise Refusal("unknown_address", _("Nobody here has this address."))
        owner = form.cleaned_data["email"] or request.user
        running.take_over(pilot=pilot, by=request.user, owner=owner)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("It has an owner again: %(name)s.") % {"name": owner.get_full_name()})
    return redirect("pilots:detail", pilot.pk)


@require_POST
def seed_challenge(request: HttpRequest, pilot_id: object) -> HttpResponse:
    try:
        challenge = deciding.seed_challenge(pilot=get_pilot_for(request, pilot_id), by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("A draft of a bet that only you see. Choose its referees and its last day."))
    return redirect("contests:edit", challenge.pk)


@require_POST
def tell(request: HttpRequest, pilot_id: object) -> HttpResponse:
    try:
        story = telling.tell(pilot=get_own_pilot(request, pilot_id), by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("stories:edit", story.pk)


@require_POST
def plan_rollout(request: HttpRequest, pilot_id: object) -> HttpResponse:
    try:
        deciding.plan_rollout(pilot=get_own_pilot(request, pilot_id))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect(f"/pilots/{pilot_id}/#rollout")


@require_POST
def tick(request: HttpRequest, pilot_id: object, rollout_id: object) -> HttpResponse:
    item = get_own_rollout_item(request, rollout_id, pilot_id)
    deciding.tick(item=item, by=request.user, is_done=request.POST.get("done") != "no")
    return redirect(f"/pilots/{pilot_id}/#rollout")
