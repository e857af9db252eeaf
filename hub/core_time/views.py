"""A team's core time, the one question, beginning a measurement and calling it off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core_time import actions, asking
from hub.core_time.fetching import (
    get_measurement_for,
    get_team_for,
    measured_elsewhere,
    own_team,
    record_look,
)
from hub.core_time.forms import AnswerForm, BeginForm, CallOffForm, SkipForm
from hub.core_time.presenting import beginning_of, day_words, finding_of, said_expected, standing_of
from hub.people.models import Team
from hub.problems import refuse
from hub.refusals import Refusal


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """One's own team; for HR and works council also which teams of their companies have measured."""
    team = own_team(request.user) if request.user.team_id else None
    return _page(request, team, elsewhere=measured_elsewhere(request.user))


@require_GET
def team(request: HttpRequest, team_id: int) -> HttpResponse:
    found = get_team_for(request.user, team_id)
    record_look(request.user, found, "page")
    return _page(request, found)


def _page(request: HttpRequest, found: Team | None, *, elsewhere: list[Team] | None = None) -> HttpResponse:
    now = timezone.now()
    standing = standing_of(found) if found else None
    context = {
        "team": found,
        "standing": standing,
        "expected": said_expected(standing.expectation.share) if standing and standing.expectation else "",
        "finding": finding_of(standing) if standing else "",
        "beginning": beginning_of(found, request.user, now) if found and not standing.open else None,
        "question": asking.question_for(request.user, now) if found else None,
        "is_member": bool(found) and actions.may_act(request.user, found),
        "rules": actions.rules_for(found) if found else None,
        "elsewhere": elsewhere or [],
    }
    return render(request, "core_time/team.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """For one's own team. What its definition was is proposed again."""
    found, now = own_team(request.user), timezone.now()
    if request.method == "GET":
        newest = standing_of(found).newest
        kept = {"work": newest.work, "weekly_hours": newest.weekly_hours} if newest else None
        return _begin_page(request, found, BeginForm(initial=kept))
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _begin_page(request, found, form, status=422)
    try:
        begun = actions.begin(team=found, by=request.user, **form.cleaned_data, now=now)
    except Refusal as refusal:
        return refuse(request, refusal)
    sentence = _("It begins on %(day)s. Your team has been told.") % {"day": day_words(begun.starts_on)}
    messages.success(request, sentence)
    return redirect("core_time:overview")


def _begin_page(request: HttpRequest, found: Team, form: BeginForm, status: int = 200) -> HttpResponse:
    standing, now = standing_of(found), timezone.now()
    context = {
        "team": found,
        "form": form,
        "standing": standing,
        "beginning": beginning_of(found, request.user, now),
        "rules": actions.rules_for(found),
    }
    return render(request, "core_time/begin.html", context, status=status)


@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, measurement_id: UUID) -> HttpResponse:
    measurement = get_measurement_for(request.user, measurement_id)
    actions.refuse_others(request.user, measurement.team)
    form = CallOffForm(request.POST or None, team=measurement.team)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.call_off(
                    measurement=measurement, by=request.user, **form.cleaned_data, now=timezone.now()
                )
            except Refusal as refusal:
                if refusal.code != "not_the_name":
                    return refuse(request, refusal)
                form.add_error("name", refusal.message)
            else:
                messages.success(request, _("Called off. What was answered is deleted, and your team knows."))
                return redirect("core_time:overview")
    context = {"measurement": measurement, "form": form}
    return render(request, "core_time/call_off.html", context, status=status)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if request.method == "GET":
        return _question_page(request, None)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _question_page(request, form, status=422)
    try:
        asking.answer(user=request.user, **form.cleaned_data, now=now)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Counted. Your answer and you cannot be brought together again."))
    return redirect("today:today")


def _question_page(request: HttpRequest, form: AnswerForm | None, status: int = 200) -> HttpResponse:
    context = {
        "question": asking.question_for(request.user, timezone.now()),
        "answer_form": form,
        "team": request.user.team,
        "rules": actions.rules_for(request.user.team) if request.user.team else None,
    }
    return render(request, "core_time/question.html", context, status=status)


@require_POST
def skip(request: HttpRequest) -> HttpResponse:
    form = SkipForm(request.POST)
    if not form.is_valid():
        return _question_page(request, None, status=422)
    try:
        asking.skip(user=request.user, **form.cleaned_data, now=timezone.now())
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("All right, not today."))
    return redirect("today:today")
