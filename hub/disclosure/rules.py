"""What each legal entity agreed on, as it holds from a moment on."""

from dataclasses import dataclass
from datetime import datetime

from hub.disclosure.gate import FLOOR, MINIMUM_GROUP, MINIMUM_PAGE
from hub.disclosure.grouping import Rules
from hub.disclosure.models import RulesProposal
from hub.people.models import LegalEntity

__all__ = ["FLOOR", "MINIMUM_GROUP", "MINIMUM_PAGE", "Agreed", "agreed_rules", "rules_of"]


BY_DEFAULT = Rules()


@dataclass(frozen=True)
class Agreed:
    """The smallest group and page, and the reports on the menu; None: all there are."""

    groups: Rules = BY_DEFAULT
    reports: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, object]:
        reports = None if self.reports is None else list(self.reports)
        return {"k": self.groups.k, "page": self.groups.page, "reports": reports}


DEFAULT = Agreed()


def agreed_rules(before: datetime | None = None) -> dict[int, Agreed]:
    """Of every legal entity, as confirmed before that moment; the defaults where nothing was."""
    found = dict.fromkeys(LegalEntity.objects.values_list("pk", flat=True), DEFAULT)
    confirmed = RulesProposal.objects.confirmed().order_by("answer__at", "pk")
    if before:
        confirmed = confirmed.filter(answer__at__lt=before)
    for proposal in confirmed:
        if proposal.entity_id in found:
            found[proposal.entity_id] = agreed(proposal)
    return found


def agreed(proposal: RulesProposal) -> Agreed:
    reports = None if proposal.reports is None else tuple(proposal.reports)
    return Agreed(Rules(proposal.minimum_group, proposal.minimum_page), reports)


def rules_of(entity_id: int) -> Agreed:
    """As they hold for the next week that is frozen."""
    return agreed_rules().get(entity_id, DEFAULT)
