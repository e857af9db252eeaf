"""The newcomers' path: a lab to try alone, and setting the path aside."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.ai.models import DataClass
from hub.today import newcomer_actions, newcomers
from learning.hours.session_templates import template


class WeekForm(forms.Form):
    """Which week's lab is meant; `back` takes it back that it was tried."""

    week = forms.IntegerField(min_value=1, max_value=len(newcomers.WEEKS), required=False)
    back = forms.BooleanField(required=False)

    @property
    def number(self) -> int:
        """The first week for none and for one that is not there."""
        return (self.cleaned_data.get("week") if self.is_valid() else None) or 1


@require_http_methods(["GET", "POST"])
def lab(request: HttpRequest) -> HttpResponse:
    form = WeekForm(request.POST if request.method == "POST" else request.GET)
    week = form.number
    slug = newcomers.WEEKS[week - 1].lab
    is_wrong = request.method == "POST" and not form.is_valid()
    if is_wrong:
        messages.error(request, _("Choose one of the weeks of the path."))
    elif request.method == "POST":
        if form.cleaned_data["back"]:
            newcomer_actions.take_tried_back(user=request.user, template=slug)
        else:
            newcomer_actions.note_tried(user=request.user, template=slug)
            messages.success(request, _("Noted. The next step stands on Today."))
            return redirect("today:today")
    words = template(slug, request.user.language)
    context = {
        "week": week,
        "words": words,
        "task": words.lab[0],
        "data_class": DataClass(words.lab[0].data_class).label,
        "is_tried": slug in newcomers.labs_tried(request.user),
    }
    return render(request, "today/newcomer_lab.html", context, status=422 if is_wrong else 200)


@require_POST
def set_aside(request: HttpRequest) -> HttpResponse:
    newcomer_actions.set_aside(user=request.user)
    messages.success(request, _("The path is set aside. Under Me you can bring it back."))
    return redirect("today:today")


@require_POST
def take_up(request: HttpRequest) -> HttpResponse:
    newcomer_actions.take_up(user=request.user)
    return redirect("today:today")
