"""Errors as RFC 9457 problem details, for the API and for pages alike."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler as default_handler

from hub.refusals import Refusal

CONTENT_TYPE = "application/problem+json"


def problem(*, status: int, detail: str, code: str, **more: object) -> dict[str, object]:
    return {
        "type": f"urn:hatpin:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }


def exception_handler(exc: Exception, context: dict) -> Response | None:
    """DRF's hook. An unknown exception stays one: Django logs it and answers 500."""
    if isinstance(exc, Refusal):
        body = problem(status=exc.status, detail=str(exc.message), code=exc.code)
        return Response(body, status=exc.status, content_type=CONTENT_TYPE)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound(_("There is nothing here, or it is not shared with you."))
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied(_("Your roles do not include this."))
    response = default_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        detail, more = _("Some of it cannot be accepted. See “errors”."), {"errors": response.data}
    else:
        detail, more = str(getattr(exc, "detail", exc)), {}
    code = getattr(exc, "default_code", "error")
    response.data = problem(status=response.status_code, detail=detail, code=code, **more)
    response.content_type = CONTENT_TYPE
    return response


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says what happened, for a request that has no form to return to."""
    context = {"title": _("That did not work"), "detail": str(refusal.message), "status": refusal.status}
    return render(request, "problem.html", context, status=refusal.status)
