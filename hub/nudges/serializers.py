from rest_framework import serializers

from hub.nudges.forms import ANSWERS
from hub.nudges.models import Tip


class TipSerializer(serializers.Serializer):
    """A tip in the reader's language; `language` says which one it is where there is no translation."""

    id = serializers.UUIDField(source="tip.pk")
    title = serializers.CharField(source="text.title")
    body = serializers.CharField(source="text.body")
    steps = serializers.ListField(child=serializers.CharField(), source="text.steps")
    language = serializers.CharField(source="text.language")
    tool = serializers.ChoiceField(choices=Tip.Tool.choices, source="tip.tool")
    minutes = serializers.IntegerField(source="tip.minutes")
    link = serializers.CharField(source="tip.link")


class TipEntrySerializer(TipSerializer):
    mine = serializers.CharField(help_text="My last answer: tried, later, aside, or empty.")
    nudge = serializers.UUIDField(help_text="Where to answer it today: nudges/{id}/respond/.")


class NudgeSerializer(serializers.Serializer):
    id = serializers.UUIDField(allow_null=True, help_text="Null when there is no tip for me now.")
    tip = TipSerializer(allow_null=True)
    why = serializers.CharField(help_text="Why I see this, or why there is none.")
    response = serializers.CharField(help_text="My answer, empty while there is none.")


class RespondSerializer(serializers.Serializer):
    response = serializers.ChoiceField(choices=ANSWERS)


class DoorSerializer(serializers.Serializer):
    day = serializers.IntegerField()
    opens_on = serializers.DateField(help_text="At midnight where I work.")
    state = serializers.CharField(help_text="closed, ready or open.")
    kind = serializers.CharField(source="content.kind", required=False, help_text="Of an open door only.")
    title = serializers.CharField(source="content.title", required=False, help_text="Of an open door only.")
    text = serializers.CharField(source="content.text", required=False, help_text="Of an open door only.")

    def to_representation(self, instance: object) -> dict[str, object]:
        """A closed door has no content, not even an empty one."""
        door = super().to_representation(instance) if instance.content else None
        if door is None:
            opens_on = instance.opens_on.isoformat()
            return {"day": instance.day, "opens_on": opens_on, "state": instance.state}
        return door


class AdventSerializer(serializers.Serializer):
    season = serializers.IntegerField(allow_null=True, help_text="Null outside the season.")
    begins_on = serializers.DateField()
    ends_on = serializers.DateField()
    doors = DoorSerializer(many=True)
