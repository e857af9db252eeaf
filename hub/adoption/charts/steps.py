"""The measures one under another: rungs of a ladder, steps of a funnel. By week it is the newest week's."""

from hub.adoption import words
from hub.adoption.charts.parts import Chart, hover, label, names_axis, scale, value, whiskers
from hub.adoption.reading import Row, Table

GROUPS_SHOWN = 10


def draw(chart: Chart, table: Table) -> Chart:
    """One bar a measure; groups stand beside one another, each in its colour, where there are up to five."""
    measures, groups = table.report.measures, _groups(table)
    if len(groups) > 1 and len(measures) < len(groups):
        return _by_group(chart, table, groups)
    places = list(reversed(range(len(measures))))
    for row in groups:
        chart.add_bar(
            name=label(row.entity if table.selection.by == "week" else words.name(row)),
            orientation="h",
            y=places,
            x=[value(figure) for figure in row.figures],
            error_x=whiskers(row.figures),
            customdata=[
                hover(row, measure, figure) for measure, figure in zip(measures, row.figures, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    return _laid_out(chart, table, [str(measure.heading) for measure in measures], places, len(groups) > 1)


def _by_group(chart: Chart, table: Table, groups: list[Row]) -> Chart:
    places = list(reversed(range(len(groups))))
    for number, measure in enumerate(table.report.measures):
        figures = [row.figures[number] for row in groups]
        chart.add_bar(
            name=label(str(measure.heading)),
            orientation="h",
            y=places,
            x=[value(figure) for figure in figures],
            error_x=whiskers(figures),
            customdata=[hover(row, measure, figure) for row, figure in zip(groups, figures, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    return _laid_out(chart, table, [words.name(row) for row in groups], places, True)


def _laid_out(chart: Chart, table: Table, names: list[str], places: list[int], has_legend: bool) -> Chart:
    chart.update_layout(
        showlegend=has_legend,
        bargap=0.35,
        barmode="group",
        yaxis=names_axis(names, places),
        xaxis={"side": "top", "automargin": True, **scale(table)},
    )
    return chart


def _groups(table: Table) -> list[Row]:
    if table.selection.by != "week":
        return table.shown[:GROUPS_SHOWN]
    newest: dict[str, Row] = {}
    for row in table.shown:
        newest.setdefault(row.entity, row)
    return list(newest.values())


def size(table: Table) -> str:
    bars = len(table.report.measures) * len(_groups(table))
    return "tiny" if bars <= 4 else "small" if bars <= 8 else "medium" if bars <= 24 else "large"
