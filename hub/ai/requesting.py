"""Asking for a tool: filed once, joined by colleagues, answered by administrators, and told to all who asked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.ai.models import LONGEST_ANSWER, AISystem, ToolRequest, ToolRequestJoin
from hub.ai.permission import administrators
from hub.ai.similar import is_alike, similar_systems
from hub.audit.actions import record
from hub.notices.actions import notify, notify_all
from hub.people.models import User
from hub.refusals import Refusal

State = ToolRequest.State
MOST_OPEN = 20  # of one person
ALREADY_ASKED = "already_asked"
SOMETHING_SIMILAR = "something_similar"


@dataclass(frozen=True)
class Found:
    """What is pointed out before a request is sent: open requests for the same tool, and tools for a like purpose."""

    same: tuple[ToolRequest, ...]
    similar: tuple[AISystem, ...]

    def __bool__(self) -> bool:
        return bool(self.same or self.similar)


def look_around(*, tool: str, purpose: str, asker: User) -> Found:
    """Two queries."""
    others = ToolRequest.objects.open().filter(folded=tool.casefold()).exclude(asker=asker)
    systems = AISystem.objects.tools().select_related("owner")
    named = [one for one in systems if tool.casefold() in (one.name_de.casefold(), one.name_en.casefold())]
    alike = [one for one in similar_systems(purpose, systems) if one not in named]
    return Found(tuple(others[:3]), (*named, *alike))


@transaction.atomic
def ask_for(
    *, request: ToolRequest, asker: User, anyway: bool = False, now: datetime | None = None
) -> ToolRequest:
    """File it, and tell administrators and the owners of tools for a like purpose.

    Raises Refusal for a second one of the same person and tool, for too many, and, unless `anyway`, where something
    like it is there or asked for already.
    """
    mine = ToolRequest.objects.open().filter(asker=asker)
    if mine.filter(folded=request.tool.casefold()).exists():
        raise _asked_already()
    if mine.count() >= MOST_OPEN:
        raise Refusal("too_many_requests", _("You have many open requests. Take one back first."), status=409)
    found = look_around(tool=request.tool, purpose=request.purpose, asker=asker)
    if found and not anyway:
        names = [one.tool for one in found.same] + [one.name for one in found.similar]
        sentence = _(
            "There is something for this already: %(names)s. Join it or use it, or say that you need another."
        )
        raise Refusal(SOMETHING_SIMILAR, sentence % {"names": ", ".join(names)}, status=409)
    request.asker, request.created_at = asker, now or timezone.now()
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise _asked_already() from error
    path = f"/may-i/requests/{request.pk}/"
    notify_all(
        user_ids=[person.pk for person in administrators() if person.pk != asker.pk],
        kind="tool_requested",
        dedupe_key=f"tool-request:{request.pk}",
        facts={"name": asker.get_full_name(), "tool": request.tool},
        path=path,
    )
    for system in found.similar:
        _tell_owner(system, "tool_request_similar", request.tool, f"{request.pk}", path, but=asker)
    return request


def _asked_already() -> Refusal:
    return Refusal(
        ALREADY_ASKED, _("You have asked for this tool already; it waits for an answer."), status=409
    )


def _tell_owner(system: AISystem, kind: str, tool: str, key: str, path: str, *, but: User) -> None:
    if system.owner and system.owner_id != but.pk and system.owner.is_active:
        notify(
            user=system.owner,
            kind=kind,
            dedupe_key=f"{kind}:{key}:{system.pk}",
            facts={"tool": tool, "existing": system.name},
            path=path,
        )


def point_out_duplicates(*, tool: AISystem, by: User) -> list[AISystem]:
    """Allowed tools whose purpose is like this one's; their owners are told once. Two queries and those of notices."""
    found = _alike((tool.purpose_de, tool.purpose_en), _others(tool))
    for system in found:
        _tell_owner(system, "tool_duplicate", tool.name, tool.slug, _answer_path(tool), but=by)
    return found


