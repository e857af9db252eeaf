"""The pages of the reports, their figures and their sheets."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hub.adoption import words
from hub.adoption.charts import ROWS_SHOWN, chart_of, size
from hub.adoption.looks import record_look, require_reader
from hub.adoption.menu import BY, OVERVIEW, WINDOWS, report_named, selected
from hub.adoption.reading import Row, Table, read
from hub.adoption.report import Report
from hub.adoption.reports import REPORTS
from hub.adoption.sheet import csv_of, separator
from hub.problems import refuse
from hub.refusals import Refusal

# Plotly keeps its rules in a style element that it leaves empty; this is the hash of nothing.
with_charts = csp_update({"style-src": ["'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"]})


@require_GET
@with_charts
def overview(request: HttpRequest) -> HttpResponse:
    require_reader(request.user)
    tables = [read(request.user, report, OVERVIEW) for report in REPORTS.values()]
    record_look(request.user, "overview", OVERVIEW, "page")
    shown = [presented(table) for table in tables]
    return render(request, "adoption/overview.html", {"reports": shown, "newest": newest_of(tables)})


@require_GET
@with_charts
def report(request: HttpRequest, name: str) -> HttpResponse:
    require_reader(request.user)
    try:
        table = _table(request, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    record_look(request.user, name, table.selection, "page")
    context = {
        "shown": presented(table),
        "by_choices": BY,
        "windows": WINDOWS,
        "newest": newest_of([table]),
        "others": [other for other in REPORTS.values() if other.name != name],
    }
    return render(request, "adoption/report.html", context)


@require_GET
def figure(request: HttpRequest, name: str) -> HttpResponse:
    require_reader(request.user)
    try:
        table = _table(request, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    record_look(request.user, name, table.selection, "figure")
    return JsonResponse(chart_of(table))


@require_GET
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    require_reader(request.user)
    try:
        table = _table(request, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    record_look(request.user, name, table.selection, "csv")
    response = HttpResponse(csv_of(table, separator()), content_type="text/csv; charset=utf-8")
    file_name = f"{name}-{table.selection.by}-{table.selection.window}.csv"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _table(request: HttpRequest, name: str) -> Table:
    known: Report = report_named(name)
    return read(request.user, known, selected(request.GET, status=404))


def newest_of(tables: list[Table]) -> Any:
    return max((table.mondays[0] for table in tables if table.mondays), default=None)


def presented(table: Table) -> dict[str, Any]:
    """What a page shows of one report."""
    return {
        "report": table.report,
        "selection": table.selection,
        "findings": words.findings(table),
        "rows": [_line(row, table) for row in table.shown],
        "hidden": _hidden(table),
        "several": len(table.entities) > 1,
        "chart": None if table.is_all_zero or not table.shown else chart_of(table),
        "size": size(table),
        "is_cut": table.selection.by != "week" and len(table.shown) > ROWS_SHOWN,
        "rows_shown": ROWS_SHOWN,
    }


def _line(row: Row, table: Table) -> dict[str, Any]:
    return {
        "name": words.name(row),
        "entity": row.entity,
        "people": words.number(row.people),
        "figure": words.figure(table.report.kind, row.low, row.high),
        "weeks": words.weeks_shown(row, len(table.mondays)),
    }


def _hidden(table: Table) -> list[dict[str, Any]]:
    """The hidden groups, gathered by the reason."""
    names: dict[str, list[str]] = {}
    for row in table.hidden:
        names.setdefault(row.reason, []).append(
            words.name(row) if row.monday is None else f"{row.entity}, {words.name(row)}"
        )
    return [{"reason": words.reason(code), "names": ", ".join(found)} for code, found in names.items()]
