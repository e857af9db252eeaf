from typing import Any

from django.db.models import Q
from rest_framework import serializers

from hub.ai.models import AISystem
from hub.nudges.authoring_forms import TipForm
from hub.nudges.forms import ANSWERS
from hub.nudges.models import Nudge, Tip
from hub.nudges.vocabulary import Area, Moment, RoleGroup


class TipSerializer(serializers.Serializer):
    """A tip in the reader's language; `language` says which one it is where there is no translation."""

    id = serializers.UUIDField(source="tip.pk")
    title = serializers.CharField(source="text.title")
    body = serializers.CharField(source="text.body")
    steps = serializers.ListField(child=serializers.CharField(), source="text.steps")
    language = serializers.CharField(source="text.language")
    tool = serializers.ChoiceField(choices=Tip.Tool.choices, source="tip.tool")
    minutes = serializers.IntegerField(source="tip.minutes")
    link = serializers.CharField(source="tip.link")
    area = serializers.ChoiceField(choices=Area.choices, source="tip.area")
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=RoleGroup.choices),
        source="tip.roles",
        help_text="Whom it helps; empty for everybody.",
    )
    moments = serializers.ListField(
        child=serializers.ChoiceField(choices=Moment.choices), source="tip.moments"
    )
    saves_minutes = serializers.IntegerField(
        source="tip.saves_minutes",
        allow_null=True,
        help_text="Each time; an estimate where no source is named.",
    )
    saves_source = serializers.CharField(source="text.saves_source")
    system = serializers.CharField(
        source="tip.system.slug",
        allow_null=True,
        read_only=True,
        help_text="The entry of the AI register that says which data may go in: trust/ai-register/{slug}/.",
    )


class TipEntrySerializer(TipSerializer):
    mine = serializers.CharField(help_text="My last answer: tried, later, aside, or empty.")
    is_favourite = serializers.BooleanField(help_text="Whether it is among my favourites.")
    rests_until = serializers.DateField(
        allow_null=True, help_text="It was shown to me, and does not come by itself before that day."
    )
    nudge = serializers.UUIDField(help_text="Where to answer it today: nudges/{id}/respond/.")


class NudgeSerializer(serializers.Serializer):
    id = serializers.UUIDField(allow_null=True, help_text="Null when there is no tip for me now.")
    tip = TipSerializer(allow_null=True)
    why = serializers.CharField(help_text="Why I see this, or why there is none.")
    response = serializers.CharField(help_text="My answer, empty while there is none.")


class RespondSerializer(serializers.Serializer):
    response = serializers.ChoiceField(choices=ANSWERS)


class KeptSerializer(serializers.Serializer):
    """Something that I tried, and whether I still use it; empty while I have not said."""

    id = serializers.UUIDField(read_only=True)
    title = serializers.CharField(read_only=True, source="tip.text.title")
    tried_at = serializers.DateTimeField(read_only=True, source="responded_at")
    kept = serializers.ChoiceField(choices=[*Nudge.Kept.values, "none"], help_text="none takes it back.")


class AuthoredTipSerializer(serializers.Serializer):
    """A tip as its authors keep it. Writing goes through the page's form, so that both accept the same."""

    id = serializers.UUIDField(read_only=True)
    version = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="As read; 409 if the tip was changed since. Left out: not checked.",
    )
    is_active = serializers.BooleanField(required=False, help_text="In use; false takes it out of use.")
    area = serializers.ChoiceField(choices=Area.choices, required=False)
    tool = serializers.ChoiceField(choices=Tip.Tool.choices, required=False)
    minutes = serializers.IntegerField(required=False)
    saves_minutes = serializers.IntegerField(required=False, allow_null=True)
    roles = serializers.ListField(child=serializers.CharField(), required=False)
    moments = serializers.ListField(child=serializers.CharField(), required=False)
    system = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=AISystem.objects.filter(Q(is_allowed=True) | Q(is_own=True)),
        required=False,
        allow_null=True,
        help_text="An entry of the AI register.",
    )
    link = serializers.CharField(required=False, allow_blank=True)
    pages = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="https://host/path, * in the path."
    )
    valid_from = serializers.DateField(required=False, allow_null=True)
    valid_until = serializers.DateField(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    title_de = serializers.CharField(required=False, allow_blank=True)
    body_de = serializers.CharField(required=False, allow_blank=True)
    steps_de = serializers.ListField(child=serializers.CharField(), required=False)
    saves_source_de = serializers.CharField(required=False, allow_blank=True)
    title_en = serializers.CharField(required=False, allow_blank=True)
    body_en = serializers.CharField(required=False, allow_blank=True)
    steps_en = serializers.ListField(child=serializers.CharField(), required=False)
    saves_source_en = serializers.CharField(required=False, allow_blank=True)

    def to_representation(self, tip: Tip) -> dict[str, Any]:
        return {
            "id": str(tip.pk),
            "version": tip.version,
            **kept_of(tip),
            "system": tip.system and tip.system.slug,
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        tip = self.instance or Tip()
        kept = {name: value for name, value in kept_of(tip).items() if value is not None}
        given = {name: getattr(value, "pk", value) for name, value in attrs.items()}
        form = TipForm({**kept, **given}, instance=tip)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


def kept_of(tip: Tip) -> dict[str, Any]:
    """What the form of a tip would show."""
    form = TipForm(instance=tip)
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
