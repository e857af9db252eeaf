"""How programs and pages prove who they are to the API."""

from django.utils import translation
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework import authentication
from rest_framework.request import Request


class TokenAuthentication(KnoxTokenAuthentication):
    """`Authorization: Token …`. Answers in the person's language unless the request asks for another."""

    def authenticate(self, request: Request) -> tuple | None:
        result = super().authenticate(request)
        if result and not request.headers.get("Accept-Language"):
            translation.activate(result[0].language)
        return result


class SessionAuthentication(authentication.SessionAuthentication):
    """The browser's session, with CSRF check. Says how to sign in, so that the answer is 401 and not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
