"""Walk the talk: leaders who agreed to be shown, and in how many of the last weeks with an hour they were there.

Counted in weeks as the streak is, so that nobody has to attend two hours in one week; a week away and a public
holiday at the leader's site are left out. Nobody else is ever in it, and it is ordered by name.
"""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from hub.people import access
from hub.people.models import User
from hub.points.streaks import monday_of
from learning.hours.feast_days import feast_day
from learning.hours.models import Attendance, AwayWeek, LeaderConsent, StudySession

WEEKS = 12
MOST_SHOWN = 100


@dataclass(frozen=True)
class Leader:
    """`attended` of `held` weeks; `held` is 0 while there was no hour for this leader."""

    name: str
    attended: int
    held: int

    @property
    def percent(self) -> int:
        return round(100 * self.attended / self.held) if self.held else 0


@transaction.atomic
def agree(*, leader: User, shows_attendance: bool, now: datetime | None = None) -> None:
    """Only a leader's own wish counts; taken back, the row is gone and with it what was shown."""
    if not shows_attendance or not leader.is_executive:
        LeaderConsent.objects.filter(user=leader).delete()
        return
    given = {"shows_attendance": True}
    LeaderConsent.objects.update_or_create(
        user=leader, defaults=given, create_defaults={**given, "given_at": now or timezone.now()}
    )


def leaders_shown(now: datetime) -> list[Leader]:
    """Four queries, however many there are."""
    agreed = User.objects.filter(is_executive=True, status=User.Status.ACTIVE)
    people = agreed.filter(leader_consent__shows_attendance=True).select_related("team__site")
    people = list(people.order_by("last_name", "first_name", "pk")[:MOST_SHOWN])
    if not people:
        return []
    since = now - timedelta(weeks=WEEKS)
    sessions = list(
        StudySession.objects.held()
        .filter(starts_at__gt=since, ends_at__lte=now)
        .values_list("pk", "starts_at", "team_id", "site_id", "facilitator_id", "deputy_id")
    )
    there: dict[int, set[object]] = defaultdict(set)
    for user, session in Attendance.objects.filter(
        user__in=people, session__starts_at__gt=since, session__ends_at__lte=now
    ).values_list("user_id", "session_id"):
        there[user].add(session)
    away: dict[int, set[date]] = defaultdict(set)
    for user, monday in AwayWeek.objects.filter(user__in=people).values_list("user_id", "monday"):
        away[user].add(monday)
    return [_leader(person, sessions, there[person.pk], away[person.pk]) for person in people]


def _leader(person: User, sessions: list[tuple], there: Set[object], away: Set[date]) -> Leader:
    here, teams = ZoneInfo(person.time_zone), set(access.team_ids_of(person))
    site = person.team.site if person.team_id else None
    held, attended = set(), set()
    for session, starts_at, team, site_id, *run_by in sessions:
        day = starts_at.astimezone(here).date()
        if session in there:
            attended.add(monday_of(day))
            continue
        is_invited = team in teams if team else site_id is None or (site and site_id == site.pk)
        if not (is_invited or person.pk in run_by):
            continue
        if site is None or not feast_day(site.country, site.region, day, person.language):
            held.add(monday_of(day))
    held = (held - set(away)) | attended
    return Leader(person.get_full_name(), len(attended), len(held))
