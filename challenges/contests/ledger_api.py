"""The public ledger of a bet, for programs."""

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.generics import ListAPIView, get_object_or_404

from challenges.contests.ledger import ledger_of, with_claims
from challenges.contests.models import Challenge, LedgerEntry


class LedgerEntrySerializer(serializers.ModelSerializer):
    """`credit` is what the entry adds to net steps; `claim` is the published claim's id."""

    claim = serializers.UUIDField(source="claim.pk", allow_null=True, default=None)
    who = serializers.CharField(source="claim.entry.who", allow_null=True, default=None)
    steps = serializers.SerializerMethodField()
    credit = serializers.FloatField()
    reason = serializers.CharField(source="words", help_text="Empty where the words were erased.")
    reason_sha256 = serializers.CharField(source="reason", help_text="What the ledger holds of them.")

    class Meta:
        model = LedgerEntry
        fields = ("id", "claim", "who", "steps", "kind", "credit", "reason", "reason_sha256", "entered_at")

    def get_steps(self, entry: LedgerEntry) -> list[str]:
        return (
            [elimination.step.name for elimination in entry.claim.eliminations.all()] if entry.claim else []
        )


class Ledger(ListAPIView):
    """The public ledger of a bet: claims confirmed for good or taken back, the newest entry first."""

    serializer_class = LedgerEntrySerializer
    queryset = LedgerEntry.objects.none()

    def get_queryset(self) -> "QuerySet[LedgerEntry]":
        visible = Challenge.objects.visible_to(self.request.user)
        return ledger_of(get_object_or_404(visible, pk=self.kwargs["pk"]))

    def paginate_queryset(self, queryset: "QuerySet[LedgerEntry]") -> list[LedgerEntry]:
        return with_claims(super().paginate_queryset(queryset))
