"""One's own ledger and badges, and the board of teams."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.points.board import board_for
from hub.points.models import BadgeAward, PointEntry
from hub.points.serializers import BadgeSerializer, BoardSerializer, PointEntrySerializer
from hub.points.showing import ShownBadge, badges_of


class Points(generics.ListAPIView):
    """My ledger, newest first; the total stands in `me/`."""

    serializer_class = PointEntrySerializer
    queryset = PointEntry.objects.none()

    def get_queryset(self) -> QuerySet[PointEntry]:
        return PointEntry.objects.of(self.request.user)


class Badges(generics.ListAPIView):
    """All badges: those I earned, newest first, then the others with how one earns them."""

    serializer_class = BadgeSerializer
    queryset = BadgeAward.objects.none()

    def get_queryset(self) -> list[ShownBadge]:
        return badges_of(self.request.user)


class TeamBoard(APIView):
    """Teams of the last closed week by points per member: the first ones, and mine with its neighbours."""

    @extend_schema(responses=BoardSerializer)
    def get(self, request: Request) -> Response:
        board = board_for(request.user)
        empty = {"monday": None, "top": [], "around": [], "teams": 0}
        return Response(BoardSerializer(board).data if board else empty)
