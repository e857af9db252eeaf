from typing import ClassVar

from rest_framework import serializers

from hub.notices.models import Notice


class NoticeSerializer(serializers.ModelSerializer):
    text = serializers.CharField(read_only=True)

    class Meta:
        model = Notice
        fields: ClassVar = ["id", "kind", "text", "path", "created_at", "read_at"]


class MarkReadSerializer(serializers.Serializer):
    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=200,
        help_text="Notices to mark; all when left out.",
    )


class MarkedSerializer(serializers.Serializer):
    marked = serializers.IntegerField()
