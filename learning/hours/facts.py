"""What the hours tell other areas: who attended, by person, made public through the disclosure gate alone; and
what badges rest on.
"""

from datetime import datetime

from django.db.models import Count

from hub.people.models import User
from learning.hours.attended import streak_of
from learning.hours.models import Attendance, StudySession

REPORT = "attendance"  # under this name the share of a group that attended is published, once a week


def people_who_attended(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> hours attended of those that began in [start, end) and were not cancelled."""
    attended = Attendance.objects.filter(
        session__in=StudySession.objects.held().filter(starts_at__gte=start, starts_at__lt=end)
    )
    return dict(attended.values("user_id").annotate(hours=Count("pk")).values_list("user_id", "hours"))


def streak_facts(user: User, now: datetime) -> dict[str, int]:
    streak = streak_of(user, now)
    return {"longest_streak": streak.longest, "comebacks": len(streak.comebacks)}
