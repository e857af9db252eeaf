"""The pages of the hour."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.disclosure.asked import publishable
from hub.disclosure.gate import MINIMUM_GROUP
from hub.people import access
from hub.refusals import Refusal
from learning.hours import actions, away
from learning.hours.after import afterwards
from learning.hours.attended import feast_of
from learning.hours.away import AwayForm
from learning.hours.doors import door_for
from learning.hours.fetching import get_session_for
from learning.hours.forms import CheckInForm, RsvpForm, StudySessionForm
from learning.hours.inside import presence_for
from learning.hours.launchers import give_launchers
from learning.hours.models import Attendance, Rsvp, StudySession
from learning.hours.outcome_forms import OutcomeForm
from learning.hours.untouched import kept_of
from learning.notebooks.models import Notebook

CANCELLED_SHOWN = 6


@require_GET
def list_sessions(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, *, away_form: AwayForm | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    visible = StudySession.objects.visible_to(request.user).select_related(
        "team", "site", "facilitator", "series"
    )
    upcoming = list(visible.upcoming(now)[:12])
    page = Paginator(visible.past(now), 12).get_page(request.GET.get("page"))
    shown = [*upcoming, *page.object_list]
    replies = dict(
        Rsvp.objects.filter(user=request.user, session__in=shown).values_list("session_id", "reply")
    )
    attended = set(
        Attendance.objects.filter(user=request.user, session__in=shown).values_list("session_id", flat=True)
    )
    for session in shown:
        session.phase_now = session.phase(now)
        session.my_reply = replies.get(session.pk)
        session.is_attended = session.pk in attended
        session.feast = feast_of(request.user, session.local_date) if session in upcoming else None
    called_off = visible.filter(status=StudySession.Status.CANCELLED, ends_at__gt=now)
    context = {
        "upcoming": upcoming,
        "called_off": called_off.order_by("starts_at")[:CANCELLED_SHOWN],
        "past": page,
        "can_facilitate": access.is_facilitator(request.user),
        "kept": kept_of(visible, now),
        "away": away.weeks_of(request.user, now),
        "away_form": away_form or AwayForm(user=request.user, now=now),
    }
    return render(request, "hours/list.html", context, status=status)


@require_POST
def declare_away(request: HttpRequest) -> HttpResponse:
    form = AwayForm(request.POST, user=request.user, now=timezone.now())
    if not form.is_valid():
        messages.error(request, _("Choose a week from the list."))
        return _list(request, away_form=form, status=422)
    away.declare(user=request.user, monday=form.cleaned_data["monday"])
    messages.success(request, _("Noted. That week leaves your streak alone."))
    return redirect("hours:list")


@require_POST
def take_back_away(request: HttpRequest) -> HttpResponse:
    form = AwayForm(request.POST, user=request.user, now=timezone.now())
    if not form.is_valid():
        messages.error(request, _("Choose a week from the list."))
        return _list(request, status=422)
    away.take_back(user=request.user, monday=form.cleaned_data["monday"])
    return redirect("hours:list")


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    if not access.is_facilitator(request.user):
        raise PermissionDenied
    form = StudySessionForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            session = actions.plan(session=form.save(commit=False), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The hour is planned."))
            return redirect("hours:detail", session.pk)
    return render(
        request, "hours/form.html", {"form": form, "session": None}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, session_id: object) -> HttpResponse:
    session = get_session_for(request, session_id, to_run=True)
    if session.phase() == "after":
        messages.error(request, _("This hour has taken place and can no longer be changed."))
        return redirect("hours:detail", session.pk)
    form = StudySessionForm(request.POST or None, user=request.user, instance=session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(session=form.save(commit=False), by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Saved. Whoever said yes is told if the time changed."))
            return redirect("hours:detail", session.pk)
    return render(
        request, "hours/form.html", {"form": form, "session": session}, status=422 if form.errors else 200
    )


def page_of(
    request: HttpRequest,
    session: StudySession,
    *,
    check_in_form: CheckInForm | None = None,
    rsvp_form: RsvpForm | None = None,
    outcome_form: OutcomeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The hour's own page, with whichever form was sent wrongly."""
    now = timezone.now()
    phase = session.phase(now)
    rsvp = Rsvp.objects.filter(session=session, user=request.user).first()
    attended = session.attendances.filter(user=request.user).exists()
    runs, can_run = session.is_run_by(request.user), session.can_be_run_by(request.user)
    is_shown = session.shows_topic or can_run
    notebooks = Notebook.objects.visible_to(request.user)
    counts = None
    if can_run:
        replies = list(session.rsvps.values_list("reply", flat=True))
        counts = {"yes": replies.count("yes"), "no": replies.count("no")}
    lab = list(session.lab.select_related("tool")) if is_shown else []
    if phase == "after":
        give_launchers(lab)
    context = {
        "session": session,
        "phase": phase,
        "runs": runs,
        "can_run": can_run,
        "rsvp": rsvp,
        "rsvp_form": rsvp_form or RsvpForm(instance=rsvp, user=request.user, session=session),
        "agenda": list(session.agenda.all()) if is_shown else [],
        "lab": lab,
        "leaders": [row.user for row in Rsvp.objects.announced(session)],
        "attended": attended,
        "is_open": session.is_open(now),
        "is_past": session.ends_at <= now,
        "were_there": publishable(session.attendances.count()) if runs and phase == "after" else None,
        "fewest_told": MINIMUM_GROUP,
        "check_in_form": check_in_form or CheckInForm(),
        "presence": presence_for(session, request.user, now, attended=attended),
        "topic_follows": phase == "before" and not can_run and _topic_follows(session),
        "title": session.title if can_run else session.shown_title,
        "description": session.description if can_run else session.shown_description,
        "notebook": notebooks.filter(pk=session.notebook_id).first() if is_shown else None,
        "counts": counts,
        "feast": feast_of(request.user, session.local_date) if phase == "before" else None,
        **afterwards(session, request.user, now, outcome_form=outcome_form),
    }
    return render(request, "hours/detail.html", context, status=status)


