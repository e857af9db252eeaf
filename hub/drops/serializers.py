from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from hub.drops.authoring import PLAN_STAYS, beginnings_for
from hub.drops.checks import faults_of
from hub.drops.doors import DoorState
from hub.drops.forms import PLAN, TITLES, DoorForm, DropForm
from hub.drops.models import Drop, DropDoor
from hub.drops.vocabulary import Kind
from hub.refusals import Refusal


class DoorSerializer(serializers.Serializer):
    day = serializers.IntegerField(help_text="The number on the door.")
    opens_on = serializers.DateField(help_text="At midnight where I work.")
    state = serializers.CharField(help_text="closed, ready or open.")
    kind = serializers.CharField(source="content.kind", required=False, help_text="Of an open door only.")
    title = serializers.CharField(source="content.title", required=False, help_text="Of an open door only.")
    text = serializers.CharField(source="content.text", required=False, help_text="Of an open door only.")
    told_by = serializers.CharField(
        required=False, help_text="Of an open door only: the leader who tells it."
    )
    tip = serializers.UUIDField(required=False, help_text="Of an open door only: tips/{id}/.")
    story = serializers.UUIDField(required=False, help_text="Of an open door only: stories/{id}/.")

    def to_representation(self, instance: DoorState) -> dict[str, object]:
        """A closed door has no content, not even an empty one."""
        opens_on = instance.opens_on.isoformat()
        shown: dict[str, object] = {"day": instance.day, "opens_on": opens_on, "state": instance.state}
        content = instance.content
        if content:
            shown |= {"kind": content.kind, "title": content.title, "text": content.text}
        if isinstance(content, DropDoor):
            tip, story = content.shown_tip, content.shown_story
            links = {"told_by": content.told_by, "tip": tip and str(tip.pk), "story": story and str(story.pk)}
            shown |= {name: value for name, value in links.items() if value}
        return shown


class AdventSerializer(serializers.Serializer):
    season = serializers.IntegerField(allow_null=True, help_text="Null outside the season.")
    begins_on = serializers.DateField()
    ends_on = serializers.DateField()
    doors = DoorSerializer(many=True)


class DropSerializer(serializers.ModelSerializer):
    """A calendar in the reader's language."""

    title = serializers.CharField()
    intro = serializers.CharField()
    last_door_on = serializers.DateField()

    class Meta:
        model = Drop
        fields: ClassVar = ["id", "title", "intro", "starts_on", "last_door_on", "ends_on", "size", "state"]


class DoorCalendarSerializer(DropSerializer):
    doors = DoorSerializer(many=True)

    class Meta(DropSerializer.Meta):
        fields: ClassVar = [*DropSerializer.Meta.fields, "doors"]


class PlanSerializer(serializers.ModelSerializer):
    """A calendar as its author keeps it. Writing goes through the page's form, so that both accept the same."""

    begin_with = serializers.CharField(
        required=False,
        write_only=True,
        allow_blank=True,
        max_length=60,
        help_text="starter:advent, starter:meetings, starter:tidying or drop:{id}; only for a new one.",
    )
    faults = serializers.SerializerMethodField(help_text="What keeps it from being published.")

    class Meta:
        model = Drop
        fields: ClassVar = ["id", *TITLES, *PLAN, "state", "ends_on", "faults", "begin_with"]
        read_only_fields: ClassVar = ["state", "ends_on"]
        extra_kwargs: ClassVar = {name: {"required": False} for name in ("starts_on", "size", "days_after")}

    def get_faults(self, drop: Drop) -> list[str]:
        if not drop.is_draft:
            return []
        doors = list(drop.doors.select_related("story"))
        return [str(fault.sentence) for fault in faults_of(drop, doors, timezone.now())]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        begin_with = attrs.pop("begin_with", "")
        values: dict[str, Any] = {"size": 12, "days_after": 14}
        now = timezone.now()
        if self.instance:
            values = {name: getattr(self.instance, name) for name in (*TITLES, *PLAN)}
            refuse_change_of_plan(self.instance, attrs)
        elif begun := next(
            (one for one in beginnings_for(self.context["request"].user, now) if one.key == begin_with), None
        ):
            values |= begun.words
        form = DropForm(as_form_data(values | attrs), instance=self.instance, now=now)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form, self.begin_with = form, begin_with
        return attrs


def refuse_change_of_plan(drop: Drop, attrs: dict[str, Any]) -> None:
    """The form of a published calendar has no such fields, so it would leave them out silently."""
    changed = [name for name in PLAN if name in attrs and attrs[name] != getattr(drop, name)]
    if changed and not drop.is_draft:
        raise Refusal("is_published", PLAN_STAYS, status=409)


def as_form_data(values: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(value, "pk", value) for name, value in values.items() if value is not None}


class AuthoredDoorSerializer(serializers.ModelSerializer):
    """A door as its author keeps it. Writing goes through the page's form, so that both accept the same."""

    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    opens_on = serializers.SerializerMethodField()
    is_ready = serializers.BooleanField(read_only=True)
    version = serializers.CharField(
        max_length=16,
        required=False,
        help_text="As it was read, so that nobody's words are lost: 409 if it was changed since.",
    )

    class Meta:
        model = DropDoor
        fields: ClassVar = ["number", "opens_on", "is_ready", "version", *DoorForm.Meta.fields]
        read_only_fields: ClassVar = ["number"]

    def get_opens_on(self, door: DropDoor) -> date:
        return door.drop.day_of(door.number)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self.seen = attrs.pop("version", None)
        kept = {name: getattr(self.instance, name) for name in DoorForm.Meta.fields}
        form = DoorForm(as_form_data(kept | attrs), instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs
