"""A facilitator's Friday in ten minutes: choose a template or an earlier hour, look it over, publish."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal
from learning.hours import inviting, preparing
from learning.hours.fetching import get_session_for, uuid_or_404
from learning.hours.models import StudySession
from learning.hours.plans import AgendaPlan, Plan, TaskPlan, plan_of_session, plan_of_template
from learning.hours.prepare_forms import AgendaFormSet, RoomForm, TaskFormSet
from learning.hours.session_templates import templates


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Which hour, and from what."""
    if not access.is_facilitator(request.user) and not access.is_administrator(request.user):
        raise PermissionDenied
    if request.method == "POST" and (done := _fill(request)):
        return done
    waiting = preparing.waiting_for(request.user, timezone.now())
    wanted = request.GET.get("session", "")
    chosen = next((session for session in waiting if str(session.pk) == wanted), None)
    chosen = chosen or (waiting[0] if waiting else None)
    context = {
        "waiting": waiting,
        "chosen": chosen,
        "earlier": preparing.copied_from(request.user, chosen) if chosen else [],
        "templates": templates(request.user.language),
    }
    return render(request, "hours/prepare.html", context, status=422 if request.method == "POST" else 200)


def _fill(request: HttpRequest) -> HttpResponse | None:
    """None where nothing was chosen that could be filled in."""
    session = get_session_for(request, uuid_or_404(request.POST.get("session", "")), to_run=True)
    plan = _plan(request, session, request.POST.get("source", ""))
    if plan is None:
        messages.error(request, _("Choose a template or an earlier hour."))
        return None
    try:
        preparing.fill(session=session, plan=plan)
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("hours:prepare-room", session.pk)


def _plan(request: HttpRequest, session: StudySession, source: str) -> Plan | None:
    kind, _colon, key = source.partition(":")
    if kind == "template":
        return plan_of_template(key, user=request.user)
    if kind == "session":
        earlier = preparing.copied_from(request.user, session)
        found = next((row for row in earlier if str(row.pk) == key), None)
        return plan_of_session(found) if found else None
    return None


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, session_id: object) -> HttpResponse:
    """Look over what was filled in, change it, publish it."""
    session = get_session_for(request, session_id, to_run=True)
    if session.phase() in {"during", "after"}:
        messages.info(request, _("This hour has begun, so what it is made of stays."))
        return redirect("hours:detail", session.pk)
    forms = RoomForms(request, session)
    if request.method == "POST" and forms.are_valid():
        try:
            forms.keep()
            if "publish" in request.POST and not forms.form.dropped_quiz:
                preparing.publish(session=session)
        except Refusal as refusal:
            forms.form.add_error(None, str(refusal.message))
        else:
            return _saved(request, session, dropped_quiz=forms.form.dropped_quiz is not None)
    context = {
        "session": session,
        "form": forms.form,
        "agenda": forms.agenda,
        "tasks": forms.tasks,
        "by_mail": inviting.asked_for_mail(session),
    }
    return render(
        request, "hours/prepare_room.html", context, status=422 if request.method == "POST" else 200
    )


class RoomForms:
    """The three forms of the page, filled from the hour or from what was sent."""

    def __init__(self, request: HttpRequest, session: StudySession) -> None:
        data, plan = request.POST or None, plan_of_session(session)
        self.session, self.by = session, request.user
        self.form = RoomForm(data, instance=session, user=request.user)
        self.agenda = AgendaFormSet(data, prefix="agenda", initial=[vars(item) for item in plan.agenda])
        tasks = [{**vars(task), "tool": task.tool_id} for task in plan.lab]
        self.tasks = TaskFormSet(data, prefix="lab", initial=tasks)

    def are_valid(self) -> bool:
        return all([self.form.is_valid(), self.agenda.is_valid(), self.tasks.is_valid()])

    def keep(self) -> None:
        agenda = [AgendaPlan(row["kind"], row["title"], row["minutes"]) for row in self.agenda.rows()]
        tasks = [TaskPlan.of(row) for row in self.tasks.rows()]
        session = self.form.save(commit=False)
        preparing.keep(session=session, agenda=agenda, tasks=tasks, by=self.by)


def _saved(request: HttpRequest, session: StudySession, *, dropped_quiz: bool) -> HttpResponse:
    if dropped_quiz:
        messages.warning(
            request,
            _("Saved. The quiz belonged to the other notebook and is out: choose one of the new notebook's."),
        )
        return redirect("hours:prepare-room", session.pk)
    if "publish" in request.POST:
        messages.success(request, _("The room is open to everybody invited. Nothing more to do until then."))
        return redirect("hours:detail", session.pk)
    messages.success(request, _("Saved."))
    return redirect("hours:prepare-room", session.pk)


@require_POST
def withdraw(request: HttpRequest, session_id: object) -> HttpResponse:
    """Take the publishing back while one goes on preparing."""
    session = get_session_for(request, session_id, to_run=True)
    try:
        preparing.withdraw(session=session)
    except Refusal as refusal:
        return refuse(request, refusal)
    messages.success(request, _("Only those who run it see its agenda now."))
    return redirect("hours:prepare-room", session.pk)
