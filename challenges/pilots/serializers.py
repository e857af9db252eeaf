from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from challenges.pilots.actions import missing_for_start
from challenges.pilots.deciding import MOST_EXTENSION
from challenges.pilots.forms import SCALE, STOP, PilotForm
from challenges.pilots.models import (
    DECIMALS,
    DIGITS,
    LONGEST_TEXT,
    Criterion,
    CriterionAmendment,
    Pilot,
    Reading,
    RolloutItem,
)
from challenges.pilots.readiness import KNOWN, lines_of
from challenges.pilots.starter import KEYS
from hub.ai.models import AISystem
from hub.stories.models import LANGUAGES


class Named(serializers.CharField):
    """The name of a person who may be gone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        return value.get_full_name()


class AmendmentSerializer(serializers.ModelSerializer):
    """How a criterion read until it was changed after the start."""

    by = Named()

    class Meta:
        model = CriterionAmendment
        fields: ClassVar = [
            "measure",
            "unit",
            "direction",
            "baseline",
            "threshold",
            "measured_by",
            "reason",
            "by",
            "at",
        ]
        read_only_fields: ClassVar = fields


class ReadingSerializer(serializers.ModelSerializer):
    criterion = serializers.PrimaryKeyRelatedField(queryset=Criterion.objects.all())
    by = Named()

    class Meta:
        model = Reading
        fields: ClassVar = ["id", "criterion", "day", "value", "note", "by", "created_at"]
        read_only_fields: ClassVar = ["created_at"]


class CriterionSerializer(serializers.ModelSerializer):
    is_met = serializers.BooleanField(
        read_only=True, allow_null=True, help_text="By the last value; null while nothing was measured."
    )
    amendments = AmendmentSerializer(many=True, read_only=True)
    readings = ReadingSerializer(many=True, read_only=True)

    class Meta:
        model = Criterion
        fields: ClassVar = [
            "id",
            "measure",
            "unit",
            "direction",
            "baseline",
            "threshold",
            "measured_by",
            "is_met",
            "readings",
            "amendments",
        ]


class WriteCriterionSerializer(CriterionSerializer):
    """Once the pilot runs, a change needs a reason, and what it said before is kept."""

    reason = serializers.CharField(
        required=False, write_only=True, max_length=LONGEST_TEXT, help_text="Needed after the start."
    )

    class Meta(CriterionSerializer.Meta):
        fields: ClassVar = [*CriterionSerializer.Meta.fields, "reason"]


class ReadinessLineSerializer(serializers.Serializer):
    slug = serializers.CharField()
    question = serializers.CharField()
    is_required = serializers.BooleanField()
    answer = serializers.BooleanField(allow_null=True, help_text="Null while it is open.")
    is_read = serializers.BooleanField(help_text="Read from the register, not answered.")


class RolloutItemSerializer(serializers.ModelSerializer):
    done_by = Named()
    is_done = serializers.BooleanField()

    class Meta:
        model = RolloutItem
        fields: ClassVar = ["id", "text", "is_done", "done_by", "done_at"]
        read_only_fields: ClassVar = ["text", "done_at"]


class PilotSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    system = serializers.SlugRelatedField(
        slug_field="slug", queryset=AISystem.objects.tools(), required=False, allow_null=True
    )
    owner = serializers.SerializerMethodField()
    is_mine = serializers.SerializerMethodField()
    due_on = serializers.DateField(read_only=True, allow_null=True)
    is_overdue = serializers.SerializerMethodField()
    decided_by = Named()
    criteria = CriterionSerializer(many=True, read_only=True)
    readiness = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()
    rollout = RolloutItemSerializer(many=True, read_only=True)

    class Meta:
        model = Pilot
        fields: ClassVar = [
            "id",
            "title",
            "hypothesis",
            "system",
            "data_class",
            "affected",
            "affected_number",
            "freed_time_goes_to",
            "jobs_affected",
            "jobs",
            "language",
            "decides_on",
            "owner",
            "is_mine",
            "state",
            "starts_on",
            "extended_to",
            "extension_reason",
            "due_on",
            "is_overdue",
            "decision_reason",
            "decided_by",
            "decided_at",
            "criteria",
            "readiness",
            "missing",
            "rollout",
            "created_at",
        ]
        read_only_fields: ClassVar = [
            "state",
            "starts_on",
            "extended_to",
            "extension_reason",
            "decision_reason",
            "decided_at",
            "created_at",
        ]

    def get_owner(self, pilot: Pilot) -> str | None:
        """Null for one whose owner is here no more: somebody can take it over."""
        return pilot.owner.get_full_name() if pilot.has_owner else None

    def get_is_mine(self, pilot: Pilot) -> bool:
        return pilot.owner_id == self.context["request"].user.pk

    def get_is_overdue(self, pilot: Pilot) -> bool:
        return pilot.is_overdue(timezone.localdate())

    @extend_schema_field(ReadinessLineSerializer(many=True))
    def get_readiness(self, pilot: Pilot) -> list[dict[str, Any]]:
        return ReadinessLineSerializer(lines_of(pilot), many=True).data

    def get_missing(self, pilot: Pilot) -> list[str]:
        """What keeps a draft from starting, in sentences."""
        return missing_for_start(pilot, timezone.localdate()) if pilot.is_draft else []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user, names = self.context["request"].user, PilotForm.Meta.fields
        if self.instance:
            values = {name: getattr(self.instance, name) for name in names}
        else:
            values = {"language": user.language, "data_class": "public"}
        form = PilotForm({**values, **attrs}, user=user, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class PilotTemplateSerializer(serializers.Serializer):
    template = serializers.ChoiceField(choices=KEYS)
    language = serializers.ChoiceField(choices=LANGUAGES, required=False, help_text="Empty: yours.")


class ReadinessAnswersSerializer(serializers.Serializer):
    answers = serializers.DictField(
        child=serializers.BooleanField(allow_null=True),
        help_text=f"By item: {', '.join(KNOWN)}. Null is open again.",
    )


class NoteEvidenceSerializer(serializers.Serializer):
    criterion = serializers.UUIDField()
    day = serializers.DateField()
    value = serializers.DecimalField(max_digits=DIGITS, decimal_places=DECIMALS)
    note = serializers.CharField(required=False, allow_blank=True, default="")


class ExtendSerializer(serializers.Serializer):
    until = serializers.DateField(help_text=f"At most {MOST_EXTENSION} weeks ahead.")
    reason = serializers.CharField(max_length=LONGEST_TEXT)


class PilotDecisionSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=[SCALE, STOP])
    reason = serializers.CharField(max_length=LONGEST_TEXT)


class NewOwnerSerializer(serializers.Serializer):
    email = serializers.EmailField(required=False, help_text="Empty: I take it over myself.")


class ToldSerializer(serializers.Serializer):
    story = serializers.UUIDField(help_text="Under `stories/`.")


class SeededSerializer(serializers.Serializer):
    challenge = serializers.UUIDField()


class TickSerializer(serializers.Serializer):
    is_done = serializers.BooleanField()
