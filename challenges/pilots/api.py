"""Pilots, for programs."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from challenges.pilots import actions, deciding, running, telling
from challenges.pilots.fetching import get_own_criterion, get_own_pilot, get_own_rollout_item
from challenges.pilots.forms import SCALE, AmendForm, CriterionForm, EvidenceForm, TakeOverForm
from challenges.pilots.models import Criterion, Pilot, Reading
from challenges.pilots.serializers import (
    CriterionSerializer,
    ExtendSerializer,
    NewOwnerSerializer,
    NoteEvidenceSerializer,
    PilotDecisionSerializer,
    PilotSerializer,
    PilotTemplateSerializer,
    ReadinessAnswersSerializer,
    ReadingSerializer,
    RolloutItemSerializer,
    SeededSerializer,
    TickSerializer,
    ToldSerializer,
    WriteCriterionSerializer,
)
from challenges.pilots.starter import starter_of

FOR_OTHERS = {"take_over", "challenge"}  # who may is asked there


class IsOwner(BasePermission):
    """Everybody reads what has started; its owner acts."""

    def has_object_permission(self, request: Request, view: viewsets.ViewSet, pilot: Pilot) -> bool:
        is_open = request.method in SAFE_METHODS or view.action in FOR_OTHERS
        return is_open or pilot.owner_id == request.user.pk


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter(
                "state", str, enum=Pilot.State.values, description="“draft” gives one's own drafts."
            )
        ]
    )
)
class Pilots(viewsets.ModelViewSet):
    """Pilots that have started, those to be decided first; a draft is found by its owner."""

    serializer_class = PilotSerializer
    permission_classes = (IsAuthenticated, IsOwner)
    queryset = Pilot.objects.none()
    lookup_value_converter = "uuid"
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def get_queryset(self) -> QuerySet[Pilot]:
        visible = Pilot.objects.visible_to(self.request.user).with_all()
        if self.action != "list":
            return visible
        state = self.request.query_params.get("state", "")
        found = visible.filter(state=state) if state in Pilot.State.values else visible.started()
        return found.for_everybody(timezone.localdate())

    def _shown(self, pilot: Pilot, code: int = status.HTTP_200_OK) -> Response:
        fresh = Pilot.objects.visible_to(self.request.user).with_all().get(pk=pilot.pk)
        return Response(PilotSerializer(fresh, context=self.get_serializer_context()).data, status=code)

    def _given(self, kind: type[serializers.Serializer]) -> dict[str, object]:
        data = kind(data=self.request.data)
        data.is_valid(raise_exception=True)
        return data.validated_data

    def perform_create(self, serializer: PilotSerializer) -> None:
        pilot = actions.draft(pilot=serializer.form.save(commit=False), owner=self.request.user)
        serializer.instance = self.get_queryset().get(pk=pilot.pk)

    def update(self, request: Request, *args: object, **kwargs: object) -> Response:
        actions.check_draft(self.get_object())
        return super().update(request, *args, **kwargs)

    def perform_update(self, serializer: PilotSerializer) -> None:
        actions.change(pilot=serializer.form.save(commit=False))
        serializer.instance = self.get_queryset().get(pk=serializer.instance.pk)

    def perform_destroy(self, pilot: Pilot) -> None:
        actions.discard(pilot=pilot)

    @extend_schema(request=PilotTemplateSerializer, responses={201: PilotSerializer})
    @action(detail=False, methods=["post"], url_path="from-template")
    def from_template(self, request: Request) -> Response:
        """Draft one of the templates, in German or English."""
        given = self._given(PilotTemplateSerializer)
        language = given.get("language") or request.user.language
        pilot = actions.draft_from(starter=starter_of(given["template"], language), owner=request.user)
        return self._shown(pilot, status.HTTP_201_CREATED)

    @extend_schema(request=ReadinessAnswersSerializer, responses=PilotSerializer)
    @action(detail=True, methods=["patch"])
    def readiness(self, request: Request, pk: object = None) -> Response:
        """Answer items of the readiness check."""
        pilot = self.get_object()
        actions.check_draft(pilot)
        actions.answer(pilot=pilot, answers=self._given(ReadinessAnswersSerializer)["answers"])
        return self._shown(pilot)

    @extend_schema(request=None, responses=PilotSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: object = None) -> Response:
        """Start it: everybody sees it, and what was agreed stays; 422 says what is missing."""
        return self._shown(actions.start(pilot=self.get_object()))

    @extend_schema(request=NoteEvidenceSerializer, responses={201: ReadingSerializer})
    @action(detail=True, methods=["post"])
    def evidence(self, request: Request, pk: object = None) -> Response:
        """Note what a measure said on a day."""
        pilot, given = self.get_object(), self._given(NoteEvidenceSerializer)
        form = EvidenceForm(given, pilot=pilot, instance=Reading())
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        words = form.cleaned_data
        reading = running.note_evidence(
            criterion=words["criterion"],
            by=request.user,
            day=words["day"],
            value=words["value"],
            note=words["note"],
        )
        return Response(ReadingSerializer(reading).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @evidence.mapping.delete
    def undo_evidence(self, request: Request, pk: object = None) -> Response:
        """Take back what I noted last."""
        running.undo_evidence(pilot=self.get_object(), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ExtendSerializer, responses=PilotSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: object = None) -> Response:
        """Extend it once, from its decision day on; a second time is 409."""
        pilot = self.get_object()
        return self._shown(deciding.extend(pilot=pilot, **self._given(ExtendSerializer)))

    @extend_schema(request=PilotDecisionSerializer, responses=PilotSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: object = None) -> Response:
        """Scale or stop it for good, with the reason; scaling before its day is 409."""
        pilot, given = self.get_object(), self._given(PilotDecisionSerializer)
        is_scaled = given["outcome"] == SCALE
        decided = deciding.decide(pilot=pilot, by=request.user, is_scaled=is_scaled, reason=given["reason"])
        return self._shown(decided)

    @extend_schema(request=NewOwnerSerializer, responses=PilotSerializer)
    @action(detail=True, methods=["post"], url_path="take-over")
    def take_over(self, request: Request, pk: object = None) -> Response:
        """Take over a pilot without an owner, or name its new owner; 409 while it has one, unless it is late.

        Late: four weeks past its decision day.
        """
        pilot = self.get_object()
        if not running.may_take_over(request.user, pilot):
            raise PermissionDenied
        form = TakeOverForm(self._given(NewOwnerSerializer))
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        owner = form.cleaned_data["email"] or request.user
        return self._shown(running.take_over(pilot=pilot, by=request.user, owner=owner))

    @extend_schema(request=None, responses={201: SeededSerializer})
    @action(detail=True, methods=["post"])
    def challenge(self, request: Request, pk: object = None) -> Response:
        """Draft a bet from a scaled pilot; for facilitators."""
        challenge = deciding.seed_challenge(pilot=self.get_object(), by=request.user)
        return Response({"challenge": challenge.pk}, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={201: ToldSerializer})
    @action(detail=True, methods=["post"])
    def story(self, request: Request, pk: object = None) -> Response:
        """Begin the story of my decided pilot, as a draft; the same again is the same story."""
        story = telling.tell(pilot=get_own_pilot(request, pk), by=request.user)
        return Response({"story": story.pk}, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=PilotSerializer)
    @action(detail=True, methods=["post"])
    def rollout(self, request: Request, pk: object = None) -> Response:
        """Make the checklist of a scaled pilot."""
        return self._shown(deciding.plan_rollout(pilot=self.get_object()))


def _agreed(request: Request, pilot: Pilot, criterion: Criterion) -> Criterion:
    """Through the page's form: changed in a draft, amended with a reason once it runs."""
    actions.check_criterion(pilot, criterion)
    amends = pilot.is_running and not criterion._state.adding
    data = WriteCriterionSerializer(
        instance=criterion, data=request.data, partial=not criterion._state.adding
    )
    data.is_valid(raise_exception=True)
    values = {name: getattr(criterion, name) for name in actions.TERMS} | data.validated_data
    form = (AmendForm if amends else CriterionForm)(values, pilot=pilot, instance=criterion)
    if not form.is_valid():
        raise serializers.ValidationError(form.errors)
    if not amends:
        return actions.set_criterion(pilot=pilot, criterion=form.save(commit=False))
    terms = {name: form.cleaned_data[name] for name in actions.TERMS}
    return running.amend(criterion=criterion, by=request.user, reason=form.cleaned_data["reason"], **terms)


