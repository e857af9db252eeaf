from rest_framework import serializers

from hub.trials.effect import Verdict
from hub.trials.models import Arm, Trial, TrialCount
from hub.trials.results import Result


class CountSerializer(serializers.ModelSerializer):
    arm = serializers.ChoiceField(choices=Arm.choices)

    class Meta:
        model = TrialCount
        fields = ("arm", "people", "delivered", "seen", "tried", "kept")


class TrialSerializer(serializers.ModelSerializer):
    """`result` and the points are null until the trial is over, the points also where the groups were too small.

    A count of 2 means two at most, one of all people but two means that at least. Tried is what people said themselves.
    """

    tip = serializers.UUIDField(source="tip_id")
    title = serializers.CharField(source="tip.text.title")
    counts = CountSerializer(many=True)
    result = serializers.ChoiceField(choices=[str(one) for one in Verdict], allow_null=True)
    difference_points = serializers.FloatField(allow_null=True)
    low_points = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 percent interval.")
    high_points = serializers.FloatField(allow_null=True)

    class Meta:
        model = Trial
        fields = (
            "id", "tip", "title", "design", "weeks", "status", "starts_at", "ends_at", "withheld_until", "ended_at",
            "result", "difference_points", "low_points", "high_points", "counts",
        )  # fmt: skip

    def to_representation(self, trial: Trial) -> dict[str, object]:
        result = Result(trial) if trial.status == Trial.Status.ENDED else None
        points = result.points if result and result.is_shown else {}
        trial.result = result.verdict if result else None
        for name in ("difference", "low", "high"):
            setattr(trial, f"{name}_points", points.get(name))
        return super().to_representation(trial)
