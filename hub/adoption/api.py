"""The reports for programs: the same released figures as the pages."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.adoption.asking.answering import answer
from hub.adoption.menu import BY, FORMATS, WINDOWS, report_named, selected
from hub.adoption.reading import read
from hub.adoption.reports import REPORTS
from hub.adoption.scopes import record_look, scope_of
from hub.adoption.serializers import (
    FigureAnswerSerializer,
    FigureQuestionSerializer,
    MenuEntrySerializer,
    ReportSerializer,
    menu_entry,
)
from hub.adoption.sheet import csv_of


class CsvRenderer(BaseRenderer):
    """Text as it is. A refusal is a problem in JSON, whatever was asked for."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: Any, media_type: str | None = None, context: Mapping | None = None) -> bytes:
        return (data if isinstance(data, str) else json.dumps(data, default=str)).encode()


class ByMenu(DefaultContentNegotiation):
    """An unknown `format` gets JSON here, and its sentence from the menu."""

    def filter_renderers(self, renderers: list[BaseRenderer], format: str) -> list[BaseRenderer]:
        return [renderer for renderer in renderers if renderer.format == format] or renderers


class Reports(APIView):
    """The reports there are, and how each may be cut."""

    @extend_schema(responses=MenuEntrySerializer(many=True))
    def get(self, request: Request) -> Response:
        scope_of(request.user)
        entries = [menu_entry(report) for report in REPORTS.values()]
        return Response(MenuEntrySerializer(entries, many=True).data)


class AskReports(APIView):
    """A question in German or English, answered with an entry of the menu and what it says."""

    @extend_schema(request=FigureQuestionSerializer, responses=FigureAnswerSerializer)
    def post(self, request: Request) -> Response:
        scope = scope_of(request.user)
        given = FigureQuestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        found = answer(scope, given.validated_data["question"])
        if found.table:
            record_look(request.user, found.table.report.name, found.table.selection, "answer")
        return Response(FigureAnswerSerializer(found).data)


class ReportFigures(APIView):
    """One report: released figures and hidden groups of my legal entities, as JSON or CSV."""

    renderer_classes = (JSONRenderer, CsvRenderer)
    content_negotiation_class = ByMenu

    @extend_schema(
        responses={(200, "application/json"): ReportSerializer, (200, "text/csv"): str},
        parameters=[
            OpenApiParameter("by", enum=BY),
            OpenApiParameter("window", int, enum=WINDOWS),
            OpenApiParameter("of", description="One site, team or job family, such as site-3."),
            OpenApiParameter("format", enum=FORMATS),
        ],
    )
    def get(self, request: HttpRequest, name: str) -> Response:
        scope = scope_of(request.user)
        report = report_named(name)
        selection = selected(report, request.GET, status=400, others=("format",))
        if request.GET.get("format", FORMATS[0]) not in FORMATS:
            selected(report, request.GET, status=400)
        table = read(scope, report, selection)
        is_csv = request.accepted_renderer.format == "csv"
        record_look(request.user, name, selection, "csv" if is_csv else "api")
        return Response(csv_of(table) if is_csv else ReportSerializer(table).data)
