from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from challenges.processes.actions import plain
from challenges.processes.forms import ProcessForm
from challenges.processes.list_forms import LaneForm
from challenges.processes.models import (
    MOST_CASES,
    MOST_HOURS,
    MOST_LOOPS,
    MOST_MINUTES,
    Lane,
    Process,
    Step,
)
from challenges.processes.shown_times import Costs, costs_of
from challenges.processes.steps_csv import StepLine
from challenges.processes.templates import KEYS

LANGUAGES = Process._meta.get_field("language").choices
NUMBERS: list[str] = ["touch_minutes", "wait_hours", "probability", "loop_factor", "value"]


class StepSerializer(serializers.ModelSerializer):
    """Times are null where nobody has said them, and where they are one person's own."""

    class Meta:
        model = Step
        fields: ClassVar = ["id", "position", "element_id", "name", "lane", "kind", *NUMBERS]
        read_only_fields = fields


class StepLineSerializer(serializers.Serializer):
    """A row of a list of steps."""

    lane = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    name = serializers.CharField(max_length=300)
    kind = serializers.ChoiceField(choices=Step.Kind.choices, default=Step.Kind.TASK)
    touch_minutes = serializers.FloatField(
        min_value=0, max_value=MOST_MINUTES, required=False, allow_null=True, default=None
    )
    wait_hours = serializers.FloatField(
        min_value=0, max_value=MOST_HOURS, required=False, allow_null=True, default=None
    )
    probability = serializers.FloatField(min_value=0, max_value=1, default=1.0)
    loop_factor = serializers.FloatField(min_value=0, max_value=MOST_LOOPS, default=1.0)
    value = serializers.ChoiceField(choices=Step.Value.choices, required=False, allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name in ("lane", "name"):
            attrs[name] = plain(attrs[name])
        if not attrs["name"]:
            raise serializers.ValidationError({"name": _("Say what is done in this step.")})
        return attrs


class CasesSerializer(serializers.Serializer):
    cases_per_week = serializers.FloatField(
        min_value=0, max_value=MOST_CASES, required=False, allow_null=True, default=None
    )


class StepLinesSerializer(CasesSerializer):
    """The whole list, in the order of the work."""

    steps = StepLineSerializer(many=True)

    def lines(self) -> list[StepLine]:
        return [StepLine(**row) for row in self.validated_data["steps"]]


class WriteListSerializer(StepLinesSerializer):
    title = serializers.CharField(max_length=160)
    audience = serializers.ChoiceField(choices=Process.Audience.choices, default=Process.Audience.PRIVATE)
    language = serializers.ChoiceField(choices=LANGUAGES)


class StepNumbersSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    touch_minutes = serializers.FloatField(
        min_value=0, max_value=MOST_MINUTES, required=False, allow_null=True
    )
    wait_hours = serializers.FloatField(min_value=0, max_value=MOST_HOURS, required=False, allow_null=True)
    probability = serializers.FloatField(min_value=0, max_value=1, required=False)
    loop_factor = serializers.FloatField(min_value=0, max_value=MOST_LOOPS, required=False)
    value = serializers.ChoiceField(choices=Step.Value.choices, required=False, allow_blank=True)


class NumbersSerializer(serializers.Serializer):
    """What steps take; what is not named stays as it is."""

    cases_per_week = serializers.FloatField(
        min_value=0, max_value=MOST_CASES, required=False, allow_null=True
    )
    steps = StepNumbersSerializer(many=True)


class LaneSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=200, allow_blank=True)
    performers = serializers.IntegerField(
        min_value=0, max_value=MOST_CASES, required=False, allow_null=True, default=None
    )
    person = serializers.EmailField(
        source="person.email",
        required=False,
        allow_null=True,
        default=None,
        help_text="E-mail address of whoever works in it alone; this person is asked.",
    )
    has_consent = serializers.BooleanField(read_only=True, help_text="That person's own answer.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        person = attrs.get("person") or {}
        address = person.get("email") if isinstance(person, dict) else None
        lane = self.context["lanes"].get(attrs["name"]) or Lane(name=attrs["name"])
        form = LaneForm({"performers": attrs["performers"], "person": address or ""}, instance=lane)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        attrs["person"] = form.cleaned_data["person"]
        return attrs


class OwnLaneSerializer(serializers.ModelSerializer):
    """A lane in which I work alone, and whether others see its times."""

    process = serializers.CharField(source="process.title")
    owner = serializers.CharField(source="process.owner.get_full_name")
    is_shown = serializers.BooleanField(help_text="Whether others see these times.")
    written = serializers.CharField(
        help_text="Changes with the times and with who sees them; a yes says which it read."
    )
    steps = StepSerializer(many=True, source="own_steps")

    class Meta:
        model = Lane
        fields: ClassVar = [
            "id",
            "process",
            "owner",
            "name",
            "has_consent",
            "is_shown",
            "answered_at",
            "written",
            "steps",
        ]
        read_only_fields = fields


class LaneAnswerSerializer(serializers.Serializer):
    agrees = serializers.BooleanField()
    read = serializers.CharField(
        required=False, max_length=16, help_text="`written` of the lane that was read; a yes needs it."
    )


class LanesSerializer(serializers.Serializer):
    lanes = LaneSerializer(many=True)


class FiguresSerializer(serializers.Serializer):
    """Formulas: expected executed steps = sum of probability x loop factor; times by them; 52 weeks a year."""

    drawn = serializers.IntegerField()
    timed = serializers.IntegerField(help_text="Steps with minutes of work; the others are in no sum.")
    executed = serializers.FloatField(help_text="Expected executed steps in a case.")
    minutes_a_case = serializers.FloatField(
        help_text="Of the steps whose times are shown, as the other sums: what one person does alone is in none."
    )
    waiting_hours = serializers.FloatField(help_text="Hours of waiting in a case.")
    lead_hours = serializers.FloatField()
    hours_a_year = serializers.FloatField(allow_null=True)
    flow_efficiency = serializers.FloatField(allow_null=True)


class ProcessSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    owner = serializers.CharField(read_only=True, source="owner.get_full_name")
    deputy = serializers.EmailField(
        source="deputy.email",
        required=False,
        allow_null=True,
        help_text="E-mail address of whoever approves it in bets in the owner's place.",
    )
    variant_of = serializers.PrimaryKeyRelatedField(
        queryset=Process.objects.none(),
        required=False,
        allow_null=True,
        help_text="The process that this one is a variant of, at another site.",
    )
    step_count = serializers.IntegerField(read_only=True)
    lane_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Process
        fields: ClassVar = [
            "id",
            "title",
            "language",
            "audience",
            "site",
            "variant_of",
            "owner",
            "deputy",
            "origin",
            "has_drawing",
            "step_count",
            "lane_count",
            "handoff_count",
            "decision_count",
            "cases_per_week",
            "created_at",
        ]
        read_only_fields: ClassVar = ["origin", "cases_per_week"]

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request and request.user.is_authenticated:
            fields["variant_of"].queryset = Process.objects.visible_to(request.user)
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        values = {name: getattr(self.instance, name) for name in ("title", "language", "audience")}
        values |= {"site": self.instance.site_id, "variant_of": self.instance.variant_of_id}
        values["deputy"] = self.instance.deputy.email if self.instance.deputy else ""
        if "deputy" in attrs:
            values["deputy"] = attrs.pop("deputy")["email"]
        told = {name: getattr(value, "pk", value) for name, value in attrs.items()}
        form = ProcessForm({**values, **told}, instance=self.instance, user=self.context["request"].user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class ProcessWithStepsSerializer(ProcessSerializer):
    _known: tuple[Process, Costs] | None = None
    steps = serializers.SerializerMethodField()
    figures = serializers.SerializerMethodField()
    notes = serializers.SerializerMethodField()

    class Meta(ProcessSerializer.Meta):
        fields: ClassVar = [*ProcessSerializer.Meta.fields, "notes", "figures", "steps"]
        read_only_fields: ClassVar = ["origin", "cases_per_week"]

    @extend_schema_field(serializers.DictField(child=serializers.IntegerField()))
    def get_notes(self, process: Process) -> dict[str, int]:
        """What was noticed, by kind how often, as the page says it in sentences."""
        return process.notes | self._costs(process).granularity

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, process: Process) -> list[dict[str, Any]]:
        return StepSerializer(self._costs(process).steps, many=True).data

    @extend_schema_field(FiguresSerializer(allow_null=True))
    def get_figures(self, process: Process) -> dict[str, Any] | None:
        """Null while no time is shown."""
        figures = self._costs(process).figures
        return FiguresSerializer(figures).data if figures else None

    def _costs(self, process: Process) -> Costs:
        """As whoever asks sees them; at the command line as its owner does. Read once for each process."""
        if self._known is None or self._known[0] is not process:
            request = self.context.get("request")
            self._known = (process, costs_of(process, request.user if request else process.owner))
        return self._known[1]


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


class PoolsSerializer(serializers.Serializer):
    """Ids of the processes in the file that the pools refer to."""

    pools = serializers.ListField(
        child=serializers.CharField(max_length=200), allow_empty=False, max_length=1000
    )


class TemplateSerializer(serializers.Serializer):
    template = serializers.ChoiceField(choices=KEYS)
    language = serializers.ChoiceField(choices=LANGUAGES)
