"""The inbox."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hub.notices.actions import mark_read
from hub.notices.models import Notice
from hub.notices.serializers import MarkedSerializer, MarkReadSerializer, NoticeSerializer


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
