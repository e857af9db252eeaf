"""The form of the preferences; page and API accept the same."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.notices.models import Preference
from hub.people.zones import zone

LONGEST_PAUSE = timedelta(days=366)
SHORTEST_OPENING = timedelta(hours=1)
DAY = timedelta(days=1)


def length_of_quiet(start: time, end: time) -> timedelta:
    some_day = date(2026, 1, 1)
    return (datetime.combine(some_day, end) - datetime.combine(some_day, start)) % DAY


class NoticePreferencesForm(forms.ModelForm):
    class Meta:
        model = Preference
        fields: ClassVar = [
            "tips_on_today",
            "tips_in_inbox",
            "tips_by_mail",
            "weekly_cap",
            "own_by_mail",
            "quiet_from",
            "quiet_to",
            "quiet_weekends",
            "paused_until",
        ]
        widgets: ClassVar = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_to": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "weekly_cap": forms.NumberInput(attrs={"min": 0, "max": 7, "inputmode": "numeric"}),
        }
        help_texts: ClassVar = {
            "own_by_mail": _(
                "A moved hour, a decision about your claim. It is always in your inbox; you only get a mail "
                "if you have not read it there."
            ),
            "weekly_cap": _("0 to 7, counted over inbox and mail together."),
            "paused_until": _("Until then nothing is sent to you. Notices still arrive in your inbox."),
        }
        error_messages: ClassVar = {
            "weekly_cap": {
                "required": _("Say how many tips a week, 0 to 7."),
                "invalid": _("Write a whole number from 0 to 7."),
                "min_value": _("Write a whole number from 0 to 7."),
                "max_value": _("At most 7 a week: one a day."),
            },
            "quiet_from": {
                "required": _("Say when it becomes quiet."),
                "invalid": _("Write the time as 18:00."),
            },
            "quiet_to": {"required": _("Say when quiet ends."), "invalid": _("Write the time as 08:00.")},
            "paused_until": {"invalid": _("Write the day as 2027-03-12.")},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.now().astimezone(zone(self.instance.user.time_zone)).date()
        self.fields["paused_until"].input_formats = ["%Y-%m-%d"]
        if not self.instance.is_paused(self.today):
            self.initial["paused_until"] = None
        for validator in self.fields["weekly_cap"].validators:
            validator.message = self.fields["weekly_cap"].error_messages["max_value"]

    def clean_paused_until(self) -> date | None:
        until = self.cleaned_data["paused_until"]
        if until and until < self.today:
            raise forms.ValidationError(_("This day has passed. Choose today or a later one."))
        if until and until - self.today > LONGEST_PAUSE:
            raise forms.ValidationError(
                _("Choose a day within the next twelve months. To hear nothing at all, untick the boxes.")
            )
        return until

    def clean(self) -> dict:
        data = super().clean()
        start, end = data.get("quiet_from"), data.get("quiet_to")
        if start and end and DAY - length_of_quiet(start, end) < SHORTEST_OPENING:
            self.add_error("quiet_to", _("Leave at least one hour a day in which something may come."))
        return data
