"""The rule file, the list of pages that may show tips, connecting a page, and the browser extension."""

import json
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from hub.embeds import actions
from hub.embeds.cors import for_listed_origins
from hub.embeds.forms import OriginForm
from hub.embeds.models import EmbedKey, EmbedOrigin
from hub.embeds.packing import extension_archive
from hub.embeds.passes import is_allowed, new_pass
from hub.embeds.rules import example_tip, rule_file
from hub.people import access
from hub.people.zones import zone
from hub.problems import refuse
from hub.refusals import Refusal

RULES_SECONDS = 300


@login_not_required
@for_listed_origins("GET")
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The same for everybody who asks in this language."""
    wished = request.GET.get("lang", "")
    language = wished if wished in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    today = timezone.now().astimezone(zone(settings.TIME_ZONE)).date()
    body = json.dumps(rule_file(language, today), ensure_ascii=False).encode()
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = etag = f'"{sha256(body).hexdigest()[:32]}"'
    response["Content-Language"] = language
    patch_cache_control(response, public=True, max_age=RULES_SECONDS)
    return get_conditional_response(request, etag=etag, response=response)


@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    if not access.is_administrator(request.user):
        raise PermissionDenied
    form = OriginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            origin = actions.add_origin(origin=form.cleaned_data["origin"], by=request.user)
        except Refusal as refusal:
            return refuse(request, refusal)
        messages.success(request, _("%(origin)s may show tips from now on.") % {"origin": origin.origin})
        return redirect("/embed/#pages")
    tips = rule_file(get_language()[:2], timezone.localdate())["tips"]
    context = {
        "form": form,
        "origins": EmbedOrigin.objects.all(),
        "tips": len(tips),
        "is_author": access.is_content_owner(request.user),
        "hub": settings.SITE_URL,
        "shown": tips[0] if tips else example_tip(),
    }
    return render(request, "embeds/overview.html", context, status=422 if form.errors else 200)


@require_POST
def remove_origin(request: HttpRequest, origin_id: UUID) -> HttpResponse:
    if not access.is_administrator(request.user):
        raise PermissionDenied
    origin = get_object_or_404(EmbedOrigin, pk=origin_id)
    actions.remove_origin(origin=origin, by=request.user)
    messages.success(request, _("%(origin)s shows no tips any more.") % {"origin": origin.origin})
    return redirect("/embed/#pages")


@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest) -> HttpResponse:
    """The small window that a page opens. On POST it hands a pass to the page that opened it, if it is this origin."""
    origin, token = request.GET.get("origin", ""), ""
    if not is_allowed(origin):
        return refuse(
            request,
            Refusal(
                "origin_not_listed", _("This page is not on your company's list. Nothing was connected.")
            ),
        )
    if request.method == "POST":
        token = new_pass(user=request.user, origin=origin, now=timezone.now()).token
    response = render(request, "embeds/connect.html", {"origin": origin, "token": token})
    # The page that opened this window has to stay reachable from it.
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


@require_GET
def browser(request: HttpRequest) -> HttpResponse:
    """What anybody can do: take the extension, and end what they connected."""
    context = {
        "is_connected": EmbedKey.objects.filter(user=request.user).exists(),
        "is_administrator": access.is_administrator(request.user),
        "hub": settings.SITE_URL,
    }
    return render(request, "embeds/browser.html", context)


@require_POST
def disconnect(request: HttpRequest) -> HttpResponse:
    actions.disconnect(user=request.user)
    messages.success(request, _("Disconnected, on every page and in every browser."))
    return redirect("embeds:browser")


@require_GET
def extension(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(extension_archive(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="hatpin-extension.zip"'
    return response
