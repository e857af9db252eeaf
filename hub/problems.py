"""Errors as RFC 9457 problem details, for the API and for pages alike."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from hub.refusals import Refusal

CONTENT_TYPE = "application/problem+json"

NOTHING_HERE = gettext_lazy("There is nothing here, or it is not shared with you.")
NOT_YOUR_ROLE = gettext_lazy("Your roles do not include this.")
# DRF and knox word theirs in English, or in a German that says "Sie".
OWN_WORDS = {
    exceptions.NotAuthenticated: gettext_lazy("Sign in first, or send a valid token."),
    exceptions.AuthenticationFailed: gettext_lazy("This token is not valid, or no longer. Make a new one."),
    exceptions.ParseError: gettext_lazy("This cannot be read: it is no valid JSON and no complete form."),
    exceptions.MethodNotAllowed: gettext_lazy("This address does not offer that method."),
    exceptions.NotAcceptable: gettext_lazy("None of the types you accept is offered here. Accept JSON."),
    exceptions.UnsupportedMediaType: gettext_lazy("This content type is not read here. Send JSON."),
    exceptions.Throttled: gettext_lazy("Too many requests in a short time. Wait a little."),
}
# These may also come with a sentence of ours, which stays.
OWN_DEFAULTS = {exceptions.PermissionDenied: NOT_YOUR_ROLE, exceptions.NotFound: NOTHING_HERE}
PAGE_TOO_OLD = gettext_lazy("This page was open for too long. Reload it and try again.")
CSRF_MARK = "CSRF Failed"


def problem(*, status: int, detail: str, code: str, **more: object) -> dict[str, object]:
    return {
        "type": f"urn:hatpin:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal as whoever asked can read it: a problem under /api/, else a page."""
    if not is_for_programs(request):
        return refuse(request, refusal)
    body = problem(status=refusal.status, detail=str(refusal.message), code=refusal.code)
    return JsonResponse(body, status=refusal.status, content_type=CONTENT_TYPE)


def refuse(request: HttpRequest, refusal: Refusal, *, back: str = "") -> HttpResponse:
    """A page that says what happened, for a request that has no form to return to; `back` is the path it leads to."""
    words = {"title": _("That did not work"), "detail": str(refusal.message), "status": refusal.status}
    context = {**words, "back": back}
    return render(request, "problem.html", context, status=refusal.status)


def too_large_without_file() -> Refusal:
    sentence = _("Without a file this may be at most %(limit)s. Send it as a file. Nothing was kept.")
    limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return Refusal("too_large", sentence % {"limit": limit}, status=413)


# --- DRF's hook ----------------------------------------------------------------------------------
def exception_handler(exc: Exception, context: dict) -> Response | None:
    """An unknown exception stays one: Django logs it and asks `server_error`."""
    if isinstance(exc, RequestDataTooBig):
        exc = too_large_without_file()
    if isinstance(exc, Refusal):
        body = problem(status=exc.status, detail=str(exc.message), code=exc.code)
        return Response(body, status=exc.status, content_type=CONTENT_TYPE)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    response = default_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        detail, more = _("Some of it cannot be accepted. See “errors”."), {"errors": response.data}
    else:
        detail, more = _in_own_words(exc), {}
    code = getattr(exc, "default_code", "error")
    response.data = problem(status=response.status_code, detail=detail, code=code, **more)
    response.content_type = CONTENT_TYPE
    return response


def _in_own_words(exc: exceptions.APIException) -> str:
    kind, detail = type(exc), str(exc.detail)
    if kind in OWN_DEFAULTS and detail == str(kind.default_detail):
        return str(OWN_DEFAULTS[kind])
    if detail.startswith(CSRF_MARK):
        return str(PAGE_TOO_OLD)
    return str(OWN_WORDS.get(kind, detail))


# --- Django's handlers (`hub/urls.py`): what no view of the API answers -----------------------------
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return answer(request, too_large_without_file())
    if is_for_programs(request):
        sentence = _("This request could not be read, so nothing was changed.")
        return answer(request, Refusal("bad_request", sentence, status=400))
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_programs(request):
        return answer(request, Refusal("permission_denied", NOT_YOUR_ROLE, status=403))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_programs(request):
        return answer(request, Refusal("not_found", NOTHING_HERE, status=404))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor a context processor: either may be what broke."""
    if is_for_programs(request):
        sentence = _("The mistake is ours, and it has been recorded. Try again in a minute.")
        return answer(request, Refusal("error", sentence, status=500))
    return defaults.server_error(request)
