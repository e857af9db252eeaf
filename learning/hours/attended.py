"""A person's hours: those to come, and the weeks with one attended, of which the streak is made."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hub.people.models import User
from hub.people.moments import Hour
from hub.points.streaks import Streak, monday_of, streak
from learning.hours.models import Attendance, StudySession


def streak_of(user: User, now: datetime) -> Streak:
    """Two queries. Weeks count from the person's first attendance on: nobody starts with missed ones."""
    here = ZoneInfo(user.time_zone)
    attended = {
        monday_of(starts_at.astimezone(here).date())
        for starts_at in Attendance.objects.filter(user=user).values_list("session__starts_at", flat=True)
    }
    if not attended:
        return Streak(current=0, longest=0, weeks=())
    this_week = monday_of(now.astimezone(here).date())
    held: set[date] = set()
    open_week: date | None = None
    sessions = StudySession.objects.visible_to(user).held().filter(starts_at__date__gte=min(attended))
    for starts_at, ends_at in sessions.values_list("starts_at", "ends_at"):
        week = monday_of(starts_at.astimezone(here).date())
        if week > this_week:
            continue
        held.add(week)
        if week == this_week and ends_at > now:
            open_week = week
    return streak(held=held, attended=attended, open_week=open_week)


def hours_of(user: User, now: datetime, most: int) -> list[Hour]:
    """The person's hours that have not ended, earliest first. One query."""
    rows = StudySession.objects.visible_to(user).upcoming(now)
    return [Hour(*row) for row in rows.values_list("starts_at", "ends_at")[:most]]
