"""What one does after the hour: note what was tried, take it back, make a story of it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hub.problems import refuse
from hub.refusals import Refusal
from hub.stories.pinning import story_from_hatpin
from learning.hours import outcomes, recalls, room_pins
from learning.hours.fetching import get_session_for
from learning.hours.outcome_forms import OutcomeForm
from learning.hours.views import page_of


@require_POST
def note(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    form = OutcomeForm(request.POST, user=request.user)
    if not form.is_valid():
        return page_of(request, session, outcome_form=form, status=422)
    try:
        outcomes.note(session=session, user=request.user, **form.cleaned_data)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Noted. You can change it until two weeks after the hour."))
    return redirect("hours:detail", session.pk)


@require_POST
def forget(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    outcomes.forget(session=session, user=request.user)
    messages.success(request, _("It is deleted."))
    return redirect("hours:detail", session.pk)


@require_POST
def tell(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    try:
        story = outcomes.tell(session=session, user=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("stories:edit", story.pk)


@require_POST
def tell_hatpin(request: HttpRequest, session_id: UUID, hatpin_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    hatpin = get_object_or_404(room_pins.pins_of(session), pk=hatpin_id)
    if hatpin.author_id != request.user.pk:
        raise PermissionDenied
    try:
        story = story_from_hatpin(hatpin=hatpin, by=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("stories:edit", story.pk)


@require_POST
def recall(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    try:
        attempt = recalls.begin(session=session, user=request.user)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("notebooks:attempt", attempt.aid.notebook_id, attempt.pk)
