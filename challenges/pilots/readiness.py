"""What has to be true before a pilot starts. The first two are read from the register, the others are answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from challenges.pilots.models import Pilot


@dataclass(frozen=True)
class Item:
    slug: str
    question: str | Promise
    is_required: bool = True


ITEMS = (
    Item("works_council", _("Does the works council know of it?")),
    Item("people_asked", _("Were the people whose work changes asked, and do they join in willingly?")),
    Item(
        "owner_time", _("Do you have an hour for it every week, and is that agreed with whoever leads you?")
    ),
    Item("measurable", _("Can each measure be read where the work happens, without watching single people?")),
    Item("checked", _("Does a person check what the AI made before it leaves the house?")),
    Item("way_back", _("Can everybody go back to the way it was done before, on any day?")),
    Item("training", _("Has everybody who joins in tried the tool once, with help?"), is_required=False),
    Item("costs", _("Is it clear what the tool costs if it stays?"), is_required=False),
)
KNOWN = {item.slug: item for item in ITEMS}


@dataclass(frozen=True)
class Line:
    """One item with what was said; `answer` is None while it is open."""

    slug: str
    question: str | Promise
    is_required: bool
    answer: bool | None
    is_read: bool  # from the register, not answered

    @property
    def holds_back(self) -> bool:
        return self.answer is None or (self.is_required and not self.answer)


def lines_of(pilot: Pilot) -> list[Line]:
    """Fetch `answers` along: then it asks no database."""
    said: Mapping[str, bool] = {answer.item: answer.is_yes for answer in pilot.answers.all()}
    is_allowed = pilot.system is not None and pilot.system.is_allowed
    takes = pilot.takes_its_data if pilot.system else None
    read = [
        Line("system", _("The tool stands in the register and people may use it."), True, is_allowed, True),
        Line("data_class", _("The tool takes this class of data."), True, takes, True),
    ]
    return read + [
        Line(item.slug, item.question, item.is_required, said.get(item.slug), False) for item in ITEMS
    ]
