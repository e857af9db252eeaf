"""Deleted is deleted: what kept answers still hold of a source that is erased."""

from learning.notebooks.models import Exchange, Source


def scrub(source: Source) -> int:
    """Take the source's quotes out of every kept answer, and sentences that rest on nothing else.

    Returns how many answers were changed. The page says that a source was withdrawn.
    """
    key, changed = str(source.pk), []
    for exchange in Exchange.objects.filter(notebook=source.notebook_id).iterator():
        citations = exchange.answer["citations"]
        gone = {citation["n"] for citation in citations if citation["source"] == key}
        if not gone:
            continue
        for citation in citations:
            if citation["n"] in gone:
                citation.update(quote="", title="")
        for sentence in exchange.answer["sentences"]:
            if gone.issuperset(sentence["citations"]):
                sentence["text"] = ""
        exchange.answer["answer"] = " ".join(
            sentence["text"] for sentence in exchange.answer["sentences"] if sentence["text"]
        )
        changed.append(exchange)
    Exchange.objects.bulk_update(changed, ["answer"], batch_size=200)
    return len(changed)
