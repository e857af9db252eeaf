"""Which account somebody tries to sign in to."""

from collections.abc import Mapping

from django.http import HttpRequest


def account_of(request: HttpRequest | None, credentials: Mapping[str, str] | None = None) -> str:
    """The e-mail as sign-in compares it: without blanks around it, upper and lower case alike."""
    given = (credentials or {}).get("username") or (request.POST.get("username", "") if request else "")
    return given.strip().lower()
