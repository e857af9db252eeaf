"""What the hours tell other areas: who attended, by person, made public through the disclosure gate alone; and
what badges rest on.
"""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from hub.people.models import User
from learning.hours.attended import streak_of
from learning.hours.models import Attendance, LabDone, LeaderConsent, Outcome, Rsvp, StudySession

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


def people_who_tried_something(start: datetime, end: datetime) -> dict[int, int]:
    """User id -> lab tasks marked as done and outcomes noted in [start, end), whenever their hour was."""
    done = LabDone.objects.filter(done_at__gte=start, done_at__lt=end)
    noted = Outcome.objects.filter(noted_at__gte=start, noted_at__lt=end)
    found: Counter[int] = Counter()
    for rows in (done, noted):
        found.update(dict(rows.values("user_id").annotate(n=Count("pk")).values_list("user_id", "n")))
    return dict(found)


def hours_shown_by_leaders(start: datetime, end: datetime) -> dict[int, int]:
    """User id of a leader -> hours of [start, end) that count for this leader.

    Of leaders who show their attendance alone. An hour counts once in a legal entity however many of its leaders
    took part: it stands with the one whose row is the oldest.
    """
    attended = Attendance.objects.filter(
        session__in=StudySession.objects.held().filter(starts_at__gte=start, starts_at__lt=end),
        user__is_executive=True,
        user__status=User.Status.ACTIVE,
        user__leader_consent__shows_attendance=True,
        user__team__isnull=False,
    )
    firsts = attended.values("session_id", "user__team__legal_entity_id").annotate(first=Min("user_id"))
    return dict(Counter(row["first"] for row in firsts))


def leaders_named(start: datetime, end: datetime) -> set[UUID]:
    """Subject keys of leaders whose own hours or tasks of [start, end) everybody may read, as they agreed to: on the
    list of leaders, or in the room of an hour to which they announced themselves.
    """
    leaders = User.objects.filter(is_executive=True, status=User.Status.ACTIVE)
    announced = Rsvp.objects.filter(
        is_announced=True, session__starts_at__gte=start, session__starts_at__lt=end
    )
    agreed = LeaderConsent.objects.filter(given_at__lt=end)
    found = leaders.filter(Q(pk__in=agreed.values("user")) | Q(pk__in=announced.values("user")))
    return set(found.values_list("subject_key", flat=True))


def streak_facts(user: User, now: datetime) -> dict[str, int]:
    streak = streak_of(user, now)
    return {"longest_streak": streak.longest, "comebacks": len(streak.comebacks)}
