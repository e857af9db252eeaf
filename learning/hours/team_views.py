"""The team's goal: every member may set it, change it and take it back; who did is not shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.disclosure.gate import MINIMUM_GROUP
from learning.hours import team_goals
from learning.hours.forms import TeamGoalForm


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest) -> HttpResponse:
    standing = team_goals.standing_of(request.user)
    form = TeamGoalForm(initial={"percent": (standing and standing.percent) or 60})
    status = 200
    if request.method == "POST":
        form = TeamGoalForm(request.POST)
        if standing is None:
            status = 409
        elif form.is_valid():
            team_goals.set_goal(team=standing.team, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your team's goal stands. Everybody in the team sees it on Today."))
            return redirect("hours:team")
        else:
            status = 422
    context = {"standing": standing, "form": form, "minimum": MINIMUM_GROUP}
    return render(request, "hours/team.html", context, status=status)


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    if request.user.team:
        team_goals.take_back(team=request.user.team)
        messages.success(request, _("Your team has no goal now."))
    return redirect("hours:team")
