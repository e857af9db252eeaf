"""The AI register, kept by administrators and read by all; and the tools that people ask for."""

from django.db.models import Q, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from hub.ai import actions, requesting
from hub.ai.models import AISystem, ToolRequest
from hub.ai.serializers import AISystemSerializer, ToolRequestAnswerSerializer, ToolRequestSerializer
from hub.people import access


class IsAdministratorToWrite(BasePermission):
    def has_permission(self, request: Request, view: viewsets.ViewSet) -> bool:
        is_writing = view.action in {"create", "partial_update"}
        return not is_writing or access.is_administrator(request.user)


class AISystems(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.GenericViewSet,
):
    """AI systems: the tools people may use, and what Hatpin itself uses AI for."""

    serializer_class = AISystemSerializer
    permission_classes = (IsAuthenticated, IsAdministratorToWrite)
    queryset = AISystem.objects.none()
    lookup_field = "slug"
    lookup_value_converter = "slug"
    http_method_names = ("get", "post", "patch", "head", "options")

    def get_queryset(self) -> QuerySet[AISystem]:
        """Withdrawn tools are found by administrators alone."""
        systems = AISystem.objects.select_related("owner")
        if access.is_administrator(self.request.user):
            return systems
        return systems.filter(Q(is_allowed=True) | Q(is_own=True))

    def perform_create(self, serializer: AISystemSerializer) -> None:
        tool = actions.add_tool(tool=serializer.form.save(commit=False), by=self.request.user)
        requesting.point_out_duplicates(tool=tool, by=self.request.user)
        serializer.instance = tool

    def perform_update(self, serializer: AISystemSerializer) -> None:
        tool = serializer.instance
        if tool.is_own:
            raise PermissionDenied
        is_allowed = serializer.validated_data.get("is_allowed", tool.is_allowed)
        actions.change_tool(tool=serializer.form.save(commit=False), by=self.request.user)
        actions.set_allowed(tool=tool, is_allowed=is_allowed, by=self.request.user)


@extend_schema_view(
    list=extend_schema(parameters=[OpenApiParameter("state", str, enum=ToolRequest.State.values)])
)
class ToolRequests(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    viewsets.GenericViewSet,
):
    """Tools that people ask for: everybody reads what is asked for and the answer, administrators answer."""

    serializer_class = ToolRequestSerializer
    queryset = ToolRequest.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[ToolRequest]:
        found = ToolRequest.objects.with_askers(self.request.user)
        state = self.request.query_params.get("state", "")
        if self.action == "list" and state in ToolRequest.State.values:
            return found.filter(state=state)
        return found

    def get_serializer_context(self) -> dict[str, object]:
        user = self.request.user if self.request else None
        is_administrator = bool(user and user.is_authenticated and access.is_administrator(user))
        return {**super().get_serializer_context(), "is_administrator": is_administrator}

    def perform_create(self, serializer: ToolRequestSerializer) -> None:
        made = requesting.ask_for(
            request=serializer.form.save(commit=False),
            asker=self.request.user,
            anyway=serializer.validated_data["anyway"],
        )
        serializer.instance = self.get_queryset().get(pk=made.pk)

    @extend_schema(request=None, responses=ToolRequestSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: str | None = None) -> Response:
        """Want the same tool, and be told the answer; joining twice has one effect."""
        requesting.join(request=self.get_object(), user=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Want the tool no longer; colleagues who joined go on asking."""
        requesting.withdraw(request=self.get_object(), user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ToolRequestAnswerSerializer, responses=ToolRequestSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str | None = None) -> Response:
        """Grant or refuse a tool with a reason, told to all who asked; for administrators."""
        if not access.is_administrator(request.user):
            raise PermissionDenied
        given = ToolRequestAnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        requesting.answer(request=self.get_object(), by=request.user, **given.validated_data)
        return self.retrieve(request, pk=pk)
