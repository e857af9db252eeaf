from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from learning.hours.forms import StudySessionForm
from learning.hours.models import Rsvp, StudySession
from learning.notebooks.models import Notebook


class StudySessionSerializer(serializers.ModelSerializer):
    """Writing goes through the page's form, so that both accept the same."""

    phase = serializers.ChoiceField(choices=["before", "during", "after", "cancelled"], read_only=True)
    facilitator = serializers.CharField(read_only=True, source="facilitator.get_full_name")
    my_reply = serializers.CharField(read_only=True, allow_null=True)
    attended = serializers.BooleanField(read_only=True)

    class Meta:
        model = StudySession
        fields: ClassVar = [
            "id",
            "title",
            "description",
            "local_date",
            "local_time",
            "time_zone",
            "minutes",
            "starts_at",
            "ends_at",
            "place",
            "facilitator",
            "team",
            "site",
            "notebook",
            "phase",
            "my_reply",
            "attended",
        ]
        read_only_fields: ClassVar = ["starts_at", "ends_at"]
        extra_kwargs: ClassVar = {"minutes": {"min_value": 15, "max_value": 240}}

    def get_fields(self) -> dict[str, serializers.Field]:
        """What this person may not see looks like what is not there."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request and request.user.is_authenticated:
            fields["notebook"].queryset = Notebook.objects.visible_to(request.user)
        for name in ("notebook", "team", "site"):
            fields[name].error_messages["does_not_exist"] = _(
                "There is nothing here, or it is not shared with you."
            )
        return fields

    def to_representation(self, session: StudySession) -> dict[str, Any]:
        """What is only being prepared is for those who run the hour."""
        shown = super().to_representation(session)
        if not session.shows_topic and not session.can_be_run_by(self.context["request"].user):
            shown.update(title=session.shown_title, description=session.shown_description, notebook=None)
        return shown

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = StudySessionForm.Meta.fields
        values = {name: getattr(self.instance, name, None) for name in names} if self.instance else {}
        values = {**values, **attrs}
        data = {name: getattr(value, "pk", value) for name, value in values.items() if value is not None}
        data.setdefault("minutes", 60)
        form = StudySessionForm(data, user=self.context["request"].user, instance=self.instance)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        self.form = form
        return attrs


class RsvpSerializer(serializers.Serializer):
    reply = serializers.ChoiceField(choices=Rsvp.Reply.choices)
    intention = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    where = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    is_announced = serializers.BooleanField(default=False, help_text="Only an executive is announced.")


class CheckInSerializer(serializers.Serializer):
    code = serializers.CharField(max_length=12)
    is_remote = serializers.BooleanField(default=False)


class CheckedInSerializer(serializers.Serializer):
    checked_in_at = serializers.DateTimeField()
    is_new = serializers.BooleanField()
    points = serializers.IntegerField(help_text="All so far; this hour's own follow within seconds.")
    streak = serializers.IntegerField()


class CodeSerializer(serializers.Serializer):
    code = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class CalendarSerializer(serializers.Serializer):
    wants_mail = serializers.BooleanField()
    has_feed = serializers.BooleanField(read_only=True)


class FeedAddressSerializer(serializers.Serializer):
    url = serializers.URLField(read_only=True)


class CancelSerializer(serializers.Serializer):
    is_sure = serializers.BooleanField(default=False, help_text="Also while people are inside.")
