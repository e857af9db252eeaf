"""One measure of a week as its area hands it in: everybody's numbers, and whom they may be published about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hub.disclosure.figures import Kind
from hub.disclosure.grouping import Part
from hub.disclosure.models import FrozenWeek, WeekGroup

ADOPTION_PARTS = frozenset(Part) - {Part.SMALL_TEAMS}


class Pace(StrEnum):
    WEEKLY = "weekly"  # another fact every week: about the week's own members
    ROLLING = "rolling"  # nearly the same fact as the week before: about the members of steady groups


@dataclass(frozen=True)
class Publication:
    """`numbers` gives each person's number by subject key; who is missing has 0, who was no member is left out.

    Companies whose agreed menu does not name the report get no figures of it, unless it is not of the menu. `menu`: the
    entries that show it, where it is none by itself. `crowd`: only of groups of so many times the smallest size.
    """

    report: str
    kind: Kind
    numbers: Mapping[UUID, int]
    parts: Collection[Part] = ADOPTION_PARTS
    pace: Pace = Pace.WEEKLY
    menu: Collection[str] = ()
    crowd: int = 1
    is_on_menu: bool = True

    def is_about(self, group: WeekGroup, week: FrozenWeek) -> bool:
        """Whether a shown group of the week gets a figure, as far as that does not depend on its members."""
        if group.part not in self.parts or group.people < self.crowd * week.smallest_group(group.entity_id):
            return False
        return not self.is_on_menu or any(
            week.offers(entry, group.entity_id) for entry in self.menu or (self.report,)
        )
