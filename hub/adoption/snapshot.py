"""The weekly snapshot: the one place that hands people's numbers from the areas to the gate.

A closed week is frozen and every report of it published, once. Pages read what was published and never the
areas' tables: what is erased or corrected later changes no published figure.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from challenges.contests.facts import eliminations_revealed_between
from hub.adoption.reports import REPORTS
from hub.disclosure.actions import freeze_week, release
from hub.disclosure.models import FrozenWeek
from hub.disclosure.weeks import WEEK, bounds, last_closed
from hub.nudges.facts import people_who_tried
from hub.people.models import User
from hub.points import board
from learning.hours.facts import LAB_REPORT as LAB_TASKS
from learning.hours.facts import REPORT as ATTENDANCE
from learning.hours.facts import people_who_attended, people_who_did_lab_tasks

# Report -> what each person did in [start, end), by user id.
NUMBERS: dict[str, Callable[[datetime, datetime], dict[int, int]]] = {
    ATTENDANCE: people_who_attended,
    LAB_TASKS: people_who_did_lab_tasks,
    "tips-tried": people_who_tried,
    "steps-eliminated": eliminations_revealed_between,
}
# Membership is frozen as it is now: of a week further back it would no longer be true.
CATCH_UP = timedelta(weeks=4)


def close_weeks(now: datetime | None = None) -> list[FrozenWeek]:
    """Publish the last closed week, and those missed since the one published before, at most four."""
    now = now or timezone.now()
    last = last_closed(now)
    newest = FrozenWeek.objects.filter(monday__lte=last).order_by("-monday").first()
    first = max(newest.monday, last - CATCH_UP + WEEK) if newest else last
    return freeze_weeks(first, last, now=now)


def freeze_weeks(
    first: date, last: date, *, now: datetime | None = None, joined_by_then: bool = True
) -> list[FrozenWeek]:
    """Publish every week from one Monday to another; what is published already stays as it is."""
    keys = dict(User.objects.values_list("pk", "subject_key"))
    weeks = []
    while first <= last:
        weeks.append(_publish(first, keys, now, joined_by_then))
        first += WEEK
    return weeks


def _publish(monday: date, keys: dict[int, UUID], now: datetime | None, joined_by_then: bool) -> FrozenWeek:
    week, _is_new = freeze_week(monday=monday, now=now, joined_by_then=joined_by_then)
    start, end = bounds(monday)
    for name, report in REPORTS.items():
        found = NUMBERS[name](start, end)
        numbers = {keys[user_id]: number for user_id, number in found.items() if user_id in keys}
        release(report=name, week=week, kind=report.kind, numbers=numbers, now=now)
    board.release_week(week)
    return week