class PilotCriteria(APIView):
    """Agree on a criterion of my draft."""

    @extend_schema(request=WriteCriterionSerializer, responses={201: CriterionSerializer})
    def post(self, request: Request, pk: object) -> Response:
        made = _agreed(request, get_own_pilot(request, pk), Criterion())
        return Response(CriterionSerializer(made).data, status=status.HTTP_201_CREATED)


class OneCriterion(APIView):
    @extend_schema(request=WriteCriterionSerializer, responses=CriterionSerializer)
    def patch(self, request: Request, criterion_id: object) -> Response:
        """Change a criterion; after the start with a reason, and the first text stays readable."""
        criterion = get_own_criterion(request, criterion_id)
        changed = _agreed(request, criterion.pilot, criterion)
        return Response(CriterionSerializer(get_object_or_404(Criterion, pk=changed.pk)).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, criterion_id: object) -> Response:
        """Take a criterion out of my draft."""
        actions.remove_criterion(criterion=get_own_criterion(request, criterion_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class OneRolloutItem(APIView):
    @extend_schema(request=TickSerializer, responses=RolloutItemSerializer)
    def patch(self, request: Request, rollout_id: object) -> Response:
        """Tick an item of the roll-out, or take the tick back."""
        item = get_own_rollout_item(request, rollout_id)
        data = TickSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        ticked = deciding.tick(item=item, by=request.user, is_done=data.validated_data["is_done"])
        return Response(RolloutItemSerializer(ticked).data)
