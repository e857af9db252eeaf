"""By site, team or job family: one bar a group, the highest first."""

from hub.adoption import words
from hub.adoption.charts.parts import Chart, drawn_rows, hover, label, names_axis, scale, value, whiskers
from hub.adoption.reading import Table


def draw(chart: Chart, table: Table) -> Chart:
    shown = drawn_rows(table)
    places = {id(row): number for number, row in enumerate(reversed(shown))}
    for entity in table.entities:
        rows = [row for row in shown if row.entity == entity]
        chart.add_bar(
            name=label(entity),
            orientation="h",
            y=[places[id(row)] for row in rows],
            x=[value(row.main) for row in rows],
            error_x=whiskers(row.main for row in rows),
            customdata=[hover(row, table.report.main, row.main) for row in rows],
            hovertemplate="%{customdata}<extra></extra>",
        )
    names = [words.name(row) for row in reversed(shown)]
    chart.update_layout(
        showlegend=len(table.entities) > 1,
        bargap=0.45,
        barmode="overlay",
        yaxis=names_axis(names, list(places.values())),
        xaxis={"side": "top", "automargin": True, **scale(table)},
    )
    return chart
