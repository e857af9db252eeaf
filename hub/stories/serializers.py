from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from hub.stories.forms import StoryForm
from hub.stories.found_pins import FoundPin
from hub.stories.models import Hatpin, Story


class StorySerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    author = serializers.CharField(
        read_only=True, source="shown_author", help_text="“A colleague” where one is not to be named."
    )
    is_mine = serializers.SerializerMethodField()
    kudos_count = serializers.IntegerField(read_only=True)
    is_helpful_to_me = serializers.BooleanField(read_only=True)

    class Meta:
        model = Story
        fields: ClassVar = [
            "id",
            "title",
            "kind",
            "body",
            "went_wrong",
            "next_time",
            "tool",
            "minutes_saved",
            "language",
            "is_named",
            "author",
            "is_mine",
            "state",
            "kudos_count",
            "is_helpful_to_me",
            "created_at",
            "published_at",
        ]
        read_only_fields: ClassVar = ["state", "created_at", "published_at"]
        extra_kwargs: ClassVar = {
            "went_wrong": {"help_text": "Of an instructive failure, which needs both."},
            "minutes_saved": {"help_text": "A week; an estimate of whoever tells it."},
        }

    def get_is_mine(self, story: Story) -> bool:
        return story.author_id == self.context["request"].user.pk

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user, names = self.context["request"].user, StoryForm.Meta.fields
        if self.instance:
            values = {name: getattr(self.instance, name) for name in names}
        else:
            values = {"language": user.language, "is_named": True}
        if self.instance and attrs.get("kind", self.instance.kind) != self.instance.kind:
            raise serializers.ValidationError({"kind": [_("What it is stays as it was begun.")]})
        form = StoryForm({**values, **attrs}, user=user, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class SolvedHatpinSerializer(serializers.Serializer):
    id = serializers.UUIDField(source="row.id")
    kind = serializers.ChoiceField(choices=Hatpin.Kind.choices, source="row.kind")
    text = serializers.CharField(source="row.text")
    author = serializers.CharField(source="row.who", help_text="“Somebody” where one is not to be named.")
    helper = serializers.CharField(source="row.helper", help_text="Empty where nobody had to help.")
    replies = serializers.SerializerMethodField()
    place = serializers.CharField(source="place.title")
    path = serializers.CharField(source="place.path")
    created_at = serializers.DateTimeField(source="row.created_at")
    is_mine = serializers.BooleanField(source="row.is_mine")
    kudos_count = serializers.IntegerField()
    is_helpful_to_me = serializers.BooleanField()

    def get_replies(self, pin: FoundPin) -> list[str]:
        return [reply.text for reply in pin.row.replies]
