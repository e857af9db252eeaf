"""Weeks somebody says to be away: no reason is asked, and the streak is left alone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hub.people.models import User
from hub.points.streaks import monday_of
from learning.hours.models import AwayWeek

# Back from an illness one says so in the week after.
WEEKS_BACK, WEEKS_AHEAD = 1, 26


def mondays_for(user: User, now: datetime) -> list[date]:
    this_week = monday_of(now.astimezone(ZoneInfo(user.time_zone)).date())
    return [this_week + timedelta(weeks=n) for n in range(-WEEKS_BACK, WEEKS_AHEAD + 1)]


def weeks_of(user: User, now: datetime) -> list[date]:
    """Those that can still be taken back."""
    return list(
        AwayWeek.objects.filter(user=user, monday__gte=mondays_for(user, now)[0]).values_list(
            "monday", flat=True
        )
    )


def declare(*, user: User, monday: date) -> None:
    AwayWeek.objects.get_or_create(user=user, monday=monday)


def take_back(*, user: User, monday: date) -> None:
    AwayWeek.objects.filter(user=user, monday=monday).delete()


class AwayForm(forms.Form):
    monday = forms.TypedChoiceField(label=_("Week from"), coerce=date.fromisoformat)

    def __init__(self, *args, user: User, now: datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        mondays = mondays_for(user, now)
        self.fields["monday"].choices = [
            (monday.isoformat(), date_format(monday, pgettext("date format", "j F Y"))) for monday in mondays
        ]
        self.fields["monday"].initial = mondays[WEEKS_BACK].isoformat()
