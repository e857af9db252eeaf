"""The forms of a bet."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.contests.models import Challenge, Claim, Entry
from challenges.contests.own_claims import own_claims
from challenges.processes.models import Process, Step
from hub.people.models import RoleGrant, User
from hub.people.zones import is_skipped, zone_names

ONLY_REFEREES = _("Only people who hold the role of a referee can be named.")
MOST_AHEAD = timedelta(days=2 * 366)


class ChallengeForm(forms.ModelForm):
    class Meta:
        model = Challenge
        fields: ClassVar = ["title", "description", "local_date", "local_time", "time_zone", "referees"]
        error_messages: ClassVar = {
            "title": {"required": _("Say what the bet is about.")},
            "local_date": {
                "required": _("Choose the last day."),
                "invalid": _("Write the day as 2027-03-12."),
            },
            "local_time": {
                "required": _("Choose until when."),
                "invalid": _("Write the time as 18:00."),
            },
            "referees": {
                "required": _("A bet needs at least one referee who checks the claims."),
                "invalid_choice": ONLY_REFEREES,
                "invalid_pk_value": ONLY_REFEREES,
            },
        }
        widgets: ClassVar = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "local_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "local_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "referees": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.closes_at
        zones = [(name, name.replace("_", " ")) for name in sorted(zone_names())]
        self.fields["time_zone"] = forms.ChoiceField(label=_("Time zone"), choices=zones)
        self.fields["time_zone"].initial = user.time_zone
        self.fields["local_date"].input_formats = ["%Y-%m-%d"]
        self.fields["local_time"].initial = time(18, 0)
        referees = User.objects.active().filter(role_grants__role=RoleGrant.Role.REFEREE)
        self.fields["referees"].queryset = referees
        self.fields["referees"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, at, zone = (data.get(name) for name in ("local_date", "local_time", "time_zone"))
        if day and at and zone:
            self._check_deadline(datetime.combine(day, at), ZoneInfo(zone))
        return data

    def _check_deadline(self, wall: datetime, zone: ZoneInfo) -> None:
        now, closes = timezone.now(), wall.replace(tzinfo=zone)
        if closes == self.before:
            return
        if not now - MOST_AHEAD < closes.replace(tzinfo=UTC) < now + MOST_AHEAD:
            self.add_error("local_date", _("Choose a day within the next two years."))
        elif is_skipped(wall, zone):
            self.add_error(
                "local_time", _("This time does not exist on that day: the clocks are put forward.")
            )
        elif closes <= now:
            self.add_error("local_date", _("This time has passed. Choose a later one."))


class EntryForm(forms.Form):
    process = forms.ModelChoiceField(
        label=_("Your process"),
        queryset=Process.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the process that you take steps out of."),
            "invalid_choice": _("There is nothing here, or it is not shared with you."),
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = Process.objects.visible_to(user)


class ClaimForm(forms.Form):
    step = forms.ModelChoiceField(
        label=_("Which step is gone?"),
        queryset=Step.objects.none(),
        empty_label=_("Choose a step"),
        error_messages={
            "required": _("Choose the step that is gone."),
            "invalid_choice": _("This step does not belong to the process you entered with."),
        },
    )
    method = forms.CharField(
        label=_("How did AI make it unnecessary?"),
        max_length=Claim._meta.get_field("method").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a sentence or two how AI made the step unnecessary.")},
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_("What the referee can check: since when, how many cases, where one sees it."),
        max_length=Claim._meta.get_field("evidence").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Without evidence the referee cannot confirm anything.")},
    )
    link = forms.URLField(
        label=_("Link to the evidence"),
        required=False,
        assume_scheme="https",
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        error_messages={"invalid": _("Write the address as https://example.com/page.")},
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = own_claims(entry).filter(state__in=[Claim.State.SUBMITTED, Claim.State.CONFIRMED])
        steps = Step.objects.filter(process_id=entry.process_id)
        self.open_steps = steps.exclude(pk__in=list(taken.values_list("step_id", flat=True)))
        # Offered are the open ones; a claimed one is a step all the same, and refused with its own sentence.
        self.fields["step"].queryset = steps
        self.fields["step"].choices = [
            ("", self.fields["step"].empty_label),
            *((step.pk, step.name) for step in self.open_steps),
        ]

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError(_("Write the address as https://example.com/page."))
        return link
