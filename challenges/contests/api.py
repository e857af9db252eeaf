"""The bet, for those who take part and those who watch."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.contests import actions, approving, claiming, entering
from challenges.contests.claim_forms import ClaimForm
from challenges.contests.entry_forms import ReadinessForm
from challenges.contests.entry_views import get_baseline_entry_for
from challenges.contests.fetching import (
    get_own_claim_for,
    get_own_entry_for,
    get_writing_entry_for,
    get_written_claim_for,
)
from challenges.contests.kept_pages import kept, page_of, plain_number
from challenges.contests.models import Challenge, Entry
from challenges.contests.own_claims import own_claims, tally_of
from challenges.contests.presenting import entries_of
from challenges.contests.serializers import (
    AppealSerializer,
    BaselineSerializer,
    ChallengeSerializer,
    ClaimSerializer,
    EntrySerializer,
    EvidenceFileSerializer,
    OwnClaimsSerializer,
    SendBackSerializer,
    StandingsSerializer,
    UploadSerializer,
)
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
        if self.action == "standings":
            return Challenge.objects.visible_to(user)
        own = Entry.objects.of(user).filter(challenge=OuterRef("pk"))
        challenges = Challenge.objects.visible_to(user).annotate(has_entered=Exists(own))
        return challenges.select_related("organiser", "deputy").prefetch_related("referees")

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

    @extend_schema(request=None, responses={200: ChallengeSerializer, 204: None})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Call the bet off; contestants are told. 409 once it is decided."""
        if not actions.cancel(challenge=self.get_object(), by=request.user):
            return Response(status=status.HTTP_204_NO_CONTENT)
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
    @action(detail=True, methods=["get", "post"])
    def entries(self, request: Request, pk: str | None = None) -> Response:
        """Who takes part, by name; POST a process to take part oneself."""
        challenge = self.get_object()
        context = self.get_serializer_context()
        if request.method == "GET":
            page = self.paginate_queryset(entries_of(challenge))
            return self.get_paginated_response(EntrySerializer(page, many=True, context=context).data)
        data = EntrySerializer(data=request.data, context=context)
        data.is_valid(raise_exception=True)
        entry, is_new = entering.enter(challenge=challenge, user=request.user, **data.validated_data)
        body = EntrySerializer(entry, context=context).data
        return Response(body, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str | None = None) -> Response:
        """Take one's entry back; 409 once one has claimed a step."""
        entry = get_object_or_404(Entry, challenge=self.get_object(), contestant=request.user)
        entering.leave(entry=entry)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(methods=["get"], responses=OwnClaimsSerializer)
    @extend_schema(methods=["post"], request=ClaimSerializer, responses={201: ClaimSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def claims(self, request: Request, pk: str | None = None) -> Response:
        """My own claims and my tally; POST claims steps of my process, or keeps a draft."""
        challenge = self.get_object()
        if request.method == "GET":
            entry = get_own_entry_for(request, challenge)
            claims = list(own_claims(entry))
            return Response(OwnClaimsSerializer({"tally": tally_of(entry, claims), "claims": claims}).data)
        entry, only_drafts = get_writing_entry_for(request, challenge)
        data = ClaimSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        form = ClaimForm(_as_post(data.as_form), entry=entry, user=request.user, offers_claimed=only_drafts)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        is_draft = only_drafts or data.validated_data["is_draft"]
        claim = claiming.claim(entry=entry, author=request.user, is_draft=is_draft, **form.as_claim)
        return Response(
            ClaimSerializer(own_claims(entry).get(pk=claim.pk)).data, status=status.HTTP_201_CREATED
        )

    @extend_schema(
        parameters=[OpenApiParameter("page", int, description="Of the standings, a hundred each.")],
        responses=StandingsSerializer,
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def standings(self, request: Request, pk: str | None = None) -> Response:
        """The standings of a revealed bet; 409 while the seal holds."""
        challenge = self.get_object()
        if not challenge.is_revealed:
            raise Refusal("sealed", _("The standings are sealed until the reveal."), status=409)
        return Response(standings_body(challenge, request.query_params.get("page")))

    @extend_schema(request=None, responses=ChallengeSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str | None = None) -> Response:
        """Open a draft to everybody."""
        actions.publish(challenge=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)


def _as_post(data: dict[str, Any]) -> QueryDict:
    """As a browser would send it, so that lists of one name stay lists."""
    post = QueryDict(mutable=True)
    for name, value in data.items():
        if isinstance(value, list):
            post.setlist(name, value)
        elif value is not False:
            post[name] = str(value)
    return post


def standings_body(challenge: Challenge, number: str | None) -> dict[str, object]:
    """One page, kept for a minute while nothing published changes."""

    def make() -> dict[str, object]:
        page = page_of(challenge, plain_number(number))
        body = {
            "revealed_at": challenge.revealed_at,
            "count": page.paginator.count,
            "next_page": page.next_page_number() if page.has_next() else None,
            "standings": page.object_list,
        }
        return dict(StandingsSerializer(body).data)

    return kept(challenge, f"api:{plain_number(number)}", make)


class EntryBaseline(APIView):
    """What an entry is measured against; PUT answers the readiness check, for whoever takes part."""

    @extend_schema(responses=BaselineSerializer)
    def get(self, request: Request, pk: object) -> Response:
        entry, _parts = get_baseline_entry_for(request.user, pk)
        return Response(BaselineSerializer(entry.baseline, context={"request": request}).data)

    @extend_schema(request=BaselineSerializer, responses=BaselineSerializer)
    def put(self, request: Request, pk: object) -> Response:
        entry, parts = get_baseline_entry_for(request.user, pk)
        if "own" not in parts:
            raise Http404
        data = BaselineSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        form = ReadinessForm(data.validated_data, instance=entry.baseline)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        return Response(
            BaselineSerializer(
                approving.tell_readiness(entry=entry, **form.cleaned_data), context={"request": request}
            ).data
        )


class ApproveBaseline(APIView):
    """Approve a baseline, as the process' owner, in the owner's place, or as a referee of the bet."""

    @extend_schema(request=None, responses=BaselineSerializer)
    def post(self, request: Request, pk: object) -> Response:
        entry, _parts = get_baseline_entry_for(request.user, pk)
        return Response(
            BaselineSerializer(
                approving.approve_baseline(entry=entry, by=request.user), context={"request": request}
            ).data
        )


class SendBaselineBack(APIView):
    """Send a baseline back, saying what is missing."""

    @extend_schema(request=SendBackSerializer, responses=BaselineSerializer)
    def post(self, request: Request, pk: object) -> Response:
        entry, _parts = get_baseline_entry_for(request.user, pk)
        data = SendBackSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        baseline = approving.send_baseline_back(entry=entry, by=request.user, **data.validated_data)
        return Response(BaselineSerializer(baseline, context={"request": request}).data)


class WithdrawClaim(APIView):
    """Take a claim of mine back while no referee has decided it, or throw a draft away."""

    @extend_schema(request=None, responses=ClaimSerializer)
    def post(self, request: Request, pk: object) -> Response:
        entry, claim, _only_drafts = get_written_claim_for(request, pk)
        return Response(ClaimSerializer(claiming.withdraw(claim=claim, entry=entry)).data)


class HandClaimIn(APIView):
    """Hand a draft in, so that a referee decides it."""

    @extend_schema(request=None, responses=ClaimSerializer)
    def post(self, request: Request, pk: object) -> Response:
        entry, claim = get_own_claim_for(request, pk)
        return Response(ClaimSerializer(claiming.hand_in(claim=claim, entry=entry, by=request.user)).data)


class AppealClaim(APIView):
    """Ask for a second look at a claim that was not accepted, once."""

    @extend_schema(request=AppealSerializer, responses=ClaimSerializer)
    def post(self, request: Request, pk: object) -> Response:
        entry, claim = get_own_claim_for(request, pk)
        data = AppealSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        return Response(
            ClaimSerializer(claiming.appeal(claim=claim, entry=entry, **data.validated_data)).data
        )


class ClaimFiles(APIView):
    """Add a file to a claim of mine as evidence, while it is a draft or waits."""

    parser_classes = (MultiPartParser,)

    @extend_schema(request={"multipart/form-data": UploadSerializer}, responses={201: EvidenceFileSerializer})
    def post(self, request: Request, pk: object) -> Response:
        entry, claim, _only_drafts = get_written_claim_for(request, pk)
        data = UploadSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        kept = claiming.add_file(claim=claim, entry=entry, file=data.validated_data["file"])
        return Response(EvidenceFileSerializer(kept).data, status=status.HTTP_201_CREATED)
