"""Processes and their steps."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from challenges.processes import actions, list_actions
from challenges.processes.models import Process
from challenges.processes.pool_choice import choose_pools
from challenges.processes.serializers import (
    ImportSerializer,
    PoolsSerializer,
    ProcessSerializer,
    ProcessWithStepsSerializer,
    TemplateSerializer,
    WriteListSerializer,
)


class EditsProcess(BasePermission):
    """Who may see a process reads it; its owner changes it."""

    def has_object_permission(self, request: Request, view: viewsets.ViewSet, process: Process) -> bool:
        return request.method in SAFE_METHODS or process.can_be_edited_by(request.user)


class Processes(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet,
):
    """Processes that I may see."""

    permission_classes = (IsAuthenticated, EditsProcess)
    queryset = Process.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def get_queryset(self) -> QuerySet[Process]:
        visible = (
            Process.objects.visible_to(self.request.user).with_counts().select_related("owner", "deputy")
        )
        if self.action == "list":
            return visible.without_file().order_by("title", "pk")
        return visible.defer("bpmn").prefetch_related("steps")

    def get_serializer_class(self) -> type[BaseSerializer]:
        return ProcessSerializer if self.action == "list" else ProcessWithStepsSerializer

    def perform_update(self, serializer: ProcessWithStepsSerializer) -> None:
        actions.change_process(process=serializer.form.save(commit=False))

    def perform_destroy(self, process: Process) -> None:
        actions.delete_process(process=process)

    @extend_schema(
        request=WriteListSerializer,
        responses={200: ProcessWithStepsSerializer, 201: ProcessWithStepsSerializer},
    )
    @action(detail=False, methods=["post"], url_path="from-list")
    def from_list(self, request: Request) -> Response:
        """Write a list of steps; it is drawn from this. 200 if I already have it."""
        data = WriteListSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        told = {name: value for name, value in data.validated_data.items() if name != "steps"}
        process, is_new = list_actions.write_list(user=request.user, lines=data.lines(), **told)
        return self._answer(process, is_new)

    def _answer(self, process: Process, is_new: bool) -> Response:
        data = self.get_serializer(self.get_queryset().get(pk=process.pk)).data
        return Response(data, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    @extend_schema(
        request=ImportSerializer,
        responses={200: ProcessWithStepsSerializer, 201: ProcessWithStepsSerializer},
    )
    @action(detail=False, methods=["post"], url_path="import", parser_classes=[MultiPartParser])
    def import_file(self, request: Request) -> Response:
        """Import a drawing in BPMN 2.0 or a table of steps (multipart `file`). The same bytes are kept once."""
        data = ImportSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        process, is_new = actions.import_file(user=request.user, **data.validated_data)
        return self._answer(process, is_new)

    @extend_schema(
        request=TemplateSerializer,
        responses={200: ProcessWithStepsSerializer, 201: ProcessWithStepsSerializer},
    )
    @action(detail=False, methods=["post"], url_path="from-template")
    def from_template(self, request: Request) -> Response:
        """Begin with a template; 200 if I already have it."""
        data = TemplateSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        process, is_new = actions.create_from_template(
            user=request.user, key=data.validated_data["template"], language=data.validated_data["language"]
        )
        return self._answer(process, is_new)

    @extend_schema(request=PoolsSerializer, responses=ProcessWithStepsSerializer)
    @action(detail=True, methods=["post"])
    def pools(self, request: Request, pk: str) -> Response:
        """Say which pools of a drawing count; 409 while the process takes part in a bet."""
        process = self.get_object()
        data = PoolsSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        choose_pools(process=process, pools=data.validated_data["pools"])
        return self._answer(process, is_new=False)
