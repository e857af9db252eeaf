"""Who asks, and in which language and time zone: the person's own, else the browser's cookie or wish."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from hub.people.backends import person_of


class PersonMiddleware(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))


class PersonLocaleMiddleware:
    """Needs PersonMiddleware before it. A cookie set on the sign-in page counts only while signed out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            if user.is_authenticated:
                with timezone.override(ZoneInfo(user.time_zone)):
                    response = self.get_response(request)
            else:
                response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
