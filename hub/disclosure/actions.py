"""Freezing a week, and publishing measures about its groups: each once, whoever asks how often."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.disclosure.freezing import frozen_groups, names_of_units
from hub.disclosure.gate import MINIMUM_GROUP
from hub.disclosure.grouping import Place, groups_of
from hub.disclosure.models import FrozenWeek, Release, ReleasedCell, WeekGroup, WeekMembership
from hub.disclosure.publication import ADOPTION_PARTS, Pace, Publication
from hub.disclosure.releasing import Counting
from hub.disclosure.rules import Agreed, agreed_rules
from hub.disclosure.weeks import bounds
from hub.people.models import User

__all__ = ["ADOPTION_PARTS", "Pace", "Publication", "freeze_week", "release", "release_all"]

BATCH = 2000


def freeze_week(
    *,
    monday: date,
    now: datetime | None = None,
    joined_by_then: bool = True,
    cohorts: Mapping[UUID, date] | None = None,
    named: Collection[UUID] = (),
) -> tuple[FrozenWeek, bool]:
    """Record who stands where and which groups of the week may be seen. Returns (week, whether it is new).

    `joined_by_then=False` counts people in weeks before they joined: for an invented past. `cohorts` gives the first
    day of the month of a person's first activity by subject key; of months over by the week's end: others still grow.
    `named` are the subject keys of people whose own figures everybody may read, as they agreed to: they count for
    nobody in what is decided, so that all others of a group that is shown are still enough.
    Raises ValueError for a day that is no Monday and for a week that has not ended.
    """
    now = now or timezone.now()
    _start, end = bounds(monday)
    if monday.weekday() or end > now:
        raise ValueError(f"{monday} does not begin a week that has ended.")
    if week := FrozenWeek.objects.filter(monday=monday).first():
        return week, False
    members = _members(monday, end if joined_by_then else None, cohorts or {})
    rules = agreed_rules(end)
    places = [Place(one.team_id, one.site_id, one.entity_id, one.family_id, one.cohort) for one in members]
    keys = [one.subject_key for one in members]
    known = {number for number, key in enumerate(keys) if key in named}
    groups = groups_of(places, rules={entity: agreed.groups for entity, agreed in rules.items()}, named=known)
    rows = frozen_groups(monday, keys, groups, rules, named)
    try:
        return _freeze(monday, members, rows, rules, now), True
    except IntegrityError:
        return FrozenWeek.objects.get(monday=monday), False


def _members(
    monday: date, joined_before: datetime | None, cohorts: Mapping[UUID, date]
) -> list[WeekMembership]:
    people = User.objects.active().filter(team__isnull=False).order_by("pk")
    if joined_before:
        people = people.filter(joined_at__lt=joined_before)
    rows = people.values_list(
        "subject_key", "team_id", "team__site_id", "team__legal_entity_id", "job_family_id"
    )
    return [
        WeekMembership(
            monday=monday,
            subject_key=key,
            team_id=team,
            site_id=site,
            entity_id=entity,
            family_id=family,
            cohort=cohorts.get(key),
        )
        for key, team, site, entity, family in rows
    ]


@transaction.atomic
def _freeze(
    monday: date,
    members: list[WeekMembership],
    groups: list[WeekGroup],
    rules: Mapping[int, Agreed],
    now: datetime,
) -> FrozenWeek:
    """Only the writing, so that the database is held no longer than that takes."""
    week = FrozenWeek.objects.create(
        monday=monday,
        people=len(members),
        minimum_group=max((agreed.groups.k for agreed in rules.values()), default=MINIMUM_GROUP),
        rules={str(entity): agreed.as_json() for entity, agreed in rules.items()},
        frozen_at=now,
    )
    WeekMembership.objects.bulk_create(members, batch_size=BATCH)
    named = names_of_units()
    for group in groups:
        group.week = week
        named.give(group)
    WeekGroup.objects.bulk_create(groups, batch_size=BATCH)
    return week


def release_all(
    week: FrozenWeek, publications: Iterable[Publication], now: datetime | None = None
) -> list[Release]:
    """Publish measures about the week's shown groups; returns those that are new. The members are read once.

    Each is published whole or not at all, and by itself: what fails leaves those before it published. Publications are
    taken one by one, so that the numbers of one alone need be there at a time.
    """
    counting = Counting(week)
    made = (_release(counting, publication, now or timezone.now()) for publication in publications)
    return [release for release, is_new in made if is_new]


def release(*, week: FrozenWeek, now: datetime | None = None, **publication: Any) -> tuple[Release, bool]:
    """Publish one measure, given as the fields of `Publication`. Returns (release, whether it is new)."""
    return _release(Counting(week), Publication(**publication), now or timezone.now())


def _release(counting: Counting, publication: Publication, now: datetime) -> tuple[Release, bool]:
    named = {"week": counting.week, "report": publication.report}
    if existing := Release.objects.filter(**named).first():
        return existing, False
    figures = counting.figures(publication)
    try:
        with transaction.atomic():
            made = Release.objects.create(**named, kind=publication.kind, released_at=now)
            cells = [
                ReleasedCell(
                    release=made,
                    group=one.group,
                    low=said.low,
                    high=said.high,
                    people_shown=one.definition.people_shown,
                )
                for one, said in figures
            ]
            ReleasedCell.objects.bulk_create(cells, batch_size=BATCH)
            return made, True
    except IntegrityError:
        return Release.objects.get(**named), False
