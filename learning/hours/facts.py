"""What the hours tell other areas: who attended, by person, made public through the disclosure gate alone; and
what badges rest on.
"""

from datetime import datetime

from django.db.models import Count

from hub.people.models import User
from learning.hours.attended import streak_of
from learning.hours.models import Attendance, LabDone, StudySession

REPORT = "attendance"  # under this name the share of a group that attended is published, once a week
LAB_REPORT = "lab-tasks"  # and under this one the share that did a task


def people_who_attended(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> hours attended of those that began in [start, end) and were not cancelled."""
    attended = Attendance.objects.filter(
        session__in=StudySession.objects.held().filter(starts_at__gte=start, starts_at__lt=end)
    )
    return dict(attended.values("user_id").annotate(hours=Count("pk")).values_list("user_id", "hours"))


def people_who_did_lab_tasks(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> tasks done in [start, end), of hours that began in it and were not cancelled."""
    done = LabDone.objects.filter(
        task__session__in=StudySession.objects.held().filter(starts_at__gte=start, starts_at__lt=end),
        done_at__gte=start,
        done_at__lt=end,
    )
    return dict(done.values("user_id").annotate(tasks=Count("pk")).values_list("user_id", "tasks"))


def streak_facts(user: User, now: datetime) -> dict[str, int]:
    streak = streak_of(user, now)
    return {"longest_streak": streak.longest, "comebacks": len(streak.comebacks)}
