"""Plotly figures from the rows of a report. Colours and fonts are the page's: `static/js/chart.js` gives them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from hub.adoption import words
from hub.adoption.charts import bars, heat, steps, trend
from hub.adoption.charts.parts import ROWS_SHOWN, Chart, drawn_rows
from hub.adoption.reading import Table
from hub.adoption.report import Shape

__all__ = ["ROWS_SHOWN", "chart_of", "size"]


class Noted(Protocol):
    monday: date


SEPARATORS = {"de": ",.", "en": ".,"}


def chart_of(table: Table, notes: Sequence[Noted] = ()) -> dict[str, Any]:
    """The figure as plain JSON data. Names are text: Plotly would read tags in them. `notes` are numbered."""
    chart = _module(table).draw(Chart(), table)
    if table.selection.by == "week" and table.report.shape is Shape.TREND:
        trend.mark(chart, notes)
    chart.update_layout(
        separators=SEPARATORS.get(words.locale(), ".,"),
        legend={"orientation": "h", "y": 1.12, "x": 0},
        margin={"l": 8, "r": 28, "t": 16, "b": 8},
        hoverlabel={"align": "left"},
        dragmode=False,
        meta={"rows": len(drawn_rows(table))},
    )
    return {"data": chart.data, "layout": chart.layout}


def _module(table: Table) -> Any:
    if table.report.shape is Shape.HEAT:
        return heat
    if table.report.shape is Shape.STEPS:
        return steps
    return trend if table.selection.by == "week" else bars


def size(table: Table) -> str:
    """How much room the chart takes, so that nothing jumps when it is drawn."""
    if table.report.shape is Shape.STEPS:
        return steps.size(table)
    if table.report.shape is Shape.HEAT:
        return heat.size(table)
    shown = len(drawn_rows(table))
    if table.selection.by == "week" or 3 < shown <= 6:
        return "small"
    return "tiny" if shown <= 3 else "medium" if shown <= 14 else "large"
