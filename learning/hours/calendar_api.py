"""Blocked time: invitations by mail and the personal feed."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.people.models import User
from learning.hours import feeding, inviting
from learning.hours.models import CalendarChoice
from learning.hours.serializers import CalendarSerializer, FeedAddressSerializer


class MyCalendar(APIView):
    """Whether I get hours as invitations by mail, and whether I have a feed."""

    def _answer(self, user: User) -> Response:
        wants_mail = CalendarChoice.objects.filter(user=user, wants_mail=True).exists()
        body = {"wants_mail": wants_mail, "has_feed": feeding.has_feed(user)}
        return Response(CalendarSerializer(body).data)

    @extend_schema(responses=CalendarSerializer)
    def get(self, request: Request) -> Response:
        return self._answer(request.user)

    @extend_schema(request=CalendarSerializer, responses=CalendarSerializer)
    def patch(self, request: Request) -> Response:
        """Switch invitations by mail on or off; switching off takes coming hours out of my calendar."""
        data = CalendarSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        inviting.set_wanted(user=request.user, wants_mail=data.validated_data["wants_mail"])
        return self._answer(request.user)


class MyFeed(APIView):
    """The address of my calendar feed."""

    @extend_schema(request=None, responses={201: FeedAddressSerializer})
    def post(self, request: Request) -> Response:
        """Make a new address, told this once; the one before no longer works."""
        body = {"url": feeding.make(user=request.user)}
        return Response(FeedAddressSerializer(body).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the address of my feed."""
        feeding.revoke(user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
