"""What every page knows: the company, the person's roles, what is unread."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from hub.notices.models import Notice
from hub.people import access


def site(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    return {
        "company_name": settings.COMPANY_NAME,
        "now": timezone.now(),
        "roles": SimpleLazyObject(lambda: access.roles_of(user) if is_known else frozenset()),
        "unread_notices": SimpleLazyObject(
            lambda: Notice.objects.visible_to(user).unread().count() if is_known else 0
        ),
    }
