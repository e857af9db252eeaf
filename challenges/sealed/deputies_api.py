"""Who stands in for referees and controllers, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests import deputies
from challenges.contests.models import HoursDeputy, Refereeing
from challenges.sealed.fetching import get_refereed_challenge_for
from challenges.sealed.forms import HoursDeputyForm
from hub.people import access
from hub.people.models import User


class DeputySerializer(serializers.Serializer):
    """Whoever is nobody and whoever cannot stand in are the same."""

    email = serializers.EmailField(allow_null=True)


class RefereesDeputy(APIView):
    """My deputy as a referee of this bet; POST names one, who stays so until its end."""

    @extend_schema(responses=DeputySerializer)
    def get(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        own = Refereeing.objects.filter(challenge=challenge, deputy_for__user=request.user)
        return _named(own.values_list("user__email", flat=True).first())

    @extend_schema(request=DeputySerializer, responses={201: DeputySerializer})
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        data = DeputySerializer(data=request.data)
        data.is_valid(raise_exception=True)
        address = data.validated_data["email"] or ""
        found = User.objects.active().filter(email__iexact=address, role_grants__role=access.Role.REFEREE)
        if (deputy := found.first()) is None:
            raise serializers.ValidationError({"email": [deputies.REFEREES_ONLY]})
        named = deputies.name_referees_deputy(challenge=challenge, referee=request.user, deputy=deputy)
        return _named(named.user.email, status.HTTP_201_CREATED)


class ControllersDeputy(APIView):
    """Who confirms hours in my place, as a controller; PUT names another one, or nobody with null."""

    @extend_schema(responses=DeputySerializer)
    def get(self, request: Request) -> Response:
        self._refuse_others(request)
        own = HoursDeputy.objects.filter(controller=request.user)
        return _named(own.values_list("deputy__email", flat=True).first())

    @extend_schema(request=DeputySerializer, responses=DeputySerializer)
    def put(self, request: Request) -> Response:
        self._refuse_others(request)
        data = DeputySerializer(data=request.data)
        data.is_valid(raise_exception=True)
        form = HoursDeputyForm({"email": data.validated_data["email"] or ""})
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        named = deputies.name_hours_deputy(controller=request.user, deputy=form.cleaned_data["deputy"])
        return _named(named.deputy.email if named else None)

    def _refuse_others(self, request: Request) -> None:
        if not access.is_controller(request.user):
            raise PermissionDenied


def _named(email: str | None, status: int = 200) -> Response:
    return Response(DeputySerializer({"email": email}).data, status=status)
