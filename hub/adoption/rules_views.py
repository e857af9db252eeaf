"""The page on which HR and works council of a legal entity agree on the rules for its reports."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from hub.adoption import rules_actions
from hub.adoption.reports import REPORTS
from hub.adoption.rules_forms import RulesForm
from hub.adoption.scopes import scope_of
from hub.disclosure.agreeing import sides_of
from hub.disclosure.models import RulesAnswer, RulesProposal, entity_ids_of
from hub.disclosure.rules import Agreed, agreed, agreed_rules
from hub.people.models import LegalEntity, User
from hub.problems import refuse
from hub.refusals import Refusal

HISTORY = 20


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    scope_of(request.user)
    return _page(request)


@require_POST
def propose(request: HttpRequest, entity_id: int) -> HttpResponse:
    scope_of(request.user)
    entity = get_object_or_404(LegalEntity, pk=entity_id, pk__in=entity_ids_of(request.user))
    form = RulesForm(request.POST, agreed=agreed_rules()[entity.pk], prefix=f"e{entity.pk}")
    if not form.is_valid():
        return _page(request, {entity.pk: form}, status=422)
    try:
        rules_actions.propose(
            entity=entity,
            by=request.user,
            minimum_group=form.cleaned_data["minimum_group"],
            minimum_page=form.cleaned_data["minimum_page"],
            reports=form.menu(),
            words=form.cleaned_data["words"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, {entity.pk: form}, status=refusal.status)
    return redirect("adoption:rules")


@require_POST
def answer(request: HttpRequest, proposal_id: int) -> HttpResponse:
    scope_of(request.user)
    proposal = get_object_or_404(RulesProposal.objects.visible_to(request.user), pk=proposal_id)
    wanted = request.POST.get("answer", "")
    if wanted not in RulesAnswer.Answer.values:
        wanted = RulesAnswer.Answer.REFUSED
    try:
        rules_actions.answer(
            proposal=proposal, by=request.user, answer=wanted, words=request.POST.get("words", "")[:500]
        )
    except Refusal as refusal:
        return refuse(request, refusal)
    return redirect("adoption:rules")


def _page(request: HttpRequest, forms: dict[int, RulesForm] | None = None, status: int = 200) -> HttpResponse:
    """Four queries and two an entity: people hold their role for one or a few."""
    current = agreed_rules()
    entities = LegalEntity.objects.filter(pk__in=entity_ids_of(request.user))
    shown = [_shown(request.user, entity, current[entity.pk], forms or {}) for entity in entities]
    return render(request, "adoption/rules.html", {"entities": shown}, status=status)


def _shown(user: User, entity: LegalEntity, current: Agreed, forms: dict[int, RulesForm]) -> dict[str, Any]:
    history = RulesProposal.objects.filter(entity=entity).select_related("answer")[:HISTORY]
    told = [told_of(proposal) for proposal in history]
    pending = next((one for one in told if one["answer"] is None), None)
    sides = sides_of(user, entity)
    is_own = pending and pending["proposal"].actor_key == user.subject_key
    return {
        "entity": entity,
        "current": told_rules(current),
        "pending": pending,
        "can_confirm": pending and pending["proposal"].other_side in sides and not is_own,
        "can_refuse": pending and pending["proposal"].other_side in sides,
        "can_withdraw": pending and pending["proposal"].side in sides,
        "history": [one for one in told if one["answer"]],
        "form": forms.get(entity.pk) or RulesForm(agreed=current, prefix=f"e{entity.pk}"),
        "is_open": entity.pk in forms,
    }


def told_of(proposal: RulesProposal) -> dict[str, Any]:
    answer = getattr(proposal, "answer", None)
    return {"proposal": proposal, "answer": answer, "rules": told_rules(agreed(proposal))}


def told_rules(rules: Agreed) -> dict[str, Any]:
    """Titles of reports as they are called now; a report that is gone keeps its name."""
    names = [] if rules.reports is None else rules.reports
    return {
        "group": rules.groups.k,
        "page": rules.groups.page,
        "is_all": rules.reports is None,
        "titles": [REPORTS[name].title if name in REPORTS else name for name in names],
    }
