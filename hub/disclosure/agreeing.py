"""Changing a legal entity's rules: one side proposes, HR or works council, and another person of the other confirms."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.audit.actions import record
from hub.disclosure.gate import FLOOR
from hub.disclosure.models import RulesAnswer, RulesProposal
from hub.disclosure.rules import agreed, rules_of
from hub.people import access
from hub.people.models import LegalEntity, User
from hub.refusals import Refusal

LARGEST = 1000
Side = RulesProposal.Side
Answer = RulesAnswer.Answer


def sides_of(user: User, entity: LegalEntity) -> list[str]:
    """For which sides of the entity the person may speak."""
    return [side for side in Side.values if entity in access.entities_of(user, side)]


@transaction.atomic
def propose_rules(
    *,
    entity: LegalEntity,
    by: User,
    minimum_group: int,
    minimum_page: int,
    reports: Sequence[str] | None,
    words: str,
    known_reports: Collection[str],
    now: datetime | None = None,
) -> RulesProposal:
    """Propose rules to the other side; `reports` None: all there are, also future ones.

    Raises Refusal below the floor, for unknown reports, without a change or a reason, and while something waits.
    """
    sides = sides_of(by, entity)
    if not sides:
        raise _not_yours()
    LegalEntity.objects.select_for_update().get(pk=entity.pk)  # one proposal at a time
    if RulesProposal.objects.pending().filter(entity=entity).exists():
        sentence = _("A proposal is waiting already. It is confirmed, refused or withdrawn first.")
        raise Refusal("waits", sentence, status=409)
    _check(minimum_group, minimum_page, reports, words, known_reports)
    proposal = RulesProposal(
        entity=entity,
        minimum_group=minimum_group,
        minimum_page=minimum_page,
        reports=None if reports is None else sorted(set(reports)),
        words=words.strip(),
        side=sides[0],
        actor_key=by.subject_key,
        proposed_at=now or timezone.now(),
    )
    if agreed(proposal) == rules_of(entity.pk):
        raise Refusal("same", _("These are the rules that hold already."))
    proposal.save()
    _record(by, "rules.proposed", proposal)
    return proposal


def _check(k: int, page: int, reports: Sequence[str] | None, words: str, known: Collection[str]) -> None:
    if k < FLOOR:
        sentence = _("Groups of fewer than %(floor)s people are never shown, whoever agrees.")
        raise Refusal("below_floor", sentence % {"floor": FLOOR})
    if page < k:
        raise Refusal("page_below_group", _("A page cannot be smaller than the smallest group on it."))
    if max(k, page) > LARGEST:
        raise Refusal("too_large", _("At most %(largest)s people.") % {"largest": LARGEST})
    if unknown := sorted(set(reports or ()) - set(known)):
        sentence = _("There is no such report: %(names)s.")
        raise Refusal("unknown_report", sentence % {"names": ", ".join(unknown)})
    if not words.strip():
        raise Refusal("no_words", _("Say why, so that the other side can judge it."))


def confirm_rules(*, proposal: RulesProposal, by: User, now: datetime | None = None) -> RulesAnswer:
    """They hold for weeks that end from now on. Raises Refusal for everybody but another person of the other side."""
    if by.subject_key == proposal.actor_key:
        sentence = _("You proposed this yourself. Somebody of the other side confirms it.")
        raise Refusal("own_proposal", sentence, status=409)
    return _answer(proposal, by, proposal.other_side, Answer.CONFIRMED, "", now)


def refuse_rules(
    *, proposal: RulesProposal, by: User, words: str, now: datetime | None = None
) -> RulesAnswer:
    if not words.strip():
        raise Refusal("no_words", _("Say why you refuse it."))
    return _answer(proposal, by, proposal.other_side, Answer.REFUSED, words.strip(), now)


def withdraw_rules(*, proposal: RulesProposal, by: User, now: datetime | None = None) -> RulesAnswer:
    """By whoever proposed it, or another of the same side."""
    return _answer(proposal, by, proposal.side, Answer.WITHDRAWN, "", now)


@transaction.atomic
def _answer(
    proposal: RulesProposal, by: User, side: str, answer: str, words: str, now: datetime | None
) -> RulesAnswer:
    """Once; the same answer again changes nothing."""
    if side not in sides_of(by, proposal.entity):
        raise _not_yours()
    try:
        with transaction.atomic():
            made = RulesAnswer.objects.create(
                proposal=proposal,
                answer=answer,
                side=side,
                actor_key=by.subject_key,
                at=now or timezone.now(),
                words=words,
            )
    except IntegrityError:
        made = RulesAnswer.objects.get(proposal=proposal)
        if made.answer == answer:
            return made
        raise Refusal("answered", _("This proposal was answered already."), status=409) from None
    _record(by, f"rules.{answer}", proposal)
    return made


def _not_yours() -> Refusal:
    sentence = _("One side proposes, HR or works council of the company, and the other answers.")
    return Refusal("not_yours", sentence, status=403)


def _record(by: User, action: str, proposal: RulesProposal) -> None:
    record(
        actor_key=by.subject_key,
        action=action,
        object_type="legal entity",
        object_id=proposal.entity_id,
        facts={
            "proposal": proposal.pk,
            "group": proposal.minimum_group,
            "page": proposal.minimum_page,
            "reports": ["*"] if proposal.reports is None else proposal.reports,
        },
    )
