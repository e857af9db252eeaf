"""The reveal on the big screen, for programs: what was shown, and the keys of whoever drives it."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests.models import Challenge
from challenges.sealed import show
from challenges.sealed.fetching import get_refereed_challenge_for
from challenges.sealed.models import Show
from challenges.sealed.show_views import get_rehearsal_for, get_show_for


class ShowSerializer(serializers.Serializer):
    """The steps that were shown so far, and none of the others."""

    id = serializers.SerializerMethodField(help_text="Of a rehearsal; a bet has one reveal.")
    position = serializers.IntegerField()
    is_interrupted = serializers.BooleanField()
    is_rehearsal = serializers.BooleanField()
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    shown = serializers.SerializerMethodField()

    def get_id(self, found: Show) -> UUID | None:
        return found.pk if found.is_rehearsal else None

    def get_shown(self, found: Show) -> list[dict]:
        return found.steps[: found.position + 1]


class DriveSerializer(serializers.Serializer):
    position = serializers.IntegerField(
        required=False, min_value=0, help_text="The next step, or one that was shown."
    )
    stop = serializers.BooleanField(required=False, default=False, help_text="Interrupt it where it is.")


def _driven(request: Request, found: Show) -> Response:
    data = DriveSerializer(data=request.data)
    data.is_valid(raise_exception=True)
    if data.validated_data["stop"]:
        found = show.interrupt(show=found, by=request.user)
    else:
        position = data.validated_data.get("position", found.position + 1)
        found = show.go_to(show=found, position=position, by=request.user)
    return Response(ShowSerializer(found).data)


class Reveals(APIView):
    """What the screen has shown of a reveal, 204 before it begins; POST begins it or goes on, for referees."""

    @extend_schema(responses={200: ShowSerializer, 204: None})
    def get(self, request: Request, pk: object) -> Response:
        _challenge, found, _drives = get_show_for(request.user, pk)
        if found is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(ShowSerializer(found).data)

    @extend_schema(request=None, responses=ShowSerializer)
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        return Response(ShowSerializer(show.start(challenge=challenge, referee=request.user)).data)


class DriveReveal(APIView):
    """Show the next step, one before, or interrupt; the last step breaks the seal. For the referees of the bet."""

    @extend_schema(request=DriveSerializer, responses={200: ShowSerializer, 204: None})
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        found = show.show_of(challenge)
        return _driven(request, found) if found else Response(status=status.HTTP_204_NO_CONTENT)


class Rehearsals(APIView):
    """Rehearse a reveal with numbers drawn by chance; for whoever runs the bet and its referees."""

    @extend_schema(request=None, responses={201: ShowSerializer})
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
        if not challenge.can_be_changed_by(request.user) and not challenge.is_refereed_by(request.user):
            raise PermissionDenied
        made = show.rehearse(challenge=challenge, by=request.user)
        return Response(ShowSerializer(made).data, status=status.HTTP_201_CREATED)


class OneRehearsal(APIView):
    """A rehearsal as far as it was shown; POST shows the next step, one before, or ends it."""

    @extend_schema(responses=ShowSerializer)
    def get(self, request: Request, show_id: object) -> Response:
        _challenge, found = get_rehearsal_for(request.user, show_id)
        return Response(ShowSerializer(found).data)

    @extend_schema(request=DriveSerializer, responses=ShowSerializer)
    def post(self, request: Request, show_id: object) -> Response:
        _challenge, found = get_rehearsal_for(request.user, show_id)
        return _driven(request, found)
