"""Keeps items on their passages: when a new version says the same, their quotes move along.

What does not stand in it word for word stays where it was, and its item says that it holds no longer.
"""

from learning.notebooks import versions
from learning.notebooks.models import ItemQuote, Passage, Source, taught_condition


def follow(source: Source) -> int:
    """Move quotes of the source's other versions to the one that answers now; returns how many moved."""
    line = list(versions.versions_of(source).values_list("pk", flat=True))
    taught = Passage.objects.filter(taught_condition("source__"), source__in=line)
    stray = ItemQuote.objects.filter(source__in=line).exclude(passage__in=taught)
    if not stray.exists():
        return 0
    passages, moved = list(taught.only("pk", "source", "start", "text")), []
    for quote in stray.iterator():
        place = _find(quote.text, passages)
        if place is not None:
            passage, at = place
            quote.passage, quote.source_id = passage, passage.source_id
            quote.start = passage.start + at
            quote.end = quote.start + len(quote.text)
            moved.append(quote)
    ItemQuote.objects.bulk_update(moved, ["passage", "source", "start", "end"], batch_size=200)
    return len(moved)


def _find(text: str, passages: list[Passage]) -> tuple[Passage, int] | None:
    for passage in passages:
        at = passage.text.find(text)
        if at >= 0:
            return passage, at
    return None
