from typing import Any, ClassVar

from rest_framework import serializers

from challenges.processes.forms import ProcessForm
from challenges.processes.models import Process, Step
from challenges.processes.templates import KEYS

LANGUAGES = Process._meta.get_field("language").choices


class StepSerializer(serializers.ModelSerializer):
    class Meta:
        model = Step
        fields: ClassVar = ["id", "position", "element_id", "name", "lane", "kind"]
        read_only_fields = fields


class ProcessSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    owner = serializers.CharField(read_only=True, source="owner.get_full_name")
    step_count = serializers.IntegerField(read_only=True)
    lane_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Process
        fields: ClassVar = [
            "id",
            "title",
            "language",
            "audience",
            "owner",
            "origin",
            "has_drawing",
            "step_count",
            "lane_count",
            "handoff_count",
            "decision_count",
            "created_at",
        ]
        read_only_fields: ClassVar = ["origin"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values = {name: getattr(self.instance, name) for name in ProcessForm.Meta.fields}
        form = ProcessForm({**values, **attrs}, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class ProcessWithStepsSerializer(ProcessSerializer):
    steps = StepSerializer(many=True, read_only=True)

    class Meta(ProcessSerializer.Meta):
        fields: ClassVar = [*ProcessSerializer.Meta.fields, "notes", "steps"]
        read_only_fields: ClassVar = ["origin", "notes"]


class ImportSerializer(serializers.Serializer):
    """A drawing in BPMN 2.0 or a table of steps."""

    file = serializers.FileField(allow_empty_file=True, max_length=255)
    title = serializers.CharField(required=False, allow_blank=True, max_length=160, default="")
    audience = serializers.ChoiceField(
        choices=Process.Audience.choices, required=False, default=Process.Audience.PRIVATE
    )
    language = serializers.ChoiceField(
        choices=LANGUAGES, required=False, help_text="In which the steps are named; default: one's own."
    )


class TemplateSerializer(serializers.Serializer):
    template = serializers.ChoiceField(choices=KEYS)
    language = serializers.ChoiceField(choices=LANGUAGES)
