"""Plotly figures from the rows of a report. Colours and fonts are the page's: `static/js/chart.js` gives them."""

import json
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hub.adoption import words
from hub.adoption.reading import Row, Table
from hub.disclosure.figures import Kind

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ROWS_SHOWN = 30
MOST_TICKS = 8
LABEL_LENGTH = 26
SEPARATORS = {"de": ",.", "en": ".,"}


def chart_of(table: Table) -> dict[str, Any]:
    """The figure as plain JSON data. Names are text: Plotly would read tags in them."""
    import plotly.graph_objects as go

    chart = _line(go.Figure(), table) if table.selection.by == "week" else _bars(go.Figure(), table)
    chart.update_layout({"yaxis" if table.selection.by == "week" else "xaxis": _scale(table)})
    chart.update_layout(
        separators=SEPARATORS.get(words.locale(), ".,"),
        showlegend=len(table.entities) > 1,
        legend={"orientation": "h", "y": 1.12, "x": 0},
        margin={"l": 8, "r": 28, "t": 16, "b": 8},
        hoverlabel={"align": "left"},
        dragmode=False,
        meta={"rows": len(bars(table))},
    )
    figure = json.loads(chart.to_json())
    figure["layout"].pop("template", None)
    return {"data": figure["data"], "layout": figure["layout"]}


def _scale(table: Table) -> dict[str, Any]:
    """From zero: shares up to all, counts in whole numbers."""
    if table.report.kind is Kind.SHARE:
        return {"range": [0, 100], "ticksuffix": words.percent_sign(), "fixedrange": True}
    most = max((float(row.high) for row in table.shown), default=0)
    axis = {"range": [0, max(4, most * 1.1)], "tickformat": ",d", "fixedrange": True}
    return {**axis, "tick0": 0, "dtick": _step(most)}


def _step(most: float) -> int:
    """From one whole number on an axis to the next: 1 for small counts, else 2, 5, 10, 20, 50 and so on."""
    steps = (part * 10**power for power in count() for part in (1, 2, 5))
    return next(step for step in steps if most <= step * MOST_TICKS)


def bars(table: Table) -> list[Row]:
    """The rows that a chart of sites or teams has room for, the highest first; the table has them all."""
    return table.shown[:ROWS_SHOWN]


def size(table: Table) -> str:
    """How much room the chart takes, so that nothing jumps when it is drawn."""
    shown = len(bars(table))
    if table.selection.by == "week" or 3 < shown <= 6:
        return "small"
    return "tiny" if shown <= 3 else "medium" if shown <= 14 else "large"


def _label(text: str) -> str:
    return escape(text if len(text) <= LABEL_LENGTH else f"{text[: LABEL_LENGTH - 1].rstrip()}…", quote=False)


def _hover(row: Row, table: Table) -> str:
    people = _("%(people)s people") % {"people": words.number(row.people)}
    figure = words.figure(table.report.kind, row.low, row.high)
    return f"<b>{figure}</b><br>{escape(words.name(row), quote=False)}<br>{people}"


def _whiskers(rows: list[Row]) -> dict[str, Any]:
    """“At most” and “at least” are drawn as whiskers of half their width."""
    widths = [float(row.high - row.low) / 2 or None for row in rows]
    return {"type": "data", "array": widths, "visible": any(widths)}


def _line(chart: "Figure", table: Table) -> "Figure":
    for entity in table.entities:
        rows = [row for row in reversed(table.shown) if row.entity == entity]
        data = {
            "name": _label(entity),
            "x": [words.week(row.monday) for row in rows],
            "y": [float(row.middle) for row in rows],
            "customdata": [_hover(row, table) for row in rows],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        if table.report.kind is Kind.SHARE:
            chart.add_scatter(**data, error_y=_whiskers(rows), mode="lines+markers")
        else:  # what happened in a week and is over, week by week
            chart.add_bar(**data, width=0.4)
    weeks = [words.week(monday) for monday in reversed(table.mondays)]
    chart.update_layout(
        xaxis={
            "type": "category", "categoryorder": "array", "categoryarray": weeks, "fixedrange": True,
            "nticks": 5, "automargin": True, "range": [-0.4, len(weeks) - 0.6],
        },
        yaxis={"automargin": True},
    )  # fmt: skip
    return chart


def _bars(chart: "Figure", table: Table) -> "Figure":
    shown = bars(table)
    places = {id(row): number for number, row in enumerate(reversed(shown))}
    for entity in table.entities:
        rows = [row for row in shown if row.entity == entity]
        chart.add_bar(
            name=_label(entity),
            orientation="h",
            y=[places[id(row)] for row in rows],
            x=[float(row.middle) for row in rows],
            error_x=_whiskers(rows),
            customdata=[_hover(row, table) for row in rows],
            hovertemplate="%{customdata}<extra></extra>",
        )
    chart.update_layout(
        bargap=0.45,
        barmode="overlay",
        yaxis={
            "tickmode": "array", "tickvals": list(places.values()), "fixedrange": True, "automargin": True,
            "ticktext": [_label(words.name(row)) for row in reversed(shown)], "range": [-0.6, len(shown) - 0.4],
        },
        xaxis={"side": "top", "automargin": True},
    )  # fmt: skip
    return chart
