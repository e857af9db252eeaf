"""Who am I."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.people import access
from hub.points.models import PointEntry
from learning.hours.attended import streak_of


class StreakSerializer(serializers.Serializer):
    current = serializers.IntegerField(help_text="Weeks in a row, those without an hour left out.")
    longest = serializers.IntegerField()


class MeSerializer(serializers.Serializer):
    email = serializers.EmailField()
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    team = serializers.CharField(allow_null=True)
    is_executive = serializers.BooleanField()
    roles = serializers.ListField(child=serializers.CharField())
    points = serializers.IntegerField()
    streak = StreakSerializer()


class Me(APIView):
    """The signed-in person: roles, points, streak."""

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        user = request.user
        streak = streak_of(user, timezone.now())
        return Response(
            {
                "email": user.email,
                "first_name": user.first_name,
                "last_name": user.last_name,
                "language": user.language,
                "time_zone": user.time_zone,
                "team": user.team.name if user.team else None,
                "is_executive": user.is_executive,
                "roles": sorted(access.roles_of(user)),
                "points": PointEntry.objects.of(user).total(),
                "streak": {"current": streak.current, "longest": streak.longest},
            }
        )
