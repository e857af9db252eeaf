from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from challenges.contests.forms import ONLY_REFEREES, ChallengeForm
from challenges.contests.models import Challenge, Claim, Entry, PublishedStanding
from challenges.processes.models import Process
from hub.people.access import Role
from hub.people.models import User

NOT_THERE = _("There is nothing here, or it is not shared with you.")


class RefereesField(serializers.ListField):
    child = serializers.EmailField()

    def get_attribute(self, challenge: Challenge) -> list[str]:
        return [referee.email for referee in challenge.referees.all()]


class ChallengeSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same. Referees are named by e-mail."""

    phase = serializers.ChoiceField(choices=["open", "closed", "revealed", "cancelled"], read_only=True)
    organiser = serializers.CharField(read_only=True, source="organiser.get_full_name")
    referees = RefereesField(allow_empty=False, max_length=50, help_text="E-mail addresses.")
    has_entered = serializers.BooleanField(read_only=True)

    class Meta:
        model = Challenge
        fields: ClassVar = [
            "id",
            "title",
            "description",
            "local_date",
            "local_time",
            "time_zone",
            "closes_at",
            "organiser",
            "referees",
            "phase",
            "revealed_at",
            "has_entered",
        ]
        read_only_fields: ClassVar = ["closes_at", "revealed_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = [name for name in ChallengeForm.Meta.fields if name != "referees"]
        data = {name: getattr(self.instance, name) for name in names} if self.instance else {}
        addresses = attrs.pop("referees", None)
        data = {**data, **attrs}
        data["referees"] = (
            [referee.pk for referee in self.instance.referees.all()]
            if addresses is None
            else self._referees(addresses)
        )
        form = ChallengeForm(data, user=self.context["request"].user, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs

    def _referees(self, addresses: list[str]) -> list[int]:
        """Whether somebody has an address is not told: who is no referee and who is nobody are the same."""
        wanted = {address.lower() for address in addresses}
        found = User.objects.active().filter(role_grants__role=Role.REFEREE, email__in=wanted).distinct()
        if len(found) != len(wanted):
            raise serializers.ValidationError({"referees": [ONLY_REFEREES]})
        return [referee.pk for referee in found]


class EntrySerializer(serializers.ModelSerializer):
    contestant = serializers.CharField(read_only=True, source="contestant.get_full_name")
    process = serializers.PrimaryKeyRelatedField(queryset=Process.objects.none())
    process_title = serializers.CharField(read_only=True, source="process.title")
    is_mine = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields: ClassVar = [
            "id",
            "contestant",
            "process",
            "process_title",
            "baseline_steps",
            "entered_at",
            "is_mine",
        ]
        read_only_fields: ClassVar = ["baseline_steps", "entered_at"]

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        request = self.context.get("request")
        if request and request.user.is_authenticated:
            fields["process"].queryset = Process.objects.visible_to(request.user)
        fields["process"].error_messages["does_not_exist"] = NOT_THERE
        return fields

    def get_is_mine(self, entry: Entry) -> bool:
        return entry.contestant_id == self.context["request"].user.pk


class ClaimSerializer(serializers.ModelSerializer):
    """One's own claim."""

    step = serializers.UUIDField(source="step_id", help_text="Id of a step of one's own process.")
    step_name = serializers.CharField(read_only=True, source="step.name")
    link = serializers.CharField(required=False, allow_blank=True, max_length=500)

    class Meta:
        model = Claim
        fields: ClassVar = [
            "id",
            "step",
            "step_name",
            "method",
            "evidence",
            "link",
            "state",
            "reason",
            "claimed_at",
            "decided_at",
        ]
        read_only_fields: ClassVar = ["state", "reason", "claimed_at", "decided_at"]


class TallySerializer(serializers.Serializer):
    confirmed = serializers.IntegerField()
    waiting = serializers.IntegerField()
    refused = serializers.IntegerField()
    baseline = serializers.IntegerField(help_text="Steps of the process at the start.")


class OwnClaimsSerializer(serializers.Serializer):
    tally = TallySerializer()
    claims = ClaimSerializer(many=True)


class PublishedStandingSerializer(serializers.ModelSerializer):
    entry = serializers.UUIDField(source="entry_id")
    contestant = serializers.CharField(source="entry.contestant.get_full_name")
    process_title = serializers.CharField(source="entry.process.title")
    baseline_steps = serializers.IntegerField(source="entry.baseline_steps")

    class Meta:
        model = PublishedStanding
        fields: ClassVar = ["rank", "entry", "contestant", "process_title", "eliminated", "baseline_steps"]


class StandingsSerializer(serializers.Serializer):
    revealed_at = serializers.DateTimeField()
    standings = PublishedStandingSerializer(many=True)
