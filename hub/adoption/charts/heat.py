"""Months of the first time down, weeks across: the darker, the larger the share.

Bars of equal height, one on another: the small bundle of Plotly has no heat map.
"""

from typing import TYPE_CHECKING

from hub.adoption import words
from hub.adoption.charts.parts import hover, names_axis, value
from hub.adoption.reading import Row, Table

MISSING = -1.0  # no figure: the lightest shade and no text; Plotly takes no gap here

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def draw(chart: "Figure", table: Table) -> "Figure":
    lines = _lines(table)
    weeks = [words.week(monday) for monday in reversed(table.mondays)]
    for name, rows in reversed(lines):
        found = {words.week(row.monday): row for row in rows}
        cells = [found.get(week) for week in weeks]
        chart.add_bar(
            name=name,
            x=weeks,
            y=[1] * len(weeks),
            text=[words.figure(table.report.main.kind, cell.main) if cell else "" for cell in cells],
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            customdata=[
                f"{hover(cell, table.report.main, cell.main)}<br>{words.week(cell.monday)}" if cell else ""
                for cell in cells
            ],
            hovertemplate="%{customdata}<extra></extra>",
            marker={
                "color": [value(cell.main) if cell else MISSING for cell in cells],
                "cmin": 0,
                "cmax": 100,
            },
            meta={"heat": True},
        )
    chart.update_layout(
        showlegend=False,
        barmode="stack",
        bargap=0.04,
        xaxis={"type": "category", "categoryorder": "array", "categoryarray": weeks, "fixedrange": True,
               "automargin": True, "nticks": 6},
        yaxis=names_axis([name for name, _rows in reversed(lines)], [number + 0.5 for number in range(len(lines))])
        | {"range": [0, max(1, len(lines))]},
    )  # fmt: skip
    return chart


def _lines(table: Table) -> list[tuple[str, list[Row]]]:
    """One line a month and legal entity, in the table's order."""
    lines: dict[tuple[str, str, str], list[Row]] = {}
    for row in table.shown:
        lines.setdefault((row.entity, row.part, row.unit), []).append(row)
    several = len(table.entities) > 1
    return [
        (f"{words.name(rows[0])} · {entity}" if several else words.name(rows[0]), rows)
        for (entity, _part, _unit), rows in lines.items()
    ]


def size(table: Table) -> str:
    lines = len(_lines(table))
    return "tiny" if lines <= 3 else "small" if lines <= 8 else "medium"
