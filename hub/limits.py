"""How large a request may be, and the answer to one that is larger."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from hub.problems import answer, too_large_without_file
from hub.refusals import Refusal

TOO_LARGE = "is_too_large"  # the mark `hub.pagepool` leaves on a request whose body it dropped
FORM_OVERHEAD = 1024 * 1024


def largest_body() -> int:
    """Bytes: the largest upload and the rest of its form."""
    return settings.UPLOAD_MAX_BYTES + FORM_OVERHEAD


def _is_too_large_without_file(request: HttpRequest) -> bool:
    """Only forms with files are streamed. DRF would read any other body whole, and Django refuse it late."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return (
        request.content_type != "multipart/form-data"
        and length.isdecimal()
        and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    )


class BodyLimitMiddleware:
    """Refuses before any view or the CSRF check looks for what is no longer there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        if getattr(request, TOO_LARGE, False):
            sentence = _("This is larger than %(limit)s, the most the hub takes. Nothing was kept.")
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            return answer(request, Refusal("too_large", sentence % {"limit": limit}, status=413))
        if _is_too_large_without_file(request):
            return answer(request, too_large_without_file())
        return None
