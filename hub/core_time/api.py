"""Core time for programs."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.core_time import actions, asking
from hub.core_time.fetching import get_measurement_for, get_team_for, own_team, record_look
from hub.core_time.presenting import standing_of
from hub.core_time.serializers import (
    BeginMeasurementSerializer,
    CallOffMeasurementSerializer,
    CoreTimeAnswerSerializer,
    CoreTimeQuestionSerializer,
    CoreTimeSerializer,
    CoreTimeSkipSerializer,
    MeasurementSerializer,
)


class TeamCoreTime(APIView):
    """A team's core time: my own team's, and for HR and works council those of their companies."""

    @extend_schema(responses=CoreTimeSerializer)
    def get(self, request: Request, team_id: int) -> Response:
        team = get_team_for(request.user, team_id)
        record_look(request.user, team, "json")
        return Response(CoreTimeSerializer(standing_of(team)).data)


class CoreTime(APIView):
    """My team's core time: before, expected and measured again."""

    @extend_schema(responses=CoreTimeSerializer)
    def get(self, request: Request) -> Response:
        return Response(CoreTimeSerializer(standing_of(own_team(request.user))).data)

    @extend_schema(request=BeginMeasurementSerializer, responses={201: MeasurementSerializer})
    def post(self, request: Request) -> Response:
        """Begin a measurement of my team, from the next working day on for two weeks; it is told."""
        given = BeginMeasurementSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        begun = actions.begin(
            team=own_team(request.user), by=request.user, **given.validated_data, now=timezone.now()
        )
        return Response(MeasurementSerializer(begun).data, status=201)


class CallOffMeasurement(APIView):
    @extend_schema(request=CallOffMeasurementSerializer, responses=MeasurementSerializer)
    def post(self, request: Request, measurement_id: UUID) -> Response:
        """Call my team's measurement off; what was answered is deleted, so the team's name is asked for."""
        measurement = get_measurement_for(request.user, measurement_id)
        actions.refuse_others(request.user, measurement.team)
        given = CallOffMeasurementSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        called_off = actions.call_off(
            measurement=measurement, by=request.user, **given.validated_data, now=timezone.now()
        )
        return Response(MeasurementSerializer(called_off).data)


class CoreTimeQuestion(APIView):
    """The question about my team's core time, and whether I am asked today."""

    @extend_schema(responses=CoreTimeQuestionSerializer)
    def get(self, request: Request) -> Response:
        question = asking.question_for(request.user, timezone.now())
        body = {
            "is_asked": question is not None,
            "about": question.about if question else None,
            "work": question.measurement.work if question else "",
            "choices": question.choices if question else (),
        }
        return Response(CoreTimeQuestionSerializer(body).data)

    @extend_schema(request=CoreTimeAnswerSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Answer it, once a day; nothing leads from the answer back to me."""
        given = CoreTimeAnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asking.answer(user=request.user, **given.validated_data, now=timezone.now())
        return Response(status=204)


class SkipCoreTimeQuestion(APIView):
    @extend_schema(request=CoreTimeSkipSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Not today; the other days are asked about all the same."""
        given = CoreTimeSkipSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asking.skip(user=request.user, **given.validated_data, now=timezone.now())
        return Response(status=204)
