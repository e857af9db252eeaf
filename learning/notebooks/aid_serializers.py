"""The shapes of study aids, quizzes, cards and notes in the interface for programs."""

from dataclasses import asdict
from typing import Any, ClassVar

from rest_framework import serializers

from learning.notebooks.aid_forms import form_for
from learning.notebooks.aid_presenting import ShownItem, failure_of
from learning.notebooks.aids.kinds import KINDS
from learning.notebooks.models import Attempt, AttemptAnswer, CardState, Note, StudyAid
from learning.notebooks.quizzing import result_of
from learning.notebooks.serializers import AnswerSerializer


class StudyAidSerializer(serializers.ModelSerializer):
    error = serializers.SerializerMethodField(help_text="Why it could not be made; empty if it could.")
    made_by = serializers.CharField(read_only=True, source="made_by.get_full_name")
    released_by = serializers.SerializerMethodField(help_text="Who has reviewed it; empty before.")

    class Meta:
        model = StudyAid
        fields: ClassVar = [
            "id",
            "kind",
            "title",
            "language",
            "length",
            "sources",
            "state",
            "progress",
            "error",
            "mode",
            "model",
            "discarded",
            "notice",
            "made_by",
            "created_at",
            "made_at",
            "released_by",
            "released_at",
        ]
        read_only_fields = fields

    def get_error(self, aid: StudyAid) -> str:
        return failure_of(aid)

    def get_released_by(self, aid: StudyAid) -> str:
        return aid.released_by.get_full_name() if aid.released_by else ""


class NewAidSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[(key, key) for key in KINDS])
    length = serializers.ChoiceField(choices=StudyAid.Length.choices, default=StudyAid.Length.MEDIUM)
    language = serializers.ChoiceField(
        choices=[("de", "Deutsch"), ("en", "English")],
        required=False,
        help_text="Of the frame; quotes stay in their own.",
    )
    sources = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, help_text="Left out: from all."
    )
    title = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class QuoteSerializer(serializers.Serializer):
    source = serializers.UUIDField()
    passage = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField(help_text="Equals the source's text between start and end.")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    page = serializers.IntegerField(allow_null=True)


class ItemSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    heading = serializers.CharField(allow_blank=True)
    body = serializers.CharField(allow_blank=True)
    depth = serializers.IntegerField()
    data = serializers.DictField(help_text="Depends on the kind: options and right one, answer, date …")
    revision = serializers.IntegerField(help_text="Send it back with a change.")
    standing = serializers.ChoiceField(
        choices=["", "stale", "withdrawn"], help_text="Whether its passages still answer."
    )
    quotes = QuoteSerializer(many=True)


def item_as_json(item: ShownItem) -> dict[str, Any]:
    return ItemSerializer(asdict(item)).data


class AidWithItemsSerializer(StudyAidSerializer):
    items = ItemSerializer(many=True)

    class Meta(StudyAidSerializer.Meta):
        fields: ClassVar = [*StudyAidSerializer.Meta.fields, "items"]


class AidTitleSerializer(serializers.Serializer):
    title = serializers.CharField(max_length=200)


class ReleaseSerializer(serializers.Serializer):
    released = serializers.BooleanField(default=True, help_text="False takes the release back.")


class ItemChangeSerializer(serializers.Serializer):
    """Goes through the page's form, so that both accept the same; what is left out stays."""

    revision = serializers.IntegerField(min_value=1)
    heading = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    body = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    answer = serializers.CharField(required=False, max_length=200)
    accepted = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, max_length=20
    )
    options = serializers.ListField(
        child=serializers.CharField(max_length=300), required=False, min_length=4, max_length=4
    )
    right = serializers.IntegerField(required=False, min_value=0, max_value=3)
    left_out = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = form_for(self.instance)
        values: dict[str, Any] = dict(form.initial)
        given = dict(attrs)
        if "accepted" in given:
            given["accepted"] = "\n".join(given["accepted"])
        given |= {f"option_{n}": option for n, option in enumerate(given.pop("options", []))}
        form = form_for(self.instance, {**values, **given})
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class AttemptAnswerSerializer(serializers.ModelSerializer):
    class Meta:
        model = AttemptAnswer
        fields: ClassVar = ["item", "given", "is_right", "tries", "is_solved", "answered_at"]
        read_only_fields = fields


class AttemptSerializer(serializers.ModelSerializer):
    quiz = serializers.UUIDField(source="aid_id", read_only=True)
    items = serializers.ListField(child=serializers.UUIDField(), read_only=True)
    asked = serializers.SerializerMethodField()
    right = serializers.SerializerMethodField(help_text="At the first try.")
    answers = AttemptAnswerSerializer(many=True, read_only=True)

    class Meta:
        model = Attempt
        fields: ClassVar = [
            "id",
            "quiz",
            "is_guided",
            "items",
            "asked",
            "right",
            "answers",
            "started_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_asked(self, attempt: Attempt) -> int:
        return result_of(attempt).asked

    def get_right(self, attempt: Attempt) -> int:
        return result_of(attempt).right


class NewAttemptSerializer(serializers.Serializer):
    is_guided = serializers.BooleanField(default=False, help_text="From easy to hard, with hints.")


class GivenSerializer(serializers.Serializer):
    item = serializers.UUIDField()
    given = serializers.CharField(
        max_length=400, help_text="The number of the option, from 0, or what was typed."
    )


class CardSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    front = serializers.CharField()
    back = serializers.CharField()
    quotes = QuoteSerializer(many=True)


def card_as_json(item: ShownItem) -> dict[str, Any]:
    shape = {"id": item.id, "front": item.heading, "back": item.body, "quotes": item.quotes}
    return CardSerializer(shape).data


class DueSerializer(serializers.Serializer):
    due = serializers.IntegerField(help_text="Cards to repeat today.")
    new = serializers.IntegerField(help_text="New cards to begin today.")
    seen = serializers.CharField(help_text="Send it back with the answer, so that it counts once.")
    card = CardSerializer(allow_null=True)


class RatingSerializer(serializers.Serializer):
    rating = serializers.IntegerField(min_value=1, max_value=4, help_text="1 again, 2 hard, 3 good, 4 easy.")
    seen = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")


class CardStateSerializer(serializers.ModelSerializer):
    card = serializers.UUIDField(source="item_id", read_only=True)

    class Meta:
        model = CardState
        fields: ClassVar = ["card", "stability", "difficulty", "due_at", "reviewed_at"]
        read_only_fields = fields


class UndoneSerializer(serializers.Serializer):
    card = serializers.UUIDField(help_text="Whose answer was taken back.")


class NoteSerializer(serializers.ModelSerializer):
    answer = AnswerSerializer(read_only=True, allow_null=True, help_text="The answer it was saved with.")

    class Meta:
        model = Note
        fields: ClassVar = ["id", "title", "body", "answer", "revision", "created_at", "updated_at"]
        read_only_fields = fields


class NewNoteSerializer(serializers.Serializer):
    """Own words in `body`, or the number of an `exchange` of my conversation whose answer is kept."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    body = serializers.CharField(required=False, allow_blank=True, max_length=20_000, default="")
    exchange = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class NoteChangeSerializer(serializers.Serializer):
    title = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    body = serializers.CharField(required=False, allow_blank=True, max_length=20_000, default="")
    revision = serializers.IntegerField(min_value=1)
