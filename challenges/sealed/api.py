"""The referees' side of the seal."""

from django.core.paginator import Paginator
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests.all_claims import all_claims
from challenges.contests.api import standings_body
from challenges.contests.deputies import confirms_hours
from challenges.contests.models import Challenge, Claim
from challenges.contests.serializers import ChallengeSerializer, StandingsSerializer
from challenges.sealed import commitments, counting, deciding, opening
from challenges.sealed.fetching import get_opened_challenge_for, get_refereed_challenge_for, refereed_claims
from challenges.sealed.forms import DecisionForm, HoursForm
from challenges.sealed.jobs import hours_for, job_claims_for
from challenges.sealed.models import Commitment, StandingCommitment
from challenges.sealed.serializers import (
    CommitmentSerializer,
    DecisionSerializer,
    HoursDecisionSerializer,
    ReviewSerializer,
    SealedClaimSerializer,
)
from challenges.sealed.views import LEAVES_A_PAGE
from hub.people import access

MOST_LISTED = 500


class Review(APIView):
    """All claims of a bet and its standing, for its referees; each look is recorded."""

    @extend_schema(responses=ReviewSerializer)
    def get(self, request: Request, pk: object) -> Response:
        challenge, _is_referee = get_opened_challenge_for(request.user, pk)
        deciding.look(challenge=challenge, user=request.user)
        standing = [
            {
                "bracket": place.bracket,
                "rank": place.rank,
                "entry": place.entry.pk,
                "contestant": place.entry.who,
                "net": place.net,
            }
            for place in counting.standing_of(challenge)
        ]
        return Response(ReviewSerializer({"standing": standing, "claims": all_claims(challenge)}).data)


class Verify(APIView):
    """Confirm a claim or do not accept it, with a reason; for the referees of the bet."""

    @extend_schema(request=DecisionSerializer, responses=SealedClaimSerializer)
    def post(self, request: Request, pk: object) -> Response:
        claim = get_object_or_404(refereed_claims(request.user), pk=pk)
        data = DecisionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        form = DecisionForm(data.validated_data)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        claim = deciding.decide(claim=claim, referee=request.user, **form.as_decision)
        return Response(SealedClaimSerializer(claim).data)


class Count(APIView):
    """Fix the standing and publish its fingerprint; for the referees of the bet."""

    @extend_schema(request=None, responses=ChallengeSerializer)
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        challenge = counting.count(challenge=challenge, referee=request.user)
        challenge.has_entered = False
        return Response(ChallengeSerializer(challenge, context={"request": request}).data)


class Hours(APIView):
    """Verified claims with hours, for controllers; each look is recorded."""

    @extend_schema(responses=SealedClaimSerializer(many=True))
    def get(self, request: Request) -> Response:
        if not confirms_hours(request.user):
            raise PermissionDenied
        claims = list(hours_for(request.user)[:MOST_LISTED])
        return Response(_looked_at(request, claims, shows_minutes=True))


class DecideHours(APIView):
    """Confirm minutes a case of a verified claim, or none; for controllers."""

    @extend_schema(request=HoursDecisionSerializer, responses=SealedClaimSerializer)
    def post(self, request: Request, pk: object) -> Response:
        if not confirms_hours(request.user):
            raise PermissionDenied
        claim = get_object_or_404(hours_for(request.user), pk=pk)
        data = HoursDecisionSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        form = HoursForm(data.validated_data)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        claim = deciding.decide_hours(claim=claim, controller=request.user, **form.as_decision)
        return Response(SealedClaimSerializer(claim, context={"shows_minutes": True}).data)


class Jobs(APIView):
    """Claims that change or end somebody's job, for the works council of the legal entity; each look is recorded."""

    @extend_schema(responses=SealedClaimSerializer(many=True))
    def get(self, request: Request) -> Response:
        if not access.is_works_council(request.user):
            raise PermissionDenied
        return Response(_looked_at(request, list(job_claims_for(request.user)[:MOST_LISTED])))


def _looked_at(request: Request, claims: list[Claim], *, shows_minutes: bool = False) -> list[dict]:
    for challenge in {claim.entry.challenge_id: claim.entry.challenge for claim in claims}.values():
        deciding.look(challenge=challenge, user=request.user)
    return SealedClaimSerializer(claims, many=True, context={"shows_minutes": shows_minutes}).data


class Reveal(APIView):
    """Break the seal after the deadline, once every claim is decided; for the referees of the bet."""

    @extend_schema(request=None, responses={200: StandingsSerializer, 202: None})
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        challenge = opening.open_seal(challenge=challenge, referee=request.user)
        if not challenge.is_revealed:
            # A worker opens a large bet; its standings answer from then on.
            return Response(status=status.HTTP_202_ACCEPTED)
        return Response(standings_body(challenge, None))


class Seal(APIView):
    """The commitment of a closed bet; after the reveal with what it is made of, page by page."""

    @extend_schema(
        parameters=[OpenApiParameter("page", int, description="Of the leaves, a hundred each.")],
        responses=CommitmentSerializer,
    )
    def get(self, request: Request, pk: object) -> Response:
        challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
        commitment = get_object_or_404(Commitment.objects.select_related("challenge"), challenge=challenge)
        body = {"root": commitment.root, "committed_at": commitment.committed_at, "leaves": []}
        body["standing"] = _standing(challenge)
        if challenge.is_revealed:
            leaves = Paginator(commitment.leaves.order_by("digest"), LEAVES_A_PAGE)
            page = leaves.get_page(request.query_params.get("page"))
            body |= {"count": leaves.count, "leaves": commitments.opened(challenge, page)}
        return Response(CommitmentSerializer(body).data)


def _standing(challenge: Challenge) -> dict[str, object] | None:
    made = StandingCommitment.objects.filter(challenge=challenge).first()
    if made is None:
        return None
    opens = challenge.is_revealed
    return {
        "digest": made.digest,
        "committed_at": made.committed_at,
        "salt": made.salt if opens else "",
        "text": made.text if opens else "",
    }
