"""The pages of pilots: the list for everybody, one pilot, and its draft."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from challenges.contests.actions import is_left_behind
from challenges.pilots import actions, telling
from challenges.pilots.fetching import get_own_criterion, get_own_pilot, get_pilot_for
from challenges.pilots.forms import (
    AmendForm,
    CriterionForm,
    EvidenceForm,
    PilotForm,
    ReadinessForm,
    TakeOverForm,
)
from challenges.pilots.models import Criterion, Pilot
from challenges.pilots.presenting import criteria_of, days_until
from challenges.pilots.readiness import lines_of
from challenges.pilots.running import UNDO_WITHIN, amend, may_name_owner, may_take_over
from challenges.pilots.starter import starter_of, starters_in
from challenges.usecases.models import UseCase
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal

A_PAGE = 20


def path_of(pilot: Pilot) -> str:
    return reverse("pilots:detail", args=[pilot.pk])


@require_GET
def list_pilots(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    started = Pilot.objects.visible_to(request.user).started().for_everybody(today)
    page = Paginator(started, A_PAGE).get_page(request.GET.get("page"))
    for pilot in page.object_list:
        pilot.is_late = pilot.is_overdue(today)
    drafts = Pilot.objects.filter(owner=request.user, state=Pilot.State.DRAFT)[: actions.MOST_DRAFTS]
    return render(request, "pilots/list.html", {"page": page, "drafts": drafts})


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Six to begin with, each in the reader's language."""
    language = get_language() or "en"
    if request.method == "POST":
        starter = starter_of(request.POST.get("template", ""), language)
        try:
            if starter is None:
                raise Refusal("unknown_template", _("There is no such template. Choose another one."))
            pilot = actions.draft_from(starter=starter, owner=request.user)
        except Refusal as refusal:
            return refuse(request, refusal)
        messages.success(request, _("A draft that only you see. Fill in what is still missing."))
        return redirect("pilots:detail", pilot.pk)
    return render(request, "pilots/choose.html", {"starters": starters_in(language)})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    return _write(request, Pilot())


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pilot_id: object) -> HttpResponse:
    pilot = get_own_pilot(request, pilot_id)
    try:
        actions.check_draft(pilot)
    except Refusal as refusal:
        return refuse(request, refusal, back=path_of(pilot))
    return _write(request, pilot)


def _write(request: HttpRequest, pilot: Pilot) -> HttpResponse:
    is_new, heading = pilot._state.adding, pilot.title
    form = PilotForm(request.POST or None, user=request.user, instance=pilot)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            words = form.save(commit=False)
            if is_new:
                actions.draft(pilot=words, owner=request.user)
            else:
                actions.change(pilot=words)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            return redirect("pilots:detail", pilot.pk)
    context = {"form": form, "pilot": None if is_new else pilot, "heading": heading}
    return render(request, "pilots/form.html", context, status=status)


@require_GET
def detail(request: HttpRequest, pilot_id: object) -> HttpResponse:
    pilot = get_pilot_for(request, pilot_id)
    today, is_mine = timezone.localdate(), pilot.owner_id == request.user.pk
    bet = pilot.challenge
    context = {
        "pilot": pilot,
        "is_mine": is_mine,
        "rows": criteria_of(pilot),
        "is_late": pilot.is_overdue(today),
        "is_due": pilot.is_due(today),
        "days": days_until(pilot, today),
        "can_open": access.is_facilitator(request.user),
        "bet": bet
        if (bet and bet.status != "draft") or (bet and bet.organiser_id == request.user.pk)
        else None,
        "rollout": list(pilot.rollout.all()),
        "came_of": _came_of(request, pilot),
    }
    if pilot.is_decided:
        context["stories"] = telling.stories_of(pilot)
    if pilot.is_draft:
        starter = starter_of(pilot.template, pilot.language)
        context |= {
            "missing": actions.missing_for_start(pilot, today),
            "lines": lines_of(pilot),
            "notice": starter.notice if starter else "",
        }
    elif pilot.is_running and is_mine:
        context["evidence_form"] = EvidenceForm(pilot=pilot)
        context["has_own_reading"] = any(
            reading.by_id == request.user.pk and reading.created_at > timezone.now() - UNDO_WITHIN
            for row in context["rows"]
            for reading in row.readings
        )
    context["is_stuck"] = pilot.has_owner and pilot.is_stuck(timezone.localdate()) and not is_mine
    if not (pilot.has_owner or pilot.is_draft or pilot.is_stopped):
        context["may_take_over"] = may_take_over(request.user, pilot)
        context["name_form"] = TakeOverForm() if may_name_owner(request.user) else None
    elif context["is_stuck"] and may_name_owner(request.user):
        context |= {"may_take_over": True, "name_form": TakeOverForm()}
    context["is_left_behind"] = bool(bet) and context["can_open"] and is_left_behind(bet)
    if pilot.is_scaled and not context["can_open"]:
        context["facilitators"] = actions.whom_to_ask(access.Role.FACILITATOR)
    return render(request, "pilots/detail.html", context)


