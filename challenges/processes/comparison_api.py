"""Comparisons of two processes, for programs."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.processes import comparisons
from challenges.processes.comparing import CHANGES
from challenges.processes.comparison_views import get_comparison_for
from challenges.processes.fetching import get_process_for
from challenges.processes.models import Comparison

HOW = ("id", "name", "likeness", "words", "nothing", "person")


class BeginComparisonSerializer(serializers.Serializer):
    before = serializers.UUIDField()
    after = serializers.UUIDField()


class ChangeSerializer(serializers.Serializer):
    step = serializers.UUIDField(source="step.pk")
    name = serializers.CharField(source="step.name")
    target = serializers.UUIDField(source="target.pk", allow_null=True, default=None)
    how = serializers.ChoiceField(choices=HOW, help_text="How it was found; `person`: confirmed.")
    change = serializers.ChoiceField(choices=CHANGES)


class AddedSerializer(serializers.Serializer):
    step = serializers.UUIDField(source="pk")
    name = serializers.CharField()


class ProcessComparisonSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    before = serializers.UUIDField(source="before_id")
    after = serializers.UUIDField(source="after_id")
    confirmed_at = serializers.DateTimeField(allow_null=True)
    net = serializers.IntegerField(help_text="Eliminated + automated + merged - added.")
    counts = serializers.DictField(child=serializers.IntegerField())
    executed_before = serializers.FloatField(help_text="Expected steps in a case that people execute.")
    executed_after = serializers.FloatField()
    flags = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="What may only be another drawing: same_name, closed, lanes, executed.",
    )
    changes = ChangeSerializer(many=True)
    added = AddedSerializer(many=True)


class WentSerializer(serializers.Serializer):
    step = serializers.UUIDField()
    target = serializers.UUIDField(allow_null=True)


class ConfirmSerializer(serializers.Serializer):
    """Steps that are not named keep what was said, or proposed, of them."""

    changes = WentSerializer(many=True)


def shown(comparison: Comparison, status: int = 200) -> Response:
    found = comparisons.compared(comparison)
    body: dict[str, Any] = {
        "id": comparison.pk,
        "before_id": comparison.before_id,
        "after_id": comparison.after_id,
        "confirmed_at": comparison.confirmed_at,
        "net": found.outcome.net,
        "counts": {name: found.outcome.counts[name] for name in CHANGES},
        "executed_before": found.executed_before,
        "executed_after": found.executed_after,
        "flags": found.flags,
        "changes": found.rows,
        "added": found.added,
    }
    return Response(ProcessComparisonSerializer(body).data, status=status)


class Comparisons(APIView):
    @extend_schema(request=BeginComparisonSerializer, responses=ProcessComparisonSerializer)
    def post(self, request: Request) -> Response:
        """Compare two processes; what is proposed, until I confirm it. Mine alone."""
        data = BeginComparisonSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        before, after = (get_process_for(request, data.validated_data[name]) for name in ("before", "after"))
        return shown(comparisons.begin(user=request.user, before=before, after=after))


class OneComparison(APIView):
    @extend_schema(responses=ProcessComparisonSerializer)
    def get(self, request: Request, comparison_id: UUID) -> Response:
        """What became of each step."""
        return shown(get_comparison_for(request, comparison_id))

    @extend_schema(request=ConfirmSerializer, responses=ProcessComparisonSerializer)
    def patch(self, request: Request, comparison_id: UUID) -> Response:
        """Confirm where steps went; null is nowhere."""
        comparison = get_comparison_for(request, comparison_id)
        data = ConfirmSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        went = {row["step"]: row["target"] for row in data.validated_data["changes"]}
        return shown(comparisons.confirm(comparison=comparison, went=went))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, comparison_id: UUID) -> Response:
        """Delete the comparison; both processes stay."""
        get_comparison_for(request, comparison_id).delete()
        return Response(status=204)
