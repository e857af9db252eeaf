"""The weekly snapshot: the one place that hands people's numbers from the areas to the gate.

A closed week is frozen and every report of it published, once. Pages read what was published and never the
areas' tables: what is erased or corrected later changes no published figure.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from hub.adoption import pulse_publishing
from hub.adoption.activity import cohorts, mark_active
from hub.adoption.counting import MEASURES
from hub.adoption.counting.measure import Numbers
from hub.adoption.imports.receiving import forget_old_ids
from hub.adoption.reading import shown_parts
from hub.adoption.reports import SHOWN_IN
from hub.collector import no_search_for_cycles
from hub.disclosure.actions import Publication, freeze_week, release_all
from hub.disclosure.models import FrozenWeek, Release
from hub.disclosure.weeks import WEEK, bounds, last_closed
from hub.people.models import User
from hub.points import board
from learning.hours.facts import leaders_named

# Membership is frozen as it is now: of a week further back it would no longer be true.
CATCH_UP = timedelta(weeks=4)


def close_weeks(now: datetime | None = None) -> list[FrozenWeek]:
    """Publish the last closed week, and those missed since the one published before, at most four."""
    now = now or timezone.now()
    last = last_closed(now)
    newest = FrozenWeek.objects.filter(monday__lte=last).order_by("-monday").first()
    first = max(newest.monday, last - CATCH_UP + WEEK) if newest else last
    weeks = freeze_weeks(first, last, now=now)
    pulse_publishing.publish_due(now)
    forget_old_ids(now)
    return weeks


def freeze_weeks(
    first: date, last: date, *, now: datetime | None = None, joined_by_then: bool = True
) -> list[FrozenWeek]:
    """Publish every week from one Monday to another; what is published already stays as it is."""
    keys = dict(User.objects.values_list("pk", "subject_key"))
    weeks = []
    while first <= last:
        with no_search_for_cycles():
            weeks.append(_publish(first, keys, now, joined_by_then))
        first += WEEK
    return weeks


def _publish(monday: date, keys: dict[int, UUID], now: datetime | None, joined_by_then: bool) -> FrozenWeek:
    """Asks the areas only for what is not published yet: this runs every hour."""
    known = FrozenWeek.objects.filter(monday=monday).first()
    missing = set(SHOWN_IN) - _released(known)
    if missing:
        mark_active(monday, keys, now)
    week = (
        known
        or freeze_week(
            monday=monday,
            now=now,
            joined_by_then=joined_by_then,
            cohorts=cohorts(over_by=bounds(monday)[1].date()),
            named=leaders_named(*bounds(monday)),
        )[0]
    )
    release_all(week, _publications(week, sorted(missing), keys), now)
    board.release_week(week)
    return week


def _publications(week: FrozenWeek, names: Iterable[str], keys: Mapping[int, UUID]) -> Iterator[Publication]:
    """Counted one after another, as each is published."""
    start, end = bounds(week.monday)
    for name in names:
        measure = MEASURES[name]
        yield Publication(
            report=name,
            kind=measure.kind,
            numbers=_by_key(measure.numbers(start, end), keys),
            parts=measure.parts or shown_parts(name),
            pace=measure.pace,
            menu=SHOWN_IN[name],
            crowd=measure.crowd,
        )


def _released(week: FrozenWeek | None) -> set[str]:
    if week is None:
        return set()
    return set(Release.objects.filter(week=week).values_list("report", flat=True))


def _by_key(numbers: Numbers, keys: Mapping[int, UUID]) -> dict[UUID, int]:
    """What was counted by user id and what by subject key, all of it by subject key."""
    found: dict[UUID, int] = {}
    for who, number in numbers.items():
        key = who if isinstance(who, UUID) else keys.get(who)
        if key is not None:
            found[key] = number
    return found
