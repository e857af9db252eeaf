from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers

from challenges.contests.models import Claim
from challenges.contests.personal import mark_personal
from challenges.contests.serializers import EvidenceFileSerializer
from challenges.sealed.flags import mark_flags

MINUTES = ("before_minutes", "after_minutes", "saved_minutes")


class SealedClaims(serializers.ListSerializer):
    """Which of the claims are one person's own is asked once for all of them."""

    def to_representation(self, claims: Iterable[Claim]) -> list[dict[str, Any]]:
        claims = mark_personal(list(claims))
        mark_flags(claims)
        return super().to_representation(claims)


class SealedClaimSerializer(serializers.ModelSerializer):
    """A claim as those behind the seal see it.

    Minutes that are one person's own are null, but for controllers (`shows_minutes` in the context).
    """

    contestant = serializers.CharField(source="entry.contestant.get_full_name")
    who = serializers.CharField(source="entry.who")
    process_title = serializers.CharField(source="entry.process.title")
    steps = serializers.SerializerMethodField()
    steps_title = serializers.CharField()
    system = serializers.CharField(source="system.slug", default=None, allow_null=True)
    files = EvidenceFileSerializer(many=True)
    flags = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="What should be looked at twice, by kind how often: same_name, closed, lanes, executed, fine.",
    )
    based_on = serializers.CharField(source="decision_stamp")

    class Meta:
        model = Claim
        list_serializer_class = SealedClaims
        fields = (
            "id",
            "contestant",
            "who",
            "process_title",
            "steps",
            "steps_title",
            "change",
            "added_steps",
            "compared",
            "flags",
            "method",
            "system",
            "evidence",
            "link",
            "files",
            "before_minutes",
            "after_minutes",
            "freed_for",
            "affects_jobs",
            "jobs",
            "state",
            "reason",
            "appeal",
            "hours_state",
            "saved_minutes",
            "hours_words",
            "claimed_at",
            "decided_at",
            "based_on",
        )
        read_only_fields = fields

    def to_representation(self, claim: Claim) -> dict[str, Any]:
        if claim.flags is None:
            mark_flags([claim])
        shown = super().to_representation(claim)
        if self.context.get("shows_minutes"):
            return shown
        if claim.is_personal is None:
            mark_personal([claim])
        return shown | dict.fromkeys(MINUTES) if claim.is_personal else shown

    def get_steps(self, claim: Claim) -> list[UUID]:
        return [step.pk for step in claim.steps]


class SealedStandingSerializer(serializers.Serializer):
    bracket = serializers.CharField()
    rank = serializers.IntegerField()
    entry = serializers.UUIDField()
    contestant = serializers.CharField()
    net = serializers.FloatField()


class ReviewSerializer(serializers.Serializer):
    standing = SealedStandingSerializer(many=True)
    claims = SealedClaimSerializer(many=True)


class DecisionSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(choices=["confirm", "refuse"])
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    based_on = serializers.CharField(
        max_length=60,
        required=False,
        allow_blank=True,
        default="",
        help_text="The claim's `based_on` as it was read: 409 where another referee has decided since.",
    )


class LeafSerializer(serializers.Serializer):
    """`sha256(salt + newline + line)` is the digest; both are empty where the claim was not verified."""

    digest = serializers.CharField()
    line = serializers.CharField(allow_blank=True)
    salt = serializers.CharField(allow_blank=True)


class HoursDecisionSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(choices=["confirm", "refuse"])
    saved_minutes = serializers.FloatField(required=False, allow_null=True, min_value=0)
    words = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class StandingCommitmentSerializer(serializers.Serializer):
    """`sha256(salt + newline + text)` is the digest; both are empty before the reveal."""

    digest = serializers.CharField()
    committed_at = serializers.DateTimeField()
    salt = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)


class CommitmentSerializer(serializers.Serializer):
    root = serializers.CharField(help_text="SHA-256 of all digests in their order, a line each.")
    committed_at = serializers.DateTimeField()
    count = serializers.IntegerField(
        default=None, allow_null=True, help_text="Leaves; null before the reveal."
    )
    leaves = LeafSerializer(many=True)
    standing = StandingCommitmentSerializer(allow_null=True, help_text="Null before the count.")