def _topic_follows(session: StudySession) -> bool:
    """Of an hour of a series only the name of the series is known so far."""
    return not session.shows_topic or (
        session.series_id is not None and session.shown_title == session.series.title
    )


@require_GET
def detail(request: HttpRequest, session_id: object) -> HttpResponse:
    return page_of(request, get_session_for(request, session_id))


@require_GET
def presence(request: HttpRequest, session_id: object) -> HttpResponse:
    session = get_session_for(request, session_id)
    now = timezone.now()
    attended = session.attendances.filter(user=request.user).exists()
    context = {
        "session": session,
        "phase": session.phase(now),
        "presence": presence_for(session, request.user, now, attended=attended),
    }
    return render(request, "hours/_presence.html", context)


@require_POST
def rsvp(request: HttpRequest, session_id: object) -> HttpResponse:
    session = get_session_for(request, session_id)
    form = RsvpForm(request.POST, user=request.user, session=session)
    if not form.is_valid():
        return page_of(request, session, rsvp_form=form, status=422)
    given = {name: value for name, value in form.cleaned_data.items() if name != "which"}
    try:
        actions.reply(session=form.chosen, user=request.user, **given)
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return page_of(request, session, rsvp_form=form, status=refusal.status)
    messages.success(request, _("Noted. You can change your reply until the hour begins."))
    return redirect("hours:detail", form.chosen.pk)


@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, session_id: object) -> HttpResponse:
    """A phone that read the screen's picture comes with the code filled in; pressing the button checks in."""
    if request.method == "GET":
        code = request.GET.get("code", "")[:12]
        session = get_session_for(request, session_id)
        return page_of(request, session, check_in_form=CheckInForm(initial={"code": code}))
    door = door_for(request.user, session_id, timezone.now())
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return page_of(request, get_session_for(request, session_id), check_in_form=form, status=422)
    try:
        _attendance, is_new = actions.check_in(
            session=door.session,
            user=request.user,
            is_locked=request.user.pk in door.locked,
            **form.cleaned_data,
        )
    except Refusal as refusal:
        form.add_error("code", str(refusal.message))
        session = get_session_for(request, session_id)
        return page_of(request, session, check_in_form=form, status=refusal.status)
    if is_new:
        messages.success(request, _("You are in. Enjoy the hour."))
    else:
        messages.info(request, _("You had already checked in."))
    is_open = door.session.is_open(timezone.now())
    return redirect("hours:room" if is_open else "hours:detail", session_id)


@require_POST
def cancel(request: HttpRequest, session_id: object) -> HttpResponse:
    """While people are inside it takes a second press, on a page that says how many."""
    session = get_session_for(request, session_id, to_run=True)
    try:
        actions.cancel(session=session, by=request.user, is_sure="sure" in request.POST)
    except Refusal as refusal:
        if refusal.code == "people_inside":
            context = {"session": session, "inside": refusal.message}
            return render(request, "hours/cancel.html", context, status=refusal.status)
        messages.error(request, refusal.message)
    return redirect("hours:detail", session.pk)


@require_POST
def restore(request: HttpRequest, session_id: object) -> HttpResponse:
    session = get_session_for(request, session_id, to_run=True)
    try:
        actions.restore(session=session, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("hours:detail", session.pk)
