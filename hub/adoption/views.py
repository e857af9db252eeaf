"""The pages of the reports, their figures and their sheets."""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hub.adoption import words
from hub.adoption.annotating.actions import notes_of, writable_entities
from hub.adoption.charts import chart_of
from hub.adoption.menu import WINDOWS, Selection, report_named, selected
from hub.adoption.models.saved import SavedView
from hub.adoption.noticing import suggestions
from hub.adoption.presenting import Presented
from hub.adoption.printing import pdf_of
from hub.adoption.pulse_reading import chart_of as pulse_chart_of
from hub.adoption.pulse_reading import findings, published
from hub.adoption.reading import Scope, Table, read, read_all
from hub.adoption.reports import REPORTS
from hub.adoption.saved.actions import selection_of
from hub.adoption.scopes import own_scope, record_look, scope_of
from hub.adoption.sheet import csv_of, separator
from hub.adoption.units import unit_of, units_for
from hub.adoption.uplift import uplifts
from hub.people import access
from hub.problems import refuse
from hub.refusals import Refusal

# Plotly keeps its rules in a style element that it leaves empty; this is the hash of nothing.
with_charts = csp_update({"style-src": ["'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"]})
KEY_REPORTS = ("attendance", "active", "habit", "bets")  # what a director looks for first


@require_GET
@with_charts
def overview(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user)
    shown = [Presented(table) for table in read_all(scope, list(REPORTS.values()))]
    record_look(request.user, "overview", Selection(), "page")
    newest = max((report.newest for report in shown if report.newest), default=None)
    context = {
        "reports": shown,
        "keys": [report for report in shown if report.report.name in KEY_REPORTS],
        "newest": newest,
        "suggestions": suggestions(scope) if access.is_hr(request.user) else [],
        "pulse": findings(published(scope)),
        "saved": [(view, selection_of(view)) for view in SavedView.objects.visible_to(request.user)],
    }
    return render(request, "adoption/overview.html", context)


@require_GET
@with_charts
def report(request: HttpRequest, name: str) -> HttpResponse:
    scope = scope_of(request.user)
    try:
        shown = _presented(request, scope, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    record_look(request.user, name, shown.selection, "page")
    context = _context(shown, scope) | {
        "rhythms": SavedView.Rhythm.choices,
        "writable": writable_entities(request.user) if shown.notes is not None else [],
    }
    return render(request, "adoption/report.html", context)


@require_GET
def figure(request: HttpRequest, name: str) -> HttpResponse:
    scope = scope_of(request.user)
    try:
        table = _table(request, scope, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    record_look(request.user, name, table.selection, "figure")
    return JsonResponse(chart_of(table))


@require_GET
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    scope = scope_of(request.user)
    try:
        table = _table(request, scope, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    record_look(request.user, name, table.selection, "csv")
    return _download(csv_of(table, separator()), table, "text/csv; charset=utf-8", "csv")


@require_GET
def printed(request: HttpRequest, name: str) -> HttpResponse:
    scope = scope_of(request.user)
    try:
        shown = _presented(request, scope, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    record_look(request.user, name, shown.selection, "pdf")
    return _download(pdf_of(shown), shown.table, "application/pdf", "pdf")


def _download(content: str | bytes, table: Table, content_type: str, ending: str) -> HttpResponse:
    selection = table.selection
    parts = [table.report.name, selection.by, str(selection.window), selection.of]
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{"-".join(filter(None, parts))}.{ending}"'
    return response


def _table(request: HttpRequest, scope: Scope, name: str) -> Table:
    known = report_named(name)
    return read(scope, known, selected(known, request.GET, status=404))


def _presented(request: HttpRequest, scope: Scope, name: str) -> Presented:
    table = _table(request, scope, name)
    notes = notes_of(scope, table.mondays) if table.selection.by == "week" else None
    return Presented(table, unit_of(scope, table.selection), notes)


def _context(shown: Presented, scope: Scope) -> dict[str, Any]:
    return {
        "shown": shown,
        "cuts": [(cut, words.BY[cut]) for cut in shown.report.cuts],
        "windows": WINDOWS,
        "units": units_for(scope),
        "uplifts": uplifts() if shown.report.name == "tips" else [],
        "others": [other for other in REPORTS.values() if other is not shown.report],
    }


@require_GET
@with_charts
def pulse(request: HttpRequest) -> HttpResponse:
    """The published pulses of the reader's companies."""
    scope = scope_of(request.user)
    record_look(request.user, "pulse", Selection(), "page")
    return _pulse_page(request, scope)


@require_GET
@with_charts
def pulse_for_everybody(request: HttpRequest) -> HttpResponse:
    return _pulse_page(request, own_scope(request.user))


def _pulse_page(request: HttpRequest, scope: Scope) -> HttpResponse:
    rows = published(scope)
    context = {
        "rows": rows,
        "findings": findings(rows),
        "chart": pulse_chart_of(rows),
        "several": len({row.entity for row in rows}) > 1,
    }
    return render(request, "adoption/pulse_report.html", context)


@require_GET
@with_charts
def for_everybody(request: HttpRequest) -> HttpResponse:
    """What HR of one's own company sees, with the same figures, for everybody who works there."""
    scope = own_scope(request.user)
    shown = [Presented(table) for table in read_all(scope, list(REPORTS.values()))] if scope else []
    newest = max((report.newest for report in shown if report.newest), default=None)
    return render(request, "adoption/for_everybody.html", {"reports": shown, "newest": newest})


@require_GET
@with_charts
def report_for_everybody(request: HttpRequest, name: str) -> HttpResponse:
    """The same page without forms and files; looking at what everybody sees is not recorded."""
    scope = own_scope(request.user)
    try:
        shown = _presented(request, scope, name)
    except Refusal as refusal:
        return refuse(request, refusal)
    context = _context(shown, scope) | {"is_for_everybody": True}
    return render(request, "adoption/report.html", context)
