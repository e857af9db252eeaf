"""The referees' side of the seal."""

from django.core.paginator import Paginator
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests.all_claims import all_claims
from challenges.contests.models import Challenge
from challenges.contests.presenting import standings_of
from challenges.contests.serializers import StandingsSerializer
from challenges.sealed import actions, commitments
from challenges.sealed.forms import DecisionForm
from challenges.sealed.models import Commitment
from challenges.sealed.serializers import (
    CommitmentSerializer,
    DecisionSerializer,
    ReviewSerializer,
    SealedClaimSerializer,
)
from challenges.sealed.views import LEAVES_A_PAGE, get_refereed_challenge_for, refereed_claims


class Review(APIView):
    """All claims of a bet and its standing, for its referees; each look is recorded."""

    @extend_schema(responses=ReviewSerializer)
    def get(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        actions.look(challenge=challenge, user=request.user)
        standing = [
            {"rank": rank, "entry": entry.pk, "contestant": str(entry.contestant), "confirmed": confirmed}
            for rank, entry, confirmed in actions.standing_of(challenge)
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
        claim = actions.decide(claim=claim, referee=request.user, **form.as_decision)
        return Response(SealedClaimSerializer(claim).data)


class Reveal(APIView):
    """Break the seal after the deadline, once every claim is decided; for the referees of the bet."""

    @extend_schema(request=None, responses=StandingsSerializer)
    def post(self, request: Request, pk: object) -> Response:
        challenge = get_refereed_challenge_for(request.user, pk)
        challenge = actions.reveal(challenge=challenge, referee=request.user)
        body = {"revealed_at": challenge.revealed_at, "standings": standings_of(challenge)}
        return Response(StandingsSerializer(body).data)


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
        if challenge.is_revealed:
            page = Paginator(commitments.opened(commitment), LEAVES_A_PAGE).get_page(
                request.query_params.get("page")
            )
            body |= {"count": page.paginator.count, "leaves": page.object_list}
        return Response(CommitmentSerializer(body).data)
