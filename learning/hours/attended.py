"""A person's hours: those to come, and the weeks with one attended, of which the streak is made."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from hub.people.models import User
from hub.people.moments import Hour
from hub.points.streaks import Streak, monday_of, streak
from learning.hours.feast_days import feast_day
from learning.hours.models import Attendance, AwayWeek, StudySession


def streak_of(user: User, now: datetime) -> Streak:
    """Three queries, and one for the site. Weeks count from the person's first attendance on."""
    here = ZoneInfo(user.time_zone)
    attended = {
        monday_of(starts_at.astimezone(here).date())
        for starts_at in Attendance.objects.filter(user=user).values_list("session__starts_at", flat=True)
    }
    if not attended:
        return Streak(current=0, longest=0, weeks=())
    this_week = monday_of(now.astimezone(here).date())
    held: set[date] = set()
    reasons: dict[date, str] = {}
    open_week: date | None = None
    sessions = StudySession.objects.visible_to(user).filter(
        starts_at__date__gte=min(attended), starts_at__lt=now + timedelta(days=7)
    )
    if user.team_since:
        # A team's earlier hours are no missed ones of whoever joined it later.
        sessions = sessions.filter(Q(starts_at__date__gte=user.team_since) | Q(team=None, site=None))
    for starts_at, ends_at, status in sessions.values_list("starts_at", "ends_at", "status"):
        day = starts_at.astimezone(here).date()
        week = monday_of(day)
        if week > this_week:
            continue
        if status == StudySession.Status.CANCELLED:
            reasons.setdefault(week, "cancelled")
        elif feast_of(user, day):
            reasons[week] = "holiday"
        else:
            held.add(week)
            if week == this_week and ends_at > now:
                open_week = week
    # An hour that took place counts, whatever else stood in that week.
    neutral = {week: reason for week, reason in reasons.items() if week not in held}
    away = AwayWeek.objects.filter(user=user, monday__gte=min(attended), monday__lte=this_week)
    neutral |= dict.fromkeys(held.intersection(away.values_list("monday", flat=True)), "away")
    return streak(held=held, attended=attended, neutral=neutral, open_week=open_week, this_week=this_week)


def feast_of(user: User, day: date) -> str | None:
    """The day's public holiday at the site of the person's team; without one no day is."""
    site = user.team.site if user.team_id else None
    return site and feast_day(site.country, site.region, day, user.language)


def is_any_running(now: datetime) -> bool:
    return StudySession.objects.held().filter(starts_at__lte=now, ends_at__gt=now).exists()


def hours_of(user: User, now: datetime, most: int) -> list[Hour]:
    """The person's hours that have not ended, earliest first. One query."""
    rows = StudySession.objects.visible_to(user).upcoming(now)
    return [
        Hour(starts_at, ends_at, reverse("hours:detail", args=[pk]))
        for starts_at, ends_at, pk in rows.values_list("starts_at", "ends_at", "pk")[:most]
    ]
