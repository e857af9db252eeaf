"""What whoever runs the hour does in its room: steps, quiz, questions, and the room's big screen."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from hub.audit.actions import record
from learning.hours import looks, quiz_rounds, room, room_actions
from learning.hours.fetching import get_session_for
from learning.hours.room_views import act_in, question_of, watch
from learning.notebooks.fetching import whole_number


@require_POST
def step(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id, to_run=True)
    wanted = whole_number(request.POST.get("step", ""))
    return act_in(
        request,
        session,
        partial(room_actions.go_to_step, session=session, step=-1 if wanted is None else wanted),
    )


@require_POST
def more_time(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Five more minutes for the step that the page knows to run."""
    session = get_session_for(request, session_id, to_run=True)
    known = {name: whole_number(request.POST.get(name, "")) for name in ("step", "extra")}
    given = {name: -1 if value is None else value for name, value in known.items()}
    return act_in(request, session, partial(room_actions.give_time, session=session, **given))


@require_POST
def open_round(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id, to_run=True)
    after = request.POST.get("after")
    return act_in(request, session, partial(quiz_rounds.open_next, session=session, after=after))


@require_POST
def close_round(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id, to_run=True)
    return act_in(request, session, partial(quiz_rounds.close, session=session))


@require_POST
def moderate(request: HttpRequest, session_id: UUID, question_id: UUID) -> HttpResponse:
    """Hide a question or show it again, note it as answered or not."""
    session = get_session_for(request, session_id, to_run=True)
    question = question_of(session, question_id, also_hidden=True)
    act = partial(room_actions.moderate, question=question, do=request.POST.get("do", ""))
    return act_in(request, session, act)


@require_GET
def people(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who checked in, with names: for whoever runs the hour, and only while it runs."""
    session, now = get_session_for(request, session_id, to_run=True), timezone.now()
    if session.is_open(now) and request.user.pk not in {session.facilitator_id, session.deputy_id}:
        record(
            actor_key=request.user.subject_key,
            action="session.names_seen",
            object_type="session",
            object_id=session.pk,
        )
    rows = (
        session.attendances.select_related("user").order_by("-checked_in_at") if session.is_open(now) else []
    )
    return render(
        request, "hours/people.html", {"session": session, "rows": rows, "is_open": session.is_open(now)}
    )


@require_GET
def screen(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """For the wall. Opening it is a look at the code, and audited where it is somebody else's hour."""
    session, now = get_session_for(request, session_id, to_run=True), timezone.now()
    looks.note(session=session, user=request.user, now=now)
    sections = room.screen_sections(session.pk)[get_language() or "en"]
    return render(request, "hours/screen.html", {"session": session, "sections": sections})


@require_GET
def screen_news(request: HttpRequest, session_id: UUID) -> JsonResponse:
    session = get_session_for(request, session_id, to_run=True)
    looks.note(session=session, user=request.user, now=timezone.now())
    return JsonResponse(room.screen_sections(session.pk)[get_language() or "en"])


@require_GET
def screen_stream(request: HttpRequest, session_id: UUID) -> HttpResponseBase:
    session = get_session_for(request, session_id, to_run=True)
    looks.note(session=session, user=request.user, now=timezone.now())
    return watch(request, f"screen:{session.pk}", partial(room.screen_sections, session.pk))
