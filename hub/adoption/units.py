"""The sites and job families within which a report can be looked at: those shown by name in the newest week."""

from dataclasses import dataclass

from django.db.models import Subquery

from hub.adoption.menu import Selection
from hub.adoption.reading import Scope
from hub.disclosure.grouping import Part
from hub.disclosure.models import FrozenWeek, WeekGroup

KINDS = {Part.SITE: "site", Part.FAMILY: "family", Part.TEAM: "team"}
CHOICES_SHOWN = 200


@dataclass(frozen=True)
class Unit:
    value: str  # such as "site-3", as a selection's `of` has it
    kind: str
    name: str


def units_for(scope: Scope) -> list[Unit]:
    """Sites, then job families, by name. A team is reached from its line in a table: there can be thousands."""
    return _units(scope, part__in=[Part.SITE, Part.FAMILY])[:CHOICES_SHOWN]


def unit_of(scope: Scope, selection: Selection) -> Unit | None:
    """The unit of a selection as it is called for these legal entities; None for another entity's, or one not shown."""
    if not selection.unit:
        return None
    kind, unit_id = selection.unit
    part = next(part for part, name in KINDS.items() if name == kind)
    return next(iter(_units(scope, part=part, unit_id=unit_id)), None)


def _units(scope: Scope, **which: object) -> list[Unit]:
    newest = FrozenWeek.objects.order_by("-monday").values("pk")[:1]
    rows = WeekGroup.objects.shown().filter(entity_id__in=scope, week=Subquery(newest), **which).order_by()
    found = {
        Unit(f"{KINDS[Part(part)]}-{unit_id}", KINDS[Part(part)], name)
        for part, unit_id, name in rows.values_list("part", "unit_id", "unit_name")
    }
    return sorted(found, key=lambda unit: (unit.kind != "site", unit.kind, unit.name))
