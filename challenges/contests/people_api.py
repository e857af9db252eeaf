"""The people beside a contestant: the team, and assistants who draft."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests import entering
from challenges.contests.entry_forms import PartakingForm
from challenges.contests.fetching import get_challenge_for, get_own_entry_for
from challenges.contests.models import Partaking


class PartakingSerializer(serializers.Serializer):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True, source="user.get_full_name")
    email = serializers.EmailField(source="user.email")
    part = serializers.ChoiceField(choices=Partaking.Part.choices, default=Partaking.Part.MEMBER)


class EntryPeople(APIView):
    """Who takes part with me; POST adds somebody by e-mail address, for the contestant."""

    @extend_schema(responses=PartakingSerializer(many=True))
    def get(self, request: Request, pk: object) -> Response:
        entry = get_own_entry_for(request, get_challenge_for(request, pk))
        return Response(PartakingSerializer(entry.others.select_related("user"), many=True).data)

    @extend_schema(request=PartakingSerializer, responses={201: PartakingSerializer})
    def post(self, request: Request, pk: object) -> Response:
        entry = get_own_entry_for(request, get_challenge_for(request, pk))
        if entry.contestant_id != request.user.pk:
            raise PermissionDenied
        data = PartakingSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        form = PartakingForm(
            {"email": data.validated_data["user"]["email"], "part": data.validated_data["part"]}
        )
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        made = entering.bring_along(
            entry=entry, user=form.cleaned_data["email"], part=form.cleaned_data["part"]
        )
        return Response(PartakingSerializer(made).data, status=status.HTTP_201_CREATED)


class OnePartaking(APIView):
    """Send somebody away who takes part with me; what they wrote stays with the entry."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, partaking_id: object) -> Response:
        parts = Partaking.objects.select_related("challenge", "entry")
        part = get_object_or_404(parts, pk=partaking_id, entry__contestant=request.user)
        entering.send_away(partaking=part)
        return Response(status=status.HTTP_204_NO_CONTENT)
