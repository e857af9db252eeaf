"""Calendars with doors: to open them, and for authors to fill them."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.drops import actions, advent, authoring
from hub.drops.doors import doors_of
from hub.drops.models import Drop, DropDoor
from hub.drops.schedule import site_day
from hub.drops.serializers import (
    AdventSerializer,
    AuthoredDoorSerializer,
    DoorCalendarSerializer,
    DoorSerializer,
    DropSerializer,
    PlanSerializer,
)
from hub.nudges.authoring import check_author
from hub.people.models import User


def _calendar_of(drop: Drop, user: User) -> dict[str, object]:
    shown = {name: getattr(drop, name) for name in DropSerializer.Meta.fields}
    return DoorCalendarSerializer({**shown, "doors": doors_of(drop, user, timezone.now())}).data


class Drops(GenericAPIView):
    """Calendars with doors that are for me: those that run, come or are over, the last one first."""

    serializer_class = DropSerializer
    queryset = Drop.objects.none()

    @extend_schema(responses=DropSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(Drop.objects.visible_to(request.user))
        return self.get_paginated_response(DropSerializer(page, many=True).data)

    @extend_schema(request=PlanSerializer, responses={201: PlanSerializer})
    def post(self, request: Request) -> Response:
        """Begin a calendar, as a content owner: empty doors, or copied from `begin_with`."""
        check_author(request.user)
        serializer = PlanSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        begun = serializer.form.save(commit=False)
        drop = authoring.create(drop=begun, by=request.user, source=serializer.begin_with)
        return Response(PlanSerializer(drop).data, status=201)


class OneDrop(APIView):
    """One calendar and its doors; what is behind one is told once I opened it."""

    @extend_schema(responses=DoorCalendarSerializer)
    def get(self, request: Request, drop_id: UUID) -> Response:
        drop = get_object_or_404(Drop.objects.visible_to(request.user), pk=drop_id)
        return Response(_calendar_of(drop, request.user))


class OpenDropDoor(APIView):
    """Open a door of a calendar, from midnight of its day where I work; 409 before that and after the last day."""

    @extend_schema(request=None, responses=DoorSerializer)
    def post(self, request: Request, drop_id: UUID, number: int) -> Response:
        drop, now = get_object_or_404(Drop.objects.visible_to(request.user), pk=drop_id), timezone.now()
        if not 1 <= number <= drop.size:
            raise Http404
        actions.open_door(user=request.user, drop=drop, number=number, now=now)
        return Response(DoorSerializer(doors_of(drop, request.user, now)[number - 1]).data)


class Advent(APIView):
    """The doors of Advent; what is behind one is told once I opened it."""

    @extend_schema(responses=AdventSerializer)
    def get(self, request: Request) -> Response:
        now = timezone.now()
        day = site_day(request.user, now)
        own = advent.own_calendar(request.user, day)
        body = {
            "season": advent.season_on(day),
            "begins_on": advent.begins_on(day),
            "ends_on": own.ends_on if own else advent.ends_on(day),
            "doors": advent.doors_of(request.user, now),
        }
        return Response(AdventSerializer(body).data)


class OpenDoor(APIView):
    """Open a door, from midnight of its day where I work; 409 before that and outside the season."""

    @extend_schema(request=None, responses=DoorSerializer)
    def post(self, request: Request, day: int) -> Response:
        now = timezone.now()
        doors = advent.doors_of(request.user, now)
        if not 1 <= day <= len(doors):
            raise Http404
        actions.open_advent_door(user=request.user, day=day, now=now)
        return Response(DoorSerializer(advent.doors_of(request.user, now)[day - 1]).data)


# --- For authors -----------------------------------------------------------------------------------


class DropPlan(APIView):
    """The plan of a calendar that I fill, and what keeps it from being published."""

    @extend_schema(responses=PlanSerializer)
    def get(self, request: Request, drop_id: UUID) -> Response:
        return Response(PlanSerializer(authoring.get_drop_for(request.user, drop_id)).data)

    @extend_schema(request=PlanSerializer, responses=PlanSerializer)
    def patch(self, request: Request, drop_id: UUID) -> Response:
        """Change the plan of a calendar that I fill; once it is published, only its titles."""
        drop = authoring.get_drop_for(request.user, drop_id)
        context = {"request": request}
        serializer = PlanSerializer(drop, data=request.data, partial=True, context=context)
        serializer.is_valid(raise_exception=True)
        return Response(PlanSerializer(authoring.change(drop=serializer.form.save(commit=False))).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, drop_id: UUID) -> Response:
        """Discard a draft with all its doors; 409 once it is published."""
        authoring.discard(drop=authoring.get_drop_for(request.user, drop_id))
        return Response(status=204)


class DropDoors(APIView):
    """All doors of a calendar that I fill, with what is behind them."""

    @extend_schema(responses=AuthoredDoorSerializer(many=True))
    def get(self, request: Request, drop_id: UUID) -> Response:
        drop = authoring.get_drop_for(request.user, drop_id)
        doors = drop.doors.select_related("drop", "story")
        return Response(AuthoredDoorSerializer(doors, many=True).data)


class OneDropDoor(APIView):
    """One door of a calendar that I fill."""

    @extend_schema(request=AuthoredDoorSerializer, responses=AuthoredDoorSerializer)
    def patch(self, request: Request, drop_id: UUID, number: int) -> Response:
        """Change what is behind a door of a calendar that I fill; what is not named stays.

        With the `version` it was read in: 409 if somebody changed it since, and nothing is written.
        """
        door = self._door(request.user, drop_id, number)
        serializer = AuthoredDoorSerializer(door, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        authoring.write_door(door=serializer.form.save(commit=False), seen=serializer.seen)
        return Response(AuthoredDoorSerializer(self._door(request.user, drop_id, number)).data)

    def _door(self, user: User, drop_id: UUID, number: int) -> DropDoor:
        drop = authoring.get_drop_for(user, drop_id)
        return get_object_or_404(drop.doors.select_related("drop", "story", "tip"), number=number)


class PublishDrop(APIView):
    """Whether a calendar that I fill hangs."""

    @extend_schema(request=None, responses=PlanSerializer)
    def post(self, request: Request, drop_id: UUID) -> Response:
        """Publish a calendar that I fill; 409 while anything is missing."""
        drop = authoring.get_drop_for(request.user, drop_id)
        return Response(PlanSerializer(authoring.publish(drop=drop, by=request.user)).data)

    @extend_schema(request=None, responses=PlanSerializer)
    def delete(self, request: Request, drop_id: UUID) -> Response:
        """Make it a draft again; 409 once a door has opened for anybody."""
        drop = authoring.get_drop_for(request.user, drop_id)
        return Response(PlanSerializer(authoring.unpublish(drop=drop, by=request.user)).data)


class EndDrop(APIView):
    """Whether a calendar that I fill has ended early."""

    @extend_schema(request=None, responses=PlanSerializer)
    def post(self, request: Request, drop_id: UUID) -> Response:
        """End a calendar early: no further door opens, and what was opened stays open for twelve weeks."""
        drop = authoring.get_drop_for(request.user, drop_id)
        return Response(PlanSerializer(authoring.end(drop=drop, by=request.user)).data)

    @extend_schema(request=None, responses=PlanSerializer)
    def delete(self, request: Request, drop_id: UUID) -> Response:
        """Let a calendar that was ended early go on; 409 if another one took its days."""
        drop = authoring.get_drop_for(request.user, drop_id)
        return Response(PlanSerializer(authoring.resume(drop=drop, by=request.user)).data)


class TakeOverDrop(APIView):
    """Fill a calendar of another author from now on, and read it in advance; that is recorded."""

    @extend_schema(request=None, responses=PlanSerializer)
    def post(self, request: Request, drop_id: UUID) -> Response:
        drop = authoring.get_any_drop_for(request.user, drop_id)
        return Response(PlanSerializer(authoring.take_over(drop=drop, by=request.user)).data)
