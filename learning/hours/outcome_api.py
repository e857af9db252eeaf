"""What I tried in an hour, in the interface for programs."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from learning.hours import outcomes
from learning.hours.models import Outcome, StudySession
from learning.hours.outcome_forms import OutcomeForm


class OutcomeSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    class Meta:
        model = Outcome
        fields: ClassVar = ["text", "tool", "result", "minutes_saved", "is_shared", "noted_at"]
        read_only_fields: ClassVar = ["noted_at"]
        extra_kwargs: ClassVar = {
            "minutes_saved": {"help_text": "A week; an estimate of whoever notes it."},
            "is_shared": {"help_text": "Only an executive's is shown."},
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = OutcomeForm(attrs, user=self.context["request"].user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        return form.cleaned_data


class OneOutcome(APIView):
    """What I tried in this hour."""

    def _session(self, pk: object) -> StudySession:
        return get_object_or_404(StudySession.objects.visible_to(self.request.user), pk=pk)

    @extend_schema(responses=OutcomeSerializer)
    def get(self, request: Request, pk: str) -> Response:
        """What I noted of this hour; 404 while it is nothing."""
        return Response(
            OutcomeSerializer(get_object_or_404(Outcome, session=self._session(pk), user=request.user)).data
        )

    @extend_schema(request=OutcomeSerializer, responses=OutcomeSerializer)
    def put(self, request: Request, pk: str) -> Response:
        """Note what I tried, or change it; 409 before the hour and from two weeks after it on."""
        session = self._session(pk)
        data = OutcomeSerializer(data=request.data, context={"request": request})
        data.is_valid(raise_exception=True)
        kept = outcomes.note(session=session, user=request.user, **data.validated_data)
        return Response(OutcomeSerializer(kept).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: str) -> Response:
        """Take what I noted of this hour back."""
        outcomes.forget(session=self._session(pk), user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
