"""One's own views of reports, for programs."""

from typing import ClassVar
from uuid import UUID

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.adoption.menu import BY, WINDOWS, report_named, selected
from hub.adoption.models.saved import SavedView
from hub.adoption.saved.actions import LONGEST_NAME, save_view
from hub.adoption.scopes import scope_of
from hub.adoption.units import unit_of


class SavedViewSerializer(serializers.ModelSerializer):
    class Meta:
        model = SavedView
        fields: ClassVar = ["id", "name", "report", "by", "window", "of", "rhythm", "sent_for", "saved_at"]
        read_only_fields: ClassVar = fields


class SaveViewSerializer(serializers.Serializer):
    report = serializers.CharField(max_length=40)
    by = serializers.ChoiceField(choices=BY, required=False)
    window = serializers.ChoiceField(choices=WINDOWS, required=False)
    of = serializers.CharField(max_length=30, required=False, help_text="Such as site-3.")
    name = serializers.CharField(
        max_length=LONGEST_NAME,
        required=False,
        default="",
        allow_blank=True,
        help_text="Empty: made of the cut.",
    )
    rhythm = serializers.ChoiceField(
        choices=SavedView.Rhythm.values, required=False, default=SavedView.Rhythm.NEVER
    )


class SavedViews(APIView):
    @extend_schema(responses=SavedViewSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The views of reports that I keep, also once I read reports no more."""
        return Response(SavedViewSerializer(SavedView.objects.visible_to(request.user), many=True).data)

    @extend_schema(request=SaveViewSerializer, responses={201: SavedViewSerializer})
    def post(self, request: Request) -> Response:
        """Keep a cut of a report; the same cut again is the same view, with the new name and rhythm."""
        scope = scope_of(request.user)
        given = SaveViewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        report = report_named(told.pop("report"))
        name, rhythm = told.pop("name"), told.pop("rhythm")
        query = QueryDict(mutable=True)
        query.update({field: str(value) for field, value in told.items()})
        selection = selected(report, query, status=400)
        view = save_view(
            request.user, report, selection, name=name, rhythm=rhythm, unit=unit_of(scope, selection)
        )
        return Response(SavedViewSerializer(view).data, status=201)


class OneSavedView(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, view_id: UUID) -> Response:
        """Keep it no longer."""
        get_object_or_404(SavedView.objects.visible_to(request.user), pk=view_id).delete()
        return Response(status=204)
