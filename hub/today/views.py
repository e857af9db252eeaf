"""Today, and the page about oneself: they compose what the areas know."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from knox.models import get_token_model

from challenges.contests.models import Entry
from challenges.contests.own_claims import tally_of
from challenges.pilots.models import Pilot
from challenges.usecases.models import UseCase
from hub.adoption import pulse
from hub.core_time import asking as core_time
from hub.drops.today import todays_doors
from hub.notices.models import Preference
from hub.notices.preview import next_tip
from hub.nudges.cards import card_or_why_none
from hub.nudges.keeping import just_answered, question_for
from hub.people import access, tokens
from hub.people.forms import PreferencesForm
from hub.people.models import RoleGrant
from hub.points.models import PointEntry
from hub.points.showing import badges_of, newest_badge_of
from hub.refusals import Refusal
from hub.today.newcomers import has_set_aside, is_new, path_of
from hub.today.stored import stored_about
from learning.hours.attended import streak_of
from learning.hours.forms import CheckInForm
from learning.hours.inside import presence_for
from learning.hours.models import Attendance, Rsvp, StudySession
from learning.hours.recalls import offer_of
from learning.hours.team_goals import standing_of
from learning.notebooks.models import Notebook
from learning.notebooks.reviewing import has_decks, queue_of


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    now, user = timezone.now(), request.user
    sessions = list(
        StudySession.objects.visible_to(user)
        .upcoming(now)
        .select_related("facilitator", "team", "series")[:4]
    )
    session = sessions[0] if sessions else None
    phase = session.phase(now) if session else ""
    attended = bool(session) and Attendance.objects.filter(session=session, user=user).exists()
    own_points = PointEntry.objects.of(user)
    entry = Entry.objects.current_of(user)
    tip_card, tip_waits = card_or_why_none(user, now)
    context = {
        "session": session,
        "phase": phase,
        "is_open": bool(session and session.is_open(now)),
        "attended": attended,
        "rsvp": Rsvp.objects.filter(session=session, user=user).first() if session else None,
        "presence": presence_for(session, user, now, attended=attended) if session else None,
        "streak": streak_of(user, now),
        "points_total": own_points.total(),
        "recent_points": own_points[:3],
        "newest_badge": newest_badge_of(user),
        "team": standing_of(user),
        "path": path_of(user, now),
        "today": timezone.localdate(now),
        "upcoming": sessions[1:],
        "notebooks": Notebook.objects.visible_to(user).with_counts()[:4],
        "can_facilitate": access.is_facilitator(user),
        "check_in_form": CheckInForm(),
        "tip_card": tip_card,
        "tip_waits": tip_waits,
        "doors": todays_doors(user, now),
        "kept_question": question_for(user, now),
        "kept_answer": just_answered(user, request.GET["kept"]) if "kept" in request.GET else None,
        "pulse": pulse.card_for(user, now),
        "core_time": core_time.card_for(user, now),
        "recall": offer_of(user, now),
        "cards": queue_of(user, now) if has_decks(user) else None,
        "bet": entry.challenge if entry else None,
        "bet_phase": entry.challenge.phase(now) if entry else "",
        "tally": tally_of(entry) if entry else None,
    }
    if phase != "during":  # what can wait until the hour is over
        context["own_pilots"] = Pilot.objects.soon_decided_by(user, timezone.localdate(now))[:3]
        context["proposals_wait"] = UseCase.objects.to_answer_by(user).count()
    return render(request, "today/today.html", context)


def _me(
    request: HttpRequest, *, form: PreferencesForm | None = None, new_token: str = "", status: int = 200
) -> HttpResponse:
    user = request.user
    own_points = PointEntry.objects.of(user)
    own_tokens = [
        {
            "digest_start": token.digest[:12],
            "created": token.created,
            "expiry": token.expiry,
            "delete_url": reverse("today:delete-token", args=[token.digest[:12]]),
        }
        for token in get_token_model().objects.filter(user=user).order_by("-created")
    ]
    context = {
        "preferences_form": form or PreferencesForm(instance=user),
        "points": Paginator(own_points, 15).get_page(request.GET.get("page")),
        "points_total": own_points.total(),
        "streak": streak_of(user, timezone.now()),
        "badges": badges_of(user),
        "roles_list": [RoleGrant.Role(role).label for role in sorted(access.roles_of(user))],
        "tokens": own_tokens,
        "new_token": new_token,
        "stored": stored_about(),
        "wanted": (wanted := Preference.of(user)),
        "now": (now := timezone.now()),
        "next_tip": next_tip(wanted, now),
        "has_path_aside": is_new(user, now) and has_set_aside(user),
    }
    return render(request, "today/me.html", context, status=status)


@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _me(request)
    form = PreferencesForm(request.POST, instance=request.user)
    if not form.is_valid():
        request.user.refresh_from_db()
        return _me(request, form=form, status=422)
    form.save()
    messages.success(request, _("Saved."))
    return redirect("today:me")


@require_POST
def create_token(request: HttpRequest) -> HttpResponse:
    """Shows the token in this answer and never again: it is kept in no session and no message."""
    try:
        return _me(request, new_token=tokens.create_token(user=request.user), status=201)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("today:me")


@require_POST
def delete_token(request: HttpRequest, digest_start: str) -> HttpResponse:
    if tokens.delete_token(user=request.user, digest_start=digest_start):
        messages.success(request, _("The token is deleted. Programs that used it are signed out."))
    return redirect("today:me")
