"""Tips."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.nudges import actions, authoring, cards, keeping
from hub.nudges.forms import LibraryForm, ResponseForm
from hub.nudges.ids import nudge_id as id_of
from hub.nudges.library import Entry, entries_for, found
from hub.nudges.models import Tip, local_day
from hub.nudges.serializers import (
    AuthoredTipSerializer,
    KeptSerializer,
    NudgeSerializer,
    RespondSerializer,
    TipEntrySerializer,
)
from hub.nudges.vocabulary import Area, Moment, RoleGroup
from hub.people.moments import is_learning


def _entry(request: Request, entry: Entry) -> dict[str, object]:
    user = request.user
    own_id = id_of(user.subject_key, entry.tip.pk, local_day(user, timezone.now()))
    return {
        "tip": entry.tip,
        "text": entry.text,
        "mine": entry.mine,
        "is_favourite": entry.is_favourite,
        "rests_until": entry.rests_until,
        "nudge": own_id,
    }


def _entry_of(request: Request, tip_id: UUID) -> dict[str, object]:
    entry = next((entry for entry in entries_for(request.user) if entry.tip.pk == tip_id), None)
    if entry is None:
        raise Http404
    return TipEntrySerializer(_entry(request, entry)).data


def _nudge(card: cards.Card | None, why: str = "") -> dict[str, object]:
    if card is None:
        return NudgeSerializer({"id": None, "tip": None, "why": why, "response": ""}).data
    tip = {"tip": card.tip, "text": card.tip.text}
    return NudgeSerializer({"id": card.id, "tip": tip, "why": card.why, "response": card.response}).data


def _written(request: Request, tip: Tip | None) -> dict[str, object]:
    serializer = AuthoredTipSerializer(tip, data=request.data, partial=True)
    serializer.is_valid(raise_exception=True)
    form = serializer.form
    seen = serializer.validated_data.get("version")
    kept = authoring.write(tip=form.save(commit=False), words=form.words(), by=request.user, seen=seen)
    return AuthoredTipSerializer(Tip.objects.get(pk=kept.pk)).data


class Tips(GenericAPIView):
    """The tips of the library, with what I answered."""

    serializer_class = TipEntrySerializer
    queryset = Tip.objects.none()

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words that the tip holds."),
            OpenApiParameter("tool", str, enum=Tip.Tool.values),
            OpenApiParameter("area", str, enum=Area.values),
            OpenApiParameter(
                "role", str, enum=RoleGroup.values, description="With those that help everybody."
            ),
            OpenApiParameter("moment", str, enum=Moment.values),
            OpenApiParameter("mine", str, enum=["favourites", "tried", "later", "resting", "aside"]),
            OpenApiParameter("place", str, description="A page of the hub, such as /notebooks/."),
        ],
        responses=TipEntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        wishes = LibraryForm(request.query_params).wishes()
        page = self.paginate_queryset(found(entries_for(request.user), **wishes))
        entries = [_entry(request, entry) for entry in page]
        return self.get_paginated_response(TipEntrySerializer(entries, many=True).data)

    @extend_schema(request=AuthoredTipSerializer, responses={201: AuthoredTipSerializer})
    def post(self, request: Request) -> Response:
        """Write a new tip, as a content owner."""
        authoring.check_author(request.user)
        return Response(_written(request, None), status=201)


class OneTip(APIView):
    """One tip, with what I answered."""

    @extend_schema(responses=TipEntrySerializer)
    def get(self, request: Request, tip_id: UUID) -> Response:
        return Response(_entry_of(request, tip_id))

    @extend_schema(request=AuthoredTipSerializer, responses=AuthoredTipSerializer)
    def patch(self, request: Request, tip_id: UUID) -> Response:
        """Change a tip or take it out of use, as a content owner; what is not named stays."""
        return Response(_written(request, authoring.get_tip_for(request.user, tip_id)))


class FavouriteTip(APIView):
    """Whether a tip is among my favourites. Repeating it has no second effect."""

    @extend_schema(request=None, responses=TipEntrySerializer)
    def put(self, request: Request, tip_id: UUID) -> Response:
        """Put a tip among my favourites."""
        tip = get_object_or_404(Tip.objects.visible_to(request.user), pk=tip_id)
        actions.add_favourite(user=request.user, tip=tip)
        return Response(_entry_of(request, tip_id))

    @extend_schema(request=None, responses=TipEntrySerializer)
    def delete(self, request: Request, tip_id: UUID) -> Response:
        """Take a tip from my favourites."""
        tip = get_object_or_404(Tip.objects.visible_to(request.user), pk=tip_id)
        actions.remove_favourite(user=request.user, tip=tip)
        return Response(_entry_of(request, tip_id))


class ShowTipAgain(APIView):
    """Let a tip come again that I put aside, or that rests because it was shown to me."""

    @extend_schema(request=None, responses=TipEntrySerializer)
    def post(self, request: Request, tip_id: UUID) -> Response:
        tip = get_object_or_404(Tip.objects.visible_to(request.user), pk=tip_id)
        actions.show_again(user=request.user, tip=tip)
        return Response(_entry_of(request, tip_id))


class NextNudge(APIView):
    """My tip of the day and why I see it; none while my hour runs. Asking changes nothing."""

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "context",
                str,
                description="Where I am: a tool, a moment, or the path of a page of the hub; others count as none.",
            )
        ],
        responses=NudgeSerializer,
    )
    def get(self, request: Request) -> Response:
        now, context = timezone.now(), request.query_params.get("context", "")
        if is_learning(request.user, now):
            return Response(_nudge(None, str(cards.HOUR_RUNS)))
        card = cards.day_card(request.user, now, context=context)
        return Response(_nudge(card, str(cards.NONE_LEFT)))


class SeeNudge(APIView):
    """Note that I was shown this tip. Repeating it has no second effect."""

    @extend_schema(request=None, responses=NudgeSerializer)
    def post(self, request: Request, nudge_id: UUID) -> Response:
        now = timezone.now()
        card = cards.get_card_for(request.user, nudge_id, now)
        actions.see(user=request.user, card=card, now=now)
        return Response(_nudge(cards.get_card_for(request.user, nudge_id, now)))


class AskedIfKept(APIView):
    """The tip that I tried and am asked about: whether I still use it; 204 where nothing is asked."""

    @extend_schema(responses={200: KeptSerializer, 204: None})
    def get(self, request: Request) -> Response:
        nudge = keeping.question_for(request.user, timezone.now())
        return Response(KeptSerializer(nudge).data) if nudge else Response(status=204)


class SayKept(APIView):
    """Say whether I still use what I tried: yes, no, skip, or none to take it back."""

    @extend_schema(request=KeptSerializer, responses=KeptSerializer)
    def post(self, request: Request, nudge_id: UUID) -> Response:
        keeping.get_tried_for(request.user, nudge_id)  # whoever may not is told that before the body is read
        word = request.data.get("kept", "") if isinstance(request.data, dict) else ""
        nudge = keeping.answer(user=request.user, nudge_id=nudge_id, word=str(word), now=timezone.now())
        return Response(KeptSerializer(nudge).data)


class RespondToNudge(APIView):
    """Answer a tip: tried, later, not_for_me, or none to take the answer back."""

    @extend_schema(request=RespondSerializer, responses=NudgeSerializer)
    def post(self, request: Request, nudge_id: UUID) -> Response:
        now = timezone.now()
        card = cards.get_card_for(request.user, nudge_id, now)
        form = ResponseForm(request.data if isinstance(request.data, dict) else {})
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        actions.respond(user=request.user, card=card, response=form.cleaned_data["response"], now=now)
        return Response(_nudge(cards.get_card_for(request.user, nudge_id, now)))
