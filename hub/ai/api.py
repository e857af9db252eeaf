"""The AI register: everybody reads it, administrators keep the company's tools in it."""

from django.db.models import Q, QuerySet
from rest_framework import mixins, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from hub.ai import actions
from hub.ai.models import AISystem
from hub.ai.serializers import AISystemSerializer
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
        if access.is_administrator(self.request.user):
            return AISystem.objects.all()
        return AISystem.objects.filter(Q(is_allowed=True) | Q(is_own=True))

    def perform_create(self, serializer: AISystemSerializer) -> None:
        tool = actions.add_tool(tool=serializer.form.save(commit=False), by=self.request.user)
        serializer.instance = tool

    def perform_update(self, serializer: AISystemSerializer) -> None:
        tool = serializer.instance
        if tool.is_own:
            raise PermissionDenied
        is_allowed = serializer.validated_data.get("is_allowed", tool.is_allowed)
        actions.change_tool(tool=serializer.form.save(commit=False), by=self.request.user)
        actions.set_allowed(tool=tool, is_allowed=is_allowed, by=self.request.user)
