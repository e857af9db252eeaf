"""What every page knows: the company, the person's roles, what is unread."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from hub.notices.unread import unread_of
from hub.nudges.contexts import place_of
from hub.people import access


def site(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    return {
        "company_name": settings.COMPANY_NAME,
        "now": timezone.now(),
        "full_path": request.get_full_path(),
        "stamp": timezone.localtime().isoformat(timespec="seconds"),
        "roles": SimpleLazyObject(lambda: access.roles_of(user) if is_known else frozenset()),
        "tip_place": place_of(request.path) if is_known else "",
        "unread_notices": SimpleLazyObject(lambda: unread_of(user) if is_known else 0),
    }
