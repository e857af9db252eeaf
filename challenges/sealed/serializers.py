from rest_framework import serializers

from challenges.contests.models import Claim


class SealedClaimSerializer(serializers.ModelSerializer):
    """A claim as a referee sees it."""

    contestant = serializers.CharField(source="entry.contestant.get_full_name")
    process_title = serializers.CharField(source="entry.process.title")
    step = serializers.UUIDField(source="step_id")
    step_name = serializers.CharField(source="step.name")

    class Meta:
        model = Claim
        fields = (
            "id",
            "contestant",
            "process_title",
            "step",
            "step_name",
            "method",
            "evidence",
            "link",
            "state",
            "reason",
            "claimed_at",
            "decided_at",
        )
        read_only_fields = fields


class SealedStandingSerializer(serializers.Serializer):
    rank = serializers.IntegerField()
    entry = serializers.UUIDField()
    contestant = serializers.CharField()
    confirmed = serializers.IntegerField()


class ReviewSerializer(serializers.Serializer):
    standing = SealedStandingSerializer(many=True)
    claims = SealedClaimSerializer(many=True)


class DecisionSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(choices=["confirm", "refuse"])
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class LeafSerializer(serializers.Serializer):
    """`sha256(salt + newline + line)` is the digest; both are empty where the claim was not confirmed."""

    digest = serializers.CharField()
    line = serializers.CharField(allow_blank=True)
    salt = serializers.CharField(allow_blank=True)


class CommitmentSerializer(serializers.Serializer):
    root = serializers.CharField(help_text="SHA-256 of all digests in their order, a line each.")
    committed_at = serializers.DateTimeField()
    count = serializers.IntegerField(
        default=None, allow_null=True, help_text="Leaves; null before the reveal."
    )
    leaves = LeafSerializer(many=True)
