"""The inbox, the preferences and the destinations."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.notices import destinations
from hub.notices.actions import mark_read, set_preferences
from hub.notices.models import Destination, Notice, Preference
from hub.notices.preview import next_tip
from hub.notices.serializers import (
    DestinationSerializer,
    MarkedSerializer,
    MarkReadSerializer,
    NoticeSerializer,
    PreferencesSerializer,
)


class Inbox(generics.ListAPIView):
    """My notices, newest first."""

    serializer_class = NoticeSerializer
    queryset = Notice.objects.none()

    def get_queryset(self) -> QuerySet[Notice]:
        return Notice.objects.visible_to(self.request.user)


class ReadNotices(APIView):
    """Mark notices as read."""

    @extend_schema(request=MarkReadSerializer, responses=MarkedSerializer)
    def post(self, request: Request) -> Response:
        data = MarkReadSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        marked = mark_read(user=request.user, notice_ids=data.validated_data.get("ids"))
        return Response({"marked": marked})


class Preferences(APIView):
    """What I want to be told, where and when, and when my next tip would be sent."""

    def _answer(self, preference: Preference) -> Response:
        preference.next_tip_at = next_tip(preference, timezone.now()).at
        return Response(PreferencesSerializer(preference).data)

    @extend_schema(responses=PreferencesSerializer)
    def get(self, request: Request) -> Response:
        return self._answer(Preference.of(request.user))

    @extend_schema(request=PreferencesSerializer, responses=PreferencesSerializer)
    def patch(self, request: Request) -> Response:
        """Change what I want to be told; what is left out stays as it is."""
        preference = Preference.of(request.user)
        today = preference.rest.local_day(timezone.now())
        data = PreferencesSerializer(preference, data=request.data, partial=True, context={"today": today})
        data.is_valid(raise_exception=True)
        return self._answer(set_preferences(user=request.user, changes=data.validated_data))


class Destinations(generics.ListAPIView):
    """Where else tips are sent to me: webhooks and browsers."""

    serializer_class = DestinationSerializer
    queryset = Destination.objects.none()

    def get_queryset(self) -> QuerySet[Destination]:
        return Destination.objects.visible_to(self.request.user)

    @extend_schema(request=DestinationSerializer, responses={201: DestinationSerializer})
    def post(self, request: Request) -> Response:
        """Add one; its address is never shown again."""
        data = DestinationSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        made = destinations.add(user=request.user, **data.validated_data)
        return Response(DestinationSerializer(made).data, status=status.HTTP_201_CREATED)


class OneDestination(APIView):
    @extend_schema(responses={204: None})
    def delete(self, request: Request, destination_id: object) -> Response:
        """Send nothing there any more."""
        destinations.remove(user=request.user, destination_id=destination_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TestDestination(APIView):
    @extend_schema(request=None, responses=DestinationSerializer)
    def post(self, request: Request, destination_id: object) -> Response:
        """Send me a test message there now; 409 if it did not arrive."""
        tested = destinations.send_test(user=request.user, destination_id=destination_id)
        return Response(DestinationSerializer(tested).data)
