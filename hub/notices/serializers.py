from typing import Any, ClassVar

from rest_framework import serializers

from hub.notices.forms import NoticePreferencesForm
from hub.notices.models import Notice, Preference


class NoticeSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="public_id", read_only=True)
    text = serializers.CharField(read_only=True)

    class Meta:
        model = Notice
        fields: ClassVar = ["id", "kind", "text", "path", "created_at", "read_at"]


class MarkReadSerializer(serializers.Serializer):
    ids = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=200,
        help_text="Notices to mark; all when left out.",
    )


class MarkedSerializer(serializers.Serializer):
    marked = serializers.IntegerField()


class PreferencesSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    quiet_from = serializers.TimeField(format="%H:%M", required=False)
    quiet_to = serializers.TimeField(format="%H:%M", required=False)
    time_zone = serializers.CharField(source="user.time_zone", read_only=True)
    next_tip_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="When the next tip would be sent at the earliest; a time just passed: at any moment. Null for never.",
    )

    class Meta:
        model = Preference
        fields: ClassVar = [*NoticePreferencesForm.Meta.fields, "time_zone", "next_tip_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = NoticePreferencesForm.Meta.fields
        values = {name: attrs.get(name, getattr(self.instance, name)) for name in names}
        if "paused_until" not in attrs and not self.instance.is_paused(self.context["today"]):
            values["paused_until"] = None
        form = NoticePreferencesForm(values, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        return {name: form.cleaned_data[name] for name in names}
