"""Deleted is deleted: what kept answers still hold of a source that is gone."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any, TypeVar
from uuid import UUID

from hub.people.models import User
from learning.notebooks.models import AidItem, Exchange, Note, Passage, RolePlay, Source
from learning.notebooks.outline import Place, orphans


def without(answer: dict[str, Any], gone: Collection[int]) -> dict[str, Any]:
    """The answer without the quotes numbered `gone`, and without sentences that rest on nothing else."""
    answer = deepcopy(answer)
    for citation in answer["citations"]:
        if citation["n"] in gone:
            citation.update(quote="", title="")
    for sentence in answer["sentences"]:
        if set(gone).issuperset(sentence["citations"]):
            sentence["text"] = ""
    answer["answer"] = " ".join(sentence["text"] for sentence in answer["sentences"] if sentence["text"])
    return answer


Kept = TypeVar("Kept", Exchange, Note)


def hide_gone(kept: Collection[Kept], user: User) -> Collection[Kept]:
    """Exchanges or notes as they may be shown now: nothing of what was removed or holds no longer. One query."""
    with_answer = [row for row in kept if row.answer is not None]
    cited = {citation["passage"] for row in with_answer for citation in row.answer["citations"]}
    there = set(Passage.objects.visible_to(user).filter(pk__in=cited).values_list("pk", flat=True))
    for row in with_answer:
        citations = row.answer["citations"]
        if gone := {citation["n"] for citation in citations if citation["passage"] not in there}:
            row.answer = without(row.answer, gone)
    return kept


def scrub(source: Source) -> int:
    """Take the source's quotes out of everything kept, and sentences and items that rest on nothing else.

    Returns how many answers were changed. The page says that a source was withdrawn.
    """
    key, changed = str(source.pk), []
    for exchange in Exchange.objects.filter(notebook=source.notebook_id).iterator():
        if gone := _quotes_of(key, exchange.answer):
            exchange.answer = without(exchange.answer, gone)
            changed.append(exchange)
    Exchange.objects.bulk_update(changed, ["answer"], batch_size=200)
    _scrub_notes(source, key)
    _scrub_role_plays(source, key)
    # A source's quotes go with its row; what an item said from it goes here.
    items = AidItem.objects.filter(quotes__source=source)
    aids = set(items.values_list("aid", flat=True))
    AidItem.objects.filter(pk__in=items.values("pk")).update(heading="", body="", data={})
    _scrub_headings(aids)
    return len(changed)


def _scrub_headings(aids: Collection[UUID]) -> None:
    """Headings below which no item says anything any more."""
    for aid in aids:
        rows = list(AidItem.objects.filter(aid=aid).order_by("position", "pk"))
        places = [Place(row.kind, row.depth, row.is_cited, bool(row.heading or row.body)) for row in rows]
        gone = [rows[number].pk for number in orphans(places)]
        AidItem.objects.filter(pk__in=gone).update(heading="", body="", data={})


def _quotes_of(key: str, answer: dict[str, Any]) -> set[int]:
    return {citation["n"] for citation in answer["citations"] if citation["source"] == key}


def _scrub_notes(source: Source, key: str) -> None:
    changed = []
    for note in Note.objects.filter(notebook=source.notebook_id, answer__isnull=False).iterator():
        if gone := _quotes_of(key, note.answer):
            note.answer = without(note.answer, gone)
            changed.append(note)
    Note.objects.bulk_update(changed, ["answer"], batch_size=200)


def _scrub_role_plays(source: Source, key: str) -> None:
    """The page finds the passages gone and says so; here goes what was said from them."""
    gone = set(source.passages.values_list("pk", flat=True))
    changed = []
    for role_play in RolePlay.objects.filter(notebook=source.notebook_id).iterator():
        turns = [turn for turn in role_play.turns if not gone.isdisjoint(turn.get("passages", []))]
        entries = [
            entry
            for entry in role_play.feedback or []
            if any(citation["source"] == key for citation in entry["citations"])
        ]
        for said in [*turns, *entries]:
            said["text"] = ""
        for citation in (citation for entry in entries for citation in entry["citations"]):
            if citation["source"] == key:
                citation.update(quote="", title="")
        if turns or entries:
            changed.append(role_play)
    RolePlay.objects.bulk_update(changed, ["turns", "feedback"], batch_size=200)
