"""Who a browser session belongs to."""

from contextvars import ContextVar

from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from hub.people.models import User

_read_with_session: ContextVar[User | None] = ContextVar("read_with_session", default=None)


class PersonBackend(ModelBackend):
    """Asked on every request: the person who was read with the session, else read now."""

    def get_user(self, user_id: object) -> User | None:
        person = _read_with_session.get()
        if person is None or person.pk != user_id:
            return super().get_user(user_id)
        return person if self.user_can_authenticate(person) else None


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Django's own checks of a session, such as its password's hash, on the person that came with it."""
    if not hasattr(request, "_cached_user"):
        request.session.get(auth.SESSION_KEY)  # reads it
        token = _read_with_session.set(request.session.person)
        try:
            request._cached_user = auth.get_user(request)
        finally:
            _read_with_session.reset(token)
    return request._cached_user
