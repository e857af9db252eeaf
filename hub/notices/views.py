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

from hub.notices import actions, destinations
from hub.notices.channels.web_push import public_key
from hub.notices.forms import DestinationForm, NoticePreferencesForm
from hub.notices.models import Destination, Notice, Preference
from hub.notices.preview import next_tip
from hub.notices.unsubscribe import read_token
from hub.refusals import Refusal

PLACES = "/me/notices/#places"


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
    return _preferences_page(request, form, DestinationForm())


def _preferences_page(
    request: HttpRequest, form: NoticePreferencesForm, place_form: DestinationForm
) -> HttpResponse:
    saved = Preference.of(request.user)
    now = timezone.now()
    context = {
        "form": form,
        "place_form": place_form,
        "preference": saved,
        "destinations": Destination.objects.visible_to(request.user),
        "push_key": public_key(),
        "now": now,
        "next_tip": next_tip(saved, now),
    }
    status = 422 if form.errors or place_form.errors else 200
    return render(request, "notices/preferences.html", context, status=status)


@require_POST
def add_destination(request: HttpRequest) -> HttpResponse:
    place_form = DestinationForm(request.POST)
    if place_form.is_valid():
        try:
            destinations.add(user=request.user, **place_form.cleaned_data)
        except Refusal as refusal:
            place_form.add_error("address", str(refusal.message))
        else:
            messages.success(request, _("Added. Send yourself a test to see whether it arrives."))
            return redirect(PLACES)
    form = NoticePreferencesForm(instance=Preference.of(request.user))
    return _preferences_page(request, form, place_form)


@require_POST
def test_destination(request: HttpRequest, destination_id: object) -> HttpResponse:
    try:
        tested = destinations.send_test(user=request.user, destination_id=destination_id)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("%(host)s took the test message.") % {"host": tested.host})
    return redirect(PLACES)


@require_POST
def remove_destination(request: HttpRequest, destination_id: object) -> HttpResponse:
    destinations.remove(user=request.user, destination_id=destination_id)
    messages.success(request, _("Removed. Nothing more is sent there."))
    return redirect(PLACES)


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
