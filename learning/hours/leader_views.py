"""Leaders who learn along: those who agreed to be shown, and a leader's own switch."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from learning.hours import walking
from learning.hours.models import LeaderConsent, Rsvp, StudySession


class ConsentForm(forms.ModelForm):
    class Meta:
        model = LeaderConsent
        fields = ("shows_attendance", "compares_tasks")


@require_GET
def leaders(request: HttpRequest) -> HttpResponse:
    now, user = timezone.now(), request.user
    coming = StudySession.objects.visible_to(user).upcoming(now).first()
    context = {
        "leaders": walking.leaders_shown(now),
        "coming": coming,
        "announced": [row.user for row in Rsvp.objects.announced(coming)] if coming else [],
    }
    if user.is_executive:
        context["form"] = ConsentForm(instance=LeaderConsent.objects.filter(user=user).first())
    return render(request, "hours/leaders.html", context)


@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Nobody agrees for a leader; taken back, nothing is shown from then on."""
    if not request.user.is_executive:
        raise PermissionDenied
    chosen = {name: name in request.POST for name in ConsentForm.Meta.fields}
    walking.agree(leader=request.user, **chosen)
    is_shown = any(chosen.values())
    messages.success(
        request, _("You are in the list now.") if is_shown else _("You are not in the list any more.")
    )
    return redirect("hours:leaders")
