"""Deleted is deleted: what kept answers still hold of a source that is gone."""

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from hub.people.models import User
from learning.notebooks.models import Exchange, Passage, Source


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


def hide_gone(exchanges: Collection[Exchange], user: User) -> Collection[Exchange]:
    """The exchanges as they may be shown now: nothing of what was removed or holds no longer. One query."""
    cited = {citation["passage"] for exchange in exchanges for citation in exchange.answer["citations"]}
    there = set(Passage.objects.visible_to(user).filter(pk__in=cited).values_list("pk", flat=True))
    for exchange in exchanges:
        citations = exchange.answer["citations"]
        if gone := {citation["n"] for citation in citations if citation["passage"] not in there}:
            exchange.answer = without(exchange.answer, gone)
    return exchanges


def scrub(source: Source) -> int:
    """Take the source's quotes out of every kept answer, and sentences that rest on nothing else.

    Returns how many answers were changed. The page says that a source was withdrawn.
    """
    key, changed = str(source.pk), []
    for exchange in Exchange.objects.filter(notebook=source.notebook_id).iterator():
        gone = {citation["n"] for citation in exchange.answer["citations"] if citation["source"] == key}
        if gone:
            exchange.answer = without(exchange.answer, gone)
            changed.append(exchange)
    Exchange.objects.bulk_update(changed, ["answer"], batch_size=200)
    return len(changed)
