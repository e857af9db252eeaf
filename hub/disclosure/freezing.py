"""The rows of a week's groups: names as they are now, rounded people, and whose members slow figures are about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.disclosure.gate import MINIMUM_GROUP
from hub.disclosure.grouping import Group, Part
from hub.disclosure.models import WeekGroup, identity
from hub.disclosure.rounding import Rounding
from hub.disclosure.rules import Agreed
from hub.disclosure.steady import members_weeks
from hub.people.models import JobFamily, LegalEntity, Site, Team

OF_SITES = {Part.SITE, Part.SITE_FAMILY, Part.OTHER_SITE_FAMILIES}


def frozen_groups(
    monday: date,
    keys: Sequence[UUID],
    groups: list[Group],
    rules: Mapping[int, Agreed],
    named_people: Collection[UUID] = (),
) -> list[WeekGroup]:
    """Rows without their week. `keys` are the people as the groups number them; who is named counts for nobody."""
    strictest = max((agreed.groups.k for agreed in rules.values()), default=MINIMUM_GROUP)
    named = {identity_of(group): group for group in groups}
    steady = members_weeks(monday, keys, named, strictest, named_people)
    rounding = Rounding()
    marks = [rounding.mark(key) for key in keys]
    return [
        WeekGroup(
            part=group.part,
            entity_id=group.entity,
            unit_id=_id(group.unit),
            unit_name=str(group.unit) if group.part is Part.COHORT else "",
            second_unit_id=_id(group.second),
            people=group.people,
            people_shown=rounding.shown(group.people, name, sum(marks[person] for person in group.members)),
            teams=list(group.teams),
            units=[list(unit) if isinstance(unit, tuple) else unit for unit in group.units],
            members_week=steady.get(name),
            reason=group.reason,
        )
        for name, group in named.items()
    ]


def identity_of(group: Group) -> tuple[object, ...]:
    name = str(group.unit) if group.part is Part.COHORT else ""
    return identity(group.part, group.entity, _id(group.unit), name, _id(group.second))


def _id(unit: object) -> int | None:
    """A family of 0 is nobody's: no id."""
    return unit if isinstance(unit, int) and unit else None


@dataclass
class Names:
    entities: dict[int, str]
    sites: dict[int, str]
    teams: dict[int, str]
    families: dict[int, str]

    def give(self, group: WeekGroup) -> None:
        """The group's names, where it has them."""
        group.entity_name = self.entities.get(group.entity_id, "")
        group.second_unit_name = self.families.get(group.second_unit_id, "")
        if group.part == Part.COHORT:
            return
        units = self.sites if group.part in OF_SITES else {
            Part.TEAM: self.teams, Part.FAMILY: self.families
        }.get(Part(group.part), {})  # fmt: skip
        group.unit_name = units.get(group.unit_id, "")


def names_of_units() -> Names:
    models = (LegalEntity, Site, Team, JobFamily)
    return Names(*(dict(model.objects.values_list("pk", "name")) for model in models))
