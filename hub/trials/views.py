"""Where content owners and HR plan, start and end trials, and read with the works council what came of them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.people.models import User
from hub.problems import refuse
from hub.refusals import Refusal
from hub.trials import actions
from hub.trials.forms import TrialForm
from hub.trials.models import Trial, may_read, may_run
from hub.trials.power import BASES, powers
from hub.trials.results import Result

A_PAGE = 50


def get_trial_for(user: User, trial_id: UUID) -> Trial:
    """403 for whoever reads none, whether there is one or not."""
    if not may_read(user):
        raise PermissionDenied
    return get_object_or_404(Trial.objects.visible_to(user), pk=trial_id)


def check_runner(user: User) -> None:
    if not may_run(user):
        raise PermissionDenied


@require_GET
def trials(request: HttpRequest) -> HttpResponse:
    if not may_read(request.user):
        raise PermissionDenied
    page = Paginator(Trial.objects.visible_to(request.user), A_PAGE).get_page(request.GET.get("page"))
    ended = Trial.Status.ENDED
    context = {
        "page": page,
        "rows": [(trial, Result(trial) if trial.status == ended else None) for trial in page],
        "may_run": may_run(request.user),
    }
    return render(request, "trials/trials.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """With what it could show beside it, before anybody is in it."""
    check_runner(request.user)
    form = TrialForm(request.POST or None, initial={"tip": request.GET.get("tip")})
    if request.method == "POST" and form.is_valid():
        try:
            trial = actions.plan(**form.cleaned_data)
        except Refusal as refusal:
            return refuse(request, refusal)
        return redirect("trials:detail", trial.pk)
    context = {"form": form, **_power()}
    return render(request, "trials/form.html", context, status=422 if form.errors else 200)


@require_GET
def detail(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    trial = get_trial_for(request.user, trial_id)
    context = {"trial": trial, "may_run": may_run(request.user)}
    if trial.status == Trial.Status.DRAFT:
        context |= _power()
        context["power"] = next(power for power in context["powers"] if power.design == trial.design)
    if trial.status == Trial.Status.ENDED:
        context["result"] = Result(trial)
    return render(request, "trials/detail.html", context)


def _power() -> dict[str, object]:
    return {"powers": powers(), "bases": [round(100 * base) for base in BASES]}


@require_POST
def start(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    check_runner(request.user)
    trial = get_trial_for(request.user, trial_id)
    try:
        actions.start(trial=trial, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("It runs. Figures come when it is over, not before."))
    return redirect("trials:detail", trial.pk)


@require_POST
def end(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    check_runner(request.user)
    trial = get_trial_for(request.user, trial_id)
    try:
        actions.end(trial=trial, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("It is over. Who was in which group is deleted."))
    return redirect("trials:detail", trial.pk)


@require_POST
def discard(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    check_runner(request.user)
    trial = get_trial_for(request.user, trial_id)
    try:
        actions.discard(trial=trial)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Discarded. Nobody was in it."))
    return redirect("trials:trials")
