"""Walk the talk: leaders who agreed to be shown, and how many of the hours held in the last twelve weeks they attended.

Only of weeks from the one of their consent on: for those before it the gate did not know that they are known by name.
Hours in a week away, on a public holiday at the leader's site, or from before the leader joined the company or the
team are left out unless attended. Nobody else is ever in it, and it is ordered by name.
"""

from collections import defaultdict
from collections.abc import Collection, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from hub.disclosure.weeks import bounds
from hub.disclosure.weeks import monday_of as week_of
from hub.people.models import User
from hub.points.streaks import monday_of
from learning.hours.comparing import Comparison, comparisons
from learning.hours.feast_days import feast_day
from learning.hours.models import Attendance, AwayWeek, LeaderConsent, StudySession

WEEKS = 12
MOST_SHOWN = 100


@dataclass(frozen=True)
class Leader:
    """`attended` of `held` hours; `held` is 0 while there was no hour for this leader.

    What the leader did not agree to show is None.
    """

    name: str
    attended: int | None
    held: int | None
    compares: bool = False
    comparison: Comparison | None = None

    @property
    def percent(self) -> int:
        return round(100 * self.attended / self.held) if self.held else 0


@transaction.atomic
def agree(
    *, leader: User, shows_attendance: bool, compares_tasks: bool = False, now: datetime | None = None
) -> None:
    """Only a leader's own wish counts; taken back, the row is gone and with it what was shown."""
    if not (shows_attendance or compares_tasks) or not leader.is_executive:
        LeaderConsent.objects.filter(user=leader).delete()
        return
    given = {"shows_attendance": shows_attendance, "compares_tasks": compares_tasks}
    LeaderConsent.objects.update_or_create(
        user=leader, defaults=given, create_defaults={**given, "given_at": now or timezone.now()}
    )


def leaders_shown(now: datetime) -> list[Leader]:
    """Eight queries at most, however many there are."""
    people = User.objects.filter(
        is_executive=True, status=User.Status.ACTIVE, leader_consent__isnull=False
    ).select_related("team__site", "leader_consent")
    people = list(people.order_by("last_name", "first_name", "pk")[:MOST_SHOWN])
    shares = _shares([person for person in people if person.leader_consent.shows_attendance], now)
    agreed = {person.pk: week_of(person.leader_consent.given_at) for person in people}
    compared = comparisons([person for person in people if person.leader_consent.compares_tasks], now, agreed)
    return [
        Leader(
            person.get_full_name(),
            *shares.get(person.pk, (None, None)),
            compares=person.leader_consent.compares_tasks,
            comparison=compared.get(person.pk),
        )
        for person in people
    ]


def _shares(people: Collection[User], now: datetime) -> dict[int, tuple[int, int]]:
    """By the leader's id: hours attended, and hours held."""
    if not people:
        return {}
    since = now - timedelta(weeks=WEEKS)
    sessions = list(StudySession.objects.held().filter(starts_at__gt=since, ends_at__lte=now))
    there: dict[int, set[object]] = defaultdict(set)
    for user, session in Attendance.objects.filter(
        user__in=people, session__starts_at__gt=since, session__ends_at__lte=now
    ).values_list("user_id", "session_id"):
        there[user].add(session)
    away: dict[int, set[date]] = defaultdict(set)
    for user, monday in AwayWeek.objects.filter(user__in=people).values_list("user_id", "monday"):
        away[user].add(monday)
    return {person.pk: _share(person, sessions, there[person.pk], away[person.pk]) for person in people}


def _share(
    person: User, sessions: Collection[StudySession], there: Set[object], away: Set[date]
) -> tuple[int, int]:
    here = ZoneInfo(person.time_zone)
    site = person.team.site if person.team_id else None
    attended = missed = 0
    begins = bounds(week_of(person.leader_consent.given_at))[0]
    for session in sessions:
        if session.starts_at < begins:
            continue
        day = session.starts_at.astimezone(here).date()
        if session.pk in there:
            attended += 1
        elif session.could_be_attended_by(person) and monday_of(day) not in away:
            missed += not (site and feast_day(site.country, site.region, day, person.language))
    return attended, attended + missed
