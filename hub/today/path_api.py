"""The newcomers' path, for programs."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.today import newcomer_actions, newcomers

STOP_KINDS = ("notebook", "lab", "tip", "cards")


class StopSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=STOP_KINDS)
    title = serializers.CharField()
    url = serializers.CharField(help_text="The page on which it is done.")
    is_done = serializers.BooleanField()


class WeekSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    is_done = serializers.BooleanField()
    stops = StopSerializer(many=True)


class PathSerializer(serializers.Serializer):
    is_set_aside = serializers.BooleanField()
    week = serializers.IntegerField(allow_null=True, help_text="The first with something left.")
    weeks = WeekSerializer(many=True, help_text="Empty where the path is set aside or the person is not new.")


def shown(request: Request) -> Response:
    path = newcomers.path_of(request.user, timezone.now())
    values: dict[str, Any] = {
        "is_set_aside": newcomers.has_set_aside(request.user),
        "week": path.week.number if path else None,
        "weeks": path.weeks if path else (),
    }
    return Response(PathSerializer(values).data)


class NewcomersPath(APIView):
    @extend_schema(responses=PathSerializer)
    def get(self, request: Request) -> Response:
        """My first four weeks: a notebook, a lab, a tip and cards each, and what of it I have done."""
        return shown(request)

    @extend_schema(request=None, responses=PathSerializer)
    def put(self, request: Request) -> Response:
        """Take up the path again that I had set aside."""
        newcomer_actions.take_up(user=request.user)
        return shown(request)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Set the path aside."""
        newcomer_actions.set_aside(user=request.user)
        return Response(status=204)


WEEK = OpenApiParameter("week", int, OpenApiParameter.PATH, description="1 to 4.")


class NewcomersLab(APIView):
    """The lab of one week, tried alone."""

    @extend_schema(parameters=[WEEK], request=None, responses=PathSerializer)
    def put(self, request: Request, week: int) -> Response:
        """Note that I tried this week's lab alone."""
        newcomer_actions.note_tried(user=request.user, template=_template(week))
        return shown(request)

    @extend_schema(parameters=[WEEK], responses={204: None})
    def delete(self, request: Request, week: int) -> Response:
        """I have not tried it after all."""
        newcomer_actions.take_tried_back(user=request.user, template=_template(week))
        return Response(status=204)


def _template(week: int) -> str:
    if not 1 <= week <= len(newcomers.WEEKS):
        raise NotFound
    return newcomers.WEEKS[week - 1].lab
