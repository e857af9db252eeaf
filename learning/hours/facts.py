"""What the hours tell other areas: who attended, by person; made public through the disclosure gate alone."""

from datetime import datetime

from django.db.models import Count

from learning.hours.models import Attendance, StudySession


def people_who_attended(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> hours attended of those that began in [start, end) and were not cancelled."""
    attended = Attendance.objects.filter(
        session__in=StudySession.objects.held().filter(starts_at__gte=start, starts_at__lt=end)
    )
    return dict(attended.values("user_id").annotate(hours=Count("pk")).values_list("user_id", "hours"))