def _came_of(request: HttpRequest, pilot: Pilot) -> UseCase | None:
    """The proposal that it began with, for whoever sees it."""
    if pilot.use_case_id is None:
        return None
    return UseCase.objects.visible_to(request.user).filter(pk=pilot.use_case_id).first()


@require_http_methods(["GET", "POST"])
def add_criterion(request: HttpRequest, pilot_id: object) -> HttpResponse:
    return _agree(request, get_own_pilot(request, pilot_id), Criterion())


@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, pilot_id: object, criterion_id: object) -> HttpResponse:
    """Changed in a draft, amended once it runs."""
    found = get_own_criterion(request, criterion_id, pilot_id)
    return _agree(request, found.pilot, found)


def _agree(request: HttpRequest, pilot: Pilot, found: Criterion) -> HttpResponse:
    try:
        actions.check_criterion(pilot, found)
    except Refusal as refusal:
        return refuse(request, refusal, back=path_of(pilot))
    amends = pilot.is_running and not found._state.adding
    kind = AmendForm if amends else CriterionForm
    form = kind(request.POST or None, pilot=pilot, instance=found)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            if amends:
                terms = {name: form.cleaned_data[name] for name in actions.TERMS}
                amend(criterion=found, by=request.user, reason=form.cleaned_data["reason"], **terms)
            else:
                actions.set_criterion(pilot=pilot, criterion=form.save(commit=False))
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            return redirect("pilots:detail", pilot.pk)
    context = {"form": form, "pilot": pilot, "criterion": None if found._state.adding else found}
    return render(request, "pilots/criterion.html", context | {"amends": amends}, status=status)


@require_POST
def remove_criterion(request: HttpRequest, pilot_id: object, criterion_id: object) -> HttpResponse:
    try:
        actions.remove_criterion(criterion=get_own_criterion(request, criterion_id, pilot_id))
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("pilots:detail", pilot_id)


@require_http_methods(["GET", "POST"])
def readiness(request: HttpRequest, pilot_id: object) -> HttpResponse:
    pilot = get_own_pilot(request, pilot_id)
    try:
        actions.check_draft(pilot)
    except Refusal as refusal:
        return refuse(request, refusal, back=path_of(pilot))
    said = {answer.item: answer.is_yes for answer in pilot.answers.all()}
    form = ReadinessForm(request.POST or None, said=said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(pilot=pilot, answers=form.answers())
        except Refusal as refusal:
            return refuse(request, refusal)
        return redirect("pilots:detail", pilot.pk)
    starter = starter_of(pilot.template, pilot.language)
    context = {
        "form": form,
        "pilot": pilot,
        "read": [line for line in lines_of(pilot) if line.is_read],
        "starter": starter,
    }
    return render(request, "pilots/readiness.html", context, status=422 if form.errors else 200)


@require_POST
def start(request: HttpRequest, pilot_id: object) -> HttpResponse:
    try:
        actions.start(pilot=get_own_pilot(request, pilot_id))
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("It has started. Everybody can follow it now."))
    return redirect("pilots:detail", pilot_id)


@require_POST
def discard(request: HttpRequest, pilot_id: object) -> HttpResponse:
    try:
        actions.discard(pilot=get_own_pilot(request, pilot_id))
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("The draft is thrown away."))
    return redirect("pilots:list")
