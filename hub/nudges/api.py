"""Tips and the calendar of Advent."""

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

from hub.nudges import actions, advent, cards
from hub.nudges.forms import LibraryForm, ResponseForm
from hub.nudges.ids import nudge_id as id_of
from hub.nudges.library import Entry, entries_for, found
from hub.nudges.models import Tip, local_day
from hub.nudges.serializers import (
    AdventSerializer,
    DoorSerializer,
    NudgeSerializer,
    RespondSerializer,
    TipEntrySerializer,
)
from hub.people.moments import is_learning


def _entry(request: Request, entry: Entry) -> dict[str, object]:
    user = request.user
    own_id = id_of(user.subject_key, entry.tip.pk, local_day(user, timezone.now()))
    return {"tip": entry.tip, "text": entry.text, "mine": entry.mine, "nudge": own_id}


def _nudge(card: cards.Card | None, why: str = "") -> dict[str, object]:
    if card is None:
        return NudgeSerializer({"id": None, "tip": None, "why": why, "response": ""}).data
    tip = {"tip": card.tip, "text": card.tip.text}
    return NudgeSerializer({"id": card.id, "tip": tip, "why": card.why, "response": card.response}).data


class Tips(GenericAPIView):
    """The tips of the library, with what I answered."""

    serializer_class = TipEntrySerializer
    queryset = Tip.objects.none()

    @extend_schema(
        parameters=[
            OpenApiParameter("q", str, description="Words that the tip holds."),
            OpenApiParameter("tool", str, enum=Tip.Tool.values),
            OpenApiParameter("mine", str, enum=["tried", "later", "aside"]),
        ],
        responses=TipEntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        wishes = LibraryForm(request.query_params).wishes()
        page = self.paginate_queryset(found(entries_for(request.user), **wishes))
        entries = [_entry(request, entry) for entry in page]
        return self.get_paginated_response(TipEntrySerializer(entries, many=True).data)


class OneTip(APIView):
    """One tip, with what I answered."""

    @extend_schema(responses=TipEntrySerializer)
    def get(self, request: Request, tip_id: UUID) -> Response:
        tip = get_object_or_404(Tip.objects.visible_to(request.user), pk=tip_id)
        entry = next((entry for entry in entries_for(request.user) if entry.tip.pk == tip.pk), None)
        if entry is None:
            raise Http404
        return Response(TipEntrySerializer(_entry(request, entry)).data)


class NextNudge(APIView):
    """My tip of the day and why I see it; none while my hour runs. Asking changes nothing."""

    @extend_schema(
        parameters=[
            OpenApiParameter("context", str, description="A tool, to get a tip for it; others count as none.")
        ],
        responses=NudgeSerializer,
    )
    def get(self, request: Request) -> Response:
        now, context = timezone.now(), request.query_params.get("context", "")
        if is_learning(request.user, now):
            return Response(_nudge(None, str(cards.HOUR_RUNS)))
        tool = context if context in Tip.Tool.values else ""
        card = cards.day_card(request.user, now, tool=tool)
        return Response(_nudge(card, str(cards.NONE_LEFT)))


class SeeNudge(APIView):
    """Note that I was shown this tip. Repeating it has no second effect."""

    @extend_schema(request=None, responses=NudgeSerializer)
    def post(self, request: Request, nudge_id: UUID) -> Response:
        now = timezone.now()
        card = cards.get_card_for(request.user, nudge_id, now)
        actions.see(user=request.user, card=card, now=now)
        return Response(_nudge(cards.get_card_for(request.user, nudge_id, now)))


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


class Advent(APIView):
    """The doors of Advent; what is behind one is told once I opened it."""

    @extend_schema(responses=AdventSerializer)
    def get(self, request: Request) -> Response:
        now = timezone.now()
        day = advent.site_day(request.user, now)
        body = {
            "season": advent.season_on(day),
            "begins_on": advent.begins_on(day),
            "ends_on": advent.ends_on(day),
            "doors": advent.doors_of(request.user, now),
        }
        return Response(AdventSerializer(body).data)


class OpenDoor(APIView):
    """Open a door, from midnight of its day where I work; 409 before that and outside the season."""

    @extend_schema(request=None, responses=DoorSerializer)
    def post(self, request: Request, day: int) -> Response:
        if day not in advent.DAYS:
            raise Http404
        now = timezone.now()
        actions.open_door(user=request.user, day=day, now=now)
        return Response(DoorSerializer(advent.doors_of(request.user, now)[day - 1]).data)
