"""The live room: its page, its news, and what people do in it. What only whoever runs it may do stands apart."""

import json
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub import live
from hub.problems import refuse
from hub.refusals import Refusal
from learning.hours import catch_up, quiz_rounds, room, room_actions, room_pins
from learning.hours.fetching import get_session_for
from learning.hours.inside import is_inside
from learning.hours.lab_progress import team_progress
from learning.hours.models import LabDone, QuizAnswer, RoomQuestion, RoomVote, StudySession
from learning.hours.room_forms import QuestionForm
from learning.notebooks.fetching import whole_number


def own_state(session: StudySession, request: HttpRequest) -> dict[str, Any]:
    """What this person did in the room, and how far their team is: seven queries, eight for most."""
    user = request.user
    done = LabDone.objects.filter(task__session=session, user=user)
    answers = QuizAnswer.objects.filter(round__session=session, user=user)
    votes = RoomVote.objects.filter(question__session=session, user=user)
    runs = session.can_be_run_by(user)
    return {
        "tasks": {str(task): _clock(at) for task, at in done.values_list("task", "done_at")},
        "team": _team_words(session, request),
        "answers": {str(key): option for key, option in answers.values_list("round", "option")},
        "votes": [str(key) for key in votes.values_list("question", flat=True)],
        "questions": [str(key) for key in session.questions.filter(author=user).values_list("pk", flat=True)],
        **room_pins.own_pins(session, user),
        "runs": runs,
        **(_steering(session) if runs else {}),
    }


def _team_words(session: StudySession, request: HttpRequest) -> dict[str, str]:
    """By lab task, in the language active now; empty while fewer than five of the team are here."""
    present, done = team_progress(session, request.user)
    words = _("Your team: %(done)s of %(here)s have done it")
    return {str(task): words % {"done": n, "here": present} for task, n in done.items()}


def _steering(session: StudySession) -> dict[str, Any]:
    """What the forms of whoever runs the hour say next, and what is hidden. Three queries or four."""
    newest = session.rounds.order_by("-opened_at").values_list("pk", flat=True).first()
    waiting = len(quiz_rounds.askable(session))
    return {
        "after": str(newest or ""),
        "hidden": [
            {"id": str(pk), "text": text}
            for pk, text in session.questions.exclude(hidden_at=None).values_list("pk", "text")
        ],
        "waits": waiting,
        "waiting": ngettext("%(n)s question waits", "%(n)s questions wait", waiting) % {"n": waiting},
    }


def _clock(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")


@require_GET
def enter(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The room while it is open; before and after, the hour's own page."""
    session, now = get_session_for(request, session_id), timezone.now()
    if not session.is_open(now):
        return redirect("hours:detail", session.pk)
    return _room(request, session)


def _room(
    request: HttpRequest, session: StudySession, *, form: QuestionForm | None = None, status: int = 200
) -> HttpResponse:
    attended = session.attendances.filter(user=request.user).exists()
    inside = attended or session.is_run_by(request.user)
    state = room.state_of(session.pk, timezone.now(), is_inside=inside)
    can_run = session.can_be_run_by(request.user)
    own = own_state(session, request)
    for task in state.tasks:
        task.own_at, task.own_team = own["tasks"].get(str(task.pk)), own["team"].get(str(task.pk))
    context = {
        "session": session,
        "state": state,
        "own": own,
        "chosen": own["answers"].get(str(state.round.pk)) if state.round else None,
        "attended": attended,
        "question_form": form or QuestionForm(),
        "can_run": can_run,
        "waiting": len(quiz_rounds.askable(session)) if can_run else 0,
    }
    return render(request, "hours/room.html", context, status=status)


@require_GET
def news(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """What the stream would send, once: for browsers and networks without event streams."""
    session = get_session_for(request, session_id)
    inside = is_inside(session, request.user)
    state = room.state_of(session.pk, timezone.now(), is_inside=inside)
    return JsonResponse({**room.sections_of(state), **room.standing_of(state)})


@require_GET
def stream(request: HttpRequest, session_id: UUID) -> HttpResponseBase:
    session = get_session_for(request, session_id)
    if not session.is_open(timezone.now()):
        return HttpResponse(status=204)  # a browser asks no more
    inside = is_inside(session, request.user)
    key = f"room:{session.pk}" if inside else f"room:{session.pk}:outside"
    return watch(request, key, partial(room.shared_sections, session.pk, is_inside=inside))


def watch(request: HttpRequest, key: str, compute: Any) -> HttpResponseBase:
    try:
        return live.stream(request, key=key, variant=get_language() or "en", compute=compute)
    except Refusal as refusal:
        return refuse(request, refusal)


def _done(request: HttpRequest, session: StudySession) -> HttpResponse:
    """To a browser with scripts the person's own state, as the rest comes with the news; else the room again."""
    if not request.htmx:
        return redirect("hours:room", session.pk)
    trigger = json.dumps({"room:own": own_state(session, request)})
    return HttpResponse(status=204, headers={"HX-Trigger": trigger})


def _refused(request: HttpRequest, session: StudySession, refusal: Refusal) -> HttpResponse:
    if request.htmx:
        return HttpResponse(str(refusal.message), status=refusal.status, content_type="text/plain")
    messages.error(request, refusal.message)
    return redirect("hours:room", session.pk)


@require_POST
def lab_done(request: HttpRequest, session_id: UUID, task_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    task = get_object_or_404(session.lab.select_related("session"), pk=task_id)
    # After the hour the same address serves whoever catches up.
    where = room_actions if session.is_open(timezone.now()) or session.phase() != "after" else catch_up
    act = where.undo_task if request.POST.get("undo") else where.do_task
    return act_in(request, session, partial(act, task=task, user=request.user))


@require_POST
def answer_round(request: HttpRequest, session_id: UUID, round_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    asked = get_object_or_404(session.rounds.select_related("item", "session"), pk=round_id)
    option = whole_number(request.POST.get("option", ""))
    answer = partial(quiz_rounds.answer, round_=asked, user=request.user)
    return act_in(request, session, partial(answer, option=-1 if option is None else option))


@require_POST
def ask(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, form = get_session_for(request, session_id), QuestionForm(request.POST)
    if not form.is_valid():
        if request.htmx:
            return HttpResponse(form.errors["text"][0], status=422, content_type="text/plain")
        return _room(request, session, form=form, status=422)
    return act_in(
        request, session, partial(room_actions.ask, session=session, user=request.user, **form.cleaned_data)
    )


@require_POST
def vote(request: HttpRequest, session_id: UUID, question_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    question = question_of(session, question_id)
    act = room_actions.take_vote_back if request.POST.get("undo") else room_actions.vote
    return act_in(request, session, partial(act, question=question, user=request.user))


@require_POST
def withdraw_question(request: HttpRequest, session_id: UUID, question_id: UUID) -> HttpResponse:
    session = get_session_for(request, session_id)
    question = question_of(session, question_id)
    return act_in(
        request, session, partial(room_actions.withdraw_question, question=question, by=request.user)
    )


def question_of(session: StudySession, question_id: UUID, *, also_hidden: bool = False) -> RoomQuestion:
    rows = session.questions.select_related("session")
    return get_object_or_404(rows if also_hidden else rows.filter(hidden_at=None), pk=question_id)


def act_in(request: HttpRequest, session: StudySession, act: Any) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return _refused(request, session, refusal)
    return _done(request, session)
