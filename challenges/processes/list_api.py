"""The steps of a process as a list: rewritten, and what each takes; and who works in a lane."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.processes import list_actions
from challenges.processes.fetching import get_process_for
from challenges.processes.models import Process
from challenges.processes.serializers import (
    LanesSerializer,
    NumbersSerializer,
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
    @extend_schema(request=LanesSerializer, responses={204: None})
    def put(self, request: Request, pk: UUID) -> Response:
        """Say how many people work in a lane, and whether they agreed that their times are shown."""
        process = get_process_for(request, pk, to_edit=True)
        told = LanesSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        lanes = [
            (lane["name"], lane["performers"], lane["has_consent"]) for lane in told.validated_data["lanes"]
        ]
        list_actions.set_lanes(process=process, lanes=lanes)
        return Response(status=204)


def shown(request: Request, process: Process) -> Response:
    found = Process.objects.with_counts().select_related("owner", "deputy").get(pk=process.pk)
    return Response(ProcessWithStepsSerializer(found, context={"request": request}).data)
