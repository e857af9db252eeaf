"""How large a request may be, and the answer to one that is larger."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from hub.problems import CONTENT_TYPE, problem, refuse
from hub.refusals import Refusal

TOO_LARGE = "is_too_large"  # the mark `hub.pagepool` leaves on a request whose body it dropped
FORM_OVERHEAD = 1024 * 1024


def largest_body() -> int:
    """Bytes: the largest upload and the rest of its form."""
    return settings.UPLOAD_MAX_BYTES + FORM_OVERHEAD


class BodyLimitMiddleware:
    """Refuses before any view or the CSRF check looks for what is no longer there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        if not getattr(request, TOO_LARGE, False):
            return None
        sentence = _("This is larger than %(limit)s, the most the hub takes. Nothing was kept.")
        refusal = Refusal(
            "too_large", sentence % {"limit": filesizeformat(settings.UPLOAD_MAX_BYTES)}, status=413
        )
        if request.path.startswith("/api/"):
            body = problem(status=refusal.status, detail=refusal.message, code=refusal.code)
            return JsonResponse(body, status=refusal.status, content_type=CONTENT_TYPE)
        return refuse(request, refusal)
