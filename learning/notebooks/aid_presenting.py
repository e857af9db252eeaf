"""An aid as a page or a program shows it now: items with their quotes, and what holds no longer left blank."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.notebooks.models import AidItem, ItemQuote, Passage, StudyAid, taught_condition
from learning.notebooks.outline import Place, orphans

FAILURES = {
    "cancelled": _("It was stopped. It can be made at any time."),
    "no_passages": _("Nothing in the chosen sources answers today."),
    "nothing_found": _("The chosen sources hold too little for this. Add more, or choose another study aid."),
}
GAVE_UP = _(
    "Making it was interrupted several times. Try again; if it fails once more, tell an administrator."
)


@dataclass(frozen=True)
class ShownQuote:
    """`text` is the source's own wording; `url` opens it there."""

    n: int
    passage: int
    source: UUID
    title: str
    text: str
    start: int
    end: int
    page: int | None
    lang: str
    url: str


@dataclass(frozen=True)
class ShownItem:
    """`standing` is "", "stale" if some of its passages hold no more, or "withdrawn" if none does.

    A withdrawn item keeps its place and shows no word of what it said.
    """

    id: UUID
    kind: str
    heading: str
    body: str
    depth: int
    data: dict[str, Any]
    revision: int
    lang: str
    standing: str
    quotes: Sequence[ShownQuote]
    edited_by: str
    is_left_out: bool

    @property
    def is_withdrawn(self) -> bool:
        return self.standing == "withdrawn"


def failure_of(aid: StudyAid) -> str:
    """Why it could not be made, in the language active now; empty if it could."""
    return str(FAILURES.get(aid.error_code, GAVE_UP)) if aid.error_code else ""


def present(aid: StudyAid, items: QuerySet[AidItem] | None = None) -> list[ShownItem]:
    """Its items in order; three queries, however many there are."""
    items = aid.items.shown() if items is None else items
    rows = list(items.select_related("edited_by"))
    quotes = quotes_of(rows, aid.notebook_id)
    shown = [_shown(item, *quotes.get(item.pk, ((), False))) for item in rows]
    gone = orphans(
        [Place(item.kind, item.depth, item.is_cited, bool(quotes.get(item.pk, ((),))[0])) for item in rows]
    )
    return [_blank(item) if number in gone else item for number, item in enumerate(shown)]


def _blank(item: ShownItem) -> ShownItem:
    return replace(item, heading="", body="", data={}, standing="withdrawn")


def quotes_of(
    items: Collection[AidItem], notebook_id: object
) -> dict[UUID, tuple[tuple[ShownQuote, ...], bool]]:
    """By item its quotes that stand today, numbered through, and whether some of them do not."""
    rows = ItemQuote.objects.filter(item__in=[item.pk for item in items]).select_related("source")
    rows = list(rows.defer("source__text", "source__pages", "source__headings"))
    taught = Passage.objects.filter(taught_condition("source__"), pk__in={row.passage_id for row in rows})
    places = {pk: (page, lang) for pk, page, lang in taught.values_list("pk", "page", "language")}
    found: dict[UUID, tuple[tuple[ShownQuote, ...], bool]] = {}
    order = {item.pk: place for place, item in enumerate(items)}
    number = 0
    for row in sorted(rows, key=lambda row: (order[row.item_id], row.pk)):
        shown, is_stale = found.get(row.item_id, ((), False))
        if row.passage_id in places:
            number += 1
            shown = (*shown, _quote(row, number, *places[row.passage_id], notebook_id))
        else:
            is_stale = True
        found[row.item_id] = (shown, is_stale)
    return found


def _quote(row: ItemQuote, n: int, page: int | None, lang: str, notebook_id: object) -> ShownQuote:
    source = reverse("notebooks:source", args=[notebook_id, row.source_id])
    return ShownQuote(
        n=n,
        passage=row.passage_id,
        source=row.source_id,
        title=row.source.title,
        text=row.text,
        start=row.start,
        end=row.end,
        page=page,
        lang=lang,
        url=f"{source}?{urlencode({'start': row.start, 'end': row.end})}#quote",
    )


def _shown(item: AidItem, quotes: Sequence[ShownQuote], is_stale: bool) -> ShownItem:
    is_withdrawn = item.is_cited and not quotes
    standing = "withdrawn" if is_withdrawn else "stale" if is_stale else ""
    return ShownItem(
        id=item.pk,
        kind=item.kind,
        heading="" if is_withdrawn else item.heading,
        body="" if is_withdrawn else item.body,
        depth=item.depth,
        data={} if is_withdrawn else item.data,
        revision=item.revision,
        lang=item.data.get("lang") or (quotes[0].lang if quotes else ""),
        standing=standing,
        quotes=quotes,
        edited_by=item.edited_by.get_full_name() if item.edited_by else "",
        is_left_out=item.left_out_at is not None,
    )


def stale_counts(aids: Collection[StudyAid]) -> dict[UUID, int]:
    """By aid how many of its shown items stand on passages that hold no more; aids without any are missing."""
    shown = AidItem.objects.shown().filter(aid__in=[aid.pk for aid in aids])
    holding = AidItem.objects.holding().filter(aid__in=[aid.pk for aid in aids])
    stale = shown.exclude(pk__in=holding.values("pk")).values_list("aid").annotate(n=Count("pk"))
    return dict(stale.order_by())
