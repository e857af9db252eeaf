"""The forms of the hour."""

from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hub.people import access
from hub.people.models import Site, Team, User
from hub.people.zone_choices import ZoneField
from hub.people.zones import is_skipped
from learning.hours.models import Rsvp, StudySession
from learning.notebooks.models import Notebook

MOST_YEARS_AHEAD = 5


class CheckInForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the screen"),
        error_messages={"required": _("Enter the six digits that the screen in the room shows.")},
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "pattern": "[0-9 ]*"}
        ),
    )
    is_remote = forms.BooleanField(label=_("I take part from elsewhere"), required=False)


def _when(session: StudySession) -> str:
    starts_at = timezone.localtime(session.starts_at)
    day = date_format(starts_at, pgettext("date format", "l, j F"))
    return f"{day}, {date_format(starts_at, pgettext('time format', 'H:i'))}"


class RsvpForm(forms.ModelForm):
    """Which one, where, what will I try: a plan that is made is kept more often (Rogers et al. 2015)."""

    which = forms.ModelChoiceField(
        label=_("Which one?"), queryset=StudySession.objects.none(), required=False, empty_label=None
    )

    class Meta:
        model = Rsvp
        fields: ClassVar = ["reply", "where", "intention", "is_announced"]
        widgets: ClassVar = {"where": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args, user: User, session: StudySession, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = StudySession.objects.next_of_series(session, timezone.now()).visible_to(user)
        self.fields["which"].queryset = choices
        self.fields["which"].label_from_instance = _when
        self.fields["which"].initial = session.pk
        self.session = session
        if not user.is_executive:
            del self.fields["is_announced"]

    @property
    def chosen(self) -> StudySession:
        return self.cleaned_data.get("which") or self.session


class StudySessionForm(forms.ModelForm):
    class Meta:
        model = StudySession
        fields: ClassVar = [
            "title",
            "description",
            "local_date",
            "local_time",
            "time_zone",
            "minutes",
            "place",
            "team",
            "site",
            "notebook",
        ]
        error_messages: ClassVar = {
            "title": {"required": _("Give the hour a topic.")},
            "local_date": {"required": _("Choose a day."), "invalid": _("Write the day as 2027-03-12.")},
            "local_time": {"required": _("Choose when it begins."), "invalid": _("Write the time as 09:00.")},
            "minutes": {
                "required": _("Say how many minutes it lasts."),
                "min_value": _("An hour lasts at least 15 minutes."),
                "max_value": _("An hour lasts at most 240 minutes."),
            },
        }
        widgets: ClassVar = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "local_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "local_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.before = self.instance.starts_at
        self.fields["time_zone"] = ZoneField(kept=self.instance.time_zone or user.time_zone)
        self.fields["time_zone"].initial = user.time_zone
        self.fields["local_date"].input_formats = ["%Y-%m-%d"]
        self.fields["team"].queryset = (
            Team.objects.all()
            if access.is_administrator(user)
            else Team.objects.filter(pk__in=access.team_ids_of(user))
        )
        self.fields["team"].empty_label = _("Everybody")
        self.fields["site"].queryset = (
            Site.objects.all()
            if access.is_administrator(user)
            else Site.objects.filter(pk=access.site_id_of(user))
        )
        self.fields["site"].empty_label = _("Every site")
        self.fields["notebook"].queryset = Notebook.objects.visible_to(user).exclude(
            audience=Notebook.Audience.PRIVATE
        )
        self.fields["notebook"].empty_label = _("No notebook")

    def clean(self) -> dict:
        data = super().clean()
        team, site, notebook = data.get("team"), data.get("site"), data.get("notebook")
        if team and site:
            self.add_error("site", _("Choose a team or a site, not both."))
        if notebook and not notebook.is_shared_with(team=team, site=site):
            self.add_error(
                "notebook",
                _(
                    "Not everybody invited may read this notebook. Choose one for everybody, or invite only its team."
                ),
            )
        day, time, zone = (data.get(name) for name in ("local_date", "local_time", "time_zone"))
        if day and time and zone:
            self._check_moment(datetime.combine(day, time), ZoneInfo(zone), data.get("minutes") or 0)
        return data

    def _check_moment(self, wall: datetime, zone: ZoneInfo, minutes: int) -> None:
        now = timezone.now()
        if abs(wall.year - now.year) > MOST_YEARS_AHEAD:
            self.add_error("local_date", _("Choose a day within the next five years."))
            return
        start = wall.replace(tzinfo=zone)
        if is_skipped(wall, zone):
            self.add_error(
                "local_time", _("This time does not exist on that day: the clocks are put forward.")
            )
        is_moved = self.instance._state.adding or start != self.before
        if is_moved and start + timedelta(minutes=minutes) <= now:
            self.add_error("local_date", _("This time has passed. Choose a later one."))


class TeamGoalForm(forms.Form):
    percent = forms.IntegerField(
        label=_("Share of the team in the hour, in percent"),
        help_text=_(
            "From 10 to 100. Illness, holidays and shifts count too: choose what you can reach together."
        ),
        min_value=10,
        max_value=100,
    )
