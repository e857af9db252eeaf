from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from challenges.contests.actions import RULES_OF_COUNTING
from challenges.contests.forms import ONLY_FACILITATORS, ONLY_REFEREES, ChallengeForm
from challenges.contests.models import Baseline, Challenge, Claim, Entry, EvidenceFile, PublishedStanding
from challenges.processes.models import Process
from challenges.processes.shown_times import costs_of
from hub.ai.models import AISystem
from hub.people.access import Role
from hub.people.models import User

PHASES = [
    "draft",
    "enrolling",
    "running",
    "closed",
    "counted",
    "revealing",
    "revealed",
    "final",
    "cancelled",
]
NOT_THERE = _("There is nothing here, or it is not shared with you.")


class RefereesField(serializers.ListField):
    child = serializers.EmailField()

    def get_attribute(self, challenge: Challenge) -> list[str]:
        return [referee.email for referee in challenge.referees.all()]


class ChallengeSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same. Referees are named by e-mail."""

    phase = serializers.ChoiceField(choices=PHASES, read_only=True)
    organiser = serializers.CharField(read_only=True, source="organiser.get_full_name")
    referees = RefereesField(allow_empty=False, max_length=50, help_text="E-mail addresses.")
    deputy = serializers.EmailField(
        source="deputy.email", required=False, allow_null=True, help_text="E-mail address of a facilitator."
    )
    has_entered = serializers.BooleanField(read_only=True)
    control_ends_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Challenge
        fields: ClassVar = [
            "id",
            "title",
            "description",
            "start_date",
            "start_time",
            "local_date",
            "local_time",
            "time_zone",
            *RULES_OF_COUNTING,
            "starts_at",
            "closes_at",
            "organiser",
            "referees",
            "deputy",
            "phase",
            "counted_at",
            "revealed_at",
            "control_ends_at",
            "final_at",
            "has_entered",
        ]
        read_only_fields: ClassVar = ["starts_at", "closes_at", "counted_at", "revealed_at", "final_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = [name for name in ChallengeForm.Meta.fields if name not in {"referees", "deputy"}]
        data = {name: getattr(self.instance, name) for name in names} if self.instance else {}
        addresses = attrs.pop("referees", None)
        deputy = attrs.pop("deputy", None)
        data = {**data, **attrs}
        if deputy is not None:
            data["deputy"] = self._deputy(deputy["email"])
        elif self.instance:
            data["deputy"] = self.instance.deputy_id
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

    def _deputy(self, address: str | None) -> int | None:
        if not address:
            return None
        named = self.instance.deputy if self.instance else None
        if named and named.email.lower() == address.lower():
            return named.pk
        found = (
            User.objects.active().filter(role_grants__role=Role.FACILITATOR, email__iexact=address).first()
        )
        if found is None:
            raise serializers.ValidationError({"deputy": [ONLY_FACILITATORS]})
        return found.pk

    def _referees(self, addresses: list[str]) -> list[int]:
        """Whether somebody has an address is not told: who is no referee and who is nobody are the same."""
        wanted = {address.lower() for address in addresses}
        holding = User.objects.active().filter(role_grants__role=Role.REFEREE).values("pk")
        named = self.instance.referees.values("pk") if self.instance else User.objects.none().values("pk")
        found = User.objects.filter(Q(pk__in=holding) | Q(pk__in=named), email__in=wanted)
        if len(found) != len(wanted):
            raise serializers.ValidationError({"referees": [ONLY_REFEREES]})
        return [referee.pk for referee in found]


class EntrySerializer(serializers.ModelSerializer):
    contestant = serializers.CharField(read_only=True, source="contestant.get_full_name")
    process = serializers.PrimaryKeyRelatedField(queryset=Process.objects.none())
    process_title = serializers.CharField(read_only=True, source="process.title")
    who = serializers.CharField(read_only=True, help_text="The team's name, or the contestant's.")
    is_mine = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields: ClassVar = [
            "id",
            "contestant",
            "team_name",
            "who",
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


class BaselineSerializer(serializers.ModelSerializer):
    """What an entry is measured against, for the contestant, the process' owner and the referees."""

    entry = serializers.UUIDField(source="entry_id", read_only=True)
    is_ready = serializers.BooleanField(read_only=True)
    is_approved = serializers.BooleanField(read_only=True)

    class Meta:
        model = Baseline
        fields: ClassVar = [
            "entry",
            "data_source",
            "keeps_data",
            "is_stable",
            "sha256",
            "owner_approved_at",
            "referee_approved_at",
            "sent_back",
            "is_ready",
            "is_approved",
        ]
        read_only_fields: ClassVar = ["sha256", "owner_approved_at", "referee_approved_at", "sent_back"]
        extra_kwargs: ClassVar = {
            "sha256": {
                "help_text": "Empty for whoever does not see all times, which could be guessed from it."
            }
        }

    def to_representation(self, baseline: Baseline) -> dict[str, Any]:
        shown = super().to_representation(baseline)
        hidden = costs_of(baseline.entry.process, self.context["request"].user).hidden
        return {**shown, "sha256": ""} if hidden else shown


class SendBackSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=500)


class EvidenceFileSerializer(serializers.ModelSerializer):
    class Meta:
        model = EvidenceFile
        fields: ClassVar = ["id", "name", "size", "sha256", "added_at"]
        read_only_fields: ClassVar = fields


class UploadSerializer(serializers.Serializer):
    file = serializers.FileField()


class AppealSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=1000)


class ClaimSerializer(serializers.ModelSerializer):
    """One's own claim. Writing goes through the page's form, so that both accept the same."""

    steps = serializers.ListField(
        child=serializers.UUIDField(), required=False, help_text="Ids of steps of one's own process."
    )
    step = serializers.UUIDField(
        write_only=True, required=False, help_text="For one step alone, instead of steps."
    )
    steps_title = serializers.CharField(read_only=True)
    system = serializers.SlugRelatedField(
        slug_field="slug", queryset=AISystem.objects.tools(), required=False, allow_null=True
    )
    comparison = serializers.UUIDField(
        source="comparison_id",
        required=False,
        allow_null=True,
        help_text="A comparison of one's own, from the process one takes part with; `compared` is its copy.",
    )
    compared = serializers.JSONField(read_only=True, allow_null=True)
    link = serializers.CharField(required=False, allow_blank=True, max_length=500)
    files = EvidenceFileSerializer(many=True, read_only=True)
    is_draft = serializers.BooleanField(
        write_only=True, required=False, default=False, help_text="Keep it without handing it in."
    )

    class Meta:
        model = Claim
        fields: ClassVar = [
            "id",
            "steps",
            "step",
            "steps_title",
            "change",
            "comparison",
            "compared",
            "added_steps",
            "method",
            "system",
            "evidence",
            "link",
            "before_minutes",
            "after_minutes",
            "freed_for",
            "affects_jobs",
            "jobs",
            "is_draft",
            "files",
            "state",
            "reason",
            "appeal",
            "hours_state",
            "saved_minutes",
            "hours_words",
            "claimed_at",
            "decided_at",
        ]
        read_only_fields: ClassVar = [
            "compared",
            "state",
            "reason",
            "appeal",
            "hours_state",
            "saved_minutes",
            "hours_words",
            "claimed_at",
            "decided_at",
        ]

    def to_representation(self, claim: Claim) -> dict[str, Any]:
        names = [name for name in self.fields if name != "steps"]
        shown = {
            name: self.fields[name].to_representation(value)
            if (value := self.fields[name].get_attribute(claim)) is not None
            else None
            for name in names
            if not self.fields[name].write_only
        }
        return {"id": shown.pop("id"), "steps": [str(step.pk) for step in claim.steps], **shown}

    @property
    def as_form(self) -> dict[str, Any]:
        """What the page's form is filled with."""
        data = dict(self.validated_data)
        data.pop("is_draft", None)
        step = data.pop("step", None)
        data["steps"] = [str(one) for one in data.get("steps") or ([step] if step else [])]
        if data.get("system"):
            data["system"] = data["system"].pk
        data["comparison"] = data.pop("comparison_id", None)
        return {name: value for name, value in data.items() if value is not None}


class TallySerializer(serializers.Serializer):
    confirmed = serializers.FloatField(help_text="Net steps that a referee verified.")
    waiting = serializers.IntegerField()
    refused = serializers.IntegerField()
    drafts = serializers.IntegerField()
    baseline = serializers.IntegerField(help_text="Steps of the process at the start.")
    executed_before = serializers.FloatField(help_text="Expected executed steps a case.")
    executed_after = serializers.FloatField()
    hours_low = serializers.FloatField(
        source="freed.low", help_text="Hours a year that verified claims free."
    )
    hours_mid = serializers.FloatField(source="freed.mid")
    hours_high = serializers.FloatField(source="freed.high")


class OwnClaimsSerializer(serializers.Serializer):
    tally = TallySerializer()
    claims = ClaimSerializer(many=True)


class PublishedStandingSerializer(serializers.ModelSerializer):
    """`rank` and `net` are those of the reveal; the final ones follow after the control period."""

    entry = serializers.UUIDField(source="entry_id")
    contestant = serializers.CharField(source="entry.contestant.get_full_name")
    who = serializers.CharField(source="entry.who")
    process_title = serializers.CharField(source="entry.process.title")
    baseline_steps = serializers.IntegerField(source="entry.baseline_steps")
    net = serializers.FloatField()
    final_net = serializers.FloatField(allow_null=True)

    class Meta:
        model = PublishedStanding
        fields: ClassVar = [
            "bracket",
            "rank",
            "entry",
            "contestant",
            "who",
            "process_title",
            "net",
            "baseline_steps",
            "executed_before",
            "executed_after",
            "hours_low",
            "hours_mid",
            "hours_high",
            "final_rank",
            "final_net",
        ]


class StandingsSerializer(serializers.Serializer):
    """One page of the standings, a hundred each; `count` is how many there are."""

    revealed_at = serializers.DateTimeField()
    count = serializers.IntegerField()
    next_page = serializers.IntegerField(allow_null=True)
    standings = PublishedStandingSerializer(many=True)
