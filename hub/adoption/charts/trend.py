"""By week: a line where a share is followed, bars where each week's count is over with it."""

from collections.abc import Sequence
from typing import Any

from hub.adoption import words
from hub.adoption.charts.parts import Chart, hover, kind_is_share, label, scale, value, whiskers
from hub.adoption.reading import Row, Table
from hub.adoption.report import Measure


def draw(chart: Chart, table: Table) -> Chart:
    """One line a legal entity; where there is one alone, one a measure."""
    report = table.report
    if len(table.entities) > 1:
        lines = [(entity, report.main, report.lead, entity) for entity in table.entities]
    else:
        measures = report.measures if report.is_share else (report.main,)
        lines = [
            (str(measure.heading), measure, report.measures.index(measure), entity)
            for measure in measures
            for entity in table.entities
        ]
    for name, measure, place, entity in lines:
        rows = [row for row in reversed(table.shown) if row.entity == entity and row.figures[place]]
        _line(chart, name, measure, place, rows)
    weeks = [words.week(monday) for monday in reversed(table.mondays)]
    chart.update_layout(
        showlegend=len(lines) > 1,
        xaxis={
            "type": "category", "categoryorder": "array", "categoryarray": weeks, "fixedrange": True,
            "nticks": 5, "automargin": True, "range": [-0.4, len(weeks) - 0.6],
        },
        yaxis={"automargin": True, **scale(table)},
    )  # fmt: skip
    return chart


def mark(chart: Chart, notes: Sequence[Any]) -> None:
    """A dotted line over the week of each note, with its number; several of one week share a line."""
    numbers: dict[str, list[int]] = {}
    for number, note in enumerate(notes, start=1):
        numbers.setdefault(words.week(note.monday), []).append(number)
    for week, found in numbers.items():
        chart.add_shape(
            type="line", x0=week, x1=week, y0=0, y1=1, yref="paper", line={"dash": "dot", "width": 1}
        )
        chart.add_annotation(
            x=week, y=1, yref="paper", yanchor="bottom", text=", ".join(map(str, found)), showarrow=False
        )


def _line(chart: Chart, name: str, measure: Measure, place: int, rows: list[Row]) -> None:
    figures = [row.figures[place] for row in rows]
    data = {
        "name": label(name),
        "x": [words.week(row.monday) for row in rows],
        "y": [value(figure) for figure in figures],
        "customdata": [hover(row, measure, figure) for row, figure in zip(rows, figures, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    if kind_is_share(measure):
        chart.add_scatter(**data, error_y=whiskers(figures), mode="lines+markers")
    else:
        chart.add_bar(**data, width=0.4)
