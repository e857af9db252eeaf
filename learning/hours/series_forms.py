"""The form of a series: a rhythm to choose, counted from its first day, or a rule in one's own words."""

from datetime import date
from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hub.people import access
from hub.people.models import Site, Team, User
from hub.people.zone_choices import ZoneField
from learning.hours import recurrence
from learning.hours.models import Series

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_FACILITATORS = 200


def rule_of(rhythm: str, first: date) -> str:
    """The rule of a rhythm that begins on a day: every week means that day of the week."""
    day = DAYS[first.weekday()]
    number = (first.day - 1) // 7 + 1
    return {
        "week": f"FREQ=WEEKLY;BYDAY={day}",
        "two_weeks": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
        "month": f"FREQ=MONTHLY;BYDAY={number if number < 5 else -1}{day}",
    }[rhythm]


def facilitators(*, besides: User) -> QuerySet[User]:
    """Who may stand in for somebody."""
    return (
        User.objects.active()
        .filter(role_grants__role="facilitator")
        .exclude(pk=besides.pk)
        .order_by("last_name", "first_name", "pk")[:MOST_FACILITATORS]
    )


class SeriesForm(forms.ModelForm):
    RHYTHMS: ClassVar = [
        ("week", _("every week")),
        ("two_weeks", _("every second week")),
        ("month", _("once a month, on that day of the week")),
        ("own", _("by a rule of my own")),
    ]
    rhythm = forms.ChoiceField(label=_("How often"), choices=RHYTHMS, initial="week")

    class Meta:
        model = Series
        fields: ClassVar = [
            "title",
            "starts_on",
            "rhythm",
            "rule",
            "local_time",
            "minutes",
            "time_zone",
            "place",
            "team",
            "site",
            "deputy",
        ]
        labels: ClassVar = {"starts_on": _("The first one")}
        help_texts: ClassVar = {
            "starts_on": _("The day of the week is taken from it."),
            "rule": _("RFC 5545, for example FREQ=WEEKLY;BYDAY=TU,TH. Only for a rule of your own."),
        }
        widgets: ClassVar = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "local_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        error_messages: ClassVar = {
            "title": {"required": _("Give the series a name.")},
            "starts_on": {"required": _("Choose a day."), "invalid": _("Write the day as 2027-03-12.")},
            "local_time": {"required": _("Choose when it begins."), "invalid": _("Write the time as 09:00.")},
        }

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.time_zone or user.time_zone
        self.fields["time_zone"] = ZoneField(kept=kept, initial=user.time_zone)
        self.fields["starts_on"].input_formats = ["%Y-%m-%d"]
        self.fields["rule"].required = False
        is_administrator = access.is_administrator(user)
        self.fields["team"].queryset = (
            Team.objects.all() if is_administrator else Team.objects.filter(pk__in=access.team_ids_of(user))
        )
        self.fields["team"].empty_label = _("Everybody")
        self.fields["site"].queryset = (
            Site.objects.all() if is_administrator else Site.objects.filter(pk=access.site_id_of(user))
        )
        self.fields["site"].empty_label = _("Every site")
        runs = self.instance.facilitator if self.instance.facilitator_id else user
        self.fields["deputy"].queryset = User.objects.filter(pk__in=facilitators(besides=runs).values("pk"))
        self.fields["deputy"].empty_label = _("Nobody")
        if self.instance.pk and not self.instance._state.adding:
            given = {
                rule_of(rhythm, self.instance.starts_on): rhythm for rhythm in ("week", "two_weeks", "month")
            }
            self.fields["rhythm"].initial = given.get(self.instance.rule, "own")

    def clean(self) -> dict:
        data = super().clean()
        if data.get("team") and data.get("site"):
            self.add_error("site", _("Choose a team or a site, not both."))
        first, rhythm = data.get("starts_on"), data.get("rhythm")
        if first and rhythm and rhythm != "own":
            data["rule"] = rule_of(rhythm, first)
        elif rhythm == "own":
            self._read_rule(data)
        return data

    def _read_rule(self, data: dict) -> None:
        rule, at, zone = (data.get(name) for name in ("rule", "local_time", "time_zone"))
        if not rule:
            self.add_error("rule", _("Write a rule, or choose how often."))
        elif at and zone:
            try:
                data["rule"] = recurrence.parse(rule, local_time=at, zone=zone).text
            except recurrence.RecurrenceError as error:
                self.add_error("rule", str(error))
