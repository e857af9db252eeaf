"""The form of the preferences; page and API accept the same. And the form of a destination."""

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from hub.notices.models import Destination, Preference
from hub.notices.vocabulary import Area, Channel, RoleGroup, Weekday
from hub.people.zones import zone

LONGEST_PAUSE = timedelta(days=366)
SHORTEST_OPENING = timedelta(hours=1)
DAY = timedelta(days=1)


def length_of_quiet(start: time, end: time) -> timedelta:
    some_day = date(2026, 1, 1)
    return (datetime.combine(some_day, end) - datetime.combine(some_day, start)) % DAY


class NoticePreferencesForm(forms.ModelForm):
    topics = forms.MultipleChoiceField(
        label=_("Tips about"),
        choices=Area.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice, tips of every field come."),
        error_messages={
            "invalid_choice": _("Choose among the fields of work that the hub knows."),
            "invalid_list": _("Choose among the fields of work that the hub knows."),
        },
    )
    role = forms.ChoiceField(
        label=_("What I do"),
        choices=[("", _("I would rather not say")), *RoleGroup.choices],
        required=False,
        help_text=_("You then get tips for this work, and those for everybody. Nobody else sees it."),
        error_messages={"invalid_choice": _("Choose among the groups that the hub knows.")},
    )
    first_channel = forms.ChoiceField(
        label=_("Where I would rather have it"),
        choices=[("", _("No matter where")), *((one.value, capfirst(one.label)) for one in Channel)],
        required=False,
        help_text=_("A tip comes one way only: this one, or the next that works."),
        error_messages={"invalid_choice": _("Choose among the ways that the hub knows.")},
    )
    working_days = forms.TypedMultipleChoiceField(
        label=_("Days on which something may come"),
        choices=Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Leave at least one day. To hear nothing at all, untick the ways above."),
            "invalid_choice": _("Choose among Monday to Sunday, 0 to 6."),
            "invalid_list": _("Choose among Monday to Sunday, 0 to 6."),
        },
    )

    class Meta:
        model = Preference
        fields: ClassVar = [
            "tips_on_today",
            "tips_in_inbox",
            "tips_by_mail",
            "tips_in_calendar",
            "mail_rhythm",
            "digest_weekday",
            "first_channel",
            "weekly_cap",
            "topics",
            "role",
            "remind_of_hours",
            "remind_of_cards",
            "cards_at",
            "own_by_mail",
            "quiet_from",
            "quiet_to",
            "working_days",
            "paused_until",
        ]
        widgets: ClassVar = {
            "cards_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
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
            "weekly_cap": _("0 to 7, counted over all ways together. Reminders come first."),
            "remind_of_hours": _(
                "None if it is cancelled, on a public holiday where you work, or if you are away."
            ),
            "remind_of_cards": _(
                "At most one a day. If you learn them in your DEAL hour, it comes 30 minutes before."
            ),
            "cards_at": _("On days without an hour, or if you learn every day."),
            "paused_until": _("Until then nothing is sent to you. Notices still arrive in your inbox."),
        }
        error_messages: ClassVar = {
            "weekly_cap": {
                "required": _("Say how many a week, 0 to 7."),
                "invalid": _("Write a whole number from 0 to 7."),
                "min_value": _("Write a whole number from 0 to 7."),
                "max_value": _("At most 7 a week: one a day."),
            },
            "cards_at": {
                "required": _("Say at what time, such as 09:00."),
                "invalid": _("Write the time as 09:00."),
            },
            "quiet_from": {
                "required": _("Say when it becomes quiet."),
                "invalid": _("Write the time as 18:00."),
            },
            "quiet_to": {"required": _("Say when quiet ends."), "invalid": _("Write the time as 08:00.")},
            "mail_rhythm": {
                "required": _("Say whether tips come one at a time or once a week."),
                "invalid_choice": _("Say whether tips come one at a time or once a week."),
            },
            "digest_weekday": {
                "required": _("Choose a weekday."),
                "invalid_choice": _("Choose a weekday."),
            },
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


class DestinationForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("Where to"),
        choices=[(one.value, capfirst(one.label)) for one in Destination.CHANNELS if one != Channel.WEB_PUSH],
        error_messages={"invalid_choice": _("Choose among the ways that the hub knows.")},
    )
    address = forms.CharField(
        label=_("Address of the webhook"),
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        error_messages={
            "required": _("Paste the address that Teams, Slack or the messenger gave you."),
            "max_length": _("This address is too long to be one."),
        },
    )
