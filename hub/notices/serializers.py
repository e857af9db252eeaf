from typing import Any, ClassVar

from rest_framework import serializers

from hub.notices.forms import NoticePreferencesForm
from hub.notices.models import Destination, Notice, Preference
from hub.notices.vocabulary import Area, Channel, RoleGroup, Weekday


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

    cards_at = serializers.TimeField(format="%H:%M", required=False)
    quiet_from = serializers.TimeField(format="%H:%M", required=False)
    quiet_to = serializers.TimeField(format="%H:%M", required=False)
    topics = serializers.ListField(child=serializers.ChoiceField(Area.choices), required=False)
    role = serializers.ChoiceField(RoleGroup.choices, required=False, allow_blank=True)
    first_channel = serializers.ChoiceField(
        Channel.choices, required=False, allow_blank=True, help_text="Tried before the other ways."
    )
    working_days = serializers.ListField(
        child=serializers.ChoiceField(Weekday.choices),
        required=False,
        help_text="Days on which something may come; Monday is 0.",
    )
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


class DestinationSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(source="public_id", read_only=True)
    address = serializers.CharField(
        write_only=True,
        max_length=4000,
        help_text="Of a webhook; for another messenger that of apprise; of a browser its subscription as JSON.",
    )
    works = serializers.SerializerMethodField(help_text="False: disabled, as it took nothing any more.")
    reason = serializers.CharField(read_only=True, help_text="Why it was disabled.")

    class Meta:
        model = Destination
        fields: ClassVar = ["id", "channel", "address", "host", "works", "reason", "created_at"]
        read_only_fields: ClassVar = ["host", "created_at"]

    def get_works(self, destination: Destination) -> bool:
        return destination.disabled_at is None
