"""Fetching an hour and asking for permission in one step."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from learning.hours.models import StudySession


def get_session_for(request: HttpRequest, session_id: object, *, to_run: bool = False) -> StudySession:
    """The session if this person may see it (else 404), and may run it where asked (else 403)."""
    sessions = StudySession.objects.visible_to(request.user).select_related(
        "facilitator", "deputy", "team", "site", "notebook", "series"
    )
    session = get_object_or_404(sessions, pk=session_id)
    if to_run and not session.can_be_run_by(request.user):
        raise PermissionDenied
    return session


def uuid_or_404(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
