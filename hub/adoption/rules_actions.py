"""Rules for the reports, agreed by two sides: what one does, the other is told."""

from collections.abc import Sequence

from django.db import transaction

from hub.adoption.reports import REPORTS
from hub.disclosure import agreeing
from hub.disclosure.models import RulesAnswer, RulesProposal
from hub.notices.actions import notify_all
from hub.people.models import LegalEntity, RoleGrant, User

PATH = "/adoption/rules/"


@transaction.atomic
def propose(
    *,
    entity: LegalEntity,
    by: User,
    minimum_group: int,
    minimum_page: int,
    reports: Sequence[str] | None,
    words: str,
) -> RulesProposal:
    proposal = agreeing.propose_rules(
        entity=entity,
        by=by,
        minimum_group=minimum_group,
        minimum_page=minimum_page,
        reports=reports,
        words=words,
        known_reports=REPORTS,
    )
    _tell(proposal, proposal.other_side, "proposed", by)
    return proposal


@transaction.atomic
def answer(*, proposal: RulesProposal, by: User, answer: str, words: str = "") -> RulesAnswer:
    """Confirm, refuse (with words) or withdraw. Raises Refusal."""
    if answer == RulesAnswer.Answer.CONFIRMED:
        made = agreeing.confirm_rules(proposal=proposal, by=by)
    elif answer == RulesAnswer.Answer.REFUSED:
        made = agreeing.refuse_rules(proposal=proposal, by=by, words=words)
    else:
        made = agreeing.withdraw_rules(proposal=proposal, by=by)
    to = proposal.other_side if answer == RulesAnswer.Answer.WITHDRAWN else proposal.side
    _tell(proposal, to, answer, by)
    return made


def _tell(proposal: RulesProposal, side: str, step: str, by: User) -> None:
    told = RoleGrant.objects.filter(
        role=side, legal_entity=proposal.entity_id, user__status=User.Status.ACTIVE
    )
    notify_all(
        user_ids=set(told.values_list("user_id", flat=True)) - {by.pk},
        kind=f"rules_{step}",
        dedupe_key=f"rules_{step}:{proposal.pk}",
        facts={"entity": proposal.entity.name},
        path=PATH,
    )
