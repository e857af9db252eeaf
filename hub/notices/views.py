"""The inbox, the preferences, and the page that ends a kind of mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.notices import actions
from hub.notices.forms import NoticePreferencesForm
from hub.notices.models import Notice, Preference
from hub.notices.preview import next_tip_at
from hub.notices.unsubscribe import read_token


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(Notice.objects.visible_to(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"page": page})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    actions.mark_read(user=request.user)
    return redirect("notices:inbox")


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = NoticePreferencesForm(posted, instance=Preference.of(request.user))
    if posted is not None and form.is_valid():
        actions.set_preferences(user=request.user, changes=form.cleaned_data)
        messages.success(request, _("Saved. It also counts for what is waiting to be sent."))
        return redirect("notices:preferences")
    saved = Preference.of(request.user)
    now = timezone.now()
    context = {"form": form, "preference": saved, "now": now, "next_tip_at": next_tip_at(saved, now)}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@csrf_exempt  # RFC 8058: a mail program posts it, with the signed link and nothing else
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, as programs that check links look too."""
    found = read_token(token)
    if found is None:
        return render(request, "notices/unsubscribe.html", {"topic": ""}, status=404)
    preference, topic = found
    if request.method == "POST":
        actions.unsubscribe(preference=preference, topic=topic)
    with translation.override(preference.user.language):
        request.LANGUAGE_CODE = preference.user.language
        response = render(
            request, "notices/unsubscribe.html", {"topic": topic, "is_done": request.method == "POST"}
        )
    response.headers["Content-Language"] = preference.user.language
    return response
