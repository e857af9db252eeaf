"""Months of the first time down, weeks across: the darker, the larger the share.

Bars of equal height, one on another: the small bundle of Plotly has no heat map.
"""

from hub.adoption import words
from hub.adoption.charts.parts import Chart, hover, names_axis, value
from hub.adoption.reading import Row, Table

MISSING = -1.0  # no figure: the lightest shade and no text; Plotly takes no gap here


def draw(chart: Chart, table: Table) -> Chart:
    lines = _lines(table)
    mondays = list(reversed(table.mondays))
    weeks = [words.week(monday) for monday in mondays]
    for name, rows in reversed(lines):
        found = {row.monday: row for row in rows}
        cells = [found.get(monday) for monday in mondays]
        chart.add_bar(
            name=name,
            x=weeks,
            y=[1] * len(weeks),
            text=[words.figure(table.report.main.kind, cell.main) if cell else "" for cell in cells],
            textposition="inside",
            textangle=0,
            insidetextanchor="middle",
            customdata=[
                f"{hover(cell, table.report.main, cell.main)}<br>{week}" if cell else ""
                for week, cell in zip(weeks, cells, strict=True)
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
    return "tiny" if lines <= 3 else "small" if lines <= 8 else "medium" if lines <= 14 else "large"
