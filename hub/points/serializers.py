from typing import ClassVar

from rest_framework import serializers

from hub.points.models import PointEntry


class PointEntrySerializer(serializers.ModelSerializer):
    title = serializers.CharField(read_only=True)

    class Meta:
        model = PointEntry
        fields: ClassVar = ["rule", "title", "points", "earned_at"]
