"""What the kinds of chart have in common: rows with room, names, axes, whiskers, hover texts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.reading import Row, Table, middle
from hub.adoption.report import Measure
from hub.disclosure.figures import Figure, Kind

ROWS_SHOWN = 30
MOST_TICKS = 8
LABEL_LENGTH = 26


@dataclass
class Chart:
    """Traces and layout of a Plotly figure as plain data: Plotly's own objects cost more than the rest of a page.

    The tests build Plotly's objects from it, which refuse what Plotly does not know.
    """

    data: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    def add_bar(self, **trace: Any) -> None:
        self.data.append({"type": "bar", **trace})

    def add_scatter(self, **trace: Any) -> None:
        self.data.append({"type": "scatter", **trace})

    def add_shape(self, **shape: Any) -> None:
        self.layout.setdefault("shapes", []).append(shape)

    def add_annotation(self, **annotation: Any) -> None:
        self.layout.setdefault("annotations", []).append(annotation)

    def update_layout(self, **layout: Any) -> None:
        self.layout.update(layout)


def drawn_rows(table: Table) -> list[Row]:
    """The rows that a chart of groups has room for, the highest first; the table has them all."""
    return [row for row in table.shown if row.main][:ROWS_SHOWN]


def label(text: str) -> str:
    return escape(text if len(text) <= LABEL_LENGTH else f"{text[: LABEL_LENGTH - 1].rstrip()}…", quote=False)


def hover(row: Row, measure: Measure, figure: Figure | None) -> str:
    """Plain text with line breaks: for bold type Plotly would write a style, which the pages forbid."""
    people = _("%(people)s people") % {"people": words.number(row.people)}
    heading = escape(str(measure.heading), quote=False)
    shown = words.figure(measure.kind, figure)
    return f"{shown} {heading}<br>{escape(words.name(row), quote=False)}<br>{people}"


def value(figure: Figure | None) -> float | None:
    found = middle(figure)
    return None if found is None else float(found)


def whiskers(figures: Iterable[Figure | None]) -> dict[str, Any]:
    """“At most” and “at least” are drawn as whiskers of half their width."""
    widths = [float(each.high - each.low) / 2 or None if each else None for each in figures]
    return {"type": "data", "array": widths, "visible": any(widths)}


def scale(table: Table) -> dict[str, Any]:
    """From zero: shares up to all, counts in whole numbers."""
    if table.report.is_share:
        return {"range": [0, 100], "ticksuffix": words.percent_sign(), "fixedrange": True}
    most = max((float(row.high) for row in table.shown if row.main), default=0)
    axis = {"range": [0, max(4, most * 1.1)], "tickformat": ",d", "fixedrange": True}
    return {**axis, "tick0": 0, "dtick": _step(most)}


def _step(most: float) -> int:
    """From one whole number on an axis to the next: 1 for small counts, else 2, 5, 10, 20, 50 and so on."""
    steps = (part * 10**power for power in count() for part in (1, 2, 5))
    return next(step for step in steps if most <= step * MOST_TICKS)


def names_axis(names: list[str], places: list[int]) -> dict[str, Any]:
    """An axis of names from the top down; `places` belong to the names in their order."""
    return {
        "tickmode": "array", "tickvals": places, "ticktext": [label(name) for name in names], "fixedrange": True,
        "automargin": True, "range": [-0.6, len(names) - 0.4],
    }  # fmt: skip


def kind_is_share(measure: Measure) -> bool:
    return measure.kind is Kind.SHARE