def compare_anew(
    *, tool: AISystem, before: tuple[str, str], by: User, now: datetime | None = None
) -> list[AISystem]:
    """After a change of its purpose (`before`: German and English): allowed tools that have become alike by it, whose
    owners are told; the tool's own owner is told of open requests that have. Two queries and those of notices.
    """
    after = (tool.purpose_de, tool.purpose_en)
    if after == before or not tool.is_allowed:
        return []
    others = _others(tool)
    known = {system.pk for system in _alike(before, others)}
    found = [system for system in _alike(after, others) if system.pk not in known]
    at = (now or timezone.now()).isoformat()
    for system in found:
        _tell_owner(system, "tool_duplicate", tool.name, f"{tool.slug}:{at}", _answer_path(tool), but=by)
    for request in ToolRequest.objects.open():
        if is_alike(request.purpose, after) and not is_alike(request.purpose, before):
            path = f"/may-i/requests/{request.pk}/"
            _tell_owner(tool, "tool_request_similar", request.tool, f"{request.pk}:{at}", path, but=by)
    return found


def _others(tool: AISystem) -> list[AISystem]:
    return list(AISystem.objects.tools().exclude(pk=tool.pk).select_related("owner"))


def _alike(purposes: tuple[str, str], systems: list[AISystem]) -> list[AISystem]:
    """Each once, however many of the two purposes it is like."""
    return list({one.pk: one for text in purposes for one in similar_systems(text, systems)}.values())


def _answer_path(tool: AISystem) -> str:
    return f"/may-i/?tool={tool.slug}#answer"


@transaction.atomic
def join(*, request: ToolRequest, user: User, now: datetime | None = None) -> bool:
    """ "Me too". Returns whether it is new. Raises Refusal for one's own request and for one that is answered."""
    request = ToolRequest.objects.select_for_update().get(pk=request.pk)
    _refuse_answered(request)
    if request.asker_id == user.pk:
        raise Refusal("own_request", _("You have asked for it yourself."), status=409)
    _row, is_new = ToolRequestJoin.objects.get_or_create(
        request=request, user=user, defaults={"joined_at": now or timezone.now()}
    )
    return is_new


@transaction.atomic
def withdraw(*, request: ToolRequest, user: User) -> ToolRequest | None:
    """Want it no longer. A colleague who joined first becomes its asker; without one the request goes (None).

    Raises Refusal for whoever does not ask for it, and once it is answered.
    """
    request = ToolRequest.objects.select_for_update().get(pk=request.pk)
    _refuse_answered(request)
    if request.asker_id != user.pk:
        gone, _rows = request.joined.filter(user=user).delete()
        if not gone:
            raise Refusal("not_yours", _("You do not ask for this tool."), status=409)
        return request
    asking = ToolRequest.objects.open().filter(folded=request.folded).values("asker")
    heir = request.joined.exclude(user__in=asking).select_related("user").first()
    if heir is None:
        request.delete()
        return None
    request.asker = heir.user
    request.save(update_fields=["asker"])
    heir.delete()
    return request


@transaction.atomic
def answer(
    *, request: ToolRequest, by: User, is_granted: bool, text: str, now: datetime | None = None
) -> ToolRequest:
    """Say yes or no with a reason, once, to all who asked. Raises Refusal without a text, and a second time."""
    text = text.strip()
    if not text:
        raise Refusal("no_answer", _("Say why, in a sentence: everybody who asked reads it."))
    if len(text) > LONGEST_ANSWER:
        raise Refusal("too_long", _("That is too long."))
    request = ToolRequest.objects.select_for_update().get(pk=request.pk)
    _refuse_answered(request)
    request.state = State.GRANTED if is_granted else State.REFUSED
    request.answer, request.answered_by, request.answered_at = text, by, now or timezone.now()
    request.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    asked = set(request.joined.values_list("user_id", flat=True)) | {request.asker_id}
    notify_all(
        user_ids=sorted(asked - {None, by.pk}),
        kind="tool_granted" if is_granted else "tool_refused",
        dedupe_key=f"tool-answer:{request.pk}",
        facts={"tool": request.tool},
        path=f"/may-i/requests/{request.pk}/",
    )
    record(
        actor_key=by.subject_key,
        action="tool_request.granted" if is_granted else "tool_request.refused",
        object_type="tool_request",
        object_id=str(request.pk),
        facts={"tool": request.tool},
    )
    return request


def _refuse_answered(request: ToolRequest) -> None:
    if not request.is_open:
        raise Refusal("answered", _("This request has been answered already."), status=409)


def link_to_entry(*, request: ToolRequest, system: AISystem) -> None:
    """The entry of the register that a granted request led to."""
    ToolRequest.objects.filter(pk=request.pk, state=State.GRANTED).update(system=system)
