"""The shapes of role-plays in the interface for programs."""

from typing import Any, ClassVar

from rest_framework import serializers

from learning.notebooks.models import RolePlay
from learning.notebooks.role_play_presenting import present
from learning.notebooks.role_play_replies import CRITERIA, UNCHECKED, VERDICTS
from learning.notebooks.role_play_scenes import SCENES
from learning.notebooks.role_playing import LONGEST_SITUATION, LONGEST_TURN, MOST_TURNS


class TurnSerializer(serializers.Serializer):
    speaker = serializers.ChoiceField(choices=["learner", "partner"])
    text = serializers.CharField()
    is_withdrawn = serializers.BooleanField(help_text="It rested on a passage that holds no more.")


class FeedbackCitationSerializer(serializers.Serializer):
    n = serializers.IntegerField()
    source = serializers.UUIDField()
    passage = serializers.IntegerField()
    title = serializers.CharField()
    quote = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    page = serializers.IntegerField(allow_null=True)


class FeedbackSerializer(serializers.Serializer):
    criterion = serializers.ChoiceField(choices=list(CRITERIA))
    verdict = serializers.ChoiceField(
        choices=[*VERDICTS, UNCHECKED, ""], help_text='"unchecked" if the sources did not bear it out.'
    )
    text = serializers.CharField()
    is_withdrawn = serializers.BooleanField()
    citations = FeedbackCitationSerializer(many=True)


class RolePlaySerializer(serializers.ModelSerializer):
    class Meta:
        model = RolePlay
        fields: ClassVar = ["id", "scene", "situation", "language", "model", "started_at", "ended_at"]
        read_only_fields = fields


class RolePlayWithTurnsSerializer(RolePlaySerializer):
    turns = TurnSerializer(many=True)
    feedback = FeedbackSerializer(many=True, allow_null=True)
    is_owed = serializers.BooleanField(
        help_text="The partner has the word: post a turn without text to ask it."
    )
    turns_left = serializers.IntegerField(help_text=f"Of {MOST_TURNS}, those of the partner counted.")

    class Meta(RolePlaySerializer.Meta):
        fields: ClassVar = [*RolePlaySerializer.Meta.fields, "turns", "feedback", "is_owed", "turns_left"]

    def to_representation(self, role_play: RolePlay) -> dict[str, Any]:
        shown = present(role_play, self.context["request"].user)
        body = RolePlaySerializer(role_play).data
        body["turns"] = TurnSerializer(shown["turns"], many=True).data
        body["feedback"] = None
        if shown["feedback"] is not None:
            body["feedback"] = FeedbackSerializer(shown["feedback"], many=True).data
        return {**body, "is_owed": shown["is_owed"], "turns_left": shown["turns_left"]}


class NewRolePlaySerializer(serializers.Serializer):
    scene = serializers.ChoiceField(choices=list(SCENES))
    situation = serializers.CharField(
        required=False, allow_blank=True, max_length=LONGEST_SITUATION, default=""
    )
    language = serializers.ChoiceField(
        choices=[("de", "Deutsch"), ("en", "English")], required=False, help_text="Mine where left out."
    )


class NewTurnSerializer(serializers.Serializer):
    text = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_TURN, default="")
    seen = serializers.IntegerField(
        required=False,
        min_value=0,
        help_text="How many turns I saw; the same words sent twice then count once.",
    )
