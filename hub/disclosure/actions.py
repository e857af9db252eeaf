"""Freezing a week, and publishing a report's figures about its groups: each once, whoever asks how often."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from hub.disclosure.figures import Kind, figure
from hub.disclosure.gate import MINIMUM_GROUP
from hub.disclosure.grouping import Group, Part, Place, groups_of
from hub.disclosure.models import FrozenWeek, Release, ReleasedCell, WeekGroup, WeekMembership
from hub.disclosure.weeks import bounds
from hub.people.models import LegalEntity, Site, Team, User

ADOPTION_PARTS = frozenset(Part) - {Part.SMALL_TEAMS}
BATCH = 2000


def freeze_week(
    *, monday: date, now: datetime | None = None, joined_by_then: bool = True
) -> tuple[FrozenWeek, bool]:
    """Record who stands where and which groups of the week may be seen. Returns (week, whether it is new).

    `joined_by_then=False` counts people in weeks before they joined: for an invented past. Raises ValueError
    for a day that is no Monday and for a week that has not ended.
    """
    now = now or timezone.now()
    _start, end = bounds(monday)
    if monday.weekday() or end > now:
        raise ValueError(f"{monday} does not begin a week that has ended.")
    if week := FrozenWeek.objects.filter(monday=monday).first():
        return week, False
    members = _members(monday, joined_before=end if joined_by_then else None)
    groups = groups_of(Place(member.team_id, member.site_id, member.entity_id) for member in members)
    try:
        return _freeze(monday, members, groups, now), True
    except IntegrityError:
        return FrozenWeek.objects.get(monday=monday), False


def _members(monday: date, joined_before: datetime | None) -> list[WeekMembership]:
    people = User.objects.active().filter(team__isnull=False).order_by("pk")
    if joined_before:
        people = people.filter(joined_at__lt=joined_before)
    rows = people.values_list("subject_key", "team_id", "team__site_id", "team__legal_entity_id")
    return [
        WeekMembership(monday=monday, subject_key=key, team_id=team, site_id=site, entity_id=entity)
        for key, team, site, entity in rows
    ]


@transaction.atomic
def _freeze(monday: date, members: list[WeekMembership], groups: list[Group], now: datetime) -> FrozenWeek:
    """Only the writing, so that the database is held no longer than that takes."""
    week = FrozenWeek.objects.create(
        monday=monday, people=len(members), minimum_group=MINIMUM_GROUP, frozen_at=now
    )
    WeekMembership.objects.bulk_create(members, batch_size=BATCH)
    entities = dict(LegalEntity.objects.values_list("pk", "name"))
    units = {
        Part.SITE: dict(Site.objects.values_list("pk", "name")),
        Part.TEAM: dict(Team.objects.values_list("pk", "name")),
    }
    WeekGroup.objects.bulk_create(
        [_row(week, group, entities, units.get(group.part, {})) for group in groups], batch_size=BATCH
    )
    return week


def _row(week: FrozenWeek, group: Group, entities: dict[int, str], units: dict[int, str]) -> WeekGroup:
    return WeekGroup(
        week=week,
        part=group.part,
        entity_id=group.entity,
        entity_name=entities.get(group.entity, ""),
        unit_id=group.unit,
        unit_name=units.get(group.unit, ""),
        people=group.people,
        teams=list(group.teams),
        reason=group.reason,
    )


def release(
    *,
    report: str,
    week: FrozenWeek,
    kind: Kind,
    numbers: Mapping[UUID, int],
    parts: Collection[Part] = ADOPTION_PARTS,
    now: datetime | None = None,
) -> tuple[Release, bool]:
    """Publish a report's figures about the week's shown groups. Returns (release, whether it is new).

    `numbers` gives each person's number by subject key; who is missing has 0, who was no member is left out.
    """
    if existing := Release.objects.filter(week=week, report=report).first():
        return existing, False
    try:
        with transaction.atomic():
            made = Release.objects.create(
                week=week, report=report, kind=kind, released_at=now or timezone.now()
            )
            ReleasedCell.objects.bulk_create(_cells(made, numbers, parts), batch_size=BATCH)
            return made, True
    except IntegrityError:
        return Release.objects.get(week=week, report=report), False


def _cells(made: Release, numbers: Mapping[UUID, int], parts: Collection[Part]) -> list[ReleasedCell]:
    """A group of which somebody was erased since the week was frozen gets no figure: it is no longer the same."""
    people: Counter[int] = Counter()
    counting: Counter[int] = Counter()
    totals: Counter[int] = Counter()
    members = WeekMembership.objects.filter(monday=made.week.monday)
    for key, team in members.values_list("subject_key", "team_id").iterator():
        number = numbers.get(key, 0)
        people[team] += 1
        counting[team] += number != 0
        totals[team] += number
    cells = []
    for group in made.week.groups.shown().filter(part__in=[str(part) for part in parts]):
        if sum(people[team] for team in group.teams) != group.people:
            continue
        value = figure(
            Kind(made.kind),
            people=group.people,
            counting=sum(counting[team] for team in group.teams),
            total=sum(totals[team] for team in group.teams),
        )
        if value:
            cells.append(ReleasedCell(release=made, group=group, low=value.low, high=value.high))
    return cells
