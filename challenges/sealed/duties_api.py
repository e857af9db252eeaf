"""What keeps the judging clean, for programs: second looks, conflicts, a broken seal, the control period."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests.models import Challenge, Entry, PublishedClaim
from challenges.contests.serializers import ChallengeSerializer
from challenges.sealed import breaking, control, deciding
from challenges.sealed.fetching import get_refereed_challenge_for, refereed_claims
from challenges.sealed.models import SealBreak

REASON = SealBreak._meta.get_field("reason").max_length


class SecondLookSerializer(serializers.Serializer):
    agrees = serializers.BooleanField(help_text="False puts the claim back among those to be decided.")


class SecondLooks(APIView):
    """A second referee's word on a claim of the sample, between deadline and count."""

    @extend_schema(request=SecondLookSerializer, responses=SecondLookSerializer)
    def post(self, request: Request, pk: object) -> Response:
        claim = get_object_or_404(refereed_claims(request.user), pk=pk)
        data = SecondLookSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = deciding.look_again(claim=claim, referee=request.user, **data.validated_data)
        return Response(SecondLookSerializer({"agrees": made.agrees}).data)


class Conflicts(APIView):
    """Declare a conflict of interest with a contestant, as a referee; another one decides from then on."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request, pk: object) -> Response:
        visible = Challenge.objects.visible_to(request.user)
        entry = get_object_or_404(Entry.objects.filter(challenge__in=visible), pk=pk)
        get_refereed_challenge_for(request.user, entry.challenge_id)
        deciding.declare_conflict(entry=entry, referee=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


# --- a broken seal --------------------------------------------------------------------------------
class SealBreakSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=REASON)
    asked_at = serializers.DateTimeField(read_only=True)
    agreed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    is_mine = serializers.SerializerMethodField()

    def get_is_mine(self, seal_break: SealBreak) -> bool:
        return seal_break.asked_by_id == self.context["request"].user.pk


class SealBreaks(APIView):
    """Ask for the seal to be broken before the reveal, see who asked, or call one's request off."""

    def _challenge(self, request: Request, pk: object) -> Challenge:
        challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
        if not breaking.may_break(request.user, challenge):
            raise PermissionDenied
        return challenge

    @extend_schema(responses={200: SealBreakSerializer, 204: None})
    def get(self, request: Request, pk: object) -> Response:
        waits = breaking.waiting_for(self._challenge(request, pk))
        if waits is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(SealBreakSerializer(waits, context={"request": request}).data)

    @extend_schema(request=SealBreakSerializer, responses={201: SealBreakSerializer})
    def post(self, request: Request, pk: object) -> Response:
        challenge = self._challenge(request, pk)
        data = SealBreakSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = breaking.ask(challenge=challenge, by=request.user, **data.validated_data)
        body = SealBreakSerializer(made, context={"request": request}).data
        return Response(body, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: object) -> Response:
        if waits := breaking.waiting_for(self._challenge(request, pk)):
            breaking.call_off(seal_break=waits, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AgreeToSealBreak(APIView):
    """Agree, as the second person: both see what referees see, for a day, and the contestants are told."""

    @extend_schema(request=None, responses={200: SealBreakSerializer, 204: None})
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
        if not breaking.may_break(request.user, challenge):
            raise PermissionDenied
        waits = breaking.waiting_for(challenge)
        if waits is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        agreed = breaking.agree(seal_break=waits, by=request.user)
        return Response(SealBreakSerializer(agreed, context={"request": request}).data)


class RefusalSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=REASON)


class RefuseSealBreak(APIView):
    """Refuse to break the seal, as the second person, with a reason; whoever asked is told."""

    @extend_schema(request=RefusalSerializer, responses={204: None})
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
        if not breaking.may_break(request.user, challenge):
            raise PermissionDenied
        data = RefusalSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        if waits := breaking.waiting_for(challenge):
            breaking.turn_down(seal_break=waits, by=request.user, **data.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)


# --- the control period ---------------------------------------------------------------------------
class PublishedClaimSerializer(serializers.ModelSerializer):
    """A claim that counted, without its words."""

    who = serializers.CharField(source="entry.who")
    steps = serializers.SerializerMethodField()
    credit = serializers.FloatField()

    class Meta:
        model = PublishedClaim
        fields = (
            "id", "entry", "who", "change", "steps", "credit", "points_awarded", "outcome", "reason",
            "decided_at",
        )  # fmt: skip

    def get_steps(self, claim: PublishedClaim) -> list[str]:
        return [elimination.step.name for elimination in claim.eliminations.all()]


class PublishedClaims(ListAPIView):
    """What counted in a revealed bet, and whether it held; empty before the reveal."""

    serializer_class = PublishedClaimSerializer
    queryset = PublishedClaim.objects.none()

    def get_queryset(self) -> "QuerySet[PublishedClaim]":
        challenge = get_object_or_404(Challenge.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        claims = PublishedClaim.objects.filter(entry__challenge=challenge)
        claims = claims.select_related("entry__contestant", "why").prefetch_related("eliminations__step")
        return claims.order_by("entry__contestant__last_name", "entry__contestant__first_name", "pk")


class SettleSerializer(serializers.Serializer):
    holds = serializers.BooleanField()
    reason = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        default="",
        help_text="Everybody reads it in the ledger: name no person.",
    )

    def validate(self, attrs: dict) -> dict:
        if not attrs["holds"] and not attrs["reason"]:
            raise serializers.ValidationError(
                {"reason": [_("Say why, so that the contestant knows what is missing.")]}
            )
        return attrs


class SettleClaim(APIView):
    """Confirm a published claim for good, or take it back with its points; for the referees of the bet."""

    @extend_schema(request=SettleSerializer, responses=PublishedClaimSerializer)
    def post(self, request: Request, published_id: object) -> Response:
        visible = Challenge.objects.visible_to(request.user)
        claims = PublishedClaim.objects.select_related("entry__challenge", "entry__contestant")
        claim = get_object_or_404(claims.filter(entry__challenge__in=visible), pk=published_id)
        get_refereed_challenge_for(request.user, claim.entry.challenge_id)
        data = SettleSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        settled = control.settle(claim=claim, referee=request.user, **data.validated_data)
        return Response(PublishedClaimSerializer(settled).data)


class MakeFinal(APIView):
    """Make the result final once the control period is over; for the referees of the bet."""

    @extend_schema(request=None, responses=ChallengeSerializer)
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        challenge = control.make_final(challenge=challenge, referee=request.user)
        challenge.has_entered = False
        return Response(ChallengeSerializer(challenge, context={"request": request}).data)
