"""The steps of a process as a list: rewritten, and what each takes; and who works in a lane."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.processes import consent, list_actions
from challenges.processes.fetching import get_process_for
from challenges.processes.models import Lane, Process
from challenges.processes.serializers import (
    LaneAnswerSerializer,
    LaneSerializer,
    LanesSerializer,
    NumbersSerializer,
    OwnLaneSerializer,
    ProcessWithStepsSerializer,
    StepLinesSerializer,
)


class ProcessSteps(APIView):
    @extend_schema(request=StepLinesSerializer, responses=ProcessWithStepsSerializer)
    def put(self, request: Request, pk: UUID) -> Response:
        """Rewrite the steps of a list, which is drawn anew; 409 while the process takes part in a bet."""
        process = get_process_for(request, pk, to_edit=True)
        rows = StepLinesSerializer(data=request.data)
        rows.is_valid(raise_exception=True)
        cases = rows.validated_data["cases_per_week"]
        list_actions.rewrite_list(process=process, lines=rows.lines(), cases_per_week=cases)
        return shown(request, process)

    @extend_schema(request=NumbersSerializer, responses=ProcessWithStepsSerializer)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say what steps take; 409 while the process takes part in a bet."""
        process = get_process_for(request, pk, to_edit=True)
        told = NumbersSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        numbers = {row.pop("id"): row for row in told.validated_data["steps"]}
        cases = told.validated_data.get("cases_per_week", process.cases_per_week)
        list_actions.set_numbers(process=process, numbers=numbers, cases_per_week=cases)
        return shown(request, process)


class ProcessLanes(APIView):
    @extend_schema(responses=LaneSerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Who works in the lanes, and who of those asked agreed; for the owner."""
        process = get_process_for(request, pk, to_edit=True)
        return Response(
            LaneSerializer(process.lanes.select_related("person").order_by("name"), many=True).data
        )

    @extend_schema(request=LanesSerializer, responses={204: None})
    def put(self, request: Request, pk: UUID) -> Response:
        """Say how many people work in a lane; who does alone is asked whether the times are shown."""
        process = get_process_for(request, pk, to_edit=True)
        known = {lane.name: lane for lane in process.lanes.select_related("person")}
        told = LanesSerializer(data=request.data, context={"lanes": known})
        told.is_valid(raise_exception=True)
        lanes = [(lane["name"], lane["performers"], lane["person"]) for lane in told.validated_data["lanes"]]
        list_actions.set_lanes(process=process, lanes=lanes)
        return Response(status=204)


class OwnLanes(APIView):
    @extend_schema(responses=OwnLaneSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The work that I am said to do alone, and whether others see its times."""
        lanes = consent.with_own_steps(Lane.objects.asked_of(request.user))
        return Response(OwnLaneSerializer(lanes, many=True).data)


class OneOwnLane(APIView):
    @extend_schema(request=LaneAnswerSerializer, responses={204: None})
    def put(self, request: Request, lane_id: int) -> Response:
        """Say whether the times of my own work are shown; the last word counts."""
        lane = get_object_or_404(Lane.objects.asked_of(request.user), pk=lane_id)
        told = LaneAnswerSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        consent.answer(lane=lane, **told.validated_data)
        return Response(status=204)


def shown(request: Request, process: Process) -> Response:
    found = Process.objects.with_counts().select_related("owner", "deputy").get(pk=process.pk)
    return Response(ProcessWithStepsSerializer(found, context={"request": request}).data)
