"""The bet, for those who take part and those who watch."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests import actions
from challenges.contests.forms import ClaimForm
from challenges.contests.models import Challenge, Entry
from challenges.contests.own_claims import own_claims, tally_of
from challenges.contests.presenting import entries_of, standings_of
from challenges.contests.serializers import (
    ChallengeSerializer,
    ClaimSerializer,
    EntrySerializer,
    OwnClaimsSerializer,
    StandingsSerializer,
)
from challenges.contests.views import get_own_claim_for, get_own_entry_for
from hub.people import access
from hub.refusals import Refusal


class OpensBets(BasePermission):
    """Everybody reads and takes part; facilitators open a bet; whoever opened it (or an administrator) changes it."""

    message = _("Only facilitators do this.")

    def has_permission(self, request: Request, view: viewsets.ViewSet) -> bool:
        return view.action != "create" or access.is_facilitator(request.user)

    def has_object_permission(self, request: Request, view: viewsets.ViewSet, challenge: Challenge) -> bool:
        if request.method in SAFE_METHODS or view.action in {"entries", "leave", "claims"}:
            return True
        self.message = _("Only whoever opened the bet, or an administrator, does this.")
        return challenge.can_be_changed_by(request.user)


class Challenges(
    mixins.CreateModelMixin,
    mixins.RetrieveModelMixin,
    mixins.UpdateModelMixin,
    mixins.ListModelMixin,
    viewsets.GenericViewSet,
):
    """Bets."""

    serializer_class = ChallengeSerializer
    permission_classes = (IsAuthenticated, OpensBets)
    queryset = Challenge.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ("get", "post", "patch", "head", "options")

    def get_queryset(self) -> QuerySet[Challenge]:
        user = self.request.user
        own = Entry.objects.filter(challenge=OuterRef("pk"), contestant=user)
        challenges = Challenge.objects.visible_to(user).annotate(has_entered=Exists(own))
        return challenges.select_related("organiser").prefetch_related("referees")

    def perform_create(self, serializer: ChallengeSerializer) -> None:
        challenge = actions.open_challenge(
            challenge=serializer.form.save(commit=False),
            organiser=self.request.user,
            referees=list(serializer.form.cleaned_data["referees"]),
        )
        serializer.instance = self.get_queryset().get(pk=challenge.pk)

    def perform_update(self, serializer: ChallengeSerializer) -> None:
        referees = list(serializer.form.cleaned_data["referees"])
        challenge = actions.change_challenge(
            challenge=serializer.form.save(commit=False), by=self.request.user, referees=referees
        )
        serializer.instance = self.get_queryset().get(pk=challenge.pk)

    @extend_schema(request=None, responses=ChallengeSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Call the bet off; contestants are told. 409 once it is decided."""
        actions.cancel(challenge=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=ChallengeSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str | None = None) -> Response:
        """Let a cancelled bet go on; contestants are told."""
        actions.restore(challenge=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(methods=["get"], responses=EntrySerializer(many=True))
    @extend_schema(
        methods=["post"], request=EntrySerializer, responses={200: EntrySerializer, 201: EntrySerializer}
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def entries(self, request: Request, pk: str | None = None) -> Response:
        """Who takes part, by name; POST a process to take part oneself."""
        challenge = self.get_object()
        context = self.get_serializer_context()
        if request.method == "GET":
            return Response(EntrySerializer(entries_of(challenge), many=True, context=context).data)
        data = EntrySerializer(data=request.data, context=context)
        data.is_valid(raise_exception=True)
        entry, is_new = actions.enter(
            challenge=challenge, user=request.user, process=data.validated_data["process"]
        )
        body = EntrySerializer(entry, context=context).data
        return Response(body, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str | None = None) -> Response:
        """Take one's entry back; 409 once one has claimed a step."""
        actions.leave(entry=get_own_entry_for(request, self.get_object()))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(methods=["get"], responses=OwnClaimsSerializer)
    @extend_schema(methods=["post"], request=ClaimSerializer, responses={201: ClaimSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def claims(self, request: Request, pk: str | None = None) -> Response:
        """My own claims and my tally; POST claims a step of my process."""
        entry = get_own_entry_for(request, self.get_object())
        if request.method == "GET":
            claims = list(own_claims(entry))
            return Response(OwnClaimsSerializer({"tally": tally_of(entry, claims), "claims": claims}).data)
        data = ClaimSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = {**data.validated_data, "step": data.validated_data["step_id"]}
        form = ClaimForm(values, entry=entry)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        claim = actions.claim(entry=entry, **form.cleaned_data)
        return Response(ClaimSerializer(claim).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=StandingsSerializer)
    @action(detail=True, methods=["get"], pagination_class=None)
    def standings(self, request: Request, pk: str | None = None) -> Response:
        """The standings of a revealed bet; 409 while the seal holds."""
        challenge = self.get_object()
        if not challenge.is_revealed:
            raise Refusal("sealed", _("The standings are sealed until the reveal."), status=409)
        body = {"revealed_at": challenge.revealed_at, "standings": standings_of(challenge)}
        return Response(StandingsSerializer(body).data)


class WithdrawClaim(APIView):
    """Take a claim of mine back while no referee has decided it."""

    @extend_schema(request=None, responses=ClaimSerializer)
    def post(self, request: Request, pk: object) -> Response:
        entry, claim = get_own_claim_for(request, pk)
        return Response(ClaimSerializer(actions.withdraw(claim=claim, entry=entry)).data)
