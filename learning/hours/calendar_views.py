"""Blocked time: the page with one's choices, and the feed that calendars fetch without signing in."""

from datetime import UTC

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe
from rest_framework.throttling import AnonRateThrottle

from learning.hours import feeding, inviting
from learning.hours.calendar_file import etag
from learning.hours.models import CalendarChoice

LONGEST_SECRET = 100


class FeedThrottle(AnonRateThrottle):
    """An address: also one behind which a whole company, or a large calendar, asks for many people's feeds."""

    scope = "calendar"
    rate = "600/min"


def _page(request: HttpRequest, *, new_address: str = "", status: int = 200) -> HttpResponse:
    context = {
        "wants_mail": CalendarChoice.objects.filter(user=request.user, wants_mail=True).exists(),
        "has_feed": feeding.has_feed(request.user),
        "new_address": new_address,
    }
    return render(request, "hours/calendar.html", context, status=status)


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    wants_mail = request.POST.get("wants_mail") == "on"
    inviting.set_wanted(user=request.user, wants_mail=wants_mail)
    if wants_mail:
        messages.success(request, _("Invitations come by mail from now on, outside your quiet hours."))
    else:
        messages.success(request, _("No more invitations. Hours to come leave your calendar."))
    return redirect("hours:calendar")


@require_POST
def make_feed(request: HttpRequest) -> HttpResponse:
    """Shows the address in this answer and never again: it is kept in no session and no message."""
    return _page(request, new_address=feeding.make(user=request.user), status=201)


@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    if feeding.revoke(user=request.user):
        messages.success(request, _("The address no longer works. Calendars that used it get nothing more."))
    return redirect("hours:calendar")


@csrf_exempt  # it only reads: any other method is 405
@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What is unknown, revoked or of somebody who left looks the same: nothing is there."""
    if not FeedThrottle().allow_request(request, None):
        return HttpResponse(status=429, content_type="text/plain", headers={"Retry-After": "60"})
    user = feeding.owner_of(secret[:LONGEST_SECRET])
    if user is None:
        return HttpResponse(status=404, content_type="text/plain")
    hours = feeding.hours_of(user, timezone.now())
    content = feeding.write(user, hours)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="hours.ics"'
    response["Content-Language"] = user.language
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = etag(content)
    if hours:
        changed_at = max(session.changed_at for session in hours)
        response["Last-Modified"] = http_date(changed_at.astimezone(UTC).timestamp())
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    # By the tag alone: an hour that leaves the window changes the file and no moment in it.
    return get_conditional_response(request, etag=response["ETag"], response=response)
