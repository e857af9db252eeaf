"""The two questions of a quarter, answered or declined; and what becomes of an answer, in plain words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.adoption import pulse
from hub.adoption.pulse_forms import PulseForm
from hub.disclosure.gate import MINIMUM_GROUP, MINIMUM_PAGE
from hub.problems import refuse
from hub.refusals import Refusal


@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if request.method == "GET":
        return _page(request, PulseForm())
    form = PulseForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        pulse.answer(user=request.user, **form.cleaned_data, now=now)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Counted. Your answer and you cannot be brought together again."))
    return redirect("today:today")


def _page(request: HttpRequest, form: PulseForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "pulse": pulse.question_for(request.user, now),
        "pulse_form": form,
        "is_open": pulse.open_quarter(now) is not None and request.user.team_id is not None,
        "opens_on": pulse.next_opening(now),
        "group": MINIMUM_GROUP,
        "page": MINIMUM_PAGE,
    }
    return render(request, "adoption/pulse.html", context, status=status)


@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    try:
        pulse.decline(user=request.user, now=timezone.now())
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("All right. You are not asked again this quarter."))
    return redirect("today:today")
