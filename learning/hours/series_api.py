"""Series of hours: who found and change them."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from hub.people import access
from learning.hours import recurrence, series_actions
from learning.hours.models import Series
from learning.hours.series_forms import SeriesForm


class SeriesSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    rhythm = serializers.ChoiceField(
        choices=SeriesForm.RHYTHMS, write_only=True, required=False, help_text="`own` takes `rule`."
    )
    facilitator = serializers.CharField(read_only=True, source="facilitator.get_full_name")
    in_words = serializers.SerializerMethodField(help_text="The rule in the caller's language.")

    class Meta:
        model = Series
        fields: ClassVar = [
            "id",
            *SeriesForm.Meta.fields,
            "facilitator",
            "in_words",
            "created_at",
            "ended_at",
        ]
        read_only_fields: ClassVar = ["created_at", "ended_at"]
        extra_kwargs: ClassVar = {
            "rule": {"required": False, "allow_blank": True},
            "time_zone": {"required": False, "help_text": "Without it my own."},
        }

    def get_in_words(self, series: Series) -> str:
        return recurrence.in_words(recurrence.parse(series.rule), series.starts_on)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {"rhythm": "own" if "rule" in attrs or self.instance else "week"}
        if self.instance:
            names = [name for name in SeriesForm.Meta.fields if name != "rhythm"]
            values |= {name: getattr(self.instance, name) for name in names}
        values = {"minutes": 60, "time_zone": self.context["request"].user.time_zone, **values, **attrs}
        data = {name: getattr(value, "pk", value) for name, value in values.items() if value is not None}
        form = SeriesForm(data, user=self.context["request"].user, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class RunsSeries(BasePermission):
    """Facilitators found series and read them, whoever runs one changes it; administrators may too."""

    def has_permission(self, request: Request, view: viewsets.ViewSet) -> bool:
        if view.action == "create":
            return access.is_facilitator(request.user)
        is_list = view.action == "list"
        return not is_list or access.is_facilitator(request.user) or access.is_administrator(request.user)

    def has_object_permission(self, request: Request, view: viewsets.ViewSet, series: Series) -> bool:
        return request.method in SAFE_METHODS or series.can_be_run_by(request.user)


class SeriesSet(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet,
):
    """Series of DEAL hours."""

    serializer_class = SeriesSerializer
    permission_classes = (IsAuthenticated, RunsSeries)
    queryset = Series.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ("get", "post", "patch", "head", "options")

    def get_queryset(self) -> QuerySet[Series]:
        rows = Series.objects.visible_to(self.request.user).select_related("facilitator", "team", "site")
        return rows.order_by("ended_at", "title", "pk")

    def perform_create(self, serializer: SeriesSerializer) -> None:
        series = series_actions.found(series=serializer.form.save(commit=False), by=self.request.user)
        serializer.instance = series

    def perform_update(self, serializer: SeriesSerializer) -> None:
        series_actions.change(series=serializer.form.save(commit=False), by=self.request.user)

    @extend_schema(request=None, responses=SeriesSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """End the series: its coming hours go, or are cancelled where somebody counts on them.

        An hour whose doors are open is held.
        """
        series_actions.end(series=self.get_object(), by=request.user)
        return self.retrieve(request, pk=pk)

    @extend_schema(request=None, responses=SeriesSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str | None = None) -> Response:
        """Let an ended series go on."""
        series_actions.resume(series=self.get_object(), by=request.user)
        return self.retrieve(request, pk=pk)
