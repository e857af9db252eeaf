"""Notes on weeks, for programs."""

from typing import ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.adoption.annotating import actions
from hub.adoption.models.saved import Annotation
from hub.adoption.scopes import scope_of


class WeekNoteSerializer(serializers.ModelSerializer):
    entity_name = serializers.CharField(source="entity.name", read_only=True)
    text = serializers.CharField(max_length=actions.LONGEST)

    class Meta:
        model = Annotation
        fields: ClassVar = ["id", "entity", "entity_name", "monday", "text", "written_at"]
        read_only_fields: ClassVar = ["id", "written_at"]


class WeekNotes(ListAPIView):
    serializer_class = WeekNoteSerializer

    def get_queryset(self) -> QuerySet[Annotation]:
        scope_of(self.request.user)
        return Annotation.objects.visible_to(self.request.user).select_related("entity")

    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """The notes on weeks of my legal entities, the newest week first."""
        return super().get(request, *args, **kwargs)

    @extend_schema(request=WeekNoteSerializer, responses={201: WeekNoteSerializer})
    def post(self, request: Request) -> Response:
        """Write a note on a published week of a legal entity whose HR I am."""
        if not actions.writable_entities(request.user):
            raise PermissionDenied
        given = WeekNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = given.validated_data
        note = actions.annotate(
            request.user, entity_id=told["entity"].pk, monday=told["monday"], text=told["text"]
        )
        return Response(WeekNoteSerializer(note).data, status=201)


class OneWeekNote(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, week_note_id: UUID) -> Response:
        """Take a note away."""
        scope_of(request.user)
        note = get_object_or_404(Annotation.objects.visible_to(request.user), pk=week_note_id)
        actions.remove(request.user, note)
        return Response(status=204)
