"""What people do with hatpins in the live room: stick one, help, reply, solve it, take it away."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from hub.stories.models import LONGEST_PIN, Hatpin
from learning.hours import room_pins
from learning.hours.fetching import get_session_for
from learning.hours.models import StudySession
from learning.hours.room_views import act_in


@require_POST
def stick(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, given = get_session_for(request, session_id), request.POST
    wish = {"kind": given.get("kind", ""), "text": _text(request), "is_named": "is_named" in given}
    return act_in(request, session, partial(room_pins.stick, session=session, user=request.user, **wish))


@require_POST
def reply(request: HttpRequest, session_id: UUID, hatpin_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    hatpin = _pin_of(session, hatpin_id)
    replied = partial(room_pins.reply, session=session, hatpin=hatpin, user=request.user)
    return act_in(request, session, partial(replied, text=_text(request)))


@require_POST
def act(request: HttpRequest, session_id: UUID, hatpin_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    hatpin, do = _pin_of(session, hatpin_id), request.POST.get("do", "")
    return act_in(
        request, session, partial(room_pins.act, session=session, hatpin=hatpin, user=request.user, do=do)
    )


def _pin_of(session: StudySession, hatpin_id: UUID) -> Hatpin:
    return get_object_or_404(room_pins.pins_of(session), pk=hatpin_id)


def _text(request: HttpRequest) -> str:
    """One character too many is enough to be refused."""
    return request.POST.get("text", "").replace("\x00", "")[: LONGEST_PIN + 1]
