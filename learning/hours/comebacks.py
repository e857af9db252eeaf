"""The comeback bonus: for the first hour after missed weeks that broke a streak, once for each such week."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max

from hub.people.models import User
from hub.points.actions import award
from hub.points.streaks import monday_of
from learning.hours.attended import streak_of
from learning.hours.models import Attendance


def award_comebacks(attendances: Collection[Attendance]) -> None:
    """Of one hour, with their users. One query for those who were there last week, or never before."""
    if not attendances:
        return
    begins = next(iter(attendances)).session.starts_at
    last = dict(
        Attendance.objects.filter(
            user__in=[row.user_id for row in attendances], session__starts_at__lt=begins
        )
        .values("user")
        .annotate(last=Max("session__starts_at"))
        .values_list("user", "last")
    )
    for row in attendances:
        if row.user_id in last:
            _award_comeback(row.user, begins, last[row.user_id], row.checked_in_at)


def _award_comeback(user: User, begins: datetime, last: datetime, at: datetime) -> None:
    here = ZoneInfo(user.time_zone)
    monday = monday_of(begins.astimezone(here).date())
    was_there_last_week = monday_of(last.astimezone(here).date()) >= monday - timedelta(weeks=1)
    if not was_there_last_week and monday in streak_of(user, at).comebacks:
        award(user=user, rule="comeback", source_key=f"comeback:{user.subject_key}:{monday}", at=at)
