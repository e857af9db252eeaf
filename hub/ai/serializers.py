from typing import Any, ClassVar

from rest_framework import serializers

from hub.ai.forms import AnswerForm, ToolForm, ToolRequestForm
from hub.ai.models import AISystem, ToolRequest


class AISystemSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    name = serializers.CharField(read_only=True, help_text="In the caller's language.")
    purpose = serializers.CharField(read_only=True, help_text="In the caller's language.")

    owner = serializers.EmailField(
        write_only=True,
        required=False,
        allow_blank=True,
        help_text="Of whoever is to be asked; empty for nobody.",
    )
    contact = serializers.SerializerMethodField(
        help_text="Who to ask; empty where that is the administrators."
    )

    class Meta:
        model = AISystem
        fields: ClassVar = [
            "slug",
            "name",
            "purpose",
            *ToolForm.Meta.fields,
            "contact",
            "is_own",
            "is_allowed",
        ]
        read_only_fields: ClassVar = ["slug", "is_own"]
        extra_kwargs: ClassVar = {
            name: {"required": False, "allow_blank": True} for name in ("name_en", "purpose_de", "purpose_en")
        }

    def get_contact(self, system: AISystem) -> str:
        return system.owner.get_full_name() if system.owner and system.owner.is_active else ""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values = {}
        if self.instance:
            values = {name: getattr(self.instance, name) for name in ToolForm.Meta.fields}
            values["owner"] = self.instance.owner.email if self.instance.owner else ""
        form = ToolForm({"data_class": "public", **values, **attrs}, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class ToolRequestSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    anyway = serializers.BooleanField(
        write_only=True, default=False, help_text="Send it although something like it is there or asked for."
    )
    asker = serializers.SerializerMethodField(help_text="For administrators, and one's own; else empty.")
    is_mine = serializers.SerializerMethodField()
    is_joined_by_me = serializers.BooleanField(read_only=True)
    wanted_by = serializers.SerializerMethodField(help_text="How many people ask for it.")
    is_overdue = serializers.BooleanField(read_only=True)
    due_at = serializers.DateTimeField(read_only=True, help_text="By when an answer is promised.")
    answered_by = serializers.CharField(source="answered_by.get_full_name", default="", read_only=True)
    system = serializers.SlugRelatedField(
        slug_field="slug", read_only=True, help_text="The entry of the AI register that it led to."
    )

    class Meta:
        model = ToolRequest
        fields: ClassVar = [
            "id",
            *ToolRequestForm.Meta.fields,
            "anyway",
            "asker",
            "is_mine",
            "is_joined_by_me",
            "wanted_by",
            "state",
            "created_at",
            "due_at",
            "is_overdue",
            "answer",
            "answered_by",
            "answered_at",
            "system",
        ]
        read_only_fields: ClassVar = ["created_at", "state", "answer", "answered_at"]

    def get_asker(self, request: ToolRequest) -> str:
        may_know = self.context["is_administrator"] or self.get_is_mine(request)
        return request.asker.get_full_name() if request.asker and may_know else ""

    def get_is_mine(self, request: ToolRequest) -> bool:
        return request.asker_id == self.context["request"].user.pk

    def get_wanted_by(self, request: ToolRequest) -> int:
        return request.joined_count + (request.asker_id is not None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        form = ToolRequestForm({"data_class": "internal", **attrs})
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class ToolRequestAnswerSerializer(serializers.Serializer):
    is_granted = serializers.BooleanField()
    text = serializers.CharField(max_length=AnswerForm.base_fields["text"].max_length)
