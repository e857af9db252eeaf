"""What is mine or my team's around the hours: weeks away, the team's goal, and what leaders show of themselves."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.refusals import Refusal
from learning.hours import away, team_goals, walking
from learning.hours.forms import TeamGoalForm
from learning.hours.models import LeaderConsent


class AwaySerializer(serializers.Serializer):
    weeks = serializers.ListField(child=serializers.DateField(), help_text="Mondays.")


class AwayWeeks(APIView):
    """Weeks I say to be away; no reason is asked, and the streak is left alone."""

    @extend_schema(responses=AwaySerializer)
    def get(self, request: Request) -> Response:
        """Weeks I said to be away, as far as they can be taken back."""
        return Response({"weeks": away.weeks_of(request.user, timezone.now())})

    @extend_schema(request=AwaySerializer, responses=AwaySerializer)
    def put(self, request: Request) -> Response:
        """The weeks I am away, all of them: last week at the earliest, half a year ahead at most."""
        data = AwaySerializer(data=request.data)
        data.is_valid(raise_exception=True)
        wanted, now = set(data.validated_data["weeks"]), timezone.now()
        if wanted - set(away.mondays_for(request.user, now)):
            raise Refusal("no_such_week", _("Choose a week from the list."))
        for monday in set(away.weeks_of(request.user, now)) - wanted:
            away.take_back(user=request.user, monday=monday)
        for monday in wanted:
            away.declare(user=request.user, monday=monday)
        return Response({"weeks": away.weeks_of(request.user, now)})


class GoalSerializer(serializers.Serializer):
    percent = serializers.IntegerField(min_value=10, max_value=100, allow_null=True)
    week = serializers.DateField(source="week.monday", default=None, read_only=True, allow_null=True)
    low = serializers.DecimalField(
        6, 1, source="week.low", default=None, read_only=True, allow_null=True, help_text="Percent."
    )
    high = serializers.DecimalField(6, 1, source="week.high", default=None, read_only=True, allow_null=True)
    reason = serializers.CharField(
        source="week.reason", default="", read_only=True, help_text="Why there is no figure."
    )


class TeamGoalView(APIView):
    """My team's goal: which share of us means to be in the hour."""

    @extend_schema(responses=GoalSerializer)
    def get(self, request: Request) -> Response:
        """My team's goal, and how the last closed week stood."""
        return Response(GoalSerializer(self._standing(request)).data)

    @extend_schema(request=GoalSerializer, responses=GoalSerializer)
    def put(self, request: Request) -> Response:
        """Set my team's goal; every member may."""
        standing, form = self._standing(request), TeamGoalForm(request.data)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        team_goals.set_goal(team=standing.team, by=request.user, **form.cleaned_data)
        return Response(GoalSerializer(self._standing(request)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take my team's goal back."""
        team_goals.take_back(team=self._standing(request).team)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _standing(self, request: Request) -> team_goals.TeamStanding:
        standing = team_goals.standing_of(request.user)
        if standing is None:
            message = _("You belong to no team yet. As soon as you do, you can set a goal together here.")
            raise Refusal("no_team", message, status=409)
        return standing


class ComparisonSerializer(serializers.Serializer):
    ahead = serializers.CharField(help_text="`team`, `leader`, or empty where it is open.")
    low = serializers.DecimalField(6, 1, source="team.low", help_text="Of the team, percent a week.")
    high = serializers.DecimalField(6, 1, source="team.high")
    did = serializers.IntegerField(help_text="Weeks in which the leader did a task.")
    weeks = serializers.IntegerField()


class LeaderSerializer(serializers.Serializer):
    name = serializers.CharField()
    attended = serializers.IntegerField(allow_null=True, help_text="Hours; null where it is not shown.")
    held = serializers.IntegerField(
        allow_null=True, help_text="Hours held for this leader in the last twelve weeks."
    )
    comparison = ComparisonSerializer(allow_null=True)


class Leaders(APIView):
    @extend_schema(responses=LeaderSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Leaders who agreed to be shown, by name."""
        return Response(LeaderSerializer(walking.leaders_shown(timezone.now()), many=True).data)


class ConsentSerializer(serializers.Serializer):
    shows_attendance = serializers.BooleanField(default=False)
    compares_tasks = serializers.BooleanField(default=False)


class MyConsent(APIView):
    """What I agree to show of my own hours, as a leader."""

    @extend_schema(responses=ConsentSerializer)
    def get(self, request: Request) -> Response:
        """What I agreed to show of my own hours; for leaders."""
        self._refuse_others(request)
        row = LeaderConsent.objects.filter(user=request.user).first() or LeaderConsent(user=request.user)
        return Response(ConsentSerializer(row).data)

    @extend_schema(request=ConsentSerializer, responses=ConsentSerializer)
    def put(self, request: Request) -> Response:
        """Agree to show it, or take it back; for leaders."""
        self._refuse_others(request)
        data = ConsentSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        walking.agree(leader=request.user, **data.validated_data)
        return Response(data.validated_data)

    def _refuse_others(self, request: Request) -> None:
        if not request.user.is_executive:
            raise PermissionDenied
