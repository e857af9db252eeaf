"""Who has a seat, who is reached, who was active, and in whom it is a habit.

Habit is the published one of Microsoft's Viva Insights: active in at least nine of the last twelve weeks, or in all of
the last four. Attending an hour is no activity, but whoever attended is reached.
"""

from datetime import datetime
from uuid import UUID

from hub.adoption.counting.measure import Measure, Numbers, Pace, each, share
from hub.adoption.counting.weeks import TWELVE, active_at_least, days_before, window
from hub.adoption.models import ImportedUse, UsageImport
from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part
from hub.people.models import User
from learning.hours.facts import people_who_attended

SEAT_DAYS = 35
HABIT_WEEKS = 9
FOUR = 4  # weeks: the 28 days of an active rate, and the short habit


def seats(start: datetime, end: datetime) -> set[UUID]:
    """Who stands in the newest report of the own company, if that is not older than SEAT_DAYS at the week's end."""
    newest: dict[tuple[str, int], UsageImport] = {}
    recent = UsageImport.objects.counted_in(end).filter(reported_on__gte=days_before(end, SEAT_DAYS))
    for one in recent.prefetch_related("entities"):
        for entity in one.entities.all():
            newest.setdefault((one.source, entity.pk), one)
    found: set[UUID] = set()
    for (_source, entity_id), one in newest.items():
        uses = ImportedUse.objects.filter(usage_import=one, entity_id=entity_id)
        found.update(uses.values_list("subject_key", flat=True))
    return found


def seated(start: datetime, end: datetime) -> Numbers:
    return each(seats(start, end))


def reach(start: datetime, end: datetime) -> Numbers:
    """A seat, or anything done in the hub in twelve weeks."""
    there = seats(start, end) | active_at_least(1, start, TWELVE)
    return {**each(there), **people_who_attended(*window(start, TWELVE))}


def active_week(start: datetime, end: datetime) -> Numbers:
    return each(active_at_least(1, start, 1))


def active_28_days(start: datetime, end: datetime) -> Numbers:
    return each(active_at_least(1, start, FOUR))


def nine_of_twelve(start: datetime) -> set[UUID]:
    """Of people who have been here for all twelve weeks."""
    since = window(start, TWELVE)[0]
    long_enough = User.objects.filter(joined_at__lt=since).values("subject_key")
    return active_at_least(HABIT_WEEKS, start, TWELVE, among=long_enough)


def four_of_four(start: datetime) -> set[UUID]:
    return active_at_least(FOUR, start, FOUR)


def habit_long(start: datetime, end: datetime) -> Numbers:
    return each(nine_of_twelve(start))


def habit_short(start: datetime, end: datetime) -> Numbers:
    return each(four_of_four(start))


MEASURES = (
    share("seats", seated, Pace.ROLLING),
    share("reach", reach, Pace.ROLLING),
    share("active-28d", active_28_days, Pace.ROLLING),
    share("active-week", active_week),
    share("habit-9-of-12", habit_long, Pace.ROLLING),
    share("habit-4-of-4", habit_short, Pace.ROLLING),
    # The same people as in `active-week`; published for cohorts.
    Measure("retained", Kind.SHARE, Pace.WEEKLY, active_week, frozenset({Part.COHORT, Part.OTHER_COHORTS})),
)
