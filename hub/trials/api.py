"""Trials of tips, to read."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.trials.models import Trial, may_read
from hub.trials.serializers import TrialSerializer
from hub.trials.views import get_trial_for


class Trials(GenericAPIView):
    """Trials of tips, the newest first; for content owners, HR and works council."""

    serializer_class = TrialSerializer
    queryset = Trial.objects.none()

    @extend_schema(responses=TrialSerializer(many=True))
    def get(self, request: Request) -> Response:
        if not may_read(request.user):
            raise PermissionDenied
        page = self.paginate_queryset(Trial.objects.visible_to(request.user))
        return self.get_paginated_response(TrialSerializer(page, many=True).data)


class OneTrial(APIView):
    """One trial of a tip; figures once it is over."""

    @extend_schema(responses=TrialSerializer)
    def get(self, request: Request, trial_id: UUID) -> Response:
        return Response(TrialSerializer(get_trial_for(request.user, trial_id)).data)
