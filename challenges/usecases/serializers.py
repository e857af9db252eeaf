from typing import Any, ClassVar

from rest_framework import serializers

from challenges.processes.models import Process
from challenges.usecases.becoming import shown_paths
from challenges.usecases.forms import AnswerForm, CommentForm, UseCaseForm
from challenges.usecases.models import Comment, UseCase


class UseCaseSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    author = serializers.CharField(
        read_only=True, source="shown_author", help_text="“A colleague” where one is not to be named."
    )
    is_mine = serializers.SerializerMethodField()
    process = serializers.PrimaryKeyRelatedField(
        queryset=Process.objects.filter(audience=Process.Audience.COMPANY),
        required=False,
        allow_null=True,
        help_text="One that everybody sees; its owner answers.",
    )
    answerer = serializers.SerializerMethodField(
        help_text="Empty where facilitators and administrators answer."
    )
    names_are_meant = serializers.BooleanField(
        write_only=True,
        default=False,
        help_text="Send it although it seems to name people; without it such a text is refused with 409.",
    )
    is_overdue = serializers.BooleanField(read_only=True)
    became = serializers.SerializerMethodField(help_text="Where it went on, for whoever may go there.")
    vote_count = serializers.IntegerField(read_only=True)
    comment_count = serializers.IntegerField(read_only=True)
    has_my_vote = serializers.BooleanField(read_only=True)

    class Meta:
        model = UseCase
        fields: ClassVar = [
            "id",
            "kind",
            "title",
            "body",
            "language",
            "process",
            "is_named",
            "names_are_meant",
            "author",
            "is_mine",
            "answerer",
            "proposed_at",
            "changed_at",
            "answer_due_on",
            "is_overdue",
            "answer",
            "answer_text",
            "answered_at",
            "became",
            "withdrawn_at",
            "hidden_at",
            "hidden_reason",
            "vote_count",
            "comment_count",
            "has_my_vote",
        ]
        read_only_fields: ClassVar = [
            "proposed_at",
            "changed_at",
            "answer_due_on",
            "answer",
            "answer_text",
            "answered_at",
            "withdrawn_at",
            "hidden_at",
            "hidden_reason",
        ]

    def get_is_mine(self, use_case: UseCase) -> bool:
        return use_case.author_id == self.context["request"].user.pk

    def get_answerer(self, use_case: UseCase) -> str:
        answerer = use_case.answerer
        return answerer.get_full_name() if answerer and answerer.is_active else ""

    def get_became(self, use_case: UseCase) -> str:
        user = self.context["request"].user
        if not isinstance(self.parent, serializers.ListSerializer):
            return use_case.became if shown_paths([use_case], user) else ""
        if not hasattr(self, "_shown"):
            self._shown = shown_paths(self.parent.instance, user)
        return use_case.became if use_case.became in self._shown else ""

    def to_representation(self, use_case: UseCase) -> dict[str, Any]:
        shown = super().to_representation(use_case)
        return shown if use_case.process_is_shown else {**shown, "process": None}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self.names_are_meant = attrs.pop("names_are_meant", False)
        user, names = self.context["request"].user, UseCaseForm.Meta.fields
        if self.instance:
            values = {name: getattr(self.instance, name) for name in names}
        else:
            values = {"language": user.language, "is_named": True}
        form = UseCaseForm({**values, **attrs}, user=user, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class UseCaseCommentSerializer(serializers.ModelSerializer):
    author = serializers.CharField(read_only=True, source="shown_author")
    is_mine = serializers.SerializerMethodField()

    class Meta:
        model = Comment
        fields: ClassVar = [
            "id",
            "use_case",
            "text",
            "author",
            "is_mine",
            "created_at",
            "hidden_at",
            "hidden_reason",
        ]
        read_only_fields: ClassVar = ["use_case", "created_at", "hidden_at", "hidden_reason"]

    def get_is_mine(self, comment: Comment) -> bool:
        return comment.author_id == self.context["request"].user.pk

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = CommentForm(attrs)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        return attrs


class UseCaseAnswerSerializer(serializers.Serializer):
    """Accepts what the form on the page accepts."""

    answer = serializers.ChoiceField(choices=UseCase.Answer.choices)
    text = serializers.CharField(required=False, allow_blank=True, help_text="A no needs a reason.")
    process = serializers.UUIDField(
        required=False, allow_null=True, help_text="A process of one's own, in place of a new one."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = AnswerForm(attrs, user=self.context["request"].user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        return form.cleaned_data


class UseCaseHidingSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=200, help_text="Told to whoever wrote it.")
