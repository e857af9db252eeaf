"""The pulse for programs."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.adoption import pulse
from hub.adoption.models.pulse import Question


class PulseAnswerSerializer(serializers.Serializer):
    confidence = serializers.IntegerField(min_value=1, max_value=5, help_text=str(Question.CONFIDENCE.value))
    worry = serializers.IntegerField(min_value=1, max_value=5, help_text=str(Question.WORRY.value))


class PulseSerializer(serializers.Serializer):
    is_asked = serializers.BooleanField(help_text="Whether I may answer now, and have not.")
    last_day = serializers.DateField(allow_null=True)
    next_opening = serializers.DateField()
    confidence = serializers.CharField(help_text="The first question.")
    worry = serializers.CharField(help_text="The second one.")


class Pulse(APIView):
    """The quarter's two questions, and whether they are being asked."""

    @extend_schema(responses=PulseSerializer)
    def get(self, request: Request) -> Response:
        now = timezone.now()
        card = pulse.question_for(request.user, now)
        body = {
            "is_asked": card is not None,
            "last_day": card.last_day if card else None,
            "next_opening": pulse.next_opening(now),
            "confidence": Question.CONFIDENCE.label,
            "worry": Question.WORRY.label,
        }
        return Response(PulseSerializer(body).data)

    @extend_schema(request=PulseAnswerSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Answer both, once a quarter; nothing leads from the answer back to me."""
        form = PulseAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        pulse.answer(user=request.user, **form.validated_data, now=timezone.now())
        return Response(status=204)


class DeclinePulse(APIView):
    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """No, thanks: not again this quarter."""
        pulse.decline(user=request.user, now=timezone.now())
        return Response(status=204)
