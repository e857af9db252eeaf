"""Points of a guide or briefing that a model writes, put under the material's own headings."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from learning.notebooks.aids.drafts import ItemDraft
from learning.notebooks.aids.generating import Element, Request
from learning.notebooks.aids.statements import Heading, Statement
from learning.notebooks.aids.survey import Survey


def build(element: Element) -> ItemDraft:
    """A point that its passage bears out."""
    return ItemDraft("point", body=element.supported(element.text("point")), quotes=(element.quote,))


REQUEST = Request(
    'Each one is a key point that a reader has to remember: "point" in one sentence that can be read by itself.',
    ("point",),
    build,
)


def placed(survey: Survey, items: Sequence[ItemDraft]) -> list[Statement]:
    """The points as if they were statements, under the heading that their quote stands below."""
    parts: dict[int, list[Statement | Heading]] = defaultdict(list)
    for part in sorted([*survey.layout.statements, *survey.layout.headings], key=lambda one: one.place):
        parts[part.passage.id].append(part)
    return list(_placed(survey, items, parts))


def _placed(
    survey: Survey, items: Sequence[ItemDraft], parts: dict[int, list[Statement | Heading]]
) -> Iterator[Statement]:
    passages = {passage.id: passage for passage in survey.material.passages}
    for place, item in enumerate(items):
        quote, passage = item.quotes[0], passages[item.quotes[0].passage]
        start, end = quote.start - passage.start, quote.end - passage.start
        around = parts[passage.id]
        number = bisect_right([part.start for part in around], start) - 1
        path = around[max(number, 0)].path if around else ()
        yield Statement(passage, start, end, item.body, path, "point", passage.language, False, place)
