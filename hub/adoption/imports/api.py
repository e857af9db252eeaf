"""Imports for programs: the same as the page."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.adoption.imports import SOURCES, receiving, taking
from hub.adoption.imports.views import require_reader
from hub.adoption.models import StatementKey, UsageImport
from hub.people.models import LegalEntity


class UsageImportSerializer(serializers.ModelSerializer):
    entities = serializers.SlugRelatedField("name", many=True, read_only=True)

    class Meta:
        model = UsageImport
        fields = (
            "id", "source", "layout", "state", "reported_on", "uploaded_at", "confirmed_at", "counted_at", "entities",
            "rows", "matched", "unknown",
        )  # fmt: skip


class UsageReportSerializer(serializers.Serializer):
    source = serializers.ChoiceField(choices=list(SOURCES), default="copilot")
    file = serializers.FileField()


class KeySerializer(serializers.ModelSerializer):
    entity = serializers.SlugRelatedField("name", queryset=LegalEntity.objects.all())

    class Meta:
        model = StatementKey
        fields = ("id", "name", "entity", "made_at", "revoked_at", "received", "unknown")
        read_only_fields = ("id", "made_at", "revoked_at", "received", "unknown")


class MadeKeySerializer(KeySerializer):
    secret = serializers.CharField(read_only=True, help_text="Told this once.")

    class Meta(KeySerializer.Meta):
        fields = (*KeySerializer.Meta.fields, "secret")


class UsageImports(ListAPIView):
    """Reports of usage that were taken over for my companies."""

    parser_classes = (MultiPartParser,)
    serializer_class = UsageImportSerializer
    queryset = UsageImport.objects.none()

    def get_queryset(self) -> object:
        require_reader(self.request.user)
        return UsageImport.objects.visible_to(self.request.user).prefetch_related("entities")

    @extend_schema(request=UsageReportSerializer, responses={201: UsageImportSerializer})
    def post(self, request: Request) -> Response:
        """Read a report (multipart `file`) and see what would be taken of it; nothing counts yet."""
        if not taking.may_import(request.user):
            raise PermissionDenied
        form = UsageReportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        source = SOURCES[form.validated_data["source"]]
        made = taking.preview(source=source, file=form.validated_data["file"], by=request.user)
        return Response(UsageImportSerializer(made).data, status=201)


class ConfirmUsageImport(APIView):
    @extend_schema(request=None, responses=UsageImportSerializer)
    def post(self, request: Request, import_id: UUID) -> Response:
        """Take the report over; it counts when this week is closed."""
        require_reader(request.user)
        found = get_object_or_404(UsageImport.objects.visible_to(request.user), pk=import_id)
        return Response(UsageImportSerializer(taking.confirm(usage_import=found, by=request.user)).data)


class WithdrawUsageImport(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, import_id: UUID) -> Response:
        """Take the report back, with all it holds of people; 409 once a closed week counts it."""
        require_reader(request.user)
        found = get_object_or_404(UsageImport.objects.visible_to(request.user), pk=import_id)
        taking.withdraw(usage_import=found, by=request.user)
        return Response(status=204)


class StatementKeys(ListAPIView):
    """Keys with which learning platforms report courses of my companies' people."""

    serializer_class = KeySerializer
    queryset = StatementKey.objects.none()

    def get_queryset(self) -> object:
        require_reader(self.request.user)
        return StatementKey.objects.visible_to(self.request.user).select_related("entity")

    @extend_schema(request=KeySerializer, responses={201: MadeKeySerializer})
    def post(self, request: Request) -> Response:
        """Make a key for one of my companies; its secret is told this once."""
        if not taking.may_import(request.user):
            raise PermissionDenied
        form = KeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        key, secret = receiving.make_key(**form.validated_data, by=request.user)
        return Response({**KeySerializer(key).data, "secret": secret}, status=201)


class OneStatementKey(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, key_id: UUID) -> Response:
        """Revoke a key, at once."""
        require_reader(request.user)
        key = get_object_or_404(StatementKey.objects.visible_to(request.user), pk=key_id)
        receiving.revoke_key(key=key, by=request.user)
        return Response(status=204)
