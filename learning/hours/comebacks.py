"""The comeback bonus: for the first hour after missed weeks that broke a streak, once for each such week."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hub.people.models import User
from hub.points.actions import award
from hub.points.streaks import monday_of
from learning.hours.attended import streak_of
from learning.hours.models import Attendance, StudySession


def award_comeback(*, session: StudySession, user: User, at: datetime) -> bool:
    """Call it once the attendance is there. One query for whoever was there last week, or never before."""
    before = Attendance.objects.filter(user=user, session__starts_at__lt=session.starts_at)
    last = before.order_by("-session__starts_at").values_list("session__starts_at", flat=True).first()
    if last is None:
        return False
    here = ZoneInfo(user.time_zone)
    monday = monday_of(session.starts_at.astimezone(here).date())
    if monday_of(last.astimezone(here).date()) >= monday - timedelta(weeks=1):
        return False
    if monday not in streak_of(user, at).comebacks:
        return False
    key = f"comeback:{user.subject_key}:{monday}"
    return award(user=user, rule="comeback", source_key=key, at=at) is not None
