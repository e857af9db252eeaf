"""Marking a closed week as active for whoever did something on purpose in it, in the hub or, by an import, elsewhere.

Attending is not enough, and what is done in a bet is left out while it is sealed, which is for as long as the week is
being counted. Doing it again adds what came late and takes nothing away.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hub.adoption.models import ActiveWeek, Cohort, CourseWeek, ImportedUse, UsageImport
from hub.disclosure.weeks import bounds
from hub.nudges.facts import people_who_tried
from learning.hours.facts import people_who_tried_something
from learning.notebooks.facts import (
    people_who_asked,
    people_who_finished_quizzes,
    people_who_reviewed_cards,
    people_who_wrote_or_rehearsed,
)

BATCH = 2000
ON_PURPOSE: tuple[Callable[[datetime, datetime], dict[int, int]], ...] = (
    people_who_tried_something,
    people_who_finished_quizzes,
    people_who_reviewed_cards,
    people_who_asked,
    people_who_wrote_or_rehearsed,
    people_who_tried,
)


@transaction.atomic
def mark_active(monday: date, keys: Mapping[int, UUID], now: datetime | None = None) -> None:
    """`keys` gives the subject key of a user id. Imports confirmed before the week's end count from now on."""
    start, end = bounds(monday)
    active = {keys[person] for found in ON_PURPOSE for person in found(start, end) if person in keys}
    courses = CourseWeek.objects.filter(monday=monday).values_list("subject_key", flat=True)
    first = dict.fromkeys(active.union(courses), monday)
    fresh = UsageImport.objects.counted_in(end).filter(counted_at=None).select_for_update()
    imports = UsageImport.objects.filter(pk__in=[one.pk for one in fresh])
    uses = ImportedUse.objects.filter(usage_import__in=imports, monday__lte=monday)
    found = set(uses.values_list("monday", "subject_key"))
    _insert(found.union((monday, key) for key in first))
    for week, key in found:
        first[key] = min(week, first.get(key, week))
    _found_cohorts(first)
    imports.update(counted_at=now or timezone.now())


def _insert(weeks: set[tuple[date, UUID]]) -> None:
    mondays = {monday for monday, _key in weeks}
    known = ActiveWeek.objects.filter(monday__in=mondays).values_list("monday", "subject_key")
    rows = [ActiveWeek(monday=monday, subject_key=key) for monday, key in weeks.difference(known)]
    ActiveWeek.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def _found_cohorts(first: Mapping[UUID, date]) -> None:
    """Who has a cohort keeps it."""
    known = set(Cohort.objects.values_list("subject_key", flat=True))
    rows = [
        Cohort(subject_key=key, month=monday.replace(day=1))
        for key, monday in first.items()
        if key not in known
    ]
    Cohort.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def cohorts(over_by: date) -> dict[UUID, date]:
    """Subject key -> first day of the month of the person's first active week, of months that end before that day.

    A month that is not over still gets people: who began in it has no cohort yet.
    """
    begun = Cohort.objects.filter(month__lt=over_by.replace(day=1))
    return dict(begun.values_list("subject_key", "month"))
