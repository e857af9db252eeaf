"""One's own ledger."""

from django.db.models import QuerySet
from rest_framework import generics

from hub.points.models import PointEntry
from hub.points.serializers import PointEntrySerializer


class Points(generics.ListAPIView):
    """My ledger, newest first; the total stands in `me/`."""

    serializer_class = PointEntrySerializer
    queryset = PointEntry.objects.none()

    def get_queryset(self) -> QuerySet[PointEntry]:
        return PointEntry.objects.of(self.request.user)
