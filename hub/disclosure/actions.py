"""Freezing a week, and publishing a report's figures about its groups: each once, whoever asks how often."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.disclosure.figures import Kind
from hub.disclosure.freezing import frozen_groups, names_of_units
from hub.disclosure.gate import MINIMUM_GROUP
from hub.disclosure.grouping import Part, Place, groups_of
from hub.disclosure.models import FrozenWeek, Release, ReleasedCell, WeekGroup, WeekMembership
from hub.disclosure.releasing import cells_of
from hub.disclosure.rules import Agreed, agreed_rules
from hub.disclosure.weeks import bounds
from hub.people.models import User

ADOPTION_PARTS = frozenset(Part) - {Part.SMALL_TEAMS}
BATCH = 2000


class Pace(StrEnum):
    WEEKLY = "weekly"  # another fact every week: about the week's own members
    ROLLING = "rolling"  # nearly the same fact as the week before: about the members of steady groups


def freeze_week(
    *,
    monday: date,
    now: datetime | None = None,
    joined_by_then: bool = True,
    cohorts: Mapping[UUID, date] | None = None,
) -> tuple[FrozenWeek, bool]:
    """Record who stands where and which groups of the week may be seen. Returns (week, whether it is new).

    `joined_by_then=False` counts people in weeks before they joined: for an invented past. `cohorts` gives the first
    day of the month of a person's first activity by subject key; months that are not over would become others later.
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
    groups = groups_of(places, rules={entity: agreed.groups for entity, agreed in rules.items()})
    rows = frozen_groups(monday, [one.subject_key for one in members], groups, rules)
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


def release(
    *,
    report: str,
    week: FrozenWeek,
    kind: Kind,
    numbers: Mapping[UUID, int],
    parts: Collection[Part] = ADOPTION_PARTS,
    pace: Pace = Pace.WEEKLY,
    is_on_menu: bool = True,
    menu: Collection[str] = (),
    crowd: int = 1,
    now: datetime | None = None,
) -> tuple[Release, bool]:
    """Publish a report's figures about the week's shown groups. Returns (release, whether it is new).

    `numbers` gives each person's number by subject key; who is missing has 0, who was no member is left out.
    Companies whose agreed menu does not name the report get no figures of it, unless it is not of the menu. `menu`: the
    entries that show it, where it is none by itself. `crowd`: only of groups of so many times the smallest size.
    """
    if existing := Release.objects.filter(week=week, report=report).first():
        return existing, False
    wanted = [
        group
        for group in week.groups.shown().filter(part__in=[str(part) for part in parts])
        if not is_on_menu or any(week.offers(entry, group.entity_id) for entry in menu or (report,))
        if group.people >= crowd * week.smallest_group(group.entity_id)
    ]
    try:
        with transaction.atomic():
            made = Release.objects.create(
                week=week, report=report, kind=kind, released_at=now or timezone.now()
            )
            cells = cells_of(made, wanted, numbers, is_rolling=pace is Pace.ROLLING)
            ReleasedCell.objects.bulk_create(cells, batch_size=BATCH)
            return made, True
    except IntegrityError:
        return Release.objects.get(week=week, report=report), False
