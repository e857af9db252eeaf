from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hub.core_time.models import CHOICES, Measurement
from hub.core_time.presenting import Standing


class MeasurementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Measurement
        fields = (
            "id", "team", "work", "weekly_hours", "members", "starts_on", "ends_on", "called_off_at", "published_at",
            "people", "low", "high", "reason",
        )  # fmt: skip
        extra_kwargs: ClassVar = {
            "people": {"help_text": "How many answered, rounded to fives up or down."},
            "low": {"help_text": "In percent; equal to `high` where it is one figure."},
            "reason": {"help_text": "Why no figure is shown: small, page or doubt."},
        }


class PublishedMeasurementSerializer(serializers.Serializer):
    part = serializers.ChoiceField(choices=["earlier", "before", "again"])
    measurement = MeasurementSerializer()


class CoreTimeRangeSerializer(serializers.Serializer):
    low = serializers.FloatField()
    mid = serializers.FloatField()
    high = serializers.FloatField()


class FreedSourceSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=["bet", "pilot"])
    title = serializers.CharField()
    path = serializers.CharField()
    hours = CoreTimeRangeSerializer(help_text="Freed hours a week.")


class ExpectationSerializer(serializers.Serializer):
    share = CoreTimeRangeSerializer(help_text="In percent.")
    before = CoreTimeRangeSerializer()
    hours = CoreTimeRangeSerializer(help_text="Freed hours a week, all sources together.")
    members = serializers.IntegerField()
    weekly_hours = serializers.DecimalField(max_digits=4, decimal_places=1)
    sources = FreedSourceSerializer(many=True)


class CoreTimeSerializer(serializers.Serializer):
    team = serializers.IntegerField(source="team.pk")
    team_name = serializers.CharField(source="team.name")
    open = MeasurementSerializer(allow_null=True, help_text="The measurement that runs or is about to.")
    measurements = PublishedMeasurementSerializer(many=True, source="rows")
    expected = serializers.SerializerMethodField()

    @extend_schema_field(ExpectationSerializer(allow_null=True))
    def get_expected(self, standing: Standing) -> dict[str, Any] | None:
        return ExpectationSerializer(standing.expectation).data if standing.expectation else None


class BeginMeasurementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Measurement
        fields = ("work", "weekly_hours")


class CallOffMeasurementSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120, help_text="The team's name.")


class CoreTimeQuestionSerializer(serializers.Serializer):
    is_asked = serializers.BooleanField(help_text="Whether I may answer now, and have not.")
    about = serializers.DateField(allow_null=True, help_text="The working day that is asked about.")
    work = serializers.CharField(allow_blank=True, help_text="What the team calls its real work.")
    choices = serializers.ListField(child=serializers.IntegerField(), help_text="In percent.")


class CoreTimeAnswerSerializer(serializers.Serializer):
    about = serializers.DateField(help_text="As the question told it.")
    percent = serializers.ChoiceField(choices=CHOICES)


class CoreTimeSkipSerializer(serializers.Serializer):
    about = serializers.DateField(help_text="As the question told it.")
