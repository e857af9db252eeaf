"""Who may read an answer from another origin: the pages on the list, by name, and never with cookies."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from hub.embeds.passes import is_allowed

PREFLIGHT_SECONDS = 600


def for_listed_origins(*methods: str) -> Callable:
    """Decorates a view. A preflight is answered here; a stranger gets the same answer without a word about origins."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def shared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            is_preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
            response = HttpResponse(status=204) if is_preflight else view(request, *args, **kwargs)
            patch_vary_headers(response, ["Origin"])
            origin = request.headers.get("Origin", "")
            if is_allowed(origin):
                response["Access-Control-Allow-Origin"] = origin
                if is_preflight:
                    response["Access-Control-Allow-Methods"] = ", ".join(methods)
                    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
                    response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
            return response

        return shared

    return decorate
